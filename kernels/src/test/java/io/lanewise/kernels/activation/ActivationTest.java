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
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations against the reference, at sizes around the vectors' and the tasks'. */
final class ActivationTest {
  static List<Activation> all() {
    return Activations.all();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 19, 31, 33, 35, 16383, 16384, 16385, 40009
      })
  void bothDirectionsMatchTheReference(int n) {
    Tensor x = special(TestData.uniform(Shape.of(n), 1));
    Tensor dy = TestData.uniform(Shape.of(n), 2);
    for (Activation kind : Activations.all()) {
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = context(kind, t, par, n);
          Tensor y = forward(kind, t, x, par, context);
          assertForward(kind, t, x, y, context);
          Tensor saved = kind.needsInput() ? x : y;
          Tensor dx = backward(kind, t, saved, dy, par, context);
          assertBackward(kind, t, saved, dy, dx, context);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasTheSameBitsOnAnyTeamAndInScalar(Activation kind) {
    Target scalar = CpuBackend.scalar().target();
    for (int n : new int[] {37, 50_021}) {
      Tensor x = special(TestData.uniform(Shape.of(n), 3));
      Tensor dy = TestData.uniform(Shape.of(n), 4);
      Tensor y = forward(kind, scalar, x, Parallel.SEQUENTIAL, "");
      Tensor saved = kind.needsInput() ? x : y;
      Tensor dx = backward(kind, scalar, saved, dy, Parallel.SEQUENTIAL, "");
      for (Target t : List.of(scalar, Targets.best())) {
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
          String context = context(kind, t, par, n);
          assertSameBits(y, forward(kind, t, x, par, context), context);
          assertSameBits(dx, backward(kind, t, saved, dy, par, context), context);
        }
      }
    }
  }

  /** Values and gradients where formulas break: -Infinity, -0, 0, Infinity, NaN. */
  @ParameterizedTest
  @CsvSource({
    "identity,     -Infinity, -0, 0, Infinity, NaN,     1, 1, 1, 1, 1",
    "relu,         0, 0, 0, Infinity, NaN,              0, 0, 0, 1, 0",
    "relu6,        0, 0, 0, 6, NaN,                     0, 0, 0, 0, 0",
    "'clamp(-1.0,1.0)', -1, -0, 0, 1, NaN,              0, 1, 1, 0, 0",
    "leaky-relu(0.5),   -Infinity, -0, 0, Infinity, NaN, 0.5, 0.5, 0.5, 1, 0.5",
    "leaky-relu(0.0),   NaN, -0, 0, Infinity, NaN,      0, 0, 0, 1, 0",
    "'hard-sigmoid(0.25,0.5)', 0, 0.5, 0.5, 1, NaN,     0, 0.25, 0.25, 0, 0",
    "hard-swish,   -0, -0, 0, Infinity, NaN,            0, 0.5, 0.5, 1, NaN",
    "sigmoid,      0, 0.5, 0.5, 1, NaN,                 0, 0.25, 0.25, 0, NaN",
    "silu,         -0, -0, 0, Infinity, NaN,            -0, 0.5, 0.5, 1, NaN",
    "tanh,         -1, -0, 0, 1, NaN,                   0, 1, 1, 0, NaN",
    "step,         0, 0, 0, 1, NaN,                     0, 0, 0, 0, 0",
    "'threshold(0.0,2.0)', 2, 2, 2, Infinity, NaN,      0, 0, 0, 1, 0",
    "elu,          -1, -0, 0, Infinity, NaN,            0, 1, 1, 1, NaN",
    "celu,         -1, -0, 0, Infinity, NaN,            0, 1, 1, 1, NaN",
    "selu,         -1.7580993, -0, 0, Infinity, NaN,    0, 1.7580993, 1.7580993, 1.050701, NaN",
    "gelu,         -0, -0, 0, Infinity, NaN,            0, 0.5, 0.5, 1, NaN",
    "gelu-tanh,    -0, -0, 0, Infinity, NaN,            -0, 0.5, 0.5, 1, NaN",
    "mish,         -0, -0, 0, Infinity, NaN,            0, 0.6, 0.6, 1, NaN",
    "softplus,     0, 0.6931472, 0.6931472, Infinity, NaN, 0, 0.5, 0.5, 1, NaN",
    "softsign,     -1, -0, 0, 1, NaN,                   0, 1, 1, 0, NaN"
  })
  void specialValues(ArgumentsAccessor row) {
    Activation kind = Activation.parse(row.getString(0));
    float inf = Float.POSITIVE_INFINITY;
    Shape shape = Shape.of(35); // whole vectors and a tail
    Tensor x = repeated(shape, -inf, -0f, 0f, inf, Float.NaN);
    Tensor want = repeated(shape, floats(row, 1));
    Tensor slopes = repeated(shape, floats(row, 6));
    for (Target t : Targets.all()) {
      String context = context(kind, t, Parallel.SEQUENTIAL, x.size());
      Tensor y = forward(kind, t, x, Parallel.SEQUENTIAL, context);
      assertSameBits(want, y, context);
      Tensor saved = kind.needsInput() ? x : y;
      Tensor one = Tensor.zeros(shape).fill(1f);
      assertSameBits(slopes, backward(kind, t, saved, one, Parallel.SEQUENTIAL, ""), context);
    }
  }

  private static float[] floats(ArgumentsAccessor row, int from) {
    float[] values = new float[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(row.getString(from + i));
    }
    return values;
  }

  private static Tensor repeated(Shape shape, float... values) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.set(values[i % values.length], i);
    }
    return t;
  }

  @ParameterizedTest
  @MethodSource("all")
  void mayOverwriteItsInput(Activation kind) {
    for (Target t : Targets.all()) {
      ActivationOp op = new KernelActivation(kind, t);
      Tensor x = TestData.uniform(Shape.of(3, 21), 5);
      Tensor y = forward(kind, t, x, Parallel.SEQUENTIAL, "");
      Tensor saved = kind.needsInput() ? x.copy() : y.copy();
      op.forward(x, x, Parallel.SEQUENTIAL);
      assertSameBits(y, x, kind + " in place");
      Tensor dy = TestData.uniform(Shape.of(3, 21), 6);
      Tensor dx = backward(kind, t, saved, dy, Parallel.SEQUENTIAL, "");
      Tensor kept = dy.copy();
      op.backward(saved, dy, dy, Parallel.SEQUENTIAL);
      assertSameBits(dx, dy, kind + " backward in place");
      op.backward(saved, kept, saved, Parallel.SEQUENTIAL);
      assertSameBits(dx, saved, kind + " backward over what it saved");
    }
  }

  @Test
  void reluAtZeroAndNan() {
    Tensor x = Tensor.of(Shape.of(5), -1f, 0f, -0f, Float.NaN, 2f);
    Tensor dy = Tensor.of(Shape.of(5), 1f, 2f, 3f, 4f, 5f);
    for (Target t : Targets.all()) {
      Tensor y = forward(Activation.relu(), t, x, Parallel.SEQUENTIAL, "");
      assertSameBits(Tensor.of(Shape.of(5), 0f, 0f, 0f, Float.NaN, 2f), y, "relu");
      Tensor dx = backward(Activation.relu(), t, y, dy, Parallel.SEQUENTIAL, "");
      assertSameBits(Tensor.of(Shape.of(5), 0f, 0f, 0f, 0f, 5f), dx, "relu backward");
    }
  }

  /** The elements are the same in either order; a mix of orders is refused. */
  @ParameterizedTest
  @MethodSource("all")
  void takesEitherLayout(Activation kind) {
    Parallel par = Parallel.SEQUENTIAL;
    ActivationOp op = CpuBackend.best().activation(kind);
    Tensor x = TestData.uniform(Shape.of(2, 3, 4, 5), 7);
    Tensor y = Tensor.zeros(x.shape());
    op.forward(x, y, par);
    Tensor last = x.copy(Layout.CHANNELS_LAST);
    op.forward(last, last, par);
    assertSameBits(y, last.copy(Layout.CHANNELS_FIRST), kind + " channels last");
    assertRefused(() -> op.forward(x, last, par), "y must have layout CHANNELS_FIRST, got");
    assertRefused(() -> op.backward(last, x, last, par), "dy must have layout CHANNELS_LAST, got");
    assertRefused(() -> op.backward(last, last, x, par), "dx must have layout CHANNELS_LAST, got");
  }

  @Test
  void refusesWrongArguments() {
    ActivationOp op = CpuBackend.best().activation(Activation.tanh());
    assertEquals(Activation.tanh(), op.activation());
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

  private static void assertForward(Activation kind, Target t, Tensor x, Tensor y, String context) {
    for (int i = 0; i < x.size(); i++) {
      double truth = ReferenceElementwise.activate(kind, x.get(i));
      assertClose(truth, Activations.error(kind, x.get(i), fused(t)), y.get(i), i, context);
    }
  }

  private static void assertBackward(
      Activation kind, Target t, Tensor saved, Tensor dy, Tensor dx, String context) {
    for (int i = 0; i < saved.size(); i++) {
      double truth = ReferenceElementwise.slope(kind, saved.get(i)) * dy.get(i);
      double error = Activations.slopeError(kind, saved.get(i), fused(t)) * Math.abs(dy.get(i));
      assertClose(truth, error + U * Math.abs(truth), dx.get(i), i, context);
    }
  }

  private static boolean fused(Target t) {
    return !t.kernels().name().contains("without fused");
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
      Activation kind, Target t, Tensor saved, Tensor dy, Parallel par, String context) {
    Guarded out = Guarded.of(saved);
    Guarded in = Guarded.of(dy);
    Guarded dx = Guarded.unwritten(saved.shape());
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
    CpuBackend.best().activation(Activation.relu()).forward(x, x, Teams.THREE);
    assertExact(Tensor.zeros(0, 3, 4), x, "empty");
  }
}
