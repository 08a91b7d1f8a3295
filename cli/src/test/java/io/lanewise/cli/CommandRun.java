package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One command line, run in this JVM.
 *
 * @param code its exit code
 * @param out all that it printed
 * @param err all that it complained about
 */
record CommandRun(int code, String out, String err) {
  static CommandRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code =
        Main.commandLine()
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new CommandRun(code, text(out), text(err));
  }

  private static String text(StringWriter written) {
    return written.toString().replace(System.lineSeparator(), "\n");
  }

  /** Exit code 0, nothing complained about. */
  CommandRun succeeded() {
    assertEquals("", err, out);
    assertEquals(0, code, out);
    return this;
  }

  /** Exit code 1, one line with all of these words, no training begun. */
  void failedWith(String... words) {
    assertEquals(1, code, this::toString);
    assertEquals("", out, "nothing is printed before the mistake is found");
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("lanewise: "), err);
    for (String word : words) {
      assertTrue(err.contains(word), () -> "expected '" + word + "' in: " + err);
    }
  }

  /** Exit code 2, one line with all of these words, and one that says where help is. */
  void refusedWith(String... words) {
    assertEquals(2, code, this::toString);
    assertEquals("", out, "nothing is printed before the mistake is found");
    assertEquals(2, err.lines().count(), err);
    String message = err.lines().findFirst().orElseThrow();
    assertTrue(message.startsWith("lanewise: "), message);
    for (String word : words) {
      assertTrue(message.contains(word), () -> "expected '" + word + "' in: " + message);
    }
  }
}
