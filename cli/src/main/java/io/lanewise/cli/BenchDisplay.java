package io.lanewise.cli;

import io.lanewise.benchmarks.harness.LabListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows a bench that runs: on a terminal a bar that moves, else a line a fork; and problems. */
final class BenchDisplay implements LabListener, AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final PrintWriter out;
  private final TerminalLine line;
  private final BenchBar text = new BenchBar(System::nanoTime);
  private final ProgressBar bar;
  private int fork;

  /**
   * A display.
   *
   * @param line null if there is no terminal
   */
  BenchDisplay(PrintWriter out, TerminalLine line) {
    this.out = out;
    this.line = line;
    this.bar = line == null ? null : newBar();
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setInitialMax(-1) // unknown to the library: the text counts
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setRenderer(text)
        .setConsumer(line)
        .build();
  }

  @Override
  public void onProgress(Progress progress) {
    text.show(progress);
    if (line == null && progress.fork() > fork) {
      fork = progress.fork();
      print("fork " + fork + " of " + progress.forks());
    }
  }

  @Override
  public void onProblem(String problem) {
    print("left out: " + problem.lines().findFirst().orElse(""));
  }

  private void print(String text) {
    if (line == null) {
      out.println(text);
      out.flush();
    } else {
      line.above(text);
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
