package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "train",
        "classify",
        "inspect",
        "verify",
        "ops",
        "run",
        "profile",
        "conformance",
        "bench",
        "cold",
        "version"
      })
  void helpNamesEveryOption(String command) {
    CommandLine line = Main.commandLine().getSubcommands().get(command);
    String help = CommandRun.of(command, "--help").succeeded().out();
    assertTrue(help.startsWith("Usage: lanewise " + command), help);
    for (OptionSpec option : line.getCommandSpec().options()) {
      assertTrue(help.contains(option.longestName()), () -> option.longestName() + " in " + help);
    }
    assertFalse(help.contains("${"), help);
    assertEquals(help, CommandRun.of("help", command).succeeded().out());
  }

  @Test
  void helpOfAllNamesEveryCommand() {
    String help = CommandRun.of("--help").succeeded().out();
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertTrue(help.contains("\n  " + command + " "), () -> command + " in " + help);
    }
    assertEquals(help, CommandRun.of().succeeded().out());
  }

  @Test
  void helpFitsIntoEightyColumns() {
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      for (String line : CommandRun.of(command, "--help").out().lines().toList()) {
        assertTrue(line.length() <= 80, line);
      }
    }
  }

  @Test
  void versionTellsWhatRunsAndWhy() {
    String text = CommandRun.of("version").succeeded().out();
    assertTrue(text.matches("(?s)Lanewise  \\d+\\.\\d+.*"), text);
    assertTrue(text.contains("JDK       "), text);
    assertTrue(text.contains(Runtime.version().toString()), text);
    assertTrue(text.contains("backend   " + CpuBackend.best().describe()), text);
    int cores = Runtime.getRuntime().availableProcessors();
    assertTrue(text.contains(", " + cores + " core"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "train",
        "classify",
        "inspect",
        "verify",
        "ops",
        "run",
        "profile",
        "conformance",
        "bench",
        "cold",
        "version"
      })
  void everyCommandKnowsTheVersion(String command) {
    CommandRun run =
        command.isEmpty() ? CommandRun.of("--version") : CommandRun.of(command, "--version");
    assertEquals("lanewise " + VersionCommand.version(), run.succeeded().out().strip());
  }

  @Test
  void unknownWords() {
    CommandRun.of("frobnicate").refusedWith("unknown command 'frobnicate'");
    CommandRun.of("--frob").refusedWith("Unknown option: '--frob'");
    CommandRun.of("demo", "--frob").refusedWith("Unknown option: '--frob'");
    CommandRun.of("demo", "more").refusedWith("'more'");
    CommandRun.of("train", "--model", "lenet5").refusedWith("Missing required option", "--data");
    CommandRun.of("classify", "x.png").refusedWith("Missing required option", "--model");
    CommandRun.of("classify", "--model", "x").refusedWith("Missing required parameter", "IMAGE");
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0, --epochs must be 1 to 100000",
    "--epochs, -3, --epochs must be 1 to 100000",
    "--epochs, 1.5, expected a whole number",
    "--epochs, 99999999999, expected a whole number up to 2147483647",
    "--batch-size, -1, --batch-size must be 1 to 65536",
    "--batch-size, 0, --batch-size must be 1 to 65536",
    "--batch-size, many, expected a whole number",
    "--learning-rate, nan, expected a number",
    "--learning-rate, NaN, --learning-rate must be above 0 and at most 10",
    "--learning-rate, 0, --learning-rate must be above 0 and at most 10",
    "--learning-rate, -0.1, --learning-rate must be above 0 and at most 10",
    "--learning-rate, Infinity, --learning-rate must be above 0 and at most 10",
    "--learning-rate, abc, expected a number",
    "--threads, 0, --threads must be 1 to 1024",
    "--threads, 5000, --threads must be 1 to 1024",
    "--seed, x, expected a whole number",
  })
  void badValues(String option, String value, String message) {
    Path out = folder.resolve("out");
    CommandRun.of("demo", option + "=" + value, "--out", out).refusedWith(option, message, value);
    CommandRun.of("train", "--model=lenet5", "--data", folder, option + "=" + value, "--out", out)
        .refusedWith(option, message, value);
    assertFalse(Files.exists(out), "nothing is made for a command line that is wrong");
  }

  @Test
  void badValuesOfClassify() {
    CommandRun.of("classify", "--model=m", "--top=0", "x.png")
        .refusedWith("--top must be at least 1, got 0");
    CommandRun.of("classify", "--model=m", "--invert=maybe", "x.png")
        .refusedWith("--invert", "AUTO, ALWAYS, NEVER", "'maybe'");
  }

  @Test
  void oneSourceOfImagesOnly() {
    CommandRun.of("demo", "--full", "--data", folder)
        .refusedWith("--full", "--data", "mutually exclusive");
  }
}
