package io.lanewise.kernels.activation;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations against the reference, at sizes around the vectors' and the tasks'. */
final class ActivationTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 19, 31, 33, 35, 16383, 16384, 16385, 40009
      })
  void bothDirectionsMatchTheReference(int n) {
    Tensor x = special(TestData.uniform(Shape.of(n), 1));
    Tensor dy = TestData.uniform(Shape.of(n), 2);
    for (Activation kind : Activation.values()) {
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = context(kind, t, par, n);
          Tensor y = forward(kind, t, x, par, context);
          assertForward(kind, x, y, context);
          assertBackward(kind, t, y, dy, backward(kind, t, y, dy, par, context), context);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void hasTheSameBitsOnAnyTeamAndInScalar(Activation kind) {
    Target scalar = CpuBackend.scalar().target();
    for (int n : new int[] {37, 50_021}) {
      Tensor x = special(TestData.uniform(Shape.of(n), 3));
      Tensor dy = TestData.uniform(Shape.of(n), 4);
      Tensor y = forward(kind, scalar, x, Parallel.SEQUENTIAL, "");
      Tensor dx = backward(kind, scalar, y, dy, Parallel.SEQUENTIAL, "");
      for (Target t : List.of(scalar, Targets.best())) {
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
          String context = context(kind, t, par, n);
          assertSameBits(y, forward(kind, t, x, par, context), context);
          assertSameBits(dx, backward(kind, t, y, dy, par, context), context);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void mayOverwriteItsInput(Activation kind) {
    for (Target t : Targets.all()) {
      ActivationOp op = new KernelActivation(kind, t);
      Tensor x = TestData.uniform(Shape.of(3, 21), 5);
      Tensor y = forward(kind, t, x, Parallel.SEQUENTIAL, "");
      op.forward(x, x, Parallel.SEQUENTIAL);
      assertSameBits(y, x, kind + " in place");
      Tensor dy = TestData.uniform(Shape.of(3, 21), 6);
      Tensor dx = backward(kind, t, y, dy, Parallel.SEQUENTIAL, "");
      op.backward(y, dy, dy, Parallel.SEQUENTIAL);
      assertSameBits(dx, dy, kind + " backward in place");
    }
  }

  @Test
  void reluAtZeroAndNan() {
    Tensor x = Tensor.of(Shape.of(5), -1f, 0f, -0f, Float.NaN, 2f);
    Tensor dy = Tensor.of(Shape.of(5), 1f, 2f, 3f, 4f, 5f);
    for (Target t : Targets.all()) {
      Tensor y = forward(Activation.RELU, t, x, Parallel.SEQUENTIAL, "");
      assertSameBits(Tensor.of(Shape.of(5), 0f, 0f, 0f, Float.NaN, 2f), y, "relu");
      Tensor dx = backward(Activation.RELU, t, y, dy, Parallel.SEQUENTIAL, "");
      assertSameBits(Tensor.of(Shape.of(5), 0f, 0f, 0f, 0f, 5f), dx, "relu backward");
    }
  }

  @Test
  void refusesWrongArguments() {
    ActivationOp op = CpuBackend.best().activation(Activation.TANH);
    assertEquals(Activation.TANH, op.kind());
    Tensor x = Tensor.zeros(2, 3);
    Tensor wrong = Tensor.zeros(3, 2);
    Parallel par = Parallel.SEQUENTIAL;
    assertRefused(() -> op.forward(x, wrong, par), "y must have shape [2, 3], got [3, 2]");
    assertRefused(() -> op.backward(x, wrong, x, par), "dy must have shape [2, 3], got [3, 2]");
    assertRefused(() -> op.backward(x, x, wrong, par), "dx must have shape [2, 3], got [3, 2]");
  }

  /** Puts values of all sizes, and those that are none, among uniform ones. */
  private static Tensor special(Tensor x) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, 1e-40f};
    for (int i = 0; i < x.size(); i++) {
      if (i % 11 == 3) {
        x.array()[i] = specials[i / 11 % specials.length];
      } else {
        x.array()[i] *= i % 3 == 0 ? 12 : 1;
      }
    }
    return x;
  }

  private static void assertForward(Activation kind, Tensor x, Tensor y, String context) {
    for (int i = 0; i < x.size(); i++) {
      double truth = ReferenceElementwise.activate(kind, x.get(i));
      double bound = kind == Activation.RELU ? 0 : 2 * Math.ulp((float) truth);
      assertClose(truth, bound, y.get(i), i, context);
    }
  }

  /** tanh's slope is one fused step or two plain ones, then a product: each rounded once. */
  private static void assertBackward(
      Activation kind, Target t, Tensor y, Tensor dy, Tensor dx, String context) {
    boolean fused = !t.kernels().name().contains("without fused");
    for (int i = 0; i < y.size(); i++) {
      double truth = ReferenceElementwise.slope(kind, y.get(i)) * dy.get(i);
      double square = fused ? 0 : y.get(i) * y.get(i) * Math.abs(dy.get(i));
      double bound = kind == Activation.RELU ? 0 : U * (3 * Math.abs(truth) + square);
      assertClose(truth, bound, dx.get(i), i, context);
    }
  }

  private static Tensor forward(Activation kind, Target t, Tensor x, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(x.shape());
    new KernelActivation(kind, t).forward(in.tensor(), y.tensor(), par);
    in.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy();
  }

  private static Tensor backward(
      Activation kind, Target t, Tensor y, Tensor dy, Parallel par, String context) {
    Guarded out = Guarded.of(y);
    Guarded in = Guarded.of(dy);
    Guarded dx = Guarded.unwritten(y.shape());
    new KernelActivation(kind, t).backward(out.tensor(), in.tensor(), dx.tensor(), par);
    out.assertUnchanged(context);
    in.assertUnchanged(context);
    dx.assertGuardsIntact(context);
    return dx.tensor().copy();
  }

  private static String context(Activation kind, Target t, Parallel par, int n) {
    return "%s, %s, %d workers, n %d".formatted(kind, t.kernels().name(), par.workers(), n);
  }

  @Test
  void anEmptyBatchOfAnyShapeIsFine() {
    Tensor x = Tensor.zeros(0, 3, 4);
    CpuBackend.best().activation(Activation.RELU).forward(x, x, Teams.THREE);
    assertExact(Tensor.zeros(0, 3, 4), x, "empty");
  }
}
