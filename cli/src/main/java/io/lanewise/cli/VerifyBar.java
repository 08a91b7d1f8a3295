package io.lanewise.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * The text of the line that moves while laws are checked: how many are done, which one runs, for
 * how long already. What does not fit is left out: the bar, then the rest from its end.
 */
final class VerifyBar implements ProgressBarRenderer {
  private static final int MAX_BAR = 40;
  private static final int MIN_BAR = 5;

  private final LongSupplier nanoTime;
  private final long start;
  private final int laws;
  private volatile int done;
  private volatile String law = "";

  VerifyBar(int laws, LongSupplier nanoTime) {
    this.laws = laws;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** So many are done, and this one runs. */
  void show(int count, String running) {
    done = count;
    law = running;
  }

  @Override
  public String render(ProgressState state, int maxLength) {
    long seconds = (nanoTime.getAsLong() - start) / 1_000_000_000;
    String front = String.format(Locale.ROOT, "law %d of %d ", Math.min(done + 1, laws), laws);
    String back = String.format(Locale.ROOT, " %d:%02d  %s", seconds / 60, seconds % 60, law);
    int room = Math.min(MAX_BAR, maxLength - front.length() - back.length() - 2);
    if (room < MIN_BAR) {
      String text = front.strip() + back;
      return text.length() <= maxLength ? text : text.substring(0, maxLength);
    }
    int full = room * done / laws;
    return front + "[" + "#".repeat(full) + ".".repeat(room - full) + "]" + back;
  }
}
