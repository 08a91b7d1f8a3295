package io.lanewise.training;

/** Watches a training run; called on the training thread, so what it does costs time. */
public interface TrainingListener {
  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Where a run stands within an epoch.
   *
   * @param epoch from 1
   * @param epochs how many there will be
   * @param examples how many of this epoch are done
   * @param epochExamples how many it has
   * @param loss mean over the examples done
   * @param accuracy share of them classified right
   */
  record Progress(
      int epoch, int epochs, int examples, int epochExamples, double loss, double accuracy) {}

  /** After each batch. */
  default void onBatch(Progress progress) {}

  /** After each whole epoch and its validation; the network holds that epoch's weights. */
  default void onEpoch(History.Epoch epoch) {}
}
