package io.lanewise.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where the {@code lanewise} command starts. */
@Command(
    name = "lanewise",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    description = "Convolutional networks on the JVM at native speed, with no native code.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Try first: lanewise demo"},
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      ClassifyCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      OpsCommand.class,
      RunCommand.class,
      ProfileCommand.class,
      ConformanceCommand.class,
      BenchCommand.class,
      ColdCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** For picocli. */
  public Main() {}

  /** Runs a command line and exits: 0 done, 1 failed with a message, 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    return UsageProblems.installOn(new CommandLine(new Main()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::report);
  }

  /** A user's or a file's mistake is one line; anything else is ours, and shows where. */
  private static int report(Exception e, CommandLine cmd, CommandLine.ParseResult result) {
    PrintWriter err = cmd.getErr();
    if (e instanceof UserException) {
      err.println(cmd.getColorScheme().errorText("lanewise: " + e.getMessage()));
    } else {
      err.println("lanewise: this should not have happened; please report it with these lines:");
      e.printStackTrace(err);
    }
    err.flush();
    return cmd.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
