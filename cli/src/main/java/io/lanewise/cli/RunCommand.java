package io.lanewise.cli;

import io.lanewise.cli.npy.Npy;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lanewise run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Runs an ONNX model on arrays or images, and tells what comes out: each output's range, and"
          + " of scores the five greatest."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise run resnet50.onnx --input input=dog.jpg --mean 0.485,0.456,0.406 --std"
          + " 0.229,0.224,0.225",
      "  lanewise run model.onnx --input x=x.npy --input mask=mask.npy --output y=y.npy"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:done",
      "1:a file cannot be read, or the model cannot run on these inputs",
      "2:the command line is wrong"
    })
final class RunCommand implements Runnable {
  private static final int TOP = 5;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--input",
      paramLabel = "NAME=FILE",
      required = true,
      description =
          "An input: a .npy file, or a PNG or JPEG image, scaled to the input's height and width"
              + " with its proportions kept. NAME= may be left out if there is one input.")
  private List<String> inputs = List.of();

  @Option(
      names = "--output",
      paramLabel = "NAME=FILE",
      description = "Writes an output to a .npy file.")
  private List<String> outputs = List.of();

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      defaultValue = "0",
      description =
          "Subtracted from an image's pixels, which are 0 to 1; one number or one a"
              + " channel (default: ${DEFAULT-VALUE}).")
  private float[] mean;

  @Option(
      names = "--std",
      paramLabel = "X",
      split = ",",
      defaultValue = "1",
      description = "By which they are divided after that (default: ${DEFAULT-VALUE}).")
  private float[] deviation;

  @Override
  public void run() {
    options.use(this::run);
  }

  private void run(OnnxSession session) throws IOException {
    ModelFiles files = new ModelFiles(spec.commandLine());
    Map<String, String> given = files.named("--input", inputs, session.inputs());
    Map<String, String> wanted = files.named("--output", outputs, session.outputs());
    OnnxCall call = session.call();
    for (TensorInfo in : session.inputs()) {
      if (given.containsKey(in.name())) {
        call.input(in.name(), files.read(in, Path.of(given.get(in.name())), mean, deviation));
      }
    }
    call.run();
    print(session, call);
    for (Map.Entry<String, String> e : wanted.entrySet()) {
      Npy.write(Path.of(e.getValue()), call.typed(e.getKey()));
    }
  }

  private void print(OnnxSession session, OnnxCall call) {
    PrintWriter out = spec.commandLine().getOut();
    for (TensorInfo info : session.outputs()) {
      TypedTensor y = call.typed(info.name());
      out.println(info.name() + ": " + y);
      if (y.size() > 0 && y.type().isFloating()) {
        summary(y, out);
      }
    }
    out.flush();
  }

  private static void summary(TypedTensor y, PrintWriter out) {
    double[] values = IntStream.range(0, y.size()).mapToDouble(y::doubleAt).toArray();
    DoubleSummaryStatistics s = DoubleStream.of(values).summaryStatistics();
    out.printf(
        Locale.ROOT, "  from %.6g to %.6g, mean %.6g%n", s.getMin(), s.getMax(), s.getAverage());
    boolean isScores = y.shape().rank() >= 1 && y.shape().dim(-1) == y.size() && y.size() > 1;
    if (isScores) {
      IntStream.range(0, values.length)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -values[i]))
          .limit(TOP)
          .forEach(i -> out.printf(Locale.ROOT, "  [%d] %.6g%n", i, values[i]));
    }
  }
}
