package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Mistakes in dropout. */
final class DropoutMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "STEP_IGNORED",
              "each step has the first one's mask",
              running(
                  "dropout|spatialDropout",
                  "forward|backward",
                  (plan, a, right) -> {
                    a[2] = 0L;
                    right.run();
                  })),
          mistake(
              "NOT_SCALED",
              "what is left keeps its size",
              running(
                  "dropout",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    double left = 1 - ((Dropout) plan).rate();
                    Values.change((Tensor) a[3], y -> y * left);
                  })),
          mistake(
              "RATE_IS_KEPT",
              "the rate is the share that stays",
              planning("dropout|alphaDropout", a -> a[2] = kept((double) a[2]))),
          mistake(
              "OTHER_MASK_BACKWARD",
              "the gradient has the next step's mask",
              running(
                  ".*ropout",
                  "backward",
                  (plan, a, right) -> {
                    a[2] = (long) a[2] + 1;
                    right.run();
                  })),
          mistake(
              "NORMAL_BY_VARIANCE",
              "a deviation counts as a variance",
              running(
                  "randomFill",
                  "normal",
                  (plan, a, right) -> {
                    a[1] = (float) Math.sqrt((float) a[1]);
                    right.run();
                  })));

  private DropoutMistakes() {}

  private static double kept(double rate) {
    return rate == 0 ? 0 : 1 - rate;
  }
}
