package io.lanewise.benchmarks.model;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxWriter;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network of two outputs: a convolution's, with ReLU, and the means of its channels. */
public final class SmallModel {
  private SmallModel() {}

  /** Its file, which goes when the JVM ends. */
  public static String file() {
    try {
      Path file = Files.createTempFile("small model", ".onnx"); // with a blank in its name
      file.toFile().deleteOnExit();
      write(file, Dimension.named("n"), Dimension.of(8));
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it, for images [n][3][side][side]. */
  public static void write(Path file, Dimension n, Dimension side) throws IOException {
    TypedTensor w = TypedTensor.of(Task.uniform(Shape.of(5, 3, 3, 3), Task.SEED_W));
    OnnxGraph graph =
        new OnnxGraph(
            "small",
            List.of(
                node("conv", "Conv", "c", "x", "w"),
                node("relu", "Relu", "y", "c"),
                node("means", "GlobalAveragePool", "means", "y")),
            Map.of("w", w),
            List.of(info("x", n, Dimension.of(3), side, side)),
            List.of(
                info("y", n, Dimension.of(5), Dimension.named("h"), Dimension.named("v")),
                info("means", n, Dimension.of(5), Dimension.of(1), Dimension.of(1))),
            Map.of());
    OnnxModel model = new OnnxModel(8, "test", "", Map.of("", 17L), graph, List.of(), Map.of());
    new OnnxWriter().write(model, file);
  }

  private static OnnxNode node(String name, String op, String output, String... inputs) {
    return new OnnxNode(name, "", op, List.of(inputs), List.of(output), Map.of());
  }

  private static ValueInfo info(String name, Dimension... dims) {
    return new ValueInfo(
        name, new ValueType.OfTensor(ElementType.FLOAT, Optional.of(Arrays.asList(dims))));
  }
}
