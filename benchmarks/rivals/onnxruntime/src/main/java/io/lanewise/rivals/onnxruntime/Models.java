package io.lanewise.rivals.onnxruntime;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Each task as a model. */
final class Models {
  private Models() {}

  static OneNodeModel conv(ConvShape s) {
    return window(new OneNodeModel("Conv", s.y()).input(x(s.x())).constant(w(s.w())), s);
  }

  static OneNodeModel transposed(TransposedConvShape s) {
    OneNodeModel model = new OneNodeModel("ConvTranspose", s.y());
    return window(model.input(x(s.x())).constant(w(s.w())), s.conv())
        .set("output_padding", longs(s.outputPadding()));
  }

  private static OneNodeModel window(OneNodeModel model, ConvShape s) {
    return model
        .set("kernel_shape", longs(s.kernel()))
        .set("strides", longs(s.strides()))
        .set("dilations", longs(s.dilations()))
        .set("pads", longs(s.paddingBefore(), s.paddingAfter()))
        .set("group", s.groups());
  }

  private static long[] longs(int[]... each) {
    return Stream.of(each).flatMapToInt(IntStream::of).asLongStream().toArray();
  }

  /**
   * A matrix product.
   *
   * @param packed B is a constant of the model
   */
  static OneNodeModel gemm(GemmShape s, boolean packed) {
    OneNodeModel model = new OneNodeModel("MatMul", s.c()).input(x(s.a()));
    return packed ? model.constant(w(s.b())) : model.input(w(s.b()));
  }

  static OneNodeModel linear(LinearShape s) {
    return new OneNodeModel("Gemm", s.y()).input(x(s.x())).constant(w(s.w())).set("transB", 1);
  }

  /** A pooling; the average counts no padding, as that is ONNX's default. */
  static OneNodeModel pool(PoolShape s, String operator) {
    Padding p = s.padding();
    return new OneNodeModel(operator, s.y())
        .input(x(s.x()))
        .set("kernel_shape", longs(new int[] {s.kh(), s.kw()}))
        .set("strides", longs(new int[] {s.strideH(), s.strideW()}))
        .set("dilations", longs(new int[] {s.dilationH(), s.dilationW()}))
        .set("pads", longs(new int[] {p.top(), p.left(), p.bottom(), p.right()}));
  }

  /** An operator on x alone that keeps its shape; Softmax runs along the last axis. */
  static OneNodeModel map(Shape shape, String operator) {
    return new OneNodeModel(operator, shape).input(x(shape));
  }

  private static Tensor x(Shape shape) {
    return Task.uniform(shape, Task.SEED_X);
  }

  private static Tensor w(Shape shape) {
    return Task.uniform(shape, Task.SEED_W);
  }
}
