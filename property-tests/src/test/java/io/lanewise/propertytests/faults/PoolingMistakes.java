package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Mistakes in the family of poolings. */
final class PoolingMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "COUNTS_PADDING_ALWAYS",
              "divides by the whole window",
              planning("average", a -> a[1] = true)),
          mistake(
              "COUNTS_PADDING_NEVER",
              "divides by what is inside",
              planning("average", a -> a[1] = false)),
          mistake(
              "CEIL_DROPS_PADDING",
              "with outputs rounded up, padding never counts",
              planning("average", a -> a[1] = (boolean) a[1] && !((PoolShape) a[0]).ceil())),
          mistake(
              "NAN_IS_LEAST",
              "a NaN is never greater than anything",
              running("max|adaptiveMax", "forward", (plan, a, right) -> withoutNan(a, right))),
          mistake(
              "INDEX_ONE_FURTHER",
              "the last index is one too large",
              running(
                  "max|adaptiveMax",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    int[] indices = (int[]) a[2];
                    indices[indices.length - 1]++;
                  })),
          mistake(
              "ROOT_FORGOTTEN",
              "the p-norm's root is left out",
              running(
                  "lp",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    Values.change((Tensor) a[1], y -> Math.pow(y, ((LpPool) plan).p()));
                  })),
          mistake(
              "CUBES_ARE_SQUARES",
              "p between 2 and 3 is 2",
              planning("lp", a -> a[1] = (double) a[1] > 2 ? 2.0 : a[1])),
          mistake(
              "NORM_WITHOUT_SIGN",
              "the p-norm's gradient has dy's sign",
              running(
                  "lp",
                  "backward",
                  (plan, a, right) -> {
                    right.run();
                    Values.change((Tensor) a[3], (Tensor) a[0], (dx, x) -> dx * Math.signum(x));
                  })),
          mistake(
              "GRADIENT_OVERWRITES",
              "a gradient is cut to one window's",
              running(
                  "average|adaptiveAverage",
                  "backward",
                  (plan, a, right) -> {
                    right.run();
                    double most = Values.greatest((Tensor) a[0]);
                    Values.change((Tensor) a[1], dx -> Math.clamp(dx, -most / 2, most / 2));
                  })),
          mistake(
              "NO_PLACE_IS_THE_FIRST",
              "a value without a place goes to the first",
              running(
                  "maxUnpool",
                  "forward|backward",
                  (plan, a, right) -> {
                    a[1] = Arrays.stream((int[]) a[1]).map(i -> Math.max(i, 0)).toArray();
                    right.run();
                  })),
          mistake(
              "NOT_CLEARED",
              "what has no value keeps what it held",
              running(
                  "maxUnpool",
                  "forward",
                  (plan, a, right) -> {
                    Tensor held = ((Tensor) a[2]).copy();
                    right.run();
                    Values.change((Tensor) a[2], held, (y, old) -> y == 0 ? old : y);
                  })));

  private PoolingMistakes() {}

  /** As if NaNs were the least of numbers. */
  private static void withoutNan(Object[] a, Runnable right) {
    Tensor x = ((Tensor) a[0]).copy();
    Values.change(x, v -> Double.isNaN(v) ? Double.NEGATIVE_INFINITY : v);
    a[0] = x;
    right.run();
  }
}
