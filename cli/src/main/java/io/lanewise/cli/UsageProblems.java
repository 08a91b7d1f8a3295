package io.lanewise.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a wrong command line gets: one line with the mistake, and one that says where help is. */
final class UsageProblems {
  private UsageProblems() {}

  /** Makes a command line speak so; also about numbers that are none. */
  static CommandLine installOn(CommandLine line) {
    return line.registerConverter(int.class, UsageProblems::wholeNumber)
        .registerConverter(Integer.class, UsageProblems::wholeNumber)
        .registerConverter(long.class, UsageProblems::longNumber)
        .registerConverter(double.class, UsageProblems::number)
        .setParameterExceptionHandler(UsageProblems::report);
  }

  private static int report(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("lanewise: " + message(e)));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("For help: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(CommandLine.ParameterException e) {
    boolean hasCommands = !e.getCommandLine().getSubcommands().isEmpty();
    if (e instanceof UnmatchedArgumentException u && hasCommands && !u.isUnknownOption()) {
      return "unknown command '" + u.getUnmatched().get(0) + "'";
    }
    return e.getMessage();
  }

  private static int wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong("a whole number up to " + Integer.MAX_VALUE, text);
    }
  }

  private static long longNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("a whole number up to " + Long.MAX_VALUE, text);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong("a number", text);
    }
  }

  private static TypeConversionException wrong(String expected, String text) {
    return new TypeConversionException("expected " + expected + ", got '" + text + "'");
  }
}
