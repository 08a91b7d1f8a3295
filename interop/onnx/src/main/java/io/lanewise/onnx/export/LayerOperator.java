package io.lanewise.onnx.export;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.AvgPool2d;
import io.lanewise.layers.BatchNorm2d;
import io.lanewise.layers.Conv2d;
import io.lanewise.layers.Flatten;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Linear;
import io.lanewise.layers.MaxPool2d;
import io.lanewise.layers.ReLU;
import io.lanewise.layers.Tanh;
import io.lanewise.onnx.model.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ONNX operator that computes what a layer does; its inputs are the layer's input, parameters
 * and statistics, in their order.
 *
 * @param opType of the standard's own domain
 * @param attributes by name
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Operators.md">ONNX Operators</a>
 */
record LayerOperator(String opType, Map<String, Attribute> attributes) {
  private static final LayerOperator TANH = new LayerOperator("Tanh", Map.of());
  private static final LayerOperator RELU = new LayerOperator("Relu", Map.of());
  private static final LayerOperator FLATTEN =
      new LayerOperator("Flatten", Map.of("axis", new Attribute.OfInt(1)));
  private static final LayerOperator LINEAR =
      new LayerOperator("Gemm", Map.of("transB", new Attribute.OfInt(1)));

  /** The operator of a layer for inputs of shape {@code x}. */
  static LayerOperator of(String name, Layer layer, Shape x) {
    if (layer instanceof Conv2d conv) {
      return conv(conv.shape(x));
    } else if (layer instanceof AvgPool2d pool) {
      Attribute counts = new Attribute.OfInt(pool.countsPadding() ? 1 : 0);
      return pool("AveragePool", pool.shape(x), Map.of("count_include_pad", counts));
    } else if (layer instanceof MaxPool2d pool) {
      return pool("MaxPool", pool.shape(x), Map.of());
    } else if (layer instanceof BatchNorm2d norm) {
      norm.outputShape(x); // says what is wrong in the layer's words
      Attribute epsilon = new Attribute.OfFloat((float) norm.epsilon());
      return new LayerOperator("BatchNormalization", Map.of("epsilon", epsilon));
    } else if (layer instanceof Linear) {
      return LINEAR;
    } else if (layer instanceof Flatten) {
      return FLATTEN;
    } else if (layer instanceof Tanh) {
      return TANH;
    } else if (layer instanceof ReLU) {
      return RELU;
    }
    throw new IllegalArgumentException(
        "layer '" + name + "': no ONNX operator is known for " + layer);
  }

  private static LayerOperator conv(ConvShape s) {
    Map<String, Attribute> a = new LinkedHashMap<>();
    a.put("kernel_shape", ints(s.kh(), s.kw()));
    a.put("strides", ints(s.strideH(), s.strideW()));
    a.put("pads", pads(s.padding()));
    a.put("dilations", ints(s.dilationH(), s.dilationW()));
    a.put("group", new Attribute.OfInt(s.groups()));
    return new LayerOperator("Conv", a);
  }

  private static LayerOperator pool(String opType, PoolShape s, Map<String, Attribute> more) {
    Map<String, Attribute> a = new LinkedHashMap<>();
    a.put("kernel_shape", ints(s.kh(), s.kw()));
    a.put("strides", ints(s.strideH(), s.strideW()));
    a.put("pads", pads(s.padding()));
    a.putAll(more);
    return new LayerOperator(opType, a);
  }

  /** First what comes before in each dimension, then what comes behind. */
  private static Attribute pads(Padding p) {
    return ints(p.top(), p.left(), p.bottom(), p.right());
  }

  private static Attribute ints(int... values) {
    return new Attribute.OfInts(IntStream.of(values).asLongStream().boxed().toList());
  }
}
