package io.lanewise.cli;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TensorInfo;
import io.lanewise.onnx.model.OnnxException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise profile}. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Runs an ONNX model on drawn inputs and tells what each node of the compiled graph takes:"
          + " the median of several runs, after the JVM has warmed up. Nodes that were folded away,"
          + " or fused into others, are not there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise profile resnet50.onnx --shape input=1x3x224x224 --threads 1",
      "  lanewise profile resnet50.onnx --batch 8 --all"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:done",
      "1:the file cannot be read, or the model cannot run on these shapes",
      "2:the command line is wrong"
    })
final class ProfileCommand implements Runnable {
  private static final int SHOWN = 30;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
  private Path model;

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
      names = "--threads",
      paramLabel = "N",
      description = "Threads (default: one for each processor).")
  private Integer threads;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Measured runs, after as many to warm up (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--all", description = "Prints all nodes, not only the 30 that take longest.")
  private boolean all;

  @Override
  public void run() {
    ModelFiles files = new ModelFiles(spec.commandLine());
    for (Integer n : Arrays.asList(batch, threads, runs)) {
      if (n != null && n < 1) {
        throw files.wrong("--batch, --threads and --runs must be at least 1, got " + n);
      }
    }
    SessionOptions options = SessionOptions.defaults();
    try (OnnxSession session =
        files.load(model, threads == null ? options : options.threads(threads))) {
      OnnxCall call = session.call();
      Map<String, String> given = files.named("--shape", shapes, session.inputs());
      for (TensorInfo in : session.inputs()) {
        if (given.containsKey(in.name()) || !in.isOptional()) {
          call.input(in.name(), input(files, in, given.get(in.name())));
        }
      }
      print(session, profiles(call));
    } catch (OnnxException e) {
      throw new UserException(model + ": " + e.getMessage(), e);
    }
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
    for (int i = 0; i < runs; i++) {
      call.run();
    }
    for (int i = 0; i < runs; i++) {
      profiles.add(call.profile());
    }
    return profiles;
  }

  /** A node's median time. */
  private record Row(OnnxProfile.NodeTime node, long nanos) {}

  private void print(OnnxSession session, List<OnnxProfile> profiles) {
    PrintWriter out = spec.commandLine().getOut();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < profiles.getFirst().nodes().size(); i++) {
      int at = i;
      long median = median(profiles.stream().mapToLong(p -> p.nodes().get(at).nanos()).toArray());
      rows.add(new Row(profiles.getFirst().nodes().get(i), median));
    }
    long total = median(profiles.stream().mapToLong(OnnxProfile::nanos).toArray());
    long flops = rows.stream().mapToLong(r -> r.node().flops()).sum();
    out.printf(Locale.ROOT, "%8s %6s %8s %8s  %s%n", "ms", "share", "GFLOP/s", "MB", "node");
    rows.stream()
        .sorted((a, b) -> Long.compare(b.nanos(), a.nanos()))
        .limit(all ? rows.size() : SHOWN)
        .forEach(r -> print(r, total, out));
    out.printf(
        Locale.ROOT,
        "%n%.3f ms a run (median of %d), %d nodes, %.1f GFLOP/s, %d threads, %s%n",
        total / 1e6,
        profiles.size(),
        rows.size(),
        total == 0 ? 0 : (double) flops / total,
        session.options().threads(),
        session.options().backend().describe());
    out.flush();
  }

  private static void print(Row r, long total, PrintWriter out) {
    OnnxProfile.NodeTime n = r.node();
    out.printf(
        Locale.ROOT,
        "%8.3f %5.1f%% %8.1f %8.2f  %s: %s%s%n",
        r.nanos() / 1e6,
        100.0 * r.nanos() / Math.max(1, total),
        r.nanos() == 0 ? 0 : (double) n.flops() / r.nanos(),
        n.bytes() / 1e6,
        n.name(),
        n.operation(),
        n.algorithm().isEmpty() ? "" : " by " + n.algorithm());
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
