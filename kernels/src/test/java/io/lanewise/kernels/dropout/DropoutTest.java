package io.lanewise.kernels.dropout;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.RandomKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.reference.ReferencePhilox;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final long SEED = 0x1234_5678_9ABC_DEF0L;
  private static final long STEP = 0x0FED_CBA9_8765_4321L;

  /** Published with the generator: Random123's kat_vectors, philox4x32 with 10 rounds. */
  @Test
  void knownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        ReferencePhilox.block(new int[4], new int[2]));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        ReferencePhilox.block(new int[] {-1, -1, -1, -1}, new int[] {-1, -1}));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        ReferencePhilox.block(
            new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
            new int[] {0xa4093822, 0x299f31d0}));
  }

  @Test
  void everyKernelGivesTheReferencesWords() {
    long[] groups = {0, 7, (1L << 28) - 1, 1L << 31}; // over the end of a block's first word
    for (Target target : Targets.all()) {
      for (long group : groups) {
        int[] words = new int[3 * RandomKernels.GROUP];
        target.kernels().random().words(SEED, STEP, group, 3, words);
        for (int i = 0; i < words.length; i++) {
          long position = group * RandomKernels.GROUP + i;
          assertEquals(ReferencePhilox.word(SEED, STEP, position), words[i], "word " + position);
        }
      }
    }
  }

  /** Every kind of dropout under its name. */
  private record Kind(String name, Make make, Shape shape, Layout layout, double rate) {
    Dropout plan(Dropouts all) {
      return make.of(all, shape, layout, rate);
    }
  }

  private interface Make {
    Dropout of(Dropouts all, Shape shape, Layout layout, double rate);
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    Shape[] shapes = {
      Shape.of(2, 3, 5, 7),
      Shape.of(3, 70, 11),
      Shape.of(1, 1),
      Shape.of(2, 2000, 3),
      Shape.of(2, 1, 40, 501),
      Shape.of(0, 3, 4)
    };
    for (Shape s : shapes) {
      for (Layout layout : Layout.values()) {
        for (double rate : new double[] {0, 0.1, 0.5, 0.9, 1}) {
          kinds.add(new Kind("plain", Dropouts::dropout, s, layout, rate));
          kinds.add(new Kind("spatial", Dropouts::spatialDropout, s, layout, rate));
          kinds.add(new Kind("alpha", Dropouts::alphaDropout, s, layout, rate));
        }
      }
    }
    return kinds;
  }

  @Test
  void forwardAndBackwardAreTheReferences() {
    Dropouts reference = new ReferenceBackend().dropouts();
    for (Kind kind : kinds()) {
      Tensor x = TestData.uniform(kind.shape(), 1).copy(kind.layout());
      Tensor y = Tensor.zeros(kind.shape(), kind.layout());
      Tensor dx = Tensor.zeros(kind.shape(), kind.layout());
      kind.plan(reference).forward(x, SEED, STEP, y, ONE);
      kind.plan(reference).backward(x, SEED, STEP, dx, ONE);
      for (Target target : Targets.all()) {
        for (Parallel par : Teams.ONE_AND_THREE) {
          Dropout plan = kind.plan(new KernelDropouts(target));
          Guarded got = Guarded.unwritten(kind.shape(), kind.layout());
          plan.forward(x, SEED, STEP, got.tensor(), par);
          got.assertGuardsIntact(kind.toString());
          near(y, got.tensor(), kind);
          plan.backward(x, SEED, STEP, got.tensor(), par);
          got.assertGuardsIntact(kind.toString());
          near(dx, got.tensor(), kind);
        }
      }
    }
  }

  /** A rounding of the scale, of the shift, of the sum: at most 8 for a result of at most 20. */
  private static void near(Tensor expected, Tensor got, Kind kind) {
    for (int i = 0; i < expected.size(); i++) {
      float e = expected.array()[i];
      float g = got.array()[got.offset() + i];
      assertClose(e, 4 * U * (Math.abs(e) + 2), g, i, kind.toString());
      assertEquals(e == 0, g == 0, kind.toString());
    }
  }

  @Test
  void everyTargetGivesTheSameBits() {
    for (Kind kind : kinds()) {
      Tensor x = TestData.withSpecials(kind.shape(), 1).copy(kind.layout());
      Tensor scalar = Tensor.zeros(kind.shape(), kind.layout());
      Tensor best = Tensor.zeros(kind.shape(), kind.layout());
      kind.plan(new KernelDropouts(CpuBackend.scalar().target()))
          .forward(x, SEED, STEP, scalar, ONE);
      kind.plan(new KernelDropouts(Targets.best())).forward(x, SEED, STEP, best, Teams.TWO);
      assertSameBits(scalar, best, kind.toString());
    }
  }

  @Test
  void theShareIsTheRateAndStepsDiffer() {
    Shape s = Shape.of(100_000);
    Dropout plan = new KernelDropouts(Targets.best()).dropout(s, Layout.CHANNELS_FIRST, 0.3);
    Tensor x = Tensor.zeros(s).fill(1);
    Tensor first = Tensor.zeros(s);
    Tensor second = Tensor.zeros(s);
    plan.forward(x, 1, 1, first, ONE);
    plan.forward(x, 1, 2, second, ONE);
    int dropped = 0;
    int both = 0;
    for (int i = 0; i < s.size(); i++) {
      dropped += first.array()[i] == 0 ? 1 : 0;
      both += first.array()[i] == 0 && second.array()[i] == 0 ? 1 : 0;
    }
    assertEquals(30_000, dropped, 5 * Math.sqrt(100_000 * 0.21)); // five deviations
    assertEquals(9_000, both, 5 * Math.sqrt(100_000 * 0.09 * 0.91));
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    Shape s = Shape.of(200_000);
    KernelDropouts all = new KernelDropouts(Targets.best());
    Tensor x = Tensor.zeros(s);
    all.randomFill().normal(0, 1, 5, 0, x, ONE);
    all.alphaDropout(s, Layout.CHANNELS_FIRST, 0.2).forward(x, 6, 0, x, ONE);
    assertEquals(0, mean(x), 0.02);
    assertEquals(1, deviation(x), 0.02);
  }

  @Test
  void droppedIsZeroWhateverItWasAndKeptKeepsItsSign() {
    Shape s = Shape.of(1000);
    Dropout plan = new KernelDropouts(Targets.best()).dropout(s, Layout.CHANNELS_FIRST, 0.5);
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -0f, Float.MIN_VALUE}) {
      Tensor x = Tensor.zeros(s).fill(value);
      plan.forward(x, 1, 1, x, ONE); // in place
      boolean keptOne = false;
      for (float v : x.toArray()) {
        boolean kept = Float.floatToIntBits(v) == Float.floatToIntBits(value * 2);
        keptOne |= kept;
        assertTrue(kept || Float.floatToIntBits(v) == 0, () -> value + " became " + v);
      }
      assertTrue(keptOne);
    }
  }

  @Test
  void bothLayoutsDropTheSameChannels() {
    Shape s = Shape.of(3, 70, 4, 5);
    KernelDropouts all = new KernelDropouts(Targets.best());
    Tensor x = TestData.uniform(s, 1);
    Tensor first = Tensor.zeros(s);
    all.spatialDropout(s, Layout.CHANNELS_FIRST, 0.4).forward(x, 1, 2, first, ONE);
    Tensor last = Tensor.zeros(s, Layout.CHANNELS_LAST);
    all.spatialDropout(s, Layout.CHANNELS_LAST, 0.4)
        .forward(x.copy(Layout.CHANNELS_LAST), 1, 2, last, ONE);
    assertSameBits(first, last.copy(Layout.CHANNELS_FIRST), "layouts");
  }

  @Test
  void fillsAreTheReferences() {
    RandomFill reference = new ReferenceBackend().dropouts().randomFill();
    for (int n : new int[] {0, 1, 17, 63, 64, 65, 1023, 1025, 3000}) {
      Tensor expected = Tensor.zeros(Shape.of(n));
      for (Target target : Targets.all()) {
        RandomFill fill = new KernelDropouts(target).randomFill();
        for (Parallel par : Teams.ONE_AND_THREE) {
          Guarded got = Guarded.unwritten(Shape.of(n));
          reference.uniform(-3, 5, SEED, STEP, expected, ONE);
          fill.uniform(-3, 5, SEED, STEP, got.tensor(), par);
          assertSameBits(expected, got.tensor().copy(), "uniform " + n);
          reference.normal(2, 0.5f, SEED, STEP, expected, ONE);
          fill.normal(2, 0.5f, SEED, STEP, got.tensor(), par);
          assertSameBits(expected, got.tensor().copy(), "normal " + n);
          got.assertGuardsIntact("fill " + n);
        }
      }
    }
  }

  @Test
  void fillsHaveTheirMoments() {
    RandomFill fill = new KernelDropouts(Targets.best()).randomFill();
    Tensor t = Tensor.zeros(100_000);
    fill.uniform(-1, 1, 3, 0, t, ONE);
    assertEquals(0, mean(t), 0.01);
    assertEquals(1 / Math.sqrt(3), deviation(t), 0.01);
    fill.normal(1, 2, 3, 1, t, ONE);
    assertEquals(1, mean(t), 0.03);
    assertEquals(2, deviation(t), 0.03);
    int within = 0;
    for (float v : t.toArray()) {
      within += Math.abs(v - 1) < 2 ? 1 : 0;
    }
    assertEquals(68_269, within, 5 * Math.sqrt(100_000 * 0.6827 * 0.3173));
  }

  private static double mean(Tensor t) {
    double sum = 0;
    for (float v : t.toArray()) {
      sum += v;
    }
    return sum / t.size();
  }

  private static double deviation(Tensor t) {
    double mean = mean(t);
    double sum = 0;
    for (float v : t.toArray()) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / t.size());
  }

  @Test
  void badArguments() {
    Shape s = Shape.of(2, 3, 4);
    Layout first = Layout.CHANNELS_FIRST;
    for (Dropouts all :
        List.of(new KernelDropouts(Targets.best()), new ReferenceBackend().dropouts())) {
      assertRefused(() -> all.dropout(s, first, -0.1), "must be in [0, 1], got -0.1");
      assertRefused(() -> all.spatialDropout(s, first, 1.1), "must be in [0, 1], got 1.1");
      assertRefused(() -> all.alphaDropout(s, first, Double.NaN), "must be in [0, 1], got NaN");
      assertRefused(() -> all.spatialDropout(Shape.of(3), first, 0.1), "needs [n][c]", "[3]");
      Tensor x = Tensor.zeros(s);
      Tensor other = Tensor.zeros(3, 2, 4);
      Tensor last = Tensor.zeros(s, Layout.CHANNELS_LAST);
      float[] array = new float[30];
      Tensor a = Tensor.wrap(s, array, 0);
      Tensor b = Tensor.wrap(s, array, 3);
      for (Dropout plan : List.of(all.dropout(s, first, 0.5), all.spatialDropout(s, first, 0.5))) {
        assertRefused(() -> plan.forward(other, 0, 0, x, ONE), "x must have shape [2, 3, 4]");
        assertRefused(() -> plan.forward(x, 0, 0, other, ONE), "y must have shape");
        assertRefused(() -> plan.backward(other, 0, 0, x, ONE), "dy must have shape");
        assertRefused(() -> plan.backward(x, 0, 0, last, ONE), "dx must have layout");
        assertRefused(() -> plan.forward(a, 0, 0, b, ONE), "y must be x itself");
        assertRefused(() -> plan.backward(a, 0, 0, b, ONE), "dx must be dy itself");
      }
      RandomFill fill = all.randomFill();
      assertRefused(() -> fill.uniform(1, 0, 0, 0, x, ONE), "in order, got 1.0 and 0.0");
      assertRefused(() -> fill.uniform(Float.NaN, 0, 0, 0, x, ONE), "finite");
      assertRefused(() -> fill.normal(0, -1, 0, 0, x, ONE), "deviation at least 0");
      assertRefused(() -> fill.normal(Float.NaN, 1, 0, 0, x, ONE), "finite");
      assertFalse(x.overlaps(other));
    }
  }
}
