package io.lanewise.onnx;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import java.nio.ByteBuffer;

/** Tensors from bytes. */
final class Buffers {
  private Buffers() {}

  /** Copies the remaining bytes; position and order stay. */
  static TypedTensor tensor(String name, ByteBuffer bytes, ElementType type, Shape shape) {
    long needed = (long) shape.size() * type.bytes();
    if (type == ElementType.STRING || bytes.remaining() != needed) {
      throw new OnnxException(
          "input '%s': %s%s needs %s bytes, got a buffer of %d"
              .formatted(
                  name,
                  type,
                  shape,
                  type == ElementType.STRING ? "text, not" : needed,
                  bytes.remaining()));
    }
    ByteBuffer src = bytes.slice().order(bytes.order());
    TypedTensor t = TypedTensor.zeros(type, shape);
    switch (type) {
      case FLOAT -> src.asFloatBuffer().get(t.floats());
      case DOUBLE -> src.asDoubleBuffer().get(t.doubles());
      case INT8, UINT8 -> src.get(t.bytes());
      case INT16, UINT16 -> src.asShortBuffer().get(t.shorts());
      case INT32, UINT32 -> src.asIntBuffer().get(t.ints());
      case INT64, UINT64 -> src.asLongBuffer().get(t.longs());
      case BOOL -> bools(src, t.bytes());
      case FLOAT16, BFLOAT16 -> halves(src, type, t.floats());
      case STRING -> throw new AssertionError("text was refused");
    }
    return t;
  }

  private static void bools(ByteBuffer src, byte[] dst) {
    for (int i = 0; i < dst.length; i++) {
      dst[i] = (byte) (src.get() == 0 ? 0 : 1);
    }
  }

  private static void halves(ByteBuffer src, ElementType type, float[] dst) {
    for (int i = 0; i < dst.length; i++) {
      short bits = src.getShort();
      dst[i] =
          type == ElementType.FLOAT16
              ? HalfFloats.fromFloat16(bits)
              : HalfFloats.fromBfloat16(bits);
    }
  }
}
