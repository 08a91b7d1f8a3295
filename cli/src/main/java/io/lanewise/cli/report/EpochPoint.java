package io.lanewise.cli.report;

/**
 * What one epoch measured. Accuracies are shares from 0 to 1. A number that was not measured, or
 * that diverged, is NaN or infinite: the curves leave a gap there.
 *
 * @param epoch counted from 1
 */
public record EpochPoint(
    int epoch, double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {

  /** Validates the epoch and the accuracies. */
  public EpochPoint {
    if (epoch < 1) {
      throw new IllegalArgumentException("epochs count from 1, got " + epoch);
    }
    Checks.share("train accuracy", trainAccuracy);
    Checks.share("test accuracy", testAccuracy);
  }
}
