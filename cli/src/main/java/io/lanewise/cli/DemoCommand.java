package io.lanewise.cli;

import io.lanewise.training.data.FashionMnist;
import io.lanewise.training.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Trains LeNet-5 on Fashion-MNIST and shows what it learned.",
      "Without --data or --full it takes the sample that comes along: 4,000 images to train on,"
          + " 1,000 to test."
    })
final class DemoCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @ArgGroup private Source source = new Source();

  private static final class Source {
    @Option(
        names = "--full",
        description =
            "All 70,000 images, from where Debian's package dataset-fashion-mnist puts them.")
    private boolean full;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "A folder with the four IDX files, plain or .gz.")
    private Path data;
  }

  @Mixin private TrainOptions options = new TrainOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lanewise-demo",
      description = "Where weights and report go (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public void run() {
    options.check();
    Split split;
    try {
      split = images();
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
    new TrainingRun("lenet5", split, options, out, spec.commandLine().getOut()).run();
  }

  private Split images() throws IOException {
    if (source.data != null) {
      return FashionMnist.load(source.data);
    }
    if (!source.full) {
      return FashionMnist.sample();
    }
    Path folder =
        FashionMnist.find()
            .orElseThrow(
                () ->
                    new UserException(
                        "--full found no Fashion-MNIST on this machine: install Debian's package"
                            + " dataset-fashion-mnist, or give the folder with --data DIR"));
    return FashionMnist.load(folder);
  }
}
