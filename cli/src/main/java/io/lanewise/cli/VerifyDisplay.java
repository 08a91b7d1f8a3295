package io.lanewise.cli;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.LawTable;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows laws being checked: one line each, and below them, on a terminal, a bar that moves. */
final class VerifyDisplay implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;

  private final List<Law<?>> laws;
  private final LawTable table;
  private final PrintWriter out;
  private final TerminalLine line;
  private final VerifyBar text;
  private final ProgressBar bar;
  private int done;

  /**
   * Prints the head of the table.
   *
   * @param line null if there is no terminal
   */
  VerifyDisplay(List<Law<?>> laws, PrintWriter out, TerminalLine line) {
    this.laws = laws;
    this.table = new LawTable(laws);
    this.out = out;
    this.line = line;
    this.text = new VerifyBar(laws.size(), System::nanoTime);
    out.println(table.header());
    out.flush();
    text.show(0, laws.getFirst().name());
    this.bar = line == null ? null : newBar();
  }

  private ProgressBar newBar() {
    return new ProgressBarBuilder()
        .setInitialMax(laws.size())
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setRenderer(text)
        .setConsumer(line)
        .build();
  }

  /** Shows a law that is done. */
  void onLaw(LawResult result) {
    done++;
    text.show(done, done < laws.size() ? laws.get(done).name() : "");
    if (line == null) {
      out.println(table.row(result));
      out.flush();
    } else {
      line.above(table.row(result));
      bar.stepTo(done);
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
