package io.lanewise.kernels.pool;

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
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Average pooling against the reference, whether padding counts or not. */
final class AvgPoolTest {
  private static final boolean[] BOTH = {true, false};

  static Stream<PoolShape> shapes() {
    return PoolShapes.all();
  }

  /** What the two passes give. */
  private record Results(Tensor y, Tensor dx) {}

  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(PoolShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor dy = TestData.uniform(s.y(), 2);
    long k = s.area() + 1; // and the division
    for (boolean counts : BOTH) {
      Results expected = reference(s, counts, x, dy);
      Results magnitudes = reference(s, counts, absolute(x), absolute(dy));
      for (Target t : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = context(s, counts, t, par);
          Results got = run(s, counts, t, x, dy, par, context);
          assertSums(expected.y, magnitudes.y, k, got.y, "y, " + context);
          assertSums(expected.dx, magnitudes.dx, k, got.dx, "dx, " + context);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void roundsOnceOnIntegersAndPassesNanOn(PoolShape s) {
    Tensor dy = TestData.integers(s.y(), 4);
    for (Tensor x : List.of(TestData.integers(s.x(), 3), TestData.withSpecials(s.x(), 5))) {
      for (boolean counts : BOTH) {
        Tensor expected = reference(s, counts, x, dy).y;
        for (Target t : Targets.all()) {
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = context(s, counts, t, par);
            assertExact(expected, run(s, counts, t, x, dy, par, context).y, context);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheSameBitsOnAnyTeamAndInScalar(PoolShape s) {
    Tensor x = TestData.uniform(s.x(), 6);
    Tensor dy = TestData.uniform(s.y(), 7);
    for (boolean counts : BOTH) {
      Target scalar = CpuBackend.scalar().target();
      Results alone = run(s, counts, scalar, x, dy, Parallel.SEQUENTIAL, "");
      for (Target t : Targets.all()) {
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
          String context = context(s, counts, t, par);
          Results got = run(s, counts, t, x, dy, par, context);
          assertSameBits(alone.y, got.y, "y, " + context);
          assertSameBits(alone.dx, got.dx, "dx, " + context);
        }
      }
    }
  }

  @Test
  void refusesWrongArguments() {
    PoolShape s = PoolShape.parse("n1 c2 ih4 kh2 s2 p1");
    AvgPool plan = CpuBackend.best().avgPool(s, true);
    assertEquals(s, plan.shape());
    Tensor x = Tensor.zeros(s.x());
    Tensor y = Tensor.zeros(s.y());
    Tensor wrong = Tensor.zeros(1, 2, 4, 5);
    Tensor onX = Tensor.wrap(s.y(), x.array(), 1);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Parallel par = Parallel.SEQUENTIAL;
    assertRefused(() -> plan.forward(wrong, y, ws, par), "x must have shape");
    assertRefused(() -> plan.forward(x, wrong, ws, par), "y must have shape");
    assertRefused(() -> plan.forward(x, onX, ws, par), "y must not share elements with x");
    assertRefused(() -> plan.forward(x, y, Workspace.NONE, par), "the workspace must");
    assertRefused(() -> plan.backward(wrong, x, ws, par), "dy must have shape");
    assertRefused(() -> plan.backward(y, wrong, ws, par), "dx must have shape");
    assertRefused(() -> plan.backward(y, x, Workspace.NONE, par), "the workspace must");
    assertRefused(() -> plan.backward(onX, x, ws, par), "dx must not share elements with dy");
  }

  private static Results reference(PoolShape s, boolean counts, Tensor x, Tensor dy) {
    Results r = new Results(Tensor.zeros(s.y()), Tensor.zeros(s.x()));
    ReferencePool.average(s, counts, x, r.y);
    ReferencePool.averageBackward(s, counts, dy, r.dx);
    return r;
  }

  private static Results run(
      PoolShape s, boolean counts, Target t, Tensor x, Tensor dy, Parallel par, String context) {
    AvgPool plan = new KernelPooling(t).average(s, counts, Layout.CHANNELS_FIRST);
    assertEquals(counts, plan.countsPadding());
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(s.y());
    plan.forward(in.tensor(), y.tensor(), TestData.workspace(plan.workspace(), par), par);
    Guarded out = Guarded.of(dy);
    Guarded dx = Guarded.unwritten(s.x());
    plan.backward(out.tensor(), dx.tensor(), TestData.workspace(plan.workspace(), par), par);
    for (Guarded read : List.of(in, out)) {
      read.assertUnchanged(context);
    }
    for (Guarded written : List.of(y, dx)) {
      written.assertGuardsIntact(context);
    }
    return new Results(y.tensor(), dx.tensor());
  }

  private static String context(PoolShape s, boolean counts, Target t, Parallel par) {
    return "padding counts: %b, %s, %d workers, %s"
        .formatted(counts, t.kernels().name(), par.workers(), s);
  }
}
