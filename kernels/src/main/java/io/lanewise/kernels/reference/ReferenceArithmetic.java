package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.CumulativeSum;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.TopK;
import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.arithmetic.Where;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** Arithmetic element by element, in float64. */
public record ReferenceArithmetic() implements Arithmetic {
  @Override
  public Binary binary(BinaryOp op, Shape a, Shape b, Activation after, Layout layout) {
    return new ReferenceBinary(op, a, b, after, layout);
  }

  @Override
  public Unary unary(UnaryOp op) {
    return new ReferenceUnary(op, 0, 0);
  }

  @Override
  public Unary clip(float min, float max) {
    Arithmetic.requireRange(min, max);
    return new ReferenceUnary(null, min, max);
  }

  @Override
  public Where where(Shape condition, Shape a, Shape b, Layout layout) {
    return new ReferenceWhere(condition, a, b, layout);
  }

  @Override
  public AxisReduction reduce(ReduceOp op, Shape x, boolean keepDims, Layout layout, int... axes) {
    Arithmetic.requireKept(keepDims, layout);
    return new ReferenceAxisReduction(op, x, Arithmetic.axes(x, axes), keepDims, layout);
  }

  @Override
  public ArgReduction argMax(Shape x, boolean keepDims, boolean last, int... axes) {
    return new ReferenceArgReduction(x, Arithmetic.axes(x, axes), keepDims, last, 1);
  }

  @Override
  public ArgReduction argMin(Shape x, boolean keepDims, boolean last, int... axes) {
    return new ReferenceArgReduction(x, Arithmetic.axes(x, axes), keepDims, last, -1);
  }

  @Override
  public TopK topK(Shape x, int axis, int k, boolean largest) {
    return new ReferenceTopK(x, axis, k, largest);
  }

  @Override
  public CumulativeSum cumulativeSum(Shape shape, int axis, boolean exclusive, boolean reverse) {
    return new ReferenceCumulativeSum(shape, axis, exclusive, reverse);
  }

  @Override
  public MatMul matMul(Shape a, Shape b) {
    return new ReferenceMatMul(a, b);
  }
}
