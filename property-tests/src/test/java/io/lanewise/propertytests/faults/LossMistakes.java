package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Mistakes in losses. */
final class LossMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "MEAN_IS_SUM",
              "a mean is a sum",
              planning("mean.*|huber|smoothL1", a -> swap(a, Reduction.MEAN, Reduction.SUM))),
          mistake("DELTA_IS_1", "huber's delta is 1", planning("huber", a -> a[1] = 1.0)),
          mistake("MARGIN_IS_1", "a margin is 1", planning(".*[hH]inge", a -> a[1] = 1.0)),
          mistake(
              "LOG_TARGETS_ARE_NOT",
              "takes targets' logarithms for targets",
              planning("klDivergence", a -> a[1] = false)),
          mistake("FOCUS_IS_1", "a focal loss' gamma is 1", planning("focal", a -> a[2] = 1.0)),
          mistake("SMOOTHING_MISSING", "dice has no smoothing", planning("dice", a -> a[1] = 0.0)),
          mistake(
              "SIDES_SWAPPED",
              "false negatives count as false positives",
              planning(
                  "tversky",
                  a -> {
                    Object alpha = a[1];
                    a[1] = a[2];
                    a[2] = alpha;
                  })),
          mistake(
              "LABELS_NOT_SMOOTHED",
              "labels are not smoothed",
              planning("crossEntropy", a -> a[1] = ((LabelOptions) a[1]).smoothing(0))),
          mistake(
              "CLASS_WEIGHTS_IGNORED",
              "classes weigh the same",
              planning("negativeLogLikelihood|multiClassHinge", a -> a[a.length - 2] = even(a))),
          mistake(
              "PASSED_OVER_COUNTS",
              "a label to pass over is the first class",
              running(
                  "crossEntropy|negativeLogLikelihood",
                  "forward|backward",
                  (plan, a, right) -> {
                    a[1] = Arrays.stream((int[]) a[1]).map(i -> Math.max(i, 0)).toArray();
                    right.run();
                  })),
          mistake(
              "GRADIENT_TURNED_ROUND",
              "the slope is the target's",
              running(
                  "meanSquaredError",
                  "backward",
                  (plan, a, right) -> {
                    right.run();
                    Values.change((Tensor) a[3], dx -> -dx);
                  })),
          mistake(
              "NEVER_ALIKE",
              "rows that should be alike should not",
              running(
                  "cosineEmbedding",
                  "forward",
                  (plan, a, right) -> {
                    a[2] = Arrays.stream((int[]) a[2]).map(i -> -1).toArray();
                    right.run();
                  })),
          mistake(
              "NEVER_SWAPPED",
              "the positive's distance to the negative never counts",
              planning("tripletMargin", a -> a[2] = false)));

  private LossMistakes() {}

  private static <T> void swap(Object[] a, T from, T to) {
    int last = a.length - 1;
    a[last] = a[last].equals(from) ? to : a[last];
  }

  private static LabelOptions even(Object[] a) {
    LabelOptions o = (LabelOptions) a[a.length - 2];
    return new LabelOptions(o.layout(), o.smoothing(), null, o.passOver());
  }
}
