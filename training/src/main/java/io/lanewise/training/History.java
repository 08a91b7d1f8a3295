package io.lanewise.training;

import java.util.List;
import java.util.Optional;

/**
 * What a training run did.
 *
 * @param epochs one entry a whole epoch, in order
 * @param interrupted true if the run ended before its last epoch because its thread was interrupted
 */
public record History(List<Epoch> epochs, boolean interrupted) {
  /**
   * One epoch. Loss and accuracy in training are those seen along the way, while the weights moved.
   *
   * @param number from 1
   * @param trainLoss mean over the epoch's examples
   * @param trainAccuracy share of them classified right
   * @param validation loss and accuracy afterwards, if there is validation data
   * @param seconds duration, validation left out
   * @param examplesPerSecond training speed
   */
  public record Epoch(
      int number,
      double trainLoss,
      double trainAccuracy,
      Optional<Evaluation> validation,
      double seconds,
      double examplesPerSecond) {}

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /** The last whole epoch. */
  public Optional<Epoch> last() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }
}
