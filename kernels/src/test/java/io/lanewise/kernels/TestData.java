package io.lanewise.kernels;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;

/** Inputs for tests, each from a seed, so that a failure repeats. */
public final class TestData {
  private TestData() {}

  /** Uniform in [-1, 1). */
  public static Tensor uniform(Shape shape, long seed) {
    Random random = new Random(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = random.nextFloat() * 2 - 1;
    }
    return t;
  }

  /** Integers in [-3, 3]: sums of fewer than 2^20 products of them are exact in float. */
  public static Tensor integers(Shape shape, long seed) {
    Random random = new Random(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = random.nextInt(7) - 3;
    }
    return t;
  }

  /** Integers in [-3, 3] among which about one in seven is NaN, Infinity or -Infinity. */
  public static Tensor withSpecials(Shape shape, long seed) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    Random random = new Random(seed + 1);
    Tensor t = integers(shape, seed);
    for (int i = 0; i < t.size(); i++) {
      if (random.nextInt(7) == 0) {
        t.array()[i] = specials[random.nextInt(specials.length)];
      }
    }
    return t;
  }

  /** The magnitudes of {@code t}; null of null. */
  public static Tensor absolute(Tensor t) {
    if (t == null) {
      return null;
    }
    Tensor a = t.copy();
    for (int i = 0; i < a.size(); i++) {
      a.array()[i] = Math.abs(a.array()[i]);
    }
    return a;
  }

  /** Class numbers in [0, classes). */
  public static int[] labels(int n, int classes, long seed) {
    return new Random(seed).ints(n, 0, classes).toArray();
  }

  /** The least workspace that will do, full of NaN. */
  public static Workspace workspace(WorkspaceSpec spec, Parallel par) {
    Workspace ws = Workspace.allocate(spec, par.workers());
    Arrays.fill(ws.array(), Float.NaN);
    if (spec.widenedFloats() > 0) {
      Arrays.fill(ws.widened("nobody's").data(), Float.NaN);
    }
    return ws;
  }
}
