package io.lanewise.cli;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.cold.ColdModel;
import io.lanewise.benchmarks.cold.ColdRow;
import io.lanewise.benchmarks.cold.ColdStart;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.harness.RivalModels;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.layers.files.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code lanewise cold}. */
@Command(
    name = "cold",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Measures cold starts: from the start of a JVM to the first result and to full speed, with a"
          + " warm-up of the kernels and without."
    })
final class ColdCommand implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--shapes",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = BenchOptions.Files.class,
      description =
          "Lists of layers, or files of one's own: ${COMPLETION-CANDIDATES} (default: resnet50, if"
              + " there is no --layer).")
  private List<String> shapes = List.of();

  @Option(
      names = "--layer",
      paramLabel = "SHAPE",
      split = ",",
      description = "Convolutions that run alone, such as 'n1 ic64 ih56 oc64 kh3 p1'.")
  private List<String> layers = List.of();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = ",",
      description =
          "Whole networks: of the list models, which tools/bench-models makes, or ONNX files of one"
              + " input. Each is loaded and run once; with the memory that its process takes.")
  private List<String> models = List.of();

  @Option(
      names = "--jvm",
      paramLabel = "FLAGS",
      description =
          "Starts whole networks also in a JVM with these flags, such as -XX:+UseSerialGC; several"
              + " between spaces, or the option several times for several kinds.")
  private List<String> jvms = List.of();

  @Option(
      names = "--rivals",
      description = "Has ONNX Runtime load and run the models, too, in processes of its own.")
  private boolean rivals;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "5",
      description = "JVMs of each kind (default: ${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the table also goes, as Markdown.")
  private Path out;

  @Override
  public void run() {
    for (String flags : jvms) {
      if (!flags.strip().startsWith("-")) {
        throw wrong("--jvm expects flags of a JVM, got '" + flags + "'");
      }
    }
    if (!jvms.isEmpty() && models.isEmpty()) {
      throw wrong("--jvm is for whole networks: give --model, too");
    }
    if (forks < 1 || forks > 100) {
      throw wrong("--forks must be 1 to 100, got " + forks);
    }
    List<ColdStart.Network> networks = networks();
    List<Task.Model> wholeNetworks =
        models.isEmpty()
            ? List.of()
            : new ModelChoice(spec.commandLine()).models("--model", models);
    PrintWriter terminal = spec.commandLine().getOut();
    try {
      List<ColdRow> rows = new ArrayList<>();
      for (ColdStart.Network network : networks) {
        rows.add(ColdStart.measure(network, forks));
      }
      List<ColdModel> whole = new ArrayList<>();
      for (Task.Model network : wholeNetworks) {
        Optional<RivalModels> rival =
            rivals ? Optional.of(Rivals.models("onnxruntime")) : Optional.empty();
        whole.add(ColdModel.measure(network, 1, forks, flags(), rival));
      }
      String page =
          head()
              + (rows.isEmpty() ? "" : convolutions() + ColdRow.markdown(rows))
              + (whole.isEmpty() ? "" : wholeModels() + ColdModel.markdown(whole));
      terminal.print(page);
      terminal.flush();
      if (out != null) {
        AtomicFile.write(out, page);
      }
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted", e);
    }
  }

  private List<List<String>> flags() {
    return jvms.stream().map(flags -> List.of(flags.strip().split("\\s+"))).toList();
  }

  private List<ColdStart.Network> networks() {
    List<ColdStart.Network> networks = new ArrayList<>();
    boolean usual = shapes.isEmpty() && layers.isEmpty() && models.isEmpty();
    for (String name : usual ? List.of("resnet50") : shapes) {
      try {
        networks.add(new ColdStart.Network(name, ShapeFile.open(name).convs()));
      } catch (NoSuchFileException e) {
        throw wrong("--shapes: '" + name + "' is neither a file nor a list that comes along");
      } catch (IOException e) {
        throw wrong("--shapes: " + Problems.describe(e));
      } catch (IllegalArgumentException e) {
        throw wrong("--shapes: " + e.getMessage());
      }
    }
    for (String layer : layers) {
      try {
        networks.add(ColdStart.Network.of(ConvShape.parse(layer)));
      } catch (IllegalArgumentException e) {
        throw wrong("--layer: " + e.getMessage());
      }
    }
    return networks;
  }

  private String head() {
    StringBuilder words = new StringBuilder();
    for (String word : spec.commandLine().getParseResult().originalArgs()) {
      words.append(word.contains(" ") ? " '" + word + "'" : " " + word);
    }
    String machine = VersionCommand.machine(Machine.detect());
    return """
        # Cold start

        Written by `./lanewise%s`.

        Backend: %s. JVM: %s. Machine: %s.
        """
        .formatted(words, Backend.best().describe(), Machine.jvm(), machine);
  }

  private String convolutions() {
    return """

      ## Convolutions

      From the start of a JVM, all convolutions of a list one after the other, again and again: channels last, one
      thread, bias and ReLU fused. Medians of %d JVMs of each kind, in turn; milliseconds. *ready*: plans made, weights
      packed. *first run*: all layers once; *first result*: the moment when it ends. *steady from*: the moment when the
      first run ends that takes at most 1.2 times the *steady run*, the median of the later half.

      """
        .formatted(forks);
  }

  private String wholeModels() {
    return """

      ## Whole networks

      From the start of a process, `java --add-modules jdk.incubator.vector` and no flag but those named, to a model's first
      output, one thread, batch 1. Medians of %d processes of each kind, in turn; milliseconds. *JVM*: until our code
      begins; *classes*: those of the backend; *read*: the file; *load*: checks, and the session; *compile, pack*: for
      the input's sizes, with the warm-up if there is one (as sessions have it by default); *first run*: all nodes once; *later run*:
      the last of 30 more. *peak*: the most memory resident until the first output, and until the end (VmHWM).
      """
        .formatted(forks);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
