package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Mistakes in what moves elements. */
final class MovingMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "REFLECTS_THE_EDGE",
              "reflection repeats the edge",
              planning("pad", a -> swap(a, PadMode.REFLECT, PadMode.EDGE))),
          mistake(
              "WRAPS_AS_REFLECTION",
              "wrapping reflects",
              planning("pad", a -> swap(a, PadMode.WRAP, PadMode.REFLECT))),
          mistake(
              "PADS_WITH_ZERO",
              "padding by a constant is by 0",
              planning("pad", a -> a[3] = a[3] instanceof Float ? 0f : a[3])),
          mistake(
              "BLOCKS_DEPTH_FIRST",
              "blocks are always depth first",
              planning("depthToSpace", a -> a[2] = BlockOrder.DCR)),
          mistake(
              "BLOCKS_COLUMN_FIRST",
              "blocks are always columns first",
              planning("spaceToDepth", a -> a[2] = BlockOrder.CRD)),
          mistake(
              "SHUFFLES_BACK",
              "channels are shuffled the other way",
              planning(
                  "channelShuffle", a -> a[1] = ((Shape) a[0]).dim(1) / Math.max(1, (int) a[1]))),
          mistake(
              "DIAGONAL_ONE_OFF",
              "a triangle has a diagonal more",
              planning("trilu", a -> a[2] = (int) a[2] + ((boolean) a[1] ? -1 : 1))),
          mistake(
              "FLIPS_THE_FIRST_ONLY",
              "of several axes the first is flipped",
              planning("flip", a -> a[1] = Arrays.copyOf((int[]) a[1], 1))),
          mistake(
              "NEGATIVE_INDEX_IS_0",
              "an index below 0 means the first",
              running(
                  "gather|gatherElements|gatherNd",
                  "forward",
                  (plan, a, right) -> {
                    a[1] = atLeast0((Indices) a[1]);
                    right.run();
                  })),
          mistake(
              "UPDATES_OVERWRITE",
              "an update that is to be added overwrites",
              planning("scatter.*", a -> swap(a, ScatterMode.ADD, ScatterMode.NONE))),
          mistake(
              "UPDATES_MULTIPLY",
              "the least of updates is a product",
              planning("scatter.*", a -> swap(a, ScatterMode.MIN, ScatterMode.MUL))),
          mistake(
              "OFF_IS_0",
              "a one-hot vector is 0 elsewhere",
              running(
                  "oneHot",
                  "forward",
                  (plan, a, right) -> {
                    a[1] = 0f;
                    right.run();
                  })),
          mistake(
              "USES_COUNT_ONCE",
              "the gradient of what is used several times is the mean",
              running(
                  "expand|tile",
                  "backward",
                  (plan, a, right) -> {
                    right.run();
                    double times = ((Tensor) a[0]).size() / (double) ((Tensor) a[1]).size();
                    Values.change((Tensor) a[1], dx -> dx / times);
                  })),
          mistake(
              "OVERLAP_OVERWRITTEN",
              "where windows meet the greatest counts",
              running(
                  "col2im",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    double most = Values.greatest((Tensor) a[0]);
                    Values.change((Tensor) a[1], y -> Math.clamp(y, -most, most));
                  })),
          mistake(
              "STEP_IGNORED",
              "a slice with a step of -2 or -3 starts one late",
              planning("slice", MovingMistakes::late)),
          mistake(
              "PARTS_SWAPPED",
              "parts of one size change places",
              running("split", "forward", (plan, a, right) -> swapped(a, right))));

  private MovingMistakes() {}

  private static <T> void swap(Object[] a, T from, T to) {
    int last = a.length - 1;
    a[last] = a[last].equals(from) ? to : a[last];
  }

  private static Indices atLeast0(Indices indices) {
    long[] values = new long[indices.size()];
    Arrays.setAll(values, i -> Math.max(0, indices.get(i)));
    return Indices.of(values);
  }

  private static void late(Object[] a) {
    int[] starts = ((int[]) a[2]).clone();
    int[] steps = (int[]) a[4];
    Shape x = (Shape) a[0];
    int[] axes = (int[]) a[1];
    for (int i = 0; i < starts.length; i++) {
      // one that leaves as many elements
      if (steps[i] < -1 && starts[i] % -steps[i] != 0 && starts[i] < x.dim(axes[i])) {
        starts[i]--;
      }
    }
    a[2] = starts;
  }

  @SuppressWarnings("unchecked")
  private static void swapped(Object[] a, Runnable right) {
    List<Tensor> parts = (List<Tensor>) a[1];
    if (parts.get(0).shape().equals(parts.get(1).shape())) {
      a[1] = List.of(parts.get(1), parts.get(0));
    }
    right.run();
  }
}
