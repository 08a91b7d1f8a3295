package io.lanewise.cli;

import io.lanewise.benchmarks.harness.LabListener.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The text of the line that moves while a bench runs: fork, bar, time left, what is being done.
 * What does not fit is left out: the bar, then the rest from its end.
 */
final class BenchBar implements ProgressBarRenderer {
  private static final int MAX_BAR = 30;
  private static final int MIN_BAR = 5;
  private static final double FORESEEABLE = 0.02; // of the work

  private final LongSupplier nanoTime;
  private final long start;
  private volatile Progress now;

  BenchBar(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  void show(Progress progress) {
    now = progress;
  }

  @Override
  public String render(ProgressState state, int maxLength) {
    Progress p = now;
    String text = p == null ? "starting" : render(p, maxLength);
    return text.length() <= maxLength ? text : text.substring(0, maxLength);
  }

  private String render(Progress p, int maxLength) {
    String front = String.format(Locale.ROOT, "fork %d/%d ", p.fork(), p.forks());
    String back = " " + timeLeft(p) + " left  " + p.what();
    int room = Math.min(MAX_BAR, maxLength - front.length() - back.length() - 2);
    if (room < MIN_BAR) {
      return front.strip() + back;
    }
    int done = (int) (room * part(p));
    return front + "[" + "#".repeat(done) + ".".repeat(room - done) + "]" + back;
  }

  private static double part(Progress p) {
    return p.total() == 0 ? 0 : (double) p.done() / p.total();
  }

  private String timeLeft(Progress p) {
    double part = part(p);
    if (part < FORESEEABLE) {
      return "-:--";
    }
    double passed = (nanoTime.getAsLong() - start) / 1e9;
    long seconds = Math.round(passed * (1 - part) / part);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
