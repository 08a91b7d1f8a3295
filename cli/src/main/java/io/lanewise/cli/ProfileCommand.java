package io.lanewise.cli;

import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.cli.page.Fact;
import io.lanewise.cli.profile.ModelReport;
import io.lanewise.cli.profile.ModelReports;
import io.lanewise.cli.profile.ProfilePage;
import io.lanewise.cli.profile.ProfileTable;
import io.lanewise.cli.profile.Settling;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise profile}. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Runs an ONNX model on drawn inputs and tells what each node of the compiled graph takes:"
          + " the median of several runs, after the JVM has warmed up. Nodes that were folded away,"
          + " or fused into others, are not there. Leaves a page with a timeline and a roofline."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise profile resnet50.onnx --shape input=1x3x224x224 --threads 1",
      "  lanewise profile resnet50.onnx --batch 8 --all",
      "  lanewise profile resnet50.onnx --threads 1 --rivals"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:done",
      "1:the file cannot be read, or the model cannot run on these shapes",
      "2:the command line is wrong"
    })
final class ProfileCommand implements Runnable {
  private static final int SHOWN = 30;
  private static final String RIVAL = "onnxruntime";
  private static final String PAGE = "profile.html";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--shape",
      paramLabel = "NAME=DIMS",
      description = "Sizes of an input, such as input=1x3x224x224.")
  private List<String> shapes = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "The first size of all inputs whose sizes are not given.")
  private Integer batch;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Measured runs (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "The longest time that runs are not measured before those that are; it ends as soon as"
              + " they get no faster (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(names = "--all", description = "Prints all nodes, not only the 30 that take longest.")
  private boolean all;

  @Option(
      names = "--rivals",
      description =
          "Has ONNX Runtime profile the model, too, in a process of its own, and puts its nodes"
              + " beside ours: all those that ours was made of.")
  private boolean rivals;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "lanewise-profile",
      description = "Where profile.html goes (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public void run() {
    for (Integer n : Arrays.asList(batch, runs)) {
      if (n != null && n < 1) {
        throw new ModelFiles(spec.commandLine())
            .wrong("--batch and --runs must be at least 1, got " + n);
      }
    }
    if (warmUp < 0) {
      throw new ModelFiles(spec.commandLine())
          .wrong("--warm-up must be at least 0 seconds, got " + warmUp);
    }
    options.use(this::profile);
  }

  private void profile(OnnxSession session) throws IOException {
    Map<String, TypedTensor> x = inputs(session);
    OnnxCall call = session.call();
    x.forEach(call::input);
    List<OnnxProfile> profiles = profiles(call);
    int threads = session.options().threads();
    ModelReport report =
        ModelReports.of(
            title(options.model()),
            facts(session, x),
            profiles,
            session.model().graph(),
            threads,
            rivals ? Optional.of(rival(x, threads)) : Optional.empty());
    PrintWriter terminal = spec.commandLine().getOut();
    new ProfileTable(report).print(terminal, all ? Integer.MAX_VALUE : SHOWN);
    terminal.printf(
        Locale.ROOT,
        "%.3f ms a run (median of %d), %d nodes, %.1f GFLOP/s of %.1f at most, %d threads, %s%n",
        report.nanos() / 1e6,
        profiles.size(),
        report.nodes().size(),
        report.flops() / Math.max(1, report.nanos()),
        report.peakGflops(),
        threads,
        session.options().backend().describe());
    Files.createDirectories(out);
    ProfilePage.write(report, out.resolve(PAGE));
    terminal.println("page " + out.resolve(PAGE));
    terminal.flush();
  }

  /** The file's name with its folder's, since many are called model.onnx. */
  private static String title(Path model) {
    Path whole = model.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return whole.subpath(Math.max(0, names - 2), names).toString();
  }

  private Map<String, TypedTensor> inputs(OnnxSession session) {
    ModelFiles files = new ModelFiles(spec.commandLine());
    Map<String, String> given = files.named("--shape", shapes, session.inputs());
    Map<String, TypedTensor> x = new LinkedHashMap<>();
    for (TensorInfo in : session.inputs()) {
      if (given.containsKey(in.name()) || !in.isOptional()) {
        x.put(in.name(), input(files, in, given.get(in.name())));
      }
    }
    return x;
  }

  private TypedTensor input(ModelFiles files, TensorInfo in, String told) {
    if (told != null) {
      return ModelFiles.drawn(in.type(), files.shape("--shape", told));
    }
    Shape usual = files.usual(in);
    boolean batched = batch != null && usual.rank() > 0;
    return ModelFiles.drawn(in.type(), batched ? usual.withFirst(batch) : usual);
  }

  private List<OnnxProfile> profiles(OnnxCall call) {
    List<OnnxProfile> profiles = new ArrayList<>();
    new Settling().settle(call::run, Duration.ofSeconds(warmUp));
    for (int i = 0; i < runs; i++) {
      profiles.add(call.profile());
    }
    return profiles;
  }

  private static List<Fact> facts(OnnxSession session, Map<String, TypedTensor> x) {
    List<Fact> facts = new ArrayList<>();
    x.forEach((name, t) -> facts.add(new Fact("Input " + name, t.toString())));
    facts.add(new Fact("Threads", String.valueOf(session.options().threads())));
    facts.add(new Fact("Backend", session.options().backend().describe()));
    facts.add(new Fact("Machine", VersionCommand.machine(Machine.detect())));
    facts.add(new Fact("JDK", Machine.jvm()));
    return facts;
  }

  private NodeProfile rival(Map<String, TypedTensor> x, int threads) throws IOException {
    Map<String, Shape> sizes = new LinkedHashMap<>();
    x.forEach((name, t) -> sizes.put(name, t.shape()));
    try {
      return Rivals.models(RIVAL).profile(options.model(), sizes, threads, runs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted", e);
    }
  }
}
