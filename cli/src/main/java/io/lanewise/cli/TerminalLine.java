package io.lanewise.cli;

import java.io.PrintWriter;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The last line of a terminal, which is written again and again, while other lines go above it. It
 * overwrites with spaces, so that it needs no terminal's control codes but the carriage return.
 */
final class TerminalLine implements ProgressBarConsumer {
  /** Room for the ^C that a terminal shows, and the last column, where some terminals wrap. */
  private static final int RESERVED = 3;

  private static final int WIDTH_LASTS = 10; // lines; asking for it starts a process

  private final PrintWriter out;
  private final IntSupplier width;
  private int measured;
  private int age = WIDTH_LASTS;
  private String shown = "";
  private boolean closed;

  TerminalLine(PrintWriter out, IntSupplier width) {
    this.out = out;
    this.width = width;
  }

  /** The console's last line; null if there is no terminal. */
  static TerminalLine onConsole(PrintWriter out) {
    return isTerminal() ? new TerminalLine(out, TerminalWidth::columns) : null;
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it is null with the JDK's plain console, jdk.console=java.base
  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  @Override
  public synchronized int getMaxRenderedLength() {
    if (age++ >= WIDTH_LASTS) {
      measured = Math.max(0, width.getAsInt() - RESERVED);
      age = 1;
    }
    return measured;
  }

  @Override
  public synchronized void accept(String line) {
    if (!closed) {
      out.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
      out.flush();
      shown = line;
    }
  }

  /** Prints a line that stays. */
  synchronized void above(String line) {
    if (!closed) {
      erase();
      out.println(line);
      out.print(shown);
      out.flush();
    }
  }

  /** Leaves an empty line, and is silent from then on. */
  @Override
  public synchronized void close() {
    if (!closed) {
      erase();
      out.flush();
      closed = true;
    }
  }

  private void erase() {
    if (!shown.isEmpty()) {
      out.print("\r" + " ".repeat(shown.length() + RESERVED - 1) + "\r");
    }
  }
}
