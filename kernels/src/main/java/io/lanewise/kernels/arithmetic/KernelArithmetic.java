package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.UnaryCurve;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/** {@link Arithmetic} by the kernels. */
public final class KernelArithmetic implements Arithmetic {
  private final Target target;

  /** For a machine and its kernels. */
  public KernelArithmetic(Target target) {
    this.target = Objects.requireNonNull(target, "target");
  }

  @Override
  public Binary binary(BinaryOp op, Shape a, Shape b, Activation after, Layout layout) {
    return new KernelBinary(op, a, b, after, layout, target);
  }

  @Override
  public Unary unary(UnaryOp op) {
    return new KernelUnary(op.curve(), 0, 0, target);
  }

  @Override
  public Unary clip(float min, float max) {
    Arithmetic.requireRange(min, max);
    return new KernelUnary(UnaryCurve.CLIP, min, max, target);
  }

  @Override
  public Where where(Shape condition, Shape a, Shape b, Layout layout) {
    return new KernelWhere(condition, a, b, layout, target);
  }

  @Override
  public AxisReduction reduce(ReduceOp op, Shape x, boolean keepDims, Layout layout, int... axes) {
    boolean[] reduced = Arithmetic.axes(x, axes);
    Arithmetic.requireKept(keepDims, layout);
    return op == ReduceOp.PROD
        ? new ProductReduction(x, reduced, keepDims, layout)
        : new KernelAxisReduction(op, x, reduced, keepDims, layout, target);
  }

  @Override
  public ArgReduction argMax(Shape x, boolean keepDims, boolean last, int... axes) {
    boolean[] reduced = Arithmetic.axes(x, axes);
    return new KernelArgReduction(Fold.MAX, x, reduced, keepDims, last, target);
  }

  @Override
  public ArgReduction argMin(Shape x, boolean keepDims, boolean last, int... axes) {
    boolean[] reduced = Arithmetic.axes(x, axes);
    return new KernelArgReduction(Fold.MIN, x, reduced, keepDims, last, target);
  }

  @Override
  public TopK topK(Shape x, int axis, int k, boolean largest) {
    return new KernelTopK(x, axis, k, largest);
  }

  @Override
  public CumulativeSum cumulativeSum(Shape shape, int axis, boolean exclusive, boolean reverse) {
    return new KernelCumulativeSum(shape, axis, exclusive, reverse, target);
  }

  @Override
  public MatMul matMul(Shape a, Shape b) {
    return new KernelMatMul(a, b, target);
  }
}
