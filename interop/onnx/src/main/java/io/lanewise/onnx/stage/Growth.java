package io.lanewise.onnx.stage;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxNode;
import java.util.Arrays;
import java.util.List;

/**
 * How large a constant the operators make that need no large input for a large output. A few bytes
 * of a file could ask for gigabytes by them before anything runs.
 */
final class Growth {
  /** 64 MB of floats; the largest constant that an exporter computes is a mask or a grid. */
  static final long MOST_ELEMENTS = 1L << 24;

  private Growth() {}

  /**
   * Checks a node before it is computed.
   *
   * @param inputs null where one is left out; wrong ones are left for the operator to refuse
   * @throws OnnxException if its output would have more than {@link #MOST_ELEMENTS}
   */
  static void require(OnnxNode node, List<TypedTensor> inputs) {
    if (!node.domain().isEmpty() || inputs.isEmpty() || inputs.get(0) == null) {
      return;
    }
    double elements =
        switch (node.opType()) {
          case "ConstantOfShape" -> product(inputs, 0);
          case "Expand" -> Math.max(inputs.get(0).size(), product(inputs, 1));
          case "Tile" -> inputs.get(0).size() * product(inputs, 1);
          case "OneHot" -> inputs.get(0).size() * product(inputs, 1);
          case "Range" -> (number(inputs, 1) - number(inputs, 0)) / number(inputs, 2);
          case "Pad" -> padded(node, inputs);
          default -> 0;
        };
    if (elements > MOST_ELEMENTS) {
      throw new OnnxException(
          "%s: a constant of %.0f elements would be made, at most %d are"
              .formatted(node.describe(), elements, MOST_ELEMENTS));
    }
  }

  private static double product(List<TypedTensor> inputs, int i) {
    TypedTensor sizes = integers(inputs, i);
    double product = 1;
    for (int k = 0; sizes != null && k < sizes.size(); k++) {
      product *= sizes.longAt(k);
    }
    return product;
  }

  private static double number(List<TypedTensor> inputs, int i) {
    TypedTensor x = i < inputs.size() ? inputs.get(i) : null;
    boolean given = x != null && x.size() == 1 && (x.type().isInteger() || x.type().isFloating());
    return given ? x.doubleAt(0) : 0;
  }

  /** What pads add to each axis, as an attribute or an input, for all axes or for those named. */
  private static double padded(OnnxNode node, List<TypedTensor> inputs) {
    TypedTensor pads = node.ints("pads").map(TypedTensor::vector).orElse(integers(inputs, 1));
    TypedTensor axes = integers(inputs, 3);
    int[] dims = inputs.get(0).shape().toArray();
    double[] sizes = Arrays.stream(dims).asDoubleStream().toArray();
    int half = pads == null ? 0 : pads.size() / 2;
    for (int k = 0; k < half; k++) {
      long axis =
          axes == null || k >= axes.size()
              ? k
              : Math.floorMod(axes.longAt(k), Math.max(1, dims.length));
      if (axis < dims.length) {
        sizes[(int) axis] += (double) pads.longAt(k) + pads.longAt(k + half);
      }
    }
    return Arrays.stream(sizes).reduce(1, (x, y) -> x * Math.max(0, y));
  }

  private static TypedTensor integers(List<TypedTensor> inputs, int i) {
    TypedTensor x = i < inputs.size() ? inputs.get(i) : null;
    return x != null && x.type().isInteger() ? x : null;
  }
}
