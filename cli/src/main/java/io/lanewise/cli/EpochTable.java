package io.lanewise.cli;

import io.lanewise.training.Evaluation;
import io.lanewise.training.History;
import java.util.Locale;
import java.util.Optional;

/** The results of a training run, one line an epoch, in columns. */
final class EpochTable {
  private final int epochs;
  private final int epochWidth;

  EpochTable(int epochs) {
    this.epochs = epochs;
    this.epochWidth = Math.max("epoch".length(), 2 * String.valueOf(epochs).length() + 1);
  }

  String header() {
    return " ".repeat(epochWidth - "epoch".length())
        + "epoch     loss  accuracy  test loss  test accuracy  images/s";
  }

  String line(History.Epoch e) {
    Optional<Evaluation> test = e.validation();
    return String.format(
        Locale.ROOT,
        "%" + epochWidth + "s  %7.3f   %5.1f %%    %7s        %7s  %,8.0f",
        e.number() + "/" + epochs,
        e.trainLoss(),
        100 * e.trainAccuracy(),
        test.map(t -> String.format(Locale.ROOT, "%.3f", t.loss())).orElse("-"),
        test.map(t -> String.format(Locale.ROOT, "%.1f %%", 100 * t.accuracy())).orElse("-"),
        e.examplesPerSecond());
  }
}
