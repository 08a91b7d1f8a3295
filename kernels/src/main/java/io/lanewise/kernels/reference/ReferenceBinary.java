package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** A function of two tensors, element by element, in float64. */
record ReferenceBinary(BinaryOp op, Shape a, Shape b, Activation after, Layout layout)
    implements Binary {
  ReferenceBinary {
    Arithmetic.broadcast(layout, a, b);
  }

  @Override
  public Shape y() {
    return Arithmetic.broadcast(a, b);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  /** One element. */
  static double apply(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case POW -> power(a, b);
      case FMOD -> a % b;
      case MOD -> modulus(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case NOT_EQUAL -> a == b ? 0 : 1;
      case LESS -> a < b ? 1 : 0;
      case LESS_OR_EQUAL -> a <= b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
      case AND -> a != 0 && b != 0 ? 1 : 0;
      case OR -> a != 0 || b != 0 ? 1 : 0;
      case XOR -> (a != 0) != (b != 0) ? 1 : 0;
    };
  }

  private static double power(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  private static double modulus(double a, double b) {
    double r = a % b;
    if (r == 0) {
      return Math.copySign(0, b);
    }
    return r < 0 == b < 0 ? r : r + b;
  }

  /** The derivative with respect to a. */
  static double slopeA(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD, SUB, FMOD, MOD -> 1;
      case MUL -> b;
      case DIV -> 1 / b;
      case MIN -> a > b ? 0 : a == b ? 0.5 : 1;
      case MAX -> a < b ? 0 : a == b ? 0.5 : 1;
      case POW -> b == 0 ? 0 : b * power(a, b - 1);
      default -> throw new UnsupportedOperationException(op + " has no gradient");
    };
  }

  /** The derivative with respect to b. */
  static double slopeB(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> 1;
      case SUB -> -1;
      case MUL -> a;
      case DIV -> -(a / b / b);
      case MIN, MAX -> slopeA(op, b, a);
      case FMOD -> -(a / b < 0 ? Math.ceil(a / b) : Math.floor(a / b));
      case MOD -> -Math.floor(a / b);
      case POW -> a == 0 && b >= 0 ? 0 : power(a, b) * StrictMath.log(a);
      default -> throw new UnsupportedOperationException(op + " has no gradient");
    };
  }

  @Override
  public void forward(Tensor a, Tensor b, Tensor y, Workspace ws, Parallel par) {
    requireShape(a, this.a, layout, "a");
    requireShape(b, this.b, layout, "b");
    requireShape(y, y(), layout, "y");
    requireApart(y, a, "a");
    requireApart(y, b, "b");
    for (int i = 0; i < y.size(); i++) {
      int[] at = Index.of(y.shape(), i);
      float left = a.get(Index.broadcast(at, this.a));
      float right = b.get(Index.broadcast(at, this.b));
      double z = apply(op, left, right);
      y.set((float) ReferenceElementwise.activate(after, z), at);
    }
  }

  private static void requireApart(Tensor y, Tensor operand, String name) {
    if (operand.size() == y.size()) {
      requireSameOrDisjoint(y, "y", operand, name);
    } else {
      requireDisjoint(y, "y", operand, name);
    }
  }

  @Override
  public void backward(
      Tensor a, Tensor b, Tensor y, Tensor dy, Tensor da, Tensor db, Workspace ws, Parallel par) {
    if (!op.hasGradient()) {
      throw new UnsupportedOperationException(op + " has no gradient");
    }
    requireShape(a, this.a, layout, "a");
    requireShape(b, this.b, layout, "b");
    requireShape(dy, y(), layout, "dy");
    if (after.kind() != Activation.Kind.IDENTITY && !after.needsInput()) {
      requireShape(y, y(), layout, "y");
    }
    requireGradient(da, "da", this.a, a, b, y, dy);
    requireGradient(db, "db", this.b, a, b, y, dy);
    if (da != null && db != null) {
      requireDisjoint(da, "da", db, "db");
    }
    double[] sumsA = new double[this.a.size()];
    double[] sumsB = new double[this.b.size()];
    for (int i = 0; i < dy.size(); i++) {
      int[] at = Index.of(dy.shape(), i);
      int[] atA = Index.broadcast(at, this.a);
      int[] atB = Index.broadcast(at, this.b);
      float left = a.get(atA);
      float right = b.get(atB);
      double saved =
          after.kind() == Activation.Kind.IDENTITY || after.needsInput()
              ? (float) apply(op, left, right)
              : y.get(at);
      double g = dy.get(at) * ReferenceElementwise.slope(after, saved);
      sumsA[Index.number(this.a, atA)] += g * slopeA(op, left, right);
      sumsB[Index.number(this.b, atB)] += g * slopeB(op, left, right);
    }
    write(sumsA, da);
    write(sumsB, db);
  }

  private void requireGradient(
      Tensor gradient, String name, Shape shape, Tensor a, Tensor b, Tensor y, Tensor dy) {
    if (gradient != null) {
      requireShape(gradient, shape, layout, name);
      requireDisjoint(gradient, name, a, "a");
      requireDisjoint(gradient, name, b, "b");
      requireDisjoint(gradient, name, dy, "dy");
      if (y != null) {
        requireDisjoint(gradient, name, y, "y");
      }
    }
  }

  /** Writes sums in row-major order of the indices; null is not wanted. */
  static void write(double[] sums, Tensor t) {
    for (int i = 0; t != null && i < sums.length; i++) {
      t.set((float) sums[i], Index.of(t.shape(), i));
    }
  }
}
