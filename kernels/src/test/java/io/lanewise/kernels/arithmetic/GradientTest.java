package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.arithmetic.ArithmeticCases.REFERENCE;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.backward;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.between;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.forward;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reference's gradients against central differences of the reference, and linear operations'
 * gradients as their transposes: ⟨dy, A·x⟩ = ⟨Aᵀ·dy, x⟩.
 */
final class GradientTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final float STEP = 1f / 128;

  /** Rounding is 2^-24 / STEP of a result, the curvature's part STEP² of a third derivative. */
  private static final double TOLERANCE = 2e-3;

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  private static void check(Tensor x, Tensor dx, Tensor dy, Supplier<Tensor> f, String name) {
    for (int i = 0; i < x.size(); i++) {
      float v = x.array()[i];
      x.array()[i] = v + STEP;
      double up = dot(dy, f.get());
      x.array()[i] = v - STEP;
      double down = dot(dy, f.get());
      x.array()[i] = v;
      double e = (up - down) / (2 * STEP);
      double g = dx.array()[i];
      assertEquals(e, g, TOLERANCE * (1 + Math.abs(e)), name + " element " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void ofTwo(BinaryOp op) {
    if (!op.hasGradient()) {
      return;
    }
    for (Activation f : List.of(Activation.identity(), Activation.sigmoid(), Activation.silu())) {
      Shape sa = Shape.of(2, 3);
      Shape sb = Shape.of(3);
      Binary plan = REFERENCE.binary(op, sa, sb, f, Layout.CHANNELS_FIRST);
      // Apart from each other and from multiples: no differences across a jump.
      Tensor a = Tensor.of(sa, 1.3f, 2.1f, 1.7f, 2.3f, 1.1f, 1.9f);
      Tensor b = Tensor.of(sb, 0.8f, 1.5f, 1.4f);
      Tensor dy = between(0.2, 1, plan.y(), 3);
      Tensor y = forward(plan, a, b, ONE, "");
      List<Tensor> gradients = backward(plan, a, b, y, dy, ONE, "");
      check(a, gradients.get(0), dy, () -> forward(plan, a, b, ONE, ""), op + " da " + f);
      check(b, gradients.get(1), dy, () -> forward(plan, a, b, ONE, ""), op + " db " + f);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void ofOne(UnaryOp op) {
    if (!op.hasGradient()) {
      return;
    }
    Unary plan = REFERENCE.unary(op);
    Tensor x = Tensor.of(Shape.of(5), 0.3f, 0.7f, 1.2f, 1.8f, 2.4f);
    Tensor dy = between(0.2, 1, x.shape(), 1);
    Tensor dx = Tensor.zeros(x.shape());
    plan.backward(x, dy, dx, ONE);
    check(
        x,
        dx,
        dy,
        () -> {
          Tensor y = Tensor.zeros(x.shape());
          plan.forward(x, y, ONE);
          return y;
        },
        op.name());
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void ofReductions(ReduceOp op) {
    AxisReduction plan = REFERENCE.reduce(op, Shape.of(2, 3, 2), false, 1);
    Tensor x =
        Tensor.of(
            plan.x(), 0.3f, -0.7f, 1.2f, 0.4f, 0.8f, -1.5f, 0.5f, 0.9f, -0.6f, 1.4f, 1.7f, -0.2f);
    Tensor dy = between(0.2, 1, plan.y(), 2);
    Tensor dx = backward(plan, x, forward(plan, x, ONE, ""), dy, ONE, "");
    check(x, dx, dy, () -> forward(plan, x, ONE, ""), op.name());
  }

  @Test
  void cumulativeSumsAreTransposed() {
    for (int flags = 0; flags < 4; flags++) {
      Shape s = Shape.of(3, 37, 5);
      CumulativeSum plan =
          Backend.best().arithmetic().cumulativeSum(s, 1, (flags & 1) != 0, (flags & 2) != 0);
      Tensor x = TestData.uniform(s, 1);
      Tensor dy = TestData.uniform(s, 2);
      Tensor y = Tensor.zeros(s);
      Tensor dx = Tensor.zeros(s);
      plan.forward(x, y, ONE);
      plan.backward(dy, dx, ONE);
      assertEquals(dot(dy, y), dot(dx, x), 1e-3);
    }
  }

  @Test
  void matrixProductsAreTransposed() {
    for (int[][] dims : MatMulTest.shapes()) {
      MatMul plan = Backend.best().arithmetic().matMul(Shape.of(dims[0]), Shape.of(dims[1]));
      Tensor a = TestData.uniform(plan.a(), 1);
      Tensor b = TestData.uniform(plan.b(), 2);
      Tensor dy = TestData.uniform(plan.y(), 3);
      Tensor y = Tensor.zeros(plan.y());
      Tensor da = Tensor.zeros(plan.a());
      Tensor db = Tensor.zeros(plan.b());
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      plan.forward(a, b, y, ws, ONE);
      plan.backward(a, b, dy, da, db, ws, ONE);
      assertEquals(dot(dy, y), dot(da, a), 1e-3);
      assertEquals(dot(dy, y), dot(db, b), 1e-3);
    }
  }
}
