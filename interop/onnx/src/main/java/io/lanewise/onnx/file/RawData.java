package io.lanewise.onnx.file;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Elements as raw bytes: fixed width, little endian, in row-major order. */
final class RawData {
  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORTS =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfByte BYTES = ValueLayout.JAVA_BYTE;

  /** What is smaller shares its pages with what is read next, and is not worth a system call. */
  static final long LEAST_OUTSIDE = 1 << 18;

  private RawData() {}

  /**
   * True of floats of a file that are worth to be read only when they are asked for: weights, which
   * are packed and would then be in memory twice.
   */
  static boolean waits(ElementType type, MemorySegment src) {
    return type == ElementType.FLOAT && src.isMapped() && src.byteSize() >= LEAST_OUTSIDE;
  }

  /** Floats that stay in a mapped file. */
  static TypedTensor later(Shape shape, MemorySegment src) {
    return TypedTensor.later(
        shape,
        dst -> {
          try {
            MemorySegment.copy(src, FLOATS, 0, dst, 0, shape.size());
            src.unload();
          } catch (InternalError e) {
            // what the JVM makes of reading a mapped file beyond an end that has moved
            throw new OnnxException("the model's file became shorter after it was loaded", e);
          }
        });
  }

  /**
   * Copies elements out of exactly as many bytes as they take. Those of a mapped file take no
   * memory after that: else a model would be there twice until all of it was read.
   */
  static TypedTensor decode(ElementType type, Shape shape, MemorySegment src) {
    TypedTensor t = copied(type, shape, src);
    if (src.isMapped() && src.byteSize() >= LEAST_OUTSIDE) {
      src.unload();
    }
    return t;
  }

  private static TypedTensor copied(ElementType type, Shape shape, MemorySegment src) {
    TypedTensor t = TypedTensor.zeros(type, shape);
    int n = t.size();
    switch (type) {
      case FLOAT -> MemorySegment.copy(src, FLOATS, 0, t.floats(), 0, n);
      case DOUBLE -> MemorySegment.copy(src, DOUBLES, 0, t.doubles(), 0, n);
      case INT64, UINT64 -> MemorySegment.copy(src, LONGS, 0, t.longs(), 0, n);
      case INT32, UINT32 -> MemorySegment.copy(src, INTS, 0, t.ints(), 0, n);
      case INT16, UINT16 -> MemorySegment.copy(src, SHORTS, 0, t.shorts(), 0, n);
      case INT8, UINT8 -> MemorySegment.copy(src, BYTES, 0, t.bytes(), 0, n);
      case BOOL -> booleans(src, t.bytes());
      case FLOAT16 -> {
        float[] dst = t.floats();
        for (int i = 0; i < n; i++) {
          dst[i] = HalfFloats.fromFloat16(src.getAtIndex(SHORTS, i));
        }
      }
      case BFLOAT16 -> {
        float[] dst = t.floats();
        for (int i = 0; i < n; i++) {
          dst[i] = HalfFloats.fromBfloat16(src.getAtIndex(SHORTS, i));
        }
      }
      case STRING -> throw new AssertionError("text has no fixed width");
    }
    return t;
  }

  /** Anything but 0 is true. */
  private static void booleans(MemorySegment src, byte[] dst) {
    MemorySegment.copy(src, BYTES, 0, dst, 0, dst.length);
    for (int i = 0; i < dst.length; i++) {
      dst[i] = (byte) (dst[i] == 0 ? 0 : 1);
    }
  }

  /**
   * Copies elements into bytes.
   *
   * @param first the first element to copy
   * @param dst as many bytes as the elements take, written
   */
  static void encode(TypedTensor t, int first, MemorySegment dst) {
    int n = Math.toIntExact(dst.byteSize() / t.type().bytes());
    switch (t.type()) {
      case FLOAT -> MemorySegment.copy(t.floats(), first, dst, FLOATS, 0, n);
      case DOUBLE -> MemorySegment.copy(t.doubles(), first, dst, DOUBLES, 0, n);
      case INT64, UINT64 -> MemorySegment.copy(t.longs(), first, dst, LONGS, 0, n);
      case INT32, UINT32 -> MemorySegment.copy(t.ints(), first, dst, INTS, 0, n);
      case INT16, UINT16 -> MemorySegment.copy(t.shorts(), first, dst, SHORTS, 0, n);
      case INT8, UINT8, BOOL -> MemorySegment.copy(t.bytes(), first, dst, BYTES, 0, n);
      case FLOAT16 -> {
        for (int i = 0; i < n; i++) {
          dst.setAtIndex(SHORTS, i, HalfFloats.toFloat16(t.floats()[first + i]));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < n; i++) {
          dst.setAtIndex(SHORTS, i, HalfFloats.toBfloat16(t.floats()[first + i]));
        }
      }
      case STRING -> throw new AssertionError("text has no fixed width");
    }
  }
}
