package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every algorithm's weight and bias gradient against the reference; both add to what is there. */
final class ConvBackwardWeightsTest {
  private static final int CHUNKS = 16; // the most partial sums that an algorithm adds up

  /** Groups whose lines are added in several sections, or in parts, or are copied. */
  private static final List<String> SECTIONS =
      List.of(
          "n1 ic256 ih150 iw17 oc256 kh3 p1 g256",
          "n1 ic272 ih19 iw5 oc272 kh3 s2 p1 g272",
          "n2 ic512 ih5 iw6 oc512 kh3 p1 g512",
          "n1 ic8 ih1 iw2103 oc8 kh1 kw3 p1 g2",
          "n1 ic6 ih1 iw2103 oc12 kh1 kw4 s2 g6",
          "n2 ic5 id4 ih5 iw6 oc10 kd3 kh2 kw3 p1 g5",
          "n1 ic6 id3 ih5 iw4 oc4 kd2 kh3 kw2 p1 g2",
          "n1 ic34 ih8 iw9 oc34 kh4 kw5 p2 d1 g34",
          "n1 ic19 ih12 iw13 oc19 kh7 kw3 s3 p3 g19",
          "n2 ic4 ih3 oc4 kh2 s50000 g2");

  static Set<ConvShape> shapes() {
    Set<ConvShape> all = new LinkedHashSet<>(ConvShapes.all());
    for (String text : SECTIONS) {
      all.add(ConvShape.parse(text));
    }
    return all;
  }

  private record Gradients(Tensor dw, Tensor db) {}

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(ConvShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    Gradients before = new Gradients(TestData.uniform(s.w(), 3), TestData.uniform(s.bias(), 4));
    Gradients expected = reference(s, x, dy, before);
    Gradients magnitudes =
        reference(
            s, absolute(x), absolute(dy), new Gradients(absolute(before.dw), absolute(before.db)));
    long k = (long) s.n() * s.yPixels() + CHUNKS;
    ConvContract.forEachPlan(
        ConvAlgorithms.BACKWARD_WEIGHTS,
        s,
        (plan, par, context) -> {
          Gradients got = run(plan, x, dy, before, par, context);
          assertSums(expected.dw, magnitudes.dw, k, got.dw, "dw, " + context);
          assertSums(expected.db, magnitudes.db, k + s.n(), got.db, "db, " + context);
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isExactOnIntegersWithoutABias(ConvShape s) {
    Gradients before = new Gradients(TestData.integers(s.w(), 5), null);
    assertSameAsReference(s, TestData.integers(s.x(), 6), TestData.integers(s.y(), 7), before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic3 ih9 iw21 oc5 kh3 s2 p2",
        "n1 ic4 ih6 oc6 kh3 d2 p2 g2",
        "n1 ic4 id5 ih4 iw6 oc6 kd3 kh2 p1 g2",
        "n1 ic9 ih1 iw193 oc3 kh1"
      })
  void nanAndInfinityInTheInputReachJustTheWeightsThatReadThem(String text) {
    ConvShape s = ConvShape.parse(text);
    Gradients before = new Gradients(TestData.integers(s.w(), 8), TestData.integers(s.bias(), 9));
    Tensor x = TestData.integers(s.x(), 10);
    x.array()[0] = Float.NaN;
    x.array()[x.size() - 1] = Float.NEGATIVE_INFINITY;
    assertSameAsReference(s, x, TestData.integers(s.y(), 11), before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n2 ic3 ih4 oc13 kh2", "n1 ic2 ih5 oc6 kh2 s3 g2"})
  void nanAndInfinityInTheOutputGradientReachJustTheirFilter(String text) {
    ConvShape s = ConvShape.parse(text);
    Gradients before = new Gradients(TestData.integers(s.w(), 12), TestData.integers(s.bias(), 13));
    Tensor dy = TestData.integers(s.y(), 14);
    dy.set(Float.NaN, 0, 1, 0, 0);
    dy.set(Float.POSITIVE_INFINITY, 0, 4, 1, 0);
    assertSameAsReference(s, TestData.integers(s.x(), 15), dy, before);
  }

  private static void assertSameAsReference(ConvShape s, Tensor x, Tensor dy, Gradients before) {
    Gradients expected = reference(s, x, dy, before);
    ConvContract.forEachPlan(
        ConvAlgorithms.BACKWARD_WEIGHTS,
        s,
        (plan, par, context) -> {
          Gradients got = run(plan, x, dy, before, par, context);
          assertExact(expected.dw, got.dw, "dw, " + context);
          if (before.db != null) {
            assertExact(expected.db, got.db, "db, " + context);
          }
        });
  }

  private static Gradients reference(ConvShape s, Tensor x, Tensor dy, Gradients before) {
    Gradients g = new Gradients(before.dw.copy(), before.db == null ? null : before.db.copy());
    ReferenceConv.backwardWeights(s, x, dy, g.dw, g.db);
    return g;
  }

  /**
   * Runs in the plan's layout, with everything around the tensors and in the workspace poisoned.
   */
  private static Gradients run(
      ConvBackwardWeights plan,
      Tensor x,
      Tensor dy,
      Gradients before,
      Parallel par,
      String context) {
    Guarded in = Guarded.of(x.copy(plan.layout()));
    Guarded out = Guarded.of(dy.copy(plan.layout()));
    Guarded dw = Guarded.of(before.dw);
    Guarded db = Guarded.of(before.db);
    plan.run(
        in.tensor(),
        out.tensor(),
        dw.tensor(),
        db == null ? null : db.tensor(),
        TestData.workspace(plan.workspace(), par),
        par);
    in.assertUnchanged(context);
    out.assertUnchanged(context);
    dw.assertGuardsIntact(context);
    if (db != null) {
      db.assertGuardsIntact(context);
    }
    return new Gradients(dw.tensor(), db == null ? null : db.tensor());
  }
}
