package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One node with constant inputs, run on the host or made a model. */
final class OpCase {
  private final String op;
  private final int opset;
  private final List<TypedTensor> inputs = new ArrayList<>();
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();
  private int outputs = 1;

  private OpCase(String op, int opset) {
    this.op = op;
    this.opset = opset;
  }

  static OpCase of(String op, int opset) {
    return new OpCase(op, opset);
  }

  /** Inputs in order; null leaves one out. */
  OpCase in(TypedTensor... tensors) {
    inputs.addAll(Arrays.asList(tensors));
    return this;
  }

  OpCase with(String name, long value) {
    attributes.put(name, new Attribute.OfInt(value));
    return this;
  }

  OpCase with(String name, double value) {
    attributes.put(name, new Attribute.OfFloat((float) value));
    return this;
  }

  OpCase with(String name, String value) {
    attributes.put(name, new Attribute.OfText(value));
    return this;
  }

  OpCase with(String name, long[] values) {
    attributes.put(name, new Attribute.OfInts(Arrays.stream(values).boxed().toList()));
    return this;
  }

  OpCase with(String name, List<String> values) {
    attributes.put(name, new Attribute.OfTexts(values));
    return this;
  }

  OpCase outputs(int count) {
    outputs = count;
    return this;
  }

  OnnxNode node() {
    List<String> ins = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ins.add(inputs.get(i) == null ? "" : "x" + i);
    }
    List<String> outs = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      outs.add("y" + i);
    }
    return new OnnxNode("n", "", op, ins, outs, attributes);
  }

  /** All outputs. */
  List<TypedTensor> run() {
    return HostOps.evaluate(node(), opset, inputs);
  }

  /** The first output. */
  TypedTensor first() {
    return run().getFirst();
  }

  /**
   * The node as a model whose inputs are constants.
   *
   * @param types of the outputs
   */
  OnnxModel model(List<ElementType> types) {
    Map<String, TypedTensor> constants = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != null) {
        constants.put("x" + i, inputs.get(i));
      }
    }
    List<ValueInfo> results = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      ValueType type = new ValueType.OfTensor(types.get(i), Optional.empty());
      results.add(new ValueInfo("y" + i, type));
    }
    OnnxGraph graph = new OnnxGraph("g", List.of(node()), constants, List.of(), results, Map.of());
    return new OnnxModel(8, "test", "", Map.of("", (long) opset), graph, List.of(), Map.of());
  }

  @Override
  public String toString() {
    return "%s-%d %s %s".formatted(op, opset, inputs, attributes);
  }

  static TypedTensor floats(int[] dims, double... values) {
    return Elements.of(ElementType.FLOAT, Shape.of(dims), values);
  }

  static TypedTensor floats(double... values) {
    return floats(new int[] {values.length}, values);
  }

  static TypedTensor longs(long... values) {
    return TypedTensor.vector(values);
  }

  static TypedTensor integers(ElementType type, long... values) {
    return Elements.of(type, Shape.of(values.length), values);
  }

  /** Floats from -2 to 2, the same for the same seed and shape. */
  static TypedTensor random(long seed, int... dims) {
    return random(ElementType.FLOAT, -2, 2, seed, dims);
  }

  static TypedTensor random(ElementType type, double low, double high, long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[Shape.of(dims).size()];
    Arrays.setAll(values, i -> random.nextDouble(low, high));
    return Elements.of(type, Shape.of(dims), values);
  }
}
