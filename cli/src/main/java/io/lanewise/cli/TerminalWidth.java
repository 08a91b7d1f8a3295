package io.lanewise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The columns of the terminal, from the system's {@code stty}. The progress bar's own way, JLine,
 * makes Ctrl-C end the JVM at once, without its shutdown hooks.
 */
final class TerminalWidth {
  /** Where there is no {@code stty}, or it does not know. */
  static final int USUAL = 80;

  private TerminalWidth() {}

  static int columns() {
    Process stty = null;
    try {
      stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        return USUAL;
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    } finally {
      if (stty != null) {
        stty.destroy();
      }
    }
  }

  /** What {@code stty size} prints: rows and columns, both 0 if unknown. */
  static int parse(String size) {
    String[] words = size.strip().split(" ", -1);
    if (words.length != 2 || !words[1].matches("[1-9]\\d{0,4}")) {
      return USUAL;
    }
    return Integer.parseInt(words[1]);
  }
}
