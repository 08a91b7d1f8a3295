package io.lanewise.kernels.loss;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Unoffered;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values, shapes and arguments at the edges of what {@link Losses} defines. */
final class LossEdgesTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static Stream<Backend> backends() {
    return Stream.of(new ReferenceBackend(), CpuBackend.scalar(), CpuBackend.best());
  }

  private static Workspace ws(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  private static float[] loss(TensorLoss plan, Tensor x, Tensor t) {
    Tensor loss = Tensor.zeros(plan.lossShape()).fill(7);
    plan.forward(x, t, loss, ws(plan.workspace()), ONE);
    return loss.toArray();
  }

  private static float[] slope(TensorLoss plan, Tensor x, Tensor t) {
    Tensor dx = Tensor.zeros(plan.shape()).fill(7);
    Tensor dloss = Tensor.zeros(plan.lossShape()).fill(1);
    plan.backward(x, t, dloss, dx, ws(plan.workspace()), ONE);
    return dx.toArray();
  }

  private static Tensor row(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  /** The same values over a whole vector and more. */
  private static Tensor repeated(int times, float... values) {
    Tensor t = Tensor.zeros(times * values.length);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = values[i % values.length];
    }
    return t;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void specialValuesOfDistances(Backend backend) {
    Losses l = backend.losses();
    Tensor x = repeated(9, NAN, INF, -INF, -0f, Float.MIN_VALUE);
    Tensor t = repeated(9, 0, 0, 0, 0, 0);
    check(l.meanSquaredError(x.shape(), Reduction.NONE), x, t, NAN, INF, INF, 0, 0);
    check(l.meanAbsoluteError(x.shape(), Reduction.NONE), x, t, NAN, INF, INF, 0, Float.MIN_VALUE);
    check(l.huber(x.shape(), 1, Reduction.NONE), x, t, NAN, INF, INF, 0, 0);
    checkSlope(l.meanAbsoluteError(x.shape(), Reduction.NONE), x, t, NAN, 1, -1, 0, 1);
    checkSlope(l.huber(x.shape(), 1, Reduction.NONE), x, t, NAN, 1, -1, 0, Float.MIN_VALUE);
    Tensor side = repeated(9, 1, 1, 1, 1, -1);
    check(l.hinge(x.shape(), 1, Reduction.NONE), x, side, NAN, 0, INF, 1, 1);
    checkSlope(l.hinge(x.shape(), 1, Reduction.NONE), x, side, NAN, 0, -1, -1, 1);
    check(l.squaredHinge(x.shape(), 1, Reduction.NONE), x, side, NAN, 0, INF, 1, 1);
    assertEquals(NAN, loss(l.meanSquaredError(x.shape(), Reduction.MEAN), x, t)[0]);
    assertEquals(INF, loss(l.meanSquaredError(Shape.of(1), Reduction.SUM), row(INF), row(0))[0]);
  }

  private static void check(TensorLoss plan, Tensor x, Tensor t, float... want) {
    assertArrayEquals(repeated(x.size() / want.length, want).toArray(), loss(plan, x, t));
  }

  private static void checkSlope(TensorLoss plan, Tensor x, Tensor t, float... want) {
    float[] got = slope(plan, x, t);
    for (int i = 0; i < got.length; i++) {
      assertEquals(want[i % want.length], got[i] + 0f, "element " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void logarithmsEndAtMinus100(Backend backend) {
    TensorLoss plan = backend.losses().binaryCrossEntropy(Shape.of(4), Reduction.NONE);
    assertArrayEquals(new float[] {100, 0, 0, 100}, loss(plan, row(0, 0, 1, 1), row(1, 0, 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void largeLogitsNeitherOverflowNorCancel(Backend backend) {
    Shape s = Shape.of(4);
    TensorLoss plan = backend.losses().binaryCrossEntropyWithLogits(s, null, Reduction.NONE);
    float[] got = loss(plan, row(-30, 30, 1e30f, -1e30f), row(0, 1, 0, 1));
    assertEquals(Math.exp(-30), got[0], 1e-19);
    assertEquals(Math.exp(-30), got[1], 1e-19);
    assertEquals(1e30f, got[2]);
    assertEquals(1e30f, got[3]);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aTargetOfZeroHasNoDivergence(Backend backend) {
    TensorLoss plan = backend.losses().klDivergence(Shape.of(2), false, Reduction.NONE);
    assertArrayEquals(new float[] {0, 0}, loss(plan, row(-INF, -3), row(0, 0)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void passedOverLabelsCountNothing(Backend backend) {
    Shape s = Shape.of(2, 3);
    LabelLoss plan = backend.losses().crossEntropy(s, LabelOptions.DEFAULT, Reduction.MEAN);
    Tensor x = Tensor.of(s, 1, 2, 3, NAN, NAN, NAN);
    Tensor loss = Tensor.zeros(Shape.of());
    plan.forward(x, new int[] {2, -100}, loss, ws(plan.workspace()), ONE);
    double want = Math.log(1 + Math.exp(-1) + Math.exp(-2));
    assertEquals(want, loss.array()[0], 1e-6);
    Tensor dx = Tensor.zeros(s).fill(7);
    Tensor one = Tensor.of(Shape.of(), 1);
    plan.backward(x, new int[] {2, -100}, one, dx, ws(plan.workspace()), ONE);
    assertEquals(Math.exp(-want) - 1, dx.array()[2], 1e-6);
    assertEquals(0, dx.array()[4]);
    plan.forward(x, new int[] {-100, -100}, loss, ws(plan.workspace()), ONE);
    assertEquals(0, loss.array()[0]);
    plan.backward(x, new int[] {-100, -100}, one, dx, ws(plan.workspace()), ONE);
    assertArrayEquals(new float[6], dx.toArray());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aClassThatCannotBeIsNoNan(Backend backend) {
    Shape s = Shape.of(1, 3);
    LabelLoss plan = backend.losses().crossEntropy(s, LabelOptions.DEFAULT, Reduction.SUM);
    Tensor loss = Tensor.zeros(Shape.of());
    Tensor x = Tensor.of(s, 1, -INF, 1);
    plan.forward(x, new int[] {2}, loss, ws(plan.workspace()), ONE);
    assertEquals(Math.log(2), loss.array()[0], 1e-6);
    plan.forward(x, new int[] {1}, loss, ws(plan.workspace()), ONE);
    assertEquals(INF, loss.array()[0]);
    plan.forward(Tensor.of(s, 1, NAN, 1), new int[] {2}, loss, ws(plan.workspace()), ONE);
    assertEquals(NAN, loss.array()[0]);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nothingGivesZero(Backend backend) {
    for (Reduction r : new Reduction[] {Reduction.MEAN, Reduction.SUM}) {
      TensorLoss plan = backend.losses().meanSquaredError(Shape.of(0, 3), r);
      Tensor none = Tensor.zeros(0, 3);
      assertArrayEquals(new float[1], loss(plan, none, none));
      TensorLoss dice = backend.losses().dice(Shape.of(0, 3, 4), 1, r);
      assertArrayEquals(new float[1], loss(dice, Tensor.zeros(0, 3, 4), Tensor.zeros(0, 3, 4)));
    }
    TensorLoss planes = backend.losses().jaccard(Shape.of(1, 1, 0), 1, Reduction.NONE);
    assertArrayEquals(new float[1], loss(planes, Tensor.zeros(1, 1, 0), Tensor.zeros(1, 1, 0)));
    TensorLoss nan = backend.losses().jaccard(Shape.of(1, 1, 0), 0, Reduction.NONE);
    assertArrayEquals(new float[] {NAN}, loss(nan, Tensor.zeros(1, 1, 0), Tensor.zeros(1, 1, 0)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void equalRowsOfATriplet(Backend backend) {
    Shape s = Shape.of(1, 4);
    TripletLoss plan = backend.losses().tripletMargin(s, 0.25, false, Reduction.SUM);
    Tensor zero = Tensor.zeros(s);
    Tensor loss = Tensor.zeros(Shape.of());
    plan.forward(zero, zero, zero, loss, ws(plan.workspace()), ONE);
    assertEquals(0.25f, loss.array()[0]);
    CosineEmbeddingLoss cosine = backend.losses().cosineEmbedding(s, 0, Reduction.SUM);
    cosine.forward(zero, zero, new int[] {1}, loss, ws(cosine.workspace()), ONE);
    assertEquals(1f, loss.array()[0]);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void badNumbersAreRefused(Backend backend) {
    Losses l = backend.losses();
    Shape s = Shape.of(2, 3);
    Reduction r = Reduction.MEAN;
    LabelOptions o = LabelOptions.DEFAULT;
    assertRefused(() -> l.huber(s, 0, r), "delta must be finite and greater than 0, got 0.0");
    assertRefused(() -> l.smoothL1(s, Double.NaN, r), "beta must be", "NaN");
    assertRefused(() -> l.hinge(s, INF, r), "margin must be finite");
    assertRefused(() -> l.squaredHinge(s, -INF, r), "margin must be finite");
    assertRefused(() -> l.focal(s, 1.5, 2, r), "alpha must be in [0, 1], got 1.5");
    assertRefused(() -> l.focal(s, 0.5, -1, r), "gamma must be finite and at least 0");
    assertRefused(() -> l.tversky(s, -1, 1, 1, r), "alpha");
    assertRefused(() -> l.tversky(s, 1, -1, 1, r), "beta");
    assertRefused(() -> l.dice(s, -1, r), "smoothing");
    assertRefused(() -> l.jaccard(Shape.of(3), 1, r), "[n, c, ..]");
    assertRefused(() -> l.multiClassHinge(s, 1, 3, o, r), "power must be 1 or 2, got 3");
    assertRefused(() -> l.multiClassHinge(s, 1, 1, o.smoothing(0.1), r), "smooths no labels");
    assertRefused(() -> l.negativeLogLikelihood(s, o.smoothing(0.1), r), "smooths no labels");
    assertRefused(() -> l.crossEntropy(Shape.of(3), o, r), "[n, classes, ..]", "[3]");
    assertRefused(() -> l.crossEntropy(Shape.of(3, 0), o, r), "some class");
    assertRefused(() -> l.crossEntropy(s, o.weights(1, 2), r), "weights", "[3]", "[2]");
    assertRefused(() -> l.softCrossEntropy(s, o.weights(1, 2), r), "weights");
    assertRefused(() -> l.cosineEmbedding(Shape.of(2), 0, r), "[n, d]");
    assertRefused(() -> l.tripletMargin(s, NAN, false, r), "margin");
    assertRefused(() -> l.binaryCrossEntropyWithLogits(s, row(1, 2), r), "positiveWeights", "[3]");
    assertRefused(() -> l.binaryCrossEntropyWithLogits(s, row(-1), r), "positive weight");
    assertRefused(() -> o.smoothing(1.01), "smoothing must be in [0, 1]");
    assertRefused(() -> o.passOver(3), "negative");
    assertRefused(() -> o.weights(1, NAN), "class weights");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void badTensorsAreRefused(Backend backend) {
    Losses l = backend.losses();
    Shape s = Shape.of(2, 3);
    float[] array = new float[40];
    Tensor x = Tensor.wrap(s, array, 0);
    Tensor t = Tensor.wrap(s, array, 6);
    Tensor scalar = Tensor.zeros(Shape.of());
    TensorLoss mse = l.meanSquaredError(s, Reduction.MEAN);
    Workspace ws = ws(mse.workspace());
    assertRefused(() -> mse.forward(row(1), t, scalar, ws, ONE), "x must have shape [2, 3]");
    assertRefused(() -> mse.forward(x, row(1), scalar, ws, ONE), "target must have shape");
    assertRefused(() -> mse.forward(x, t, row(1), ws, ONE), "loss must have shape []");
    Tensor inside = Tensor.wrap(Shape.of(), array, 8);
    assertRefused(() -> mse.forward(x, t, inside, ws, ONE), "loss must not share elements");
    assertRefused(() -> mse.backward(x, t, inside, t, ws, ONE), "dx must not share", "target");
    Tensor shifted = Tensor.wrap(s, array, 1);
    assertRefused(() -> mse.backward(x, t, scalar, shifted, ws, ONE), "dx must be x itself");
    LabelLoss nll = l.negativeLogLikelihood(s, LabelOptions.DEFAULT, Reduction.MEAN);
    Workspace nllWs = ws(nll.workspace());
    assertRefused(() -> nll.forward(x, new int[] {1}, scalar, nllWs, ONE), "2 labels", "got 1");
    assertRefused(
        () -> nll.forward(x, new int[] {1, 3}, scalar, nllWs, ONE),
        "label 3 at 1 is not in [0, 3)");
    CosineEmbeddingLoss cosine = l.cosineEmbedding(s, 0, Reduction.MEAN);
    assertRefused(
        () -> cosine.forward(x, t, new int[] {1, 0}, scalar, ws(cosine.workspace()), ONE),
        "alike, 1, or not, -1, got 0 at 1");
    TripletLoss triplet = l.tripletMargin(s, 1, true, Reduction.MEAN);
    Tensor other = Tensor.wrap(s, array, 12);
    Tensor g = Tensor.wrap(s, array, 20);
    assertRefused(
        () -> triplet.backward(x, t, other, scalar, g, g, other, ws(triplet.workspace()), ONE),
        "dnegative must not share elements with negative");
    assertRefused(
        () ->
            triplet.backward(
                x, t, other, scalar, g, g, Tensor.zeros(s), ws(triplet.workspace()), ONE),
        "dpositive must not share elements with danchor");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void dxMayBeX(Backend backend) {
    Shape s = Shape.of(2, 3, 5);
    for (LossCase each : LossCase.classes(s)) {
      LossCase.Run run = each.planned().plan(backend.losses(), Reduction.MEAN);
      Tensor one = Tensor.of(Shape.of(), 1);
      Tensor want = LossCase.backward(run, each.inputs(), one, ONE).get(0);
      Tensor x = each.inputs().get(0).copy();
      run.backward(List.of(x), one, List.of(x), ws(run.workspace()), ONE);
      assertArrayEquals(want.toArray(), x.toArray(), each.name());
    }
  }

  @Test
  void aBackendNeedNotOfferThem() {
    Backend none = Unoffered.backend();
    assertEquals(
        "no losses: " + none.describe(),
        assertThrows(UnsupportedOperationException.class, none::losses).getMessage());
  }
}
