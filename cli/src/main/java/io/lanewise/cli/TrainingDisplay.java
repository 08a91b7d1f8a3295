package io.lanewise.cli;

import io.lanewise.training.History;
import io.lanewise.training.TrainingListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a training run: one line an epoch, and below them, on a terminal, a bar that moves. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final EpochTable table;
  private final PrintWriter out;
  private final TerminalLine line;
  private final TrainingBar text = new TrainingBar(System::nanoTime);
  private final ProgressBar bar;

  /** A display for a number of epochs of so many images each. */
  static TrainingDisplay start(int epochs, int images, PrintWriter out) {
    return new TrainingDisplay(epochs, images, out, TerminalLine.onConsole(out));
  }

  /**
   * A display.
   *
   * @param line null if there is no terminal
   */
  TrainingDisplay(int epochs, int images, PrintWriter out, TerminalLine line) {
    this.table = new EpochTable(epochs);
    this.out = out;
    this.line = line;
    out.println(table.header());
    out.flush();
    this.bar = line == null ? null : newBar((long) epochs * images);
  }

  private ProgressBar newBar(long images) {
    return new ProgressBarBuilder()
        .setInitialMax(images)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setRenderer(text)
        .setConsumer(line)
        .build();
  }

  @Override
  public void onBatch(Progress p) {
    if (bar != null) {
      text.show(p);
      bar.stepTo(TrainingBar.images(p));
    }
  }

  @Override
  public void onEpoch(History.Epoch e) {
    if (line == null) {
      out.println(table.line(e));
      out.flush();
    } else {
      line.above(table.line(e));
    }
  }

  /** Takes the bar away; the lines stay. */
  @Override
  public void close() {
    if (bar != null) {
      line.close(); // first, so that the bar's last picture is not shown
      bar.close();
    }
  }
}
