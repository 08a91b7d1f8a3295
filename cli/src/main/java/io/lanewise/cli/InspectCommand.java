package io.lanewise.cli;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TensorInfo;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code lanewise inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    sortOptions = false,
    description = {
      "Tells what is in an ONNX file: inputs, outputs, operators, parameters; with the shapes of"
          + " the inputs, what it takes to compute."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise inspect resnet50.onnx",
      "  lanewise inspect resnet50.onnx --shape input=1x3x224x224"
    },
    exitCodeListHeading = "%nExit code:%n",
    exitCodeList = {
      "0:it was read",
      "1:it is no model, or cannot be computed with these shapes",
      "2:the command line is wrong"
    })
final class InspectCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
  private Path file;

  @Option(
      names = "--shape",
      paramLabel = "NAME=DIMS",
      description =
          "An input's sizes, as in input=1x3x224x224, for each input whose sizes the model"
              + " leaves open; the model is then computed once, on zeros.")
  private List<String> shapes = List.of();

  @Option(
      names = "--initializers",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many of the largest parameters to list (default: ${DEFAULT-VALUE}).")
  private int initializers;

  @Override
  public void run() {
    if (initializers < 0) {
      throw wrong("--initializers must be at least 0, got " + initializers);
    }
    Map<String, Shape> given = new LinkedHashMap<>();
    for (String s : shapes) {
      int equals = s.lastIndexOf('=');
      if (equals < 1 || given.put(s.substring(0, equals), dims(s, equals + 1)) != null) {
        throw wrong("--shape: expected NAME=DIMS once for each input, got '" + s + "'");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      OnnxModel model = new OnnxReader().read(file);
      List<String> cost = given.isEmpty() ? List.of() : cost(model, given);
      new ModelText(model, initializers).print(file, out);
      cost.forEach(out::println);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    } catch (OnnxException e) {
      throw new UserException(e.getMessage(), e);
    }
    out.flush();
  }

  private Shape dims(String s, int from) {
    try {
      return Shape.of(
          Arrays.stream(s.substring(from).split("x", -1)).mapToInt(Integer::parseInt).toArray());
    } catch (IllegalArgumentException e) { // no numbers, or too large
      throw wrong("--shape: expected sizes such as 1x3x224x224, got '" + s + "'");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What a run takes. */
  private List<String> cost(OnnxModel model, Map<String, Shape> given) {
    try (OnnxSession session = OnnxSession.of(model, SessionOptions.defaults())) {
      OnnxCall call = session.call();
      for (TensorInfo in : session.inputs()) {
        Shape shape = given.get(in.name());
        if (shape != null) {
          call.input(in.name(), TypedTensor.zeros(in.type(), shape));
        } else if (!in.isOptional()) {
          call.input(in.name(), TypedTensor.zeros(in.type(), known(in)));
        }
      }
      List<String> names = session.inputs().stream().map(TensorInfo::name).toList();
      for (String name : given.keySet()) {
        if (!names.contains(name)) {
          throw wrong(
              "--shape: there is no input '" + name + "'; expected " + String.join(", ", names));
        }
      }
      OnnxProfile profile = call.profile();
      long flops = profile.nodes().stream().mapToLong(OnnxProfile.NodeTime::flops).sum();
      long bytes = profile.nodes().stream().mapToLong(OnnxProfile.NodeTime::bytes).sum();
      return List.of(
          "",
          "computed with   " + String.join(", ", shapes),
          "operations      " + ModelText.amount(flops, "FLOP") + ", two a multiply-add",
          "read, written   " + ModelText.amount(bytes, "B") + " of inputs, parameters, outputs",
          "memory          "
              + ModelText.amount(profile.arenaBytes(), "B")
              + " for values between nodes",
          "nodes           " + profile.nodes().size() + " after folding and fusing");
    }
  }

  private Shape known(TensorInfo in) {
    boolean open = in.dimensions().isEmpty();
    if (open || in.dimensions().get().stream().anyMatch(d -> !d.isKnown())) {
      throw wrong("--shape: expected the sizes of input '" + in + "' as well");
    }
    return Shape.of(
        in.dimensions().get().stream().mapToInt(d -> Math.toIntExact(d.size())).toArray());
  }
}
