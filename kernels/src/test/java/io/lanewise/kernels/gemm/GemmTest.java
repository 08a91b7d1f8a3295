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
import io.lanewise.kernels.memory.PackedWeights;
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
      shapes.add(new GemmShape(1, 600, b.kc() + 1, false, true, false));
      shapes.add(new GemmShape(2, 600, 3, true, false, true));
    }
    for (int flags = 0; flags < 4; flags++) {
      boolean ta = (flags & 1) > 0;
      boolean tb = (flags & 2) > 0;
      shapes.add(new GemmShape(9, 35, 21, ta, tb, 0.5f, 0f, 1));
      shapes.add(new GemmShape(200, 530, 5, ta, tb, -1f, 1f, 1));
      shapes.add(new GemmShape(9, 35, 21, ta, tb, 1f, -0.75f, 3));
      shapes.add(new GemmShape(40, 3, 450, ta, tb, 0f, 3f, 2));
      shapes.add(new GemmShape(5, 4, 3, ta, tb, 1f, 0f, 0));
      shapes.add(new GemmShape(1, 300, 67, ta, tb, 0.75f, 0.25f, 3));
      shapes.add(new GemmShape(1, 45, 3000, ta, tb, false));
      shapes.add(new GemmShape(300, 1, 67, ta, tb, 1f, 0.25f, 3));
      shapes.add(new GemmShape(45, 1, 3000, ta, tb, false));
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
    GemmShape absolute = s.scaled(Math.abs(s.alpha()), Math.abs(s.beta()));
    Tensor magnitudes = reference(absolute, absolute(a), absolute(b), absolute(c));
    int sums = s.k() + (s.alpha() == 1 ? 0 : 1) + (s.beta() == 0 ? 0 : 1);
    for (Target t : Targets.all()) {
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = context(s, t, par);
        assertSums(expected, magnitudes, sums, run(s, t, a, b, c, par, context), context);
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

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsWithPackedOperands(GemmShape s) {
    Tensor a = TestData.uniform(s.a(), 1);
    Tensor b = TestData.uniform(s.b(), 2);
    Tensor c = TestData.uniform(s.c(), 3);
    for (Target t : Targets.all()) {
      Tensor expected = run(s, t, a, b, c, Parallel.SEQUENTIAL, "");
      packingKeepsTheBits(new BlockedGemm(s, t), a, b, c, expected, t);
      if (MatrixVector.computes(s)) {
        packingKeepsTheBits(new MatrixVector(s, t), a, b, c, expected, t);
      }
    }
  }

  private static void packingKeepsTheBits(
      Gemm plan, Tensor a, Tensor b, Tensor c, Tensor expected, Target t) {
    PackedWeights packedA = plan.packA(a);
    PackedWeights packedB = plan.packB(b);
    for (Parallel par : Teams.ONE_AND_THREE) {
      String context = context(plan.shape(), t, par) + plan.getClass().getSimpleName();
      Workspace ws = TestData.workspace(plan.workspace(), par);
      Tensor neither = c.copy();
      plan.run(a, b, neither, ws, par);
      assertSameBits(expected, neither, context);
      Tensor left = c.copy();
      plan.run(packedA, b, left, ws, par);
      assertSameBits(expected, left, context);
      Tensor right = c.copy();
      plan.run(a, packedB, right, ws, par);
      assertSameBits(expected, right, context);
      Tensor both = c.copy();
      plan.run(packedA, packedB, both, ws, par);
      assertSameBits(expected, both, context);
    }
  }

  @Test
  void aRowByAMatrixTakesPackedOperands() {
    GemmShape s = new GemmShape(1, 20, 30, false, true, false);
    Gemm plan = CpuBackend.best().gemm(s);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor a = TestData.uniform(s.a(), 1);
    Tensor b = TestData.uniform(s.b(), 2);
    Tensor expected = Tensor.zeros(s.c());
    plan.run(a, b, expected, ws, Parallel.SEQUENTIAL);
    Tensor c = Tensor.zeros(s.c());
    plan.run(plan.packA(a), b, c, ws, Parallel.SEQUENTIAL);
    assertSameBits(expected, c, "packed a");
    plan.run(a, plan.packB(b), c, ws, Parallel.SEQUENTIAL);
    assertSameBits(expected, c, "packed b");
    plan.run(plan.packA(a), plan.packB(b), c, ws, Parallel.SEQUENTIAL);
    assertSameBits(expected, c, "both packed");
  }

  @Test
  void refusesOperandsPackedForOtherPlans() {
    GemmShape s = GemmShape.of(3, 4, 5);
    Gemm plan = CpuBackend.best().gemm(s);
    Gemm scaled = CpuBackend.best().gemm(s.scaled(2f, 0f));
    Tensor a = Tensor.zeros(s.a());
    Tensor b = Tensor.zeros(s.b());
    Tensor c = Tensor.zeros(s.c());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Parallel par = Parallel.SEQUENTIAL;
    PackedWeights otherA = scaled.packA(a);
    PackedWeights packedB = plan.packB(b);
    assertRefused(() -> plan.run(otherA, b, c, ws, par), "alpha=2.0");
    assertRefused(() -> plan.run(packedB, b, c, ws, par), "but the plan reads");
    assertRefused(() -> plan.run(a, otherA, c, ws, par), "but the plan reads");
    assertRefused(() -> plan.packA(b), "a must have shape [3, 5], got [5, 4]");
    assertRefused(() -> plan.packB(a), "b must have shape [5, 4], got [3, 5]");
    assertRefused(() -> plan.run(a, packedB, a, ws, par), "c must have shape");
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
    Gemm plan = MatrixVector.computes(s) ? new MatrixVector(s, t) : new BlockedGemm(s, t);
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
