package io.lanewise.rivals.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Native memory for ONNX Runtime's tensors, so that a run copies nothing. */
final class NativeFloats {
  private static final int CACHE_LINE = 64;

  private NativeFloats() {}

  static FloatBuffer allocate(Arena arena, Shape shape) {
    return arena
        .allocate((long) shape.size() * Float.BYTES, CACHE_LINE)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** A tensor with these values. */
  static OnnxTensor tensor(Arena arena, Tensor t) throws OrtException {
    FloatBuffer values = allocate(arena, t.shape());
    values.put(t.array(), t.offset(), t.size()).flip();
    return tensor(values, t.shape());
  }

  /** A tensor on this memory. */
  static OnnxTensor tensor(FloatBuffer values, Shape shape) throws OrtException {
    long[] dims = Arrays.stream(shape.toArray()).asLongStream().toArray();
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, dims);
  }
}
