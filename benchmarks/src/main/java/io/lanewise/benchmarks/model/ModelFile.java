package io.lanewise.benchmarks.model;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a model is. A name that is no file is that of a folder with a {@code model.onnx}, as {@code
 * tools/bench-models} makes them, within the folder that the environment variable {@value #FOLDER}
 * names; the launcher sets it. So rows name networks, and not where somebody keeps them.
 */
public final class ModelFile {
  /** The environment variable. */
  public static final String FOLDER = "LANEWISE_MODELS";

  private static final String FILE = "model.onnx";

  private ModelFile() {}

  /**
   * Finds a model's file.
   *
   * @throws IllegalArgumentException if there is none, saying how to make it
   */
  public static Path find(String name) {
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    String folder = System.getenv(FOLDER);
    if (folder == null) {
      throw new IllegalArgumentException(
          "there is no file '"
              + name
              + "', and "
              + FOLDER
              + ", which names the folder of models, is not set");
    }
    Path made = Path.of(folder, name, FILE);
    if (!Files.isRegularFile(made)) {
      throw new IllegalArgumentException(
          "there is no file '%s', and no '%s': make the models of the list by tools/bench-models %s"
              .formatted(name, made, folder));
    }
    return made;
  }

  /**
   * The task that a file asks for: its one input, at batch size 1 if it leaves that open.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it has several inputs, or leaves other sizes open
   */
  public static Task.Model task(Path file) throws IOException {
    return new Task.Model(file.toString(), sizes(file, dimensions(file)));
  }

  /**
   * True if it takes any number of images at once.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it has several inputs
   */
  public static boolean isBatched(Path file) throws IOException {
    List<Dimension> dimensions = dimensions(file);
    return !dimensions.isEmpty() && !dimensions.getFirst().isKnown();
  }

  /**
   * The name of its one input.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it has several inputs
   */
  public static String inputName(Path file) throws IOException {
    return input(file).name();
  }

  private static List<Dimension> dimensions(Path file) throws IOException {
    if (input(file).type() instanceof ValueType.OfTensor t && t.dimensions().isPresent()) {
      return t.dimensions().get();
    }
    throw new IllegalArgumentException(file + ": its input is no tensor of known rank");
  }

  private static ValueInfo input(Path file) throws IOException {
    OnnxModel model = new OnnxReader().read(file);
    List<ValueInfo> inputs =
        model.graph().inputs().stream()
            .filter(in -> !model.graph().initializers().containsKey(in.name()))
            .toList();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          file + ": models of one input are measured, got " + inputs);
    }
    return inputs.getFirst();
  }

  private static Shape sizes(Path file, List<Dimension> dimensions) {
    int[] sizes = new int[dimensions.size()];
    for (int i = 0; i < sizes.length; i++) {
      Dimension d = dimensions.get(i);
      if (!d.isKnown() && i > 0) {
        throw new IllegalArgumentException(
            "%s leaves its input's sizes open, %s: name them in a list, such as 'model %s %s'"
                .formatted(file, dimensions, file, "1x3x224x224"));
      }
      sizes[i] = d.isKnown() ? Math.toIntExact(d.size()) : 1;
    }
    return Shape.of(sizes);
  }
}
