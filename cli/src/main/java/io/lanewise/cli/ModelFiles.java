package io.lanewise.cli;

import io.lanewise.cli.image.GrayImage;
import io.lanewise.cli.image.ImageFiles;
import io.lanewise.cli.image.ImageScaling;
import io.lanewise.cli.npy.Npy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TensorInfo;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Models and their inputs, as command lines name them. */
final class ModelFiles {
  private final CommandLine command;

  ModelFiles(CommandLine command) {
    this.command = command;
  }

  OnnxSession load(Path file, SessionOptions options) {
    try {
      return OnnxSession.load(file, options);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    } catch (OnnxException e) {
      throw new UserException(file + ": " + e.getMessage(), e);
    }
  }

  /** Texts of the kind NAME=VALUE; each name once, and one of those that are known. */
  Map<String, String> named(String option, List<String> texts, List<TensorInfo> known) {
    List<String> names = known.stream().map(TensorInfo::name).toList();
    Map<String, String> named = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.lastIndexOf('=');
      String name =
          equals < 1 && names.size() == 1
              ? names.getFirst()
              : text.substring(0, Math.max(0, equals));
      if (!names.contains(name)) {
        throw wrong(option + ": there is no '" + name + "'; expected " + String.join(", ", names));
      }
      if (named.put(name, text.substring(equals + 1)) != null) {
        throw wrong(option + ": '" + name + "' is given twice");
      }
    }
    return named;
  }

  ParameterException wrong(String message) {
    return new ParameterException(command, message);
  }

  /** Sizes such as {@code 1x3x224x224}. */
  Shape shape(String option, String text) {
    try {
      return Shape.of(Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray());
    } catch (IllegalArgumentException e) { // no numbers, or too large
      throw wrong(option + ": expected sizes such as 1x3x224x224, got '" + text + "'");
    }
  }

  /** The input's own sizes, of which the first, the batch, may be open: it is 1 then. */
  Shape usual(TensorInfo in) {
    List<Dimension> dims =
        in.dimensions().orElseThrow(() -> wrong("--shape: expected the sizes of '" + in + "'"));
    int[] sizes = new int[dims.size()];
    for (int i = 0; i < sizes.length; i++) {
      Dimension d = dims.get(i);
      if (!d.isKnown() && i > 0) {
        throw wrong("--shape: expected the sizes of '" + in + "'");
      }
      sizes[i] = d.isKnown() ? Math.toIntExact(d.size()) : 1;
    }
    return Shape.of(sizes);
  }

  /** Numbers to try a model with: floats from 0 to 1, zeros of other types. */
  static TypedTensor drawn(ElementType type, Shape shape) {
    TypedTensor t = TypedTensor.zeros(type, shape);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; type.isFloating() && i < t.size(); i++) {
      t.setDouble(i, random.nextDouble());
    }
    return t;
  }

  /** A file's elements: of {@code .npy} as they are, of an image's pixels from 0 to 1. */
  TypedTensor read(TensorInfo in, Path file, float[] mean, float[] deviation) {
    try {
      return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")
          ? Npy.read(file)
          : image(in, file, mean, deviation);
    } catch (IOException e) {
      throw new UserException(Problems.describe(e), e);
    }
  }

  private TypedTensor image(TensorInfo in, Path file, float[] mean, float[] deviation)
      throws IOException {
    List<Dimension> dims = in.dimensions().orElse(List.of());
    boolean grey = dims.size() == 4 && dims.get(1).size() == 1;
    if (dims.size() != 4
        || in.type() != ElementType.FLOAT
        || !(grey || dims.get(1).size() == 3 || !dims.get(1).isKnown())) {
      throw wrong("--input: images are for float inputs [n, 1 or 3, h, w], not for " + in);
    }
    List<GrayImage> planes =
        grey ? List.of(ImageFiles.readGray(file)) : ImageFiles.readColours(file);
    int height =
        dims.get(2).isKnown() ? Math.toIntExact(dims.get(2).size()) : planes.getFirst().height();
    int width =
        dims.get(3).isKnown() ? Math.toIntExact(dims.get(3).size()) : planes.getFirst().width();
    Tensor x = Tensor.zeros(1, planes.size(), height, width);
    for (int c = 0; c < planes.size(); c++) {
      byte[] pixels = ImageScaling.fit(planes.get(c), width, height).pixels();
      for (int i = 0; i < pixels.length; i++) {
        x.array()[c * pixels.length + i] =
            (Byte.toUnsignedInt(pixels[i]) / 255f - mean[c % mean.length])
                / deviation[c % deviation.length];
      }
    }
    return TypedTensor.of(x);
  }
}
