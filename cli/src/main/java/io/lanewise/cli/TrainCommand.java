package io.lanewise.cli;

import io.lanewise.layers.models.Architectures;
import io.lanewise.training.data.IdxFolder;
import io.lanewise.training.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description =
        "Trains a network on a folder of labelled images in IDX files, as MNIST has them.")
final class TrainCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      completionCandidates = Models.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = {
        "A folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
            + " t10k-labels-idx1-ubyte, plain or .gz,",
        "and, if it likes, labels.txt with a class name a line."
      })
  private Path data;

  @Mixin private TrainOptions options = new TrainOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lanewise-train",
      description = "Where weights and report go (default: ${DEFAULT-VALUE}).")
  private Path out;

  /** The names for the help text. */
  static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Architectures.names().iterator();
    }
  }

  @Override
  public void run() {
    String name;
    try {
      name = Architectures.byName(model).name();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--model: " + e.getMessage(), e);
    }
    options.check();
    Split split;
    try {
      split = IdxFolder.load(data);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
    new TrainingRun(name, split, options, out, spec.commandLine().getOut()).run();
  }
}
