package io.lanewise.training.checkpoint;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.Architectures;
import io.lanewise.layers.weights.Safetensors;
import io.lanewise.layers.weights.SafetensorsException;
import io.lanewise.layers.weights.SafetensorsFile;
import io.lanewise.training.data.ImageNormalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A trained image classifier in one safetensors file: weights, and in the metadata all that is
 * needed to use them.
 *
 * @param model the architecture's name
 * @param net the network, built and loaded
 * @param labels the classes' names
 * @param normalization how images become input
 */
public record ModelFile(
    String model, Sequential net, List<String> labels, ImageNormalization normalization) {
  private static final String FORMAT = "lanewise-classifier-1";
  private static final int MAX_CLASSES = 100_000;

  /**
   * Checks that what is saved can be loaded.
   *
   * @throws IllegalArgumentException if the model is unknown, the network was not built or has
   *     another number of outputs than there are labels, or a label is empty or has several lines
   */
  public ModelFile {
    labels = List.copyOf(labels);
    Architectures.Architecture a = Architectures.byName(model);
    for (String label : labels) {
      if (label.isEmpty() || label.contains("\n")) {
        throw new IllegalArgumentException("a label must be one line, got '" + label + "'");
      }
    }
    Sequential like = a.create().apply(Math.max(1, labels.size()));
    like.build(a.input().prepend(1), new SplittableRandom(0));
    if (!shapes(like).equals(shapes(net))) {
      throw new IllegalArgumentException(
          "a built "
              + a.name()
              + " with "
              + labels.size()
              + " classes has parameters "
              + shapes(like)
              + ", got "
              + shapes(net));
    }
  }

  private static Map<String, Shape> shapes(Sequential net) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    net.namedTensors().forEach((name, t) -> shapes.put(name, t.shape()));
    return shapes;
  }

  /** Writes the file; an old one stays as it was if that fails. */
  public void save(Path file) throws IOException {
    Map<String, Tensor> tensors = net.namedTensors();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("model", model);
    metadata.put("labels", String.join("\n", labels));
    metadata.put("pad", String.valueOf(normalization.pad()));
    metadata.put("mean", String.valueOf(normalization.mean()));
    metadata.put("std", String.valueOf(normalization.std()));
    Safetensors.write(file, new SafetensorsFile(tensors, metadata));
  }

  /**
   * Reads the file and builds the network.
   *
   * @throws SafetensorsException if it is not such a file, saying what is wrong with it
   */
  public static ModelFile load(Path file) throws IOException {
    SafetensorsFile content = Safetensors.read(file);
    Map<String, String> metadata = content.metadata();
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new SafetensorsException(
          file
              + ": expected metadata 'format' to be '"
              + FORMAT
              + "', got '"
              + metadata.get("format")
              + "': these are not the weights of a classifier that Lanewise saved");
    }
    try {
      List<String> labels = List.of(need(metadata, "labels").split("\n", MAX_CLASSES));
      Architectures.Architecture a = Architectures.byName(need(metadata, "model"));
      ImageNormalization normalization =
          new ImageNormalization(
              (int) number(metadata, "pad"),
              (float) number(metadata, "mean"),
              (float) number(metadata, "std"));
      Sequential net = a.create().apply(labels.size());
      Shape input = a.input().prepend(1);
      net.build(input, new SplittableRandom(0));
      net.load(content.tensors());
      return new ModelFile(a.name(), net, labels, normalization);
    } catch (IllegalArgumentException e) {
      throw new SafetensorsException(file + ": " + e.getMessage(), e);
    }
  }

  private static double number(Map<String, String> metadata, String key) {
    String text = need(metadata, key);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata '" + key + "' must be a number, got '" + text + "'", e);
    }
  }

  private static String need(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException("metadata '" + key + "' is missing");
    }
    return value;
  }
}
