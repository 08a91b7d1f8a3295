package io.lanewise.kernels.softmax;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax, alone and with cross-entropy, against the reference. */
final class SoftmaxTest {
  private static final Parallel SEQ = Parallel.SEQUENTIAL;

  /** Below e^-87 the fast exponential gives 0. */
  private static final double FLUSHED = 2e-38;

  static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(0, 3),
        Shape.of(1, 1),
        Shape.of(3, 2),
        Shape.of(2, 3),
        Shape.of(15, 4),
        Shape.of(16, 5),
        Shape.of(17, 7),
        Shape.of(5, 8),
        Shape.of(33, 9),
        Shape.of(3, 15),
        Shape.of(4, 16),
        Shape.of(3, 17),
        Shape.of(2, 35),
        Shape.of(2, 1003));
  }

  private static Tensor logits(Shape shape, float scale) {
    Tensor x = TestData.uniform(shape, 1);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] *= scale;
    }
    return x;
  }

  /**
   * Relative error of each probability: the subtraction moves the exponent by u · |x - max|, the
   * exponential adds 2 ulp (each 2u at most) and more without fused steps, the sum one rounding a
   * term and as much as its terms have, then two for the scaling.
   */
  private static double relativeBound(Tensor x, int row) {
    int classes = x.shape().dim(1);
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      max = Math.max(max, x.get(row, c));
      min = Math.min(min, x.get(row, c));
    }
    return U * (2 * (Math.min(max - min, 88) + 8) + classes + 4);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardStaysWithinTheErrorBound(Shape shape) {
    for (float scale : new float[] {1f, 20f, 3e3f}) {
      Tensor x = logits(shape, scale);
      Tensor expected = Tensor.zeros(shape);
      ReferenceElementwise.softmax(x, expected);
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = "scale " + scale + ", " + context(shape, t, par);
          Tensor y = forward(t, x, par, context);
          for (int i = 0; i < y.size(); i++) {
            double e = expected.array()[i];
            double bound = e * relativeBound(x, i / shape.dim(1)) + FLUSHED;
            assertClose(e, bound, y.array()[i], i, context);
          }
        }
      }
    }
  }

  @Test
  void nanAndInfinityFillTheirRowAndNoOther() {
    Tensor x = TestData.uniform(Shape.of(4, 19), 2);
    x.set(Float.NaN, 0, 18);
    x.set(Float.POSITIVE_INFINITY, 1, 0);
    x.slice(2, 3).fill(Float.NEGATIVE_INFINITY);
    x.set(1f, 2, 7);
    for (Target t : Targets.all()) {
      Tensor y = forward(t, x, SEQ, t.kernels().name());
      assertSameBits(Tensor.zeros(2, 19).fill(Float.NaN), y.slice(0, 2), t.kernels().name());
      Tensor oneHot = Tensor.zeros(1, 19);
      oneHot.set(1f, 0, 7);
      assertSameBits(oneHot, y.slice(2, 3), t.kernels().name());
      assertSameBits(forward(t, x.slice(3, 4), SEQ, ""), y.slice(3, 4), t.kernels().name());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void backwardStaysWithinTheErrorBound(Shape shape) {
    Tensor y = Tensor.zeros(shape);
    ReferenceElementwise.softmax(logits(shape, 3f), y);
    Tensor dy = TestData.uniform(shape, 3);
    Tensor expected = Tensor.zeros(shape);
    ReferenceElementwise.softmaxBackward(y, dy, expected);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(shape, t, par);
        Guarded out = Guarded.of(y);
        Guarded in = Guarded.of(dy);
        Guarded dx = Guarded.unwritten(shape);
        new KernelSoftmax(t).backward(out.tensor(), in.tensor(), dx.tensor(), par);
        out.assertUnchanged(context);
        in.assertUnchanged(context);
        dx.assertGuardsIntact(context);
        for (int i = 0; i < expected.size(); i++) {
          // float64 inside, rounded once; the reference's own order may differ by float64's ulps
          double e = expected.array()[i];
          double got = dx.tensor().array()[dx.tensor().offset() + i];
          assertClose(e, 2 * U * Math.abs(e) + 1e-15, got, i, context);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void crossEntropyStaysWithinTheErrorBound(Shape shape) {
    int n = shape.dim(0);
    int classes = shape.dim(1);
    int[] labels = TestData.labels(n, classes, 4);
    for (float scale : new float[] {1f, 20f, 3e3f}) {
      Tensor x = logits(shape, scale);
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = "scale " + scale + ", " + context(shape, t, par);
          Guarded in = Guarded.of(x);
          Guarded losses = Guarded.unwritten(Shape.of(n));
          Guarded probabilities = Guarded.unwritten(shape);
          double mean =
              new KernelSoftmax(t)
                  .forward(in.tensor(), labels, losses.tensor(), probabilities.tensor(), par);
          in.assertUnchanged(context);
          losses.assertGuardsIntact(context);
          probabilities.assertGuardsIntact(context);
          assertSameBits(forward(t, x, SEQ, context), probabilities.tensor(), context);
          double sum = 0;
          for (int i = 0; i < n; i++) {
            double e = ReferenceElementwise.logSumExp(x, i) - x.get(i, labels[i]);
            double bound = relativeBound(x, i) + U * Math.abs(e);
            assertClose(e, bound, losses.tensor().get(i), i, context);
            sum += losses.tensor().get(i);
          }
          assertEquals(n == 0 ? 0 : sum / n, mean, context);
        }
      }
    }
  }

  @Test
  void theLossOfEqualLogitsOfAnySizeIsTheLogOfTheirNumber() {
    Tensor x = Tensor.zeros(1, 7).fill(3e38f);
    for (Target t : Targets.all()) {
      Tensor losses = Tensor.zeros(1);
      new KernelSoftmax(t).forward(x, new int[] {3}, losses, Tensor.zeros(1, 7), SEQ);
      assertEquals(Math.log(7), losses.get(0), 2e-7, t.kernels().name());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void crossEntropyBackwardStaysWithinTheErrorBound(Shape shape) {
    int n = shape.dim(0);
    int[] labels = TestData.labels(n, shape.dim(1), 5);
    Tensor p = Tensor.zeros(shape);
    ReferenceElementwise.softmax(logits(shape, 3f), p);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(shape, t, par);
        Guarded in = Guarded.of(p);
        Guarded dx = Guarded.unwritten(shape);
        new KernelSoftmax(t).backward(in.tensor(), labels, dx.tensor(), par);
        in.assertUnchanged(context);
        dx.assertGuardsIntact(context);
        for (int i = 0; i < p.size(); i++) {
          boolean label = i % shape.dim(1) == labels[i / shape.dim(1)];
          double e = ((double) p.array()[i] - (label ? 1 : 0)) / n;
          double got = dx.tensor().array()[dx.tensor().offset() + i];
          assertClose(e, 3 * U * Math.abs(e), got, i, context); // subtracted, divided
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsOnAnyTeamAndInScalar(Shape shape) {
    Tensor x = logits(shape, 5f);
    Target scalar = CpuBackend.scalar().target();
    Tensor expected = forward(scalar, x, SEQ, "");
    for (Target t : List.of(scalar, Targets.best())) {
      for (Parallel par : List.of(SEQ, Teams.TWO, Teams.THREE)) {
        assertSameBits(expected, forward(t, x, par, ""), context(shape, t, par));
      }
    }
  }

  @Test
  void mayOverwriteItsInput() {
    for (Target t : Targets.all()) {
      KernelSoftmax op = new KernelSoftmax(t);
      Tensor x = logits(Shape.of(3, 19), 4f);
      int[] labels = TestData.labels(3, 19, 6);
      Tensor losses = Tensor.zeros(3);
      Tensor p = Tensor.zeros(3, 19);
      double mean = op.forward(x, labels, losses, p, SEQ);
      Tensor dx = Tensor.zeros(3, 19);
      op.backward(p, labels, dx, SEQ);
      Tensor inPlace = x.copy();
      assertEquals(mean, op.forward(inPlace, labels, losses, inPlace, SEQ));
      assertSameBits(p, inPlace, "probabilities onto logits");
      op.backward(inPlace, labels, inPlace, SEQ);
      assertSameBits(dx, inPlace, "dx onto probabilities");
      op.forward(x, x, SEQ);
      assertSameBits(p, x, "y onto x");
      Tensor dy = TestData.uniform(Shape.of(3, 19), 7);
      op.backward(p, dy, dx, SEQ);
      op.backward(p, dy, dy, SEQ);
      assertSameBits(dx, dy, "dx onto dy");
    }
  }

  @Test
  void refusesWrongArguments() {
    Softmax op = CpuBackend.best().softmax();
    Tensor x = Tensor.zeros(2, 3);
    Tensor wrong = Tensor.zeros(3, 2);
    Tensor cube = Tensor.zeros(2, 3, 1);
    assertRefused(() -> op.forward(cube, cube, SEQ), "[n, classes], got [2, 3, 1]");
    assertRefused(() -> op.forward(x, wrong, SEQ), "y must have shape [2, 3], got [3, 2]");
    assertRefused(() -> op.backward(cube, cube, cube, SEQ), "[n, classes], got [2, 3, 1]");
    assertRefused(() -> op.backward(x, wrong, x, SEQ), "dy must have shape [2, 3]");
    assertRefused(() -> op.backward(x, x, wrong, SEQ), "dx must have shape [2, 3]");
  }

  @Test
  void crossEntropyRefusesWrongArguments() {
    SoftmaxCrossEntropy op = CpuBackend.best().softmaxCrossEntropy();
    Tensor x = Tensor.zeros(2, 3);
    Tensor wrong = Tensor.zeros(3, 2);
    Tensor cube = Tensor.zeros(2, 3, 1);
    Tensor l = Tensor.zeros(2);
    int[] ok = {0, 2};
    int[] few = {0};
    int[] high = {0, 3};
    int[] negative = {-1, 0};
    assertRefused(() -> op.forward(cube, ok, l, cube, SEQ), "[n, classes], got [2, 3, 1]");
    assertRefused(() -> op.forward(x, few, l, x, SEQ), "2 rows, got 1 labels");
    assertRefused(() -> op.forward(x, high, l, x, SEQ), "label 3 of row 1 is not in [0, 3)");
    assertRefused(() -> op.forward(x, negative, l, x, SEQ), "label -1 of row 0");
    assertRefused(() -> op.forward(x, ok, x, x, SEQ), "losses must have shape [2]");
    assertRefused(() -> op.forward(x, ok, l, wrong, SEQ), "probabilities must have shape [2, 3]");
    assertRefused(() -> op.backward(x, few, x, SEQ), "2 rows, got 1 labels");
    assertRefused(() -> op.backward(x, high, x, SEQ), "label 3 of row 1");
    assertRefused(() -> op.backward(x, ok, wrong, SEQ), "dx must have shape [2, 3]");
    assertArrayEquals(new float[6], x.toArray(), "a refused call must write nothing");
  }

  private static Tensor forward(Target t, Tensor x, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(x.shape());
    new KernelSoftmax(t).forward(in.tensor(), y.tensor(), par);
    in.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy();
  }

  private static String context(Shape shape, Target t, Parallel par) {
    return "%s, %d workers, %s".formatted(t.kernels().name(), par.workers(), shape);
  }

  @Test
  void rowsSumToOne() {
    for (Target t : Targets.all()) {
      float[] y = forward(t, logits(Shape.of(1, 1003), 9f), SEQ, "").toArray();
      double[] wide = new double[y.length];
      Arrays.setAll(wide, i -> y[i]);
      double sum = Arrays.stream(wide).sum();
      assertTrue(Math.abs(sum - 1) < 1003 * U, () -> t.kernels().name() + " gives " + sum);
    }
  }
}
