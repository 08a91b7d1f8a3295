package io.lanewise.cli;

import io.lanewise.training.TrainingListener.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The text of the line that moves while a network trains: epoch, bar of the whole run, loss and
 * accuracy of the epoch so far, speed, time left. What does not fit is left out: the bar, then the
 * speed.
 */
final class TrainingBar implements ProgressBarRenderer {
  private static final int MAX_BAR = 40;
  private static final int MIN_BAR = 5;
  private static final double WARM_UP = 2; // seconds in which a JVM is too slow to foretell from
  private static final double NEWEST = 0.2; // how much the newest speed counts in the mean

  private final LongSupplier nanoTime;
  private final long start;
  private volatile Progress now;
  private long lastTime;
  private long lastImages;
  private double speed;

  TrainingBar(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.lastTime = start;
  }

  void show(Progress progress) {
    now = progress;
  }

  /** Images seen in the whole run. */
  static long images(Progress p) {
    return (p.epoch() - 1L) * p.epochExamples() + p.examples();
  }

  @Override
  public String render(ProgressState state, int maxLength) {
    Progress p = now;
    return p == null ? fit("starting", maxLength) : render(p, maxLength);
  }

  private String render(Progress p, int maxLength) {
    measure(images(p));
    String front = String.format(Locale.ROOT, "epoch %d/%d ", p.epoch(), p.epochs());
    String quality =
        String.format(Locale.ROOT, " loss %.3f  accuracy %.1f %%", p.loss(), 100 * p.accuracy());
    String pace = String.format(Locale.ROOT, "  %,.0f images/s", speed);
    String rest = "  " + timeLeft(p) + " left";
    String back = quality + pace + rest;
    int room = Math.min(MAX_BAR, maxLength - front.length() - back.length() - 2);
    if (room < MIN_BAR) {
      boolean fits = front.length() + back.length() <= maxLength;
      return fits ? front + back : fit(front + quality + rest, maxLength);
    }
    int done = (int) (room * images(p) / ((long) p.epochs() * p.epochExamples()));
    return front + "[" + "#".repeat(done) + ".".repeat(room - done) + "]" + back;
  }

  private static String fit(String text, int maxLength) {
    return text.length() <= maxLength ? text : text.substring(0, maxLength);
  }

  private void measure(long images) {
    long time = nanoTime.getAsLong();
    if (images > lastImages) {
      double latest = (images - lastImages) / Math.max(1e-9, (time - lastTime) / 1e9);
      speed = speed == 0 ? latest : NEWEST * latest + (1 - NEWEST) * speed;
      lastTime = time;
      lastImages = images;
    }
  }

  private String timeLeft(Progress p) {
    if (speed == 0 || (nanoTime.getAsLong() - start) / 1e9 < WARM_UP) {
      return "-:--";
    }
    long images = (long) p.epochs() * p.epochExamples() - images(p);
    long seconds = Math.round(images / speed);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
