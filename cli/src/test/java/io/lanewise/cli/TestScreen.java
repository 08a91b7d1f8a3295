package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** What a terminal shows of a text with carriage returns; it fails where a line would wrap. */
final class TestScreen {
  private final int columns;
  private final StringBuilder done = new StringBuilder();
  private char[] line;
  private int at;

  TestScreen(int columns) {
    this.columns = columns;
    this.line = " ".repeat(columns).toCharArray();
  }

  void print(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        at = 0;
      } else if (c == '\n') {
        done.append(new String(line).stripTrailing()).append('\n');
        line = " ".repeat(columns).toCharArray();
        at = 0;
      } else {
        assertFalse(at >= columns - 1, "a line that wraps");
        line[at++] = c;
      }
    }
  }

  String text() {
    return (done + new String(line)).stripTrailing();
  }
}
