package io.lanewise.cli;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.catalogue.Operation;
import io.lanewise.kernels.catalogue.OperationCheck;
import io.lanewise.kernels.catalogue.Operations;
import io.lanewise.propertytests.BackendName;
import java.io.File;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code lanewise ops}. */
@Command(
    name = "ops",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Prints the table of operations: which there are, for how many axes, with a gradient or"
          + " without. Each runs a small example on the fastest backend of this machine; the"
          + " greatest difference from the naive reference stands in the table."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  lanewise ops", "  lanewise ops --family loss", "  lanewise ops --format json"},
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:every example agrees with the reference",
      "1:one disagrees",
      "2:the command line is wrong"
    })
final class OpsCommand implements Callable<Integer> {
  /** How the table is written. */
  enum Format {
    TEXT,
    MARKDOWN,
    JSON
  }

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--family",
      paramLabel = "NAME",
      split = ",",
      description = "Only these families.")
  private List<String> families = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text, markdown (without the differences, which are this machine's) or json"
              + " (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<OperationCheck> checks = check(chosen());
    switch (format) {
      case TEXT -> OpsTable.text(checks, Backend.best().describe(), out);
      case MARKDOWN -> OpsTable.markdown(checks, out);
      case JSON -> OpsTable.json(checks, Backend.best().describe(), out);
    }
    out.flush();
    List<String> wrong =
        checks.stream().filter(c -> !c.agrees()).map(c -> c.operation().name()).toList();
    if (!wrong.isEmpty()) {
      throw new UserException(
          "disagrees with the reference: " + String.join(", ", wrong) + "; please report it");
    }
    return 0;
  }

  static List<OperationCheck> check(List<Operation> operations) {
    Backend reference = BackendName.of("reference", "", File.pathSeparator).load();
    return operations.stream().map(op -> OperationCheck.of(op, Backend.best(), reference)).toList();
  }

  private List<Operation> chosen() {
    List<Operation> all = Operations.all();
    List<String> known = all.stream().map(Operation::family).distinct().toList();
    for (String family : families) {
      if (!known.contains(family)) {
        throw new ParameterException(
            spec.commandLine(),
            "--family: there is no '"
                + family
                + "'; expected "
                + String.join(", ", known)
                + Nearest.question(family, known));
      }
    }
    return families.isEmpty()
        ? all
        : all.stream().filter(op -> families.contains(op.family())).toList();
  }
}
