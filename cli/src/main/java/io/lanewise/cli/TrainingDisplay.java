package io.lanewise.cli;

import io.lanewise.training.History;
import io.lanewise.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a training run: a bar that moves on a terminal, one line an epoch always. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private final int epochs;
  private final PrintWriter out;
  private final ProgressBar bar;
  private final int epochExamples;

  TrainingDisplay(int epochs, int examples, PrintWriter out) {
    this.epochs = epochs;
    this.out = out;
    this.epochExamples = examples;
    this.bar = isTerminal() ? newBar((long) epochs * examples) : null;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it is null with the JDK's plain console, jdk.console=java.base
  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  private static ProgressBar newBar(long steps) {
    return new ProgressBarBuilder()
        .setTaskName("training")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(200)
        .setUnit(" images", 1)
        .showSpeed()
        .build();
  }

  @Override
  public void onBatch(Progress p) {
    if (bar != null) {
      bar.stepTo((p.epoch() - 1L) * epochExamples + p.examples());
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              " epoch %d/%d loss %.3f accuracy %.1f %%",
              p.epoch(),
              p.epochs(),
              p.loss(),
              100 * p.accuracy()));
    }
  }

  @Override
  public void onEpoch(History.Epoch e) {
    if (bar == null) {
      out.println(line(e));
      out.flush();
    }
  }

  private String line(History.Epoch e) {
    String test =
        e.validation()
            .map(
                v ->
                    String.format(
                        Locale.ROOT,
                        "   test loss %.3f accuracy %.1f %%",
                        v.loss(),
                        100 * v.accuracy()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %2d/%d   loss %.3f accuracy %.1f %%%s   %,.0f images/s",
        e.number(),
        epochs,
        e.trainLoss(),
        100 * e.trainAccuracy(),
        test,
        e.examplesPerSecond());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
