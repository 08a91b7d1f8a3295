package io.lanewise.kernels.gemm;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.Refusals.assertRefused;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The blocked product against the reference: all transposes, with and without accumulation. */
final class GemmTest {
  static Set<GemmShape> shapes() {
    Set<GemmShape> shapes = new LinkedHashSet<>();
    for (int[] s :
        new int[][] {{1, 1, 1}, {5, 3, 0}, {0, 5, 3}, {5, 0, 3}, {0, 0, 0}, {13, 17, 19}}) {
      addAll(s[0], s[1], s[2], shapes);
    }
    for (Target t : Targets.all()) {
      GemmBlocking b = GemmBlocking.of(t.kernels().gemm(), t.machine());
      addAll(b.mr() - 1, b.nr() - 1, b.kc() - 1, shapes);
      addAll(b.mr(), b.nr(), b.kc(), shapes);
      addAll(b.mr() + 1, b.nr() + 1, b.kc() + 1, shapes);
      addAll(2 * b.mr() + 3, 2 * b.nr() + 3, 7, shapes);
      addAll(1, 2 * b.nr() + 3, 31, shapes);
      addAll(3 * b.mr() + 1, 1, 2 * b.kc() + 1, shapes);
      addAll(9 * b.mr() + 1, 5 * b.nr() + 1, 3, shapes); // more than one task both ways
      shapes.add(new GemmShape(1, b.nc() + 3, b.kc() + 1, false, true, false));
      shapes.add(new GemmShape(2, b.nc() + 3, 3, true, false, true));
    }
    return shapes;
  }

  private static void addAll(int m, int n, int k, Set<GemmShape> shapes) {
    for (int flags = 0; flags < 8; flags++) {
      shapes.add(new GemmShape(m, n, k, (flags & 1) > 0, (flags & 2) > 0, (flags & 4) > 0));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(GemmShape s) {
    Tensor a = TestData.uniform(s.a(), 1);
    Tensor b = TestData.uniform(s.b(), 2);
    Tensor c = TestData.uniform(s.c(), 3);
    Tensor expected = reference(s, a, b, c);
    Tensor magnitudes = reference(s, absolute(a), absolute(b), absolute(c));
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        assertSums(expected, magnitudes, s.k(), run(s, t, a, b, c, par, context), context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isExactOnIntegers(GemmShape s) {
    assertSameAsReference(s, TestData.integers(s.a(), 4), TestData.integers(s.b(), 5));
  }

  @Test
  void nanAndInfinityReachJustTheirRowsAndColumns() {
    for (int flags = 0; flags < 8; flags++) {
      GemmShape s = new GemmShape(11, 37, 9, (flags & 1) > 0, (flags & 2) > 0, (flags & 4) > 0);
      Tensor a = TestData.integers(s.a(), 6);
      Tensor b = TestData.integers(s.b(), 7);
      a.array()[17] = Float.NaN;
      b.array()[40] = Float.POSITIVE_INFINITY;
      assertSameAsReference(s, a, b);
    }
  }

  private static void assertSameAsReference(GemmShape s, Tensor a, Tensor b) {
    Tensor c = TestData.integers(s.c(), 8);
    Tensor expected = reference(s, a, b, c);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        assertExact(expected, run(s, t, a, b, c, par, context), context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsOnAnyTeamAndAgain(GemmShape s) {
    Tensor a = TestData.uniform(s.a(), 1);
    Tensor b = TestData.uniform(s.b(), 2);
    Tensor c = TestData.uniform(s.c(), 3);
    Target t = Targets.best();
    Tensor alone = run(s, t, a, b, c, Parallel.SEQUENTIAL, "");
    for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
      String context = context(s, t, par);
      assertSameBits(alone, run(s, t, a, b, c, par, context), context);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsInSimdAsInScalar(GemmShape s) {
    Target simd = Targets.simdOrSkip();
    Tensor a = TestData.uniform(s.a(), 1);
    Tensor b = TestData.uniform(s.b(), 2);
    Tensor c = TestData.uniform(s.c(), 3);
    Parallel par = Parallel.SEQUENTIAL;
    String context = context(s, simd, par);
    Tensor expected = run(s, CpuBackend.scalar().target(), a, b, c, par, context);
    assertSameBits(expected, run(s, simd, a, b, c, par, context), context);
  }

  @Test
  void aMatrixTimesItself() {
    GemmShape s = new GemmShape(7, 7, 7, false, true, false);
    Tensor a = TestData.integers(s.a(), 9);
    for (Target t : Targets.all()) {
      Tensor c = Tensor.zeros(s.c());
      Gemm plan = new BlockedGemm(s, t);
      plan.run(
          a, a, c, TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL), Parallel.SEQUENTIAL);
      assertExact(reference(s, a, a, c), c, context(s, t, Parallel.SEQUENTIAL));
    }
  }

  @Test
  void refusesWrongArguments() {
    Gemm plan = CpuBackend.best().gemm(new GemmShape(3, 4, 5, true, false, false));
    Tensor a = Tensor.zeros(5, 3);
    Tensor b = Tensor.zeros(5, 4);
    Tensor c = Tensor.zeros(3, 4);
    Tensor wrong = Tensor.zeros(3, 5);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Parallel par = Parallel.SEQUENTIAL;
    assertRefused(() -> plan.run(wrong, b, c, ws, par), "a must have shape [5, 3], got [3, 5]");
    assertRefused(() -> plan.run(a, wrong, c, ws, par), "b must have shape [5, 4], got [3, 5]");
    assertRefused(() -> plan.run(a, b, wrong, ws, par), "c must have shape [3, 4], got [3, 5]");
    assertRefused(() -> plan.run(a, b, c, Workspace.NONE, par), "the workspace must have");
    assertRefused(() -> plan.run(a, b, c, ws, Teams.TWO), "for 2 workers");
    Tensor onA = Tensor.wrap(Shape.of(3, 4), a.array(), 3);
    Tensor onB = Tensor.wrap(Shape.of(3, 4), b.array(), 0);
    assertRefused(() -> plan.run(a, b, onA, ws, par), "c must not share elements with a");
    assertRefused(() -> plan.run(a, b, onB, ws, par), "c must not share elements with b");
  }

  private static Tensor reference(GemmShape s, Tensor a, Tensor b, Tensor before) {
    Tensor c = before.copy();
    ReferenceMatrix.gemm(s, a, b, c);
    return c;
  }

  private static Tensor run(
      GemmShape s, Target t, Tensor a, Tensor b, Tensor before, Parallel par, String context) {
    Guarded left = Guarded.of(a);
    Guarded right = Guarded.of(b);
    Guarded c = s.accumulate() ? Guarded.of(before) : Guarded.unwritten(s.c());
    Gemm plan = new BlockedGemm(s, t);
    assertEquals(s, plan.shape(), context);
    plan.run(
        left.tensor(), right.tensor(), c.tensor(), TestData.workspace(plan.workspace(), par), par);
    left.assertUnchanged(context);
    right.assertUnchanged(context);
    c.assertGuardsIntact(context);
    return c.tensor();
  }

  private static String context(GemmShape s, Target t, Parallel par) {
    return "%s, %d workers, %s".formatted(t.kernels().name(), par.workers(), s);
  }
}
