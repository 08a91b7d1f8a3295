package io.lanewise.rivals.onnxruntime;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.NormOperands;
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

  static OneNodeModel linear(Task task) {
    LinearShape s = task.linear();
    return new OneNodeModel("Gemm", s.y())
        .input(x(s.x()))
        .constant(task.linearWeights())
        .set("transB", 1);
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

  /** A normalisation of images, or of rows. */
  static OneNodeModel norm(Task task) {
    Shape s = task.sizes();
    int c = s.dim(1);
    return switch (task.op()) {
      case LRN ->
          map(s, "LRN")
              .set("size", Op.LRN_SIZE)
              .set("alpha", NormOperands.LRN_ALPHA)
              .set("beta", NormOperands.LRN_BETA)
              .set("bias", NormOperands.LRN_K);
      case BATCH_NORM_RELU ->
          affine(map(s, "BatchNormalization"), c)
              .constant(NormOperands.mean(c))
              .constant(NormOperands.variance(c))
              .then("Relu");
      case LAYER_NORM -> affine(map(s, "LayerNormalization"), c);
      default -> affine(map(s, "InstanceNormalization"), c);
    };
  }

  private static OneNodeModel affine(OneNodeModel model, int c) {
    return model
        .constant(NormOperands.gamma(c))
        .constant(NormOperands.beta(c))
        .set("epsilon", NormOperands.EPSILON);
  }

  static OneNodeModel globalAveragePool(Shape s) {
    return new OneNodeModel("GlobalAveragePool", PoolShape.global(s).y()).input(x(s));
  }

  static OneNodeModel addRelu(Shape s) {
    return map(s, "Add").input(w(s)).then("Relu");
  }

  static OneNodeModel sum(Shape s, int axis) {
    return new OneNodeModel("ReduceSum", Shape.of(s.dim(1 - axis)))
        .input(x(s))
        .constant(axis)
        .set("keepdims", 0);
  }

  /** Movements and resizes. */
  static OneNodeModel move(Task task) {
    Shape s = task.sizes();
    return switch (task.op()) {
      case CONCAT ->
          new OneNodeModel("Concat", Shape.of(s.dim(0), 2 * s.dim(1), s.dim(2), s.dim(3)))
              .input(x(s))
              .input(w(s))
              .set("axis", 1);
      case TRANSPOSE ->
          new OneNodeModel("Transpose", Shape.of(s.dim(1), s.dim(0)))
              .input(x(s))
              .set("perm", new long[] {1, 0});
      case PAD ->
          new OneNodeModel("Pad", images(s, s.dim(2) + 2, s.dim(3) + 2))
              .input(x(s))
              .constant(0, 0, 1, 1, 0, 0, 1, 1);
      case SLICE ->
          new OneNodeModel("Slice", images(s, s.dim(2), Math.ceilDiv(s.dim(3), 2)))
              .input(x(s))
              .constant(0)
              .constant(Integer.MAX_VALUE)
              .constant(3)
              .constant(2);
      case RESIZE_LINEAR -> resize(s).set("mode", "linear");
      default ->
          resize(s)
              .set("mode", "nearest")
              .set("coordinate_transformation_mode", "asymmetric")
              .set("nearest_mode", "floor");
    };
  }

  private static OneNodeModel resize(Shape s) {
    return new OneNodeModel("Resize", images(s, 2 * s.dim(2), 2 * s.dim(3)))
        .input(x(s))
        .without()
        .constant(Tensor.of(Shape.of(4), 1, 1, 2, 2));
  }

  private static Shape images(Shape s, int oh, int ow) {
    return Shape.of(s.dim(0), s.dim(1), oh, ow);
  }

  private static Tensor x(Shape shape) {
    return Task.uniform(shape, Task.SEED_X);
  }

  private static Tensor w(Shape shape) {
    return Task.uniform(shape, Task.SEED_W);
  }
}
