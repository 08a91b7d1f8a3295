package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A function of each element, in float64.
 *
 * @param op null to clip
 * @param min the least result if clipped
 * @param max the greatest
 */
record ReferenceUnary(UnaryOp op, float min, float max) implements Unary {
  /** One element. */
  static double apply(UnaryOp op, double x) {
    return switch (op) {
      case ABS -> Math.abs(x);
      case NEG -> -x;
      case SIGN -> Math.signum(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case ERF -> ReferenceNormal.erf(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case NOT -> x == 0 ? 1 : 0;
    };
  }

  /** The derivative. */
  static double slope(UnaryOp op, double x) {
    return switch (op) {
      case ABS -> Math.signum(x);
      case NEG -> -1;
      case SIGN, FLOOR, CEIL, ROUND -> 0;
      case SQUARE -> 2 * x;
      case SQRT -> 0.5 / Math.sqrt(x);
      case RSQRT -> -0.5 / Math.sqrt(x) / x;
      case RECIPROCAL -> -1 / (x * x);
      case EXP -> StrictMath.exp(x);
      case LOG -> 1 / x;
      case SIN -> StrictMath.cos(x);
      case COS -> -StrictMath.sin(x);
      case ERF -> 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x);
      case NOT -> throw new UnsupportedOperationException("NOT has no gradient");
    };
  }

  private double apply(float x) {
    return op != null ? apply(op, x) : x < min ? min : x > max ? max : x;
  }

  private double slope(float x) {
    return op != null ? slope(op, x) : x < min || x > max ? 0 : 1;
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), x.layout(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    for (int i = 0; i < x.size(); i++) {
      y.array()[y.offset() + i] = (float) apply(x.array()[x.offset() + i]);
    }
  }

  @Override
  public void backward(Tensor x, Tensor dy, Tensor dx, Parallel par) {
    if (op == UnaryOp.NOT) {
      throw new UnsupportedOperationException("NOT has no gradient");
    }
    requireShape(dy, x.shape(), x.layout(), "dy");
    requireShape(dx, x.shape(), x.layout(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", x, "x");
    for (int i = 0; i < x.size(); i++) {
      double g = dy.array()[dy.offset() + i];
      dx.array()[dx.offset() + i] = (float) (g * slope(x.array()[x.offset() + i]));
    }
  }
}
