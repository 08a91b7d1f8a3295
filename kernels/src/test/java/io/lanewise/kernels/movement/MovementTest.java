package io.lanewise.kernels.movement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MovementTest {
  private static final Movements REFERENCE = new ReferenceBackend().movements();

  static List<MovementCases.Case> cases() {
    return MovementCases.all();
  }

  /** All bit patterns come through, those of NaNs too; sums of small integers are exact. */
  @ParameterizedTest
  @MethodSource("cases")
  void bothDirectionsHaveTheReferencesBits(MovementCases.Case c) {
    Movement reference = c.plan().apply(REFERENCE);
    Tensor x = bits(reference.x(), reference.xLayout(), 1);
    Tensor dy = TestData.integers(reference.y(), 2).copy(reference.yLayout());
    boolean moves = !c.name().startsWith("col2im");
    Tensor in = moves ? x : TestData.integers(reference.x(), 3).copy(reference.xLayout());
    Tensor y = run(reference, in, true, Parallel.SEQUENTIAL, "reference");
    Tensor dx = run(reference, dy, false, Parallel.SEQUENTIAL, "reference");
    for (Target t : Targets.all()) {
      Movement op = c.plan().apply(new KernelMovements(t));
      assertEquals(reference.y(), op.y());
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = c + " " + t.kernels().name() + " " + par.workers() + " workers";
        assertSameBits(y, run(op, in, true, par, context), context);
        assertSameBits(dx, run(op, dy, false, par, context), context + " backward");
      }
    }
  }

  /** ⟨dy, forward(x)⟩ = ⟨backward(dy), x⟩, exactly, but for what the constant adds. */
  @ParameterizedTest
  @MethodSource("cases")
  void backwardIsTheAdjoint(MovementCases.Case c) {
    if (c.name().startsWith("pad NaN")) {
      return;
    }
    Movement op = c.plan().apply(new KernelMovements(Targets.best()));
    Tensor x = TestData.integers(op.x(), 4).copy(op.xLayout());
    Tensor dy = TestData.integers(op.y(), 5).copy(op.yLayout());
    Tensor y = run(op, x, true, Parallel.SEQUENTIAL, c.name());
    Tensor dx = run(op, dy, false, Parallel.SEQUENTIAL, c.name());
    Tensor zero = Tensor.zeros(op.x(), op.xLayout());
    Tensor constant = run(op, zero, true, Parallel.SEQUENTIAL, c.name());
    assertEquals(dot(dy, y) - dot(dy, constant), dot(dx, x), c.name());
  }

  /** The same bits for any kernels and team, where rounding shows the order of sums. */
  @ParameterizedTest
  @MethodSource("cases")
  void sumsHaveOneOrder(MovementCases.Case c) {
    Movement reference = c.plan().apply(REFERENCE);
    Tensor dy = TestData.uniform(reference.y(), 6).copy(reference.yLayout());
    Tensor absolute = run(reference, TestData.absolute(dy), false, Parallel.SEQUENTIAL, "");
    Tensor exact = run(reference, dy, false, Parallel.SEQUENTIAL, "");
    Tensor first = null;
    for (Target t : Targets.all()) {
      Movement op = c.plan().apply(new KernelMovements(t));
      for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
        Tensor dx = run(op, dy, false, par, c.name());
        first = first == null ? dx : first;
        assertSameBits(first, dx, c + " " + t.kernels().name() + " " + par.workers());
      }
    }
    // At most n - 1 additions, each rounded by at most u of the sum of magnitudes.
    double terms = Math.max(1, reference.y().size());
    for (int i = 0; i < exact.size(); i++) {
      double bound = terms * 0x1p-24 * absolute.array()[i];
      assertEquals(exact.array()[i], first.array()[i], bound + 0x1p-24, c.name());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void viewsHaveTheSameElementsInTheSameOrder(MovementCases.Case c) {
    Movement op = c.plan().apply(CpuBackend.best().movements());
    if (op.isView()) {
      Tensor x = bits(op.x(), op.xLayout(), 1);
      Tensor y = run(op, x, true, Parallel.SEQUENTIAL, c.name());
      Tensor seen = Tensor.wrap(op.y(), op.yLayout(), x.array(), x.offset());
      assertSameBits(y, seen, c.name());
      op.forward(x, seen, Parallel.SEQUENTIAL);
      op.backward(seen, x, Parallel.SEQUENTIAL);
      assertSameBits(y, seen, c.name() + " in place");
    }
  }

  /** Random bits, in every one of which a NaN may hide, signalling ones left out. */
  private static Tensor bits(Shape shape, Layout layout, long seed) {
    Random random = new Random(seed);
    Tensor t = Tensor.zeros(shape, layout);
    for (int i = 0; i < t.size(); i++) {
      float f = Float.intBitsToFloat(random.nextInt());
      t.array()[i] = Float.isNaN(f) ? Float.NaN : f;
    }
    return t;
  }

  private static Tensor run(Movement op, Tensor in, boolean forward, Parallel par, String context) {
    Guarded src = Guarded.of(in);
    Guarded dst =
        forward ? Guarded.unwritten(op.y(), op.yLayout()) : Guarded.unwritten(op.x(), op.xLayout());
    if (forward) {
      op.forward(src.tensor(), dst.tensor(), par);
    } else {
      op.backward(src.tensor(), dst.tensor(), par);
    }
    src.assertUnchanged(context);
    dst.assertGuardsIntact(context);
    return dst.tensor().copy();
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  static void assertSameBits(Tensor expected, Tensor got, String context) {
    assertEquals(expected.shape(), got.shape(), context);
    float[] e = expected.toArray();
    float[] g = got.toArray();
    for (int i = 0; i < e.length; i++) {
      if (Float.floatToRawIntBits(e[i]) != Float.floatToRawIntBits(g[i])) {
        assertTrue(false, context + ": element " + i + " expected " + e[i] + ", got " + g[i]);
      }
    }
  }
}
