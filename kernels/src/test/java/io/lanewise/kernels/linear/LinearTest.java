package io.lanewise.kernels.linear;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fully connected layer's three passes against the reference. */
final class LinearTest {
  static Set<LinearShape> shapes() {
    Set<LinearShape> shapes = new LinkedHashSet<>();
    shapes.add(new LinearShape(1, 1, 1));
    shapes.add(new LinearShape(0, 3, 2));
    shapes.add(new LinearShape(3, 400, 120));
    shapes.add(new LinearShape(7, 84, 10));
    shapes.add(new LinearShape(17, 13, 11));
    shapes.add(new LinearShape(1, 5, 4099));
    for (Target t : Targets.all()) {
      GemmBlocking b = GemmBlocking.of(t.kernels().gemm(), t.machine());
      for (int d = -1; d <= 1; d++) {
        shapes.add(new LinearShape(b.mr() + d, b.kc() + d, b.nr() + d));
        shapes.add(new LinearShape(2, b.nr() + d, b.kc() + d));
        shapes.add(new LinearShape(b.kc() + d, b.nr() + d, b.mr() + d));
      }
      shapes.add(new LinearShape(1, b.kc() + 1, 600));
    }
    return shapes;
  }

  /** A layer's data; dw and db hold what the gradients are added to. */
  private record Data(LinearShape s, Tensor x, Tensor w, Tensor b, Tensor dy) {
    static Data uniform(LinearShape s) {
      return new Data(
          s,
          TestData.uniform(s.x(), 1),
          TestData.uniform(s.w(), 2),
          TestData.uniform(s.bias(), 3),
          TestData.uniform(s.y(), 4));
    }

    static Data integers(LinearShape s) {
      return new Data(
          s,
          TestData.integers(s.x(), 1),
          TestData.integers(s.w(), 2),
          TestData.integers(s.bias(), 3),
          TestData.integers(s.y(), 4));
    }

    Data magnitudes() {
      return new Data(s, absolute(x), absolute(w), absolute(b), absolute(dy));
    }
  }

  /** What the three passes give; dw and db added to w and b. */
  private record Results(Tensor y, Tensor dx, Tensor dw, Tensor db) {}

  private static Results reference(Data d, boolean bias) {
    LinearShape s = d.s;
    Results r = new Results(Tensor.zeros(s.y()), Tensor.zeros(s.x()), d.w.copy(), d.b.copy());
    ReferenceMatrix.linear(s, d.x, d.w, bias ? d.b : null, r.y);
    ReferenceMatrix.linearBackwardData(s, d.dy, d.w, r.dx);
    ReferenceMatrix.linearBackwardWeights(s, d.x, d.dy, r.dw, bias ? r.db : null);
    return r;
  }

  private static Results run(Data d, boolean bias, Target t, Parallel par, String context) {
    LinearShape s = d.s;
    Guarded x = Guarded.of(d.x);
    Guarded w = Guarded.of(d.w);
    Guarded b = Guarded.of(d.b);
    Guarded dy = Guarded.of(d.dy);
    Guarded y = Guarded.unwritten(s.y());
    Guarded dx = Guarded.unwritten(s.x());
    Guarded dw = Guarded.of(d.w);
    Guarded db = Guarded.of(d.b);
    LinearForward forward = new GemmLinearForward(s, t);
    PackedWeights packed = forward.newWeights();
    Arrays.fill(packed.data(), Float.NaN);
    forward.pack(w.tensor(), packed);
    forward.run(
        x.tensor(),
        packed,
        bias ? b.tensor() : null,
        y.tensor(),
        TestData.workspace(forward.workspace(), par),
        par);
    LinearBackwardData data = new GemmLinearBackwardData(s, t);
    data.run(dy.tensor(), w.tensor(), dx.tensor(), TestData.workspace(data.workspace(), par), par);
    LinearBackwardWeights weights = new GemmLinearBackwardWeights(s, t);
    weights.run(
        x.tensor(),
        dy.tensor(),
        dw.tensor(),
        bias ? db.tensor() : null,
        TestData.workspace(weights.workspace(), par),
        par);
    for (Guarded in : List.of(x, w, b, dy)) {
      in.assertUnchanged(context);
    }
    for (Guarded out : List.of(y, dx, dw, db)) {
      out.assertGuardsIntact(context);
    }
    return new Results(y.tensor(), dx.tensor(), dw.tensor(), db.tensor());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(LinearShape s) {
    Data d = Data.uniform(s);
    Results expected = reference(d, true);
    Results magnitudes = reference(d.magnitudes(), true);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        Results got = run(d, true, t, par, context);
        assertSums(expected.y, magnitudes.y, s.in(), got.y, "y, " + context);
        assertSums(expected.dx, magnitudes.dx, s.out(), got.dx, "dx, " + context);
        assertSums(expected.dw, magnitudes.dw, s.n(), got.dw, "dw, " + context);
        assertSums(expected.db, magnitudes.db, s.n(), got.db, "db, " + context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isExactOnIntegersWithAndWithoutABias(LinearShape s) {
    Data d = Data.integers(s);
    for (boolean bias : new boolean[] {true, false}) {
      Results expected = reference(d, bias);
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = "bias " + bias + ", " + context(s, t, par);
          Results got = run(d, bias, t, par, context);
          assertExact(expected.y, got.y, "y, " + context);
          assertExact(expected.dx, got.dx, "dx, " + context);
          assertExact(expected.dw, got.dw, "dw, " + context);
          assertExact(expected.db, got.db, "db, " + context);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsOnAnyTeamAndAgain(LinearShape s) {
    Data d = Data.uniform(s);
    Target t = Targets.best();
    Results alone = run(d, true, t, Parallel.SEQUENTIAL, "");
    for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
      String context = context(s, t, par);
      assertResultsSame(alone, run(d, true, t, par, context), context);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsInSimdAsInScalar(LinearShape s) {
    Target simd = Targets.simdOrSkip();
    Data d = Data.uniform(s);
    Parallel par = Parallel.SEQUENTIAL;
    String context = context(s, simd, par);
    Results scalar = run(d, true, CpuBackend.scalar().target(), par, context);
    assertResultsSame(scalar, run(d, true, simd, par, context), context);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsForOneImageAsInABatch(LinearShape s) {
    Data d = Data.uniform(s);
    Target t = Targets.best();
    Results all = run(d, true, t, Parallel.SEQUENTIAL, "");
    for (int img = 0; img < Math.min(3, s.n()); img++) {
      Data one =
          new Data(
              new LinearShape(1, s.in(), s.out()),
              d.x.slice(img, img + 1),
              d.w,
              d.b,
              d.dy.slice(img, img + 1));
      String context = "image " + img + ", " + context(s, t, Parallel.SEQUENTIAL);
      Results alone = run(one, true, t, Parallel.SEQUENTIAL, context);
      assertSameBits(alone.y, all.y.slice(img, img + 1), "y, " + context);
      assertSameBits(alone.dx, all.dx.slice(img, img + 1), "dx, " + context);
    }
  }

  private static void assertResultsSame(Results expected, Results got, String context) {
    assertSameBits(expected.y, got.y, "y, " + context);
    assertSameBits(expected.dx, got.dx, "dx, " + context);
    assertSameBits(expected.dw, got.dw, "dw, " + context);
    assertSameBits(expected.db, got.db, "db, " + context);
  }

  private static String context(LinearShape s, Target t, Parallel par) {
    return "%s, %d workers, %s".formatted(t.kernels().name(), par.workers(), s);
  }
}
