package io.lanewise.onnx;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models made in a few lines. */
public final class TestModel {
  private final long opset;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, TypedTensor> constants = new LinkedHashMap<>();
  private final List<ValueInfo> inputs = new ArrayList<>();
  private final List<ValueInfo> outputs = new ArrayList<>();
  private final List<OnnxFunction> functions = new ArrayList<>();

  private TestModel(long opset) {
    this.opset = opset;
  }

  public static TestModel opset(long version) {
    return new TestModel(version);
  }

  /** A tensor input; a size below 0 is open. */
  public TestModel input(String name, ElementType type, long... dims) {
    inputs.add(info(name, type, dims));
    return this;
  }

  /** A float input; a size below 0 is open. */
  public TestModel input(String name, long... dims) {
    return input(name, ElementType.FLOAT, dims);
  }

  /** An input of any shape. */
  public TestModel inputOf(String name, ElementType type) {
    inputs.add(new ValueInfo(name, new ValueType.OfTensor(type, Optional.empty())));
    return this;
  }

  private static ValueInfo info(String name, ElementType type, long... dims) {
    List<Dimension> sizes =
        Arrays.stream(dims)
            .mapToObj(d -> d < 0 ? Dimension.named("s" + -d) : Dimension.of(d))
            .toList();
    return new ValueInfo(name, new ValueType.OfTensor(type, Optional.of(sizes)));
  }

  public TestModel constant(String name, TypedTensor value) {
    constants.put(name, value);
    return this;
  }

  /** Names apart from each other by spaces; {@code -} for one that is left out. */
  public TestModel node(String opType, String in, String out, Object... attributes) {
    nodes.add(nodeOf("", opType, in, out, attributes));
    return this;
  }

  public TestModel node(OnnxNode node) {
    nodes.add(node);
    return this;
  }

  public TestModel function(OnnxFunction function) {
    functions.add(function);
    return this;
  }

  public static OnnxNode nodeOf(
      String domain, String opType, String in, String out, Object... attributes) {
    Map<String, Attribute> all = new LinkedHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      all.put((String) attributes[i], attribute(attributes[i + 1]));
    }
    return new OnnxNode(
        opType.toLowerCase(java.util.Locale.ROOT), domain, opType, names(in), names(out), all);
  }

  private static List<String> names(String spaced) {
    return spaced.isEmpty()
        ? List.of()
        : Arrays.stream(spaced.split(" ")).map(n -> n.equals("-") ? "" : n).toList();
  }

  private static Attribute attribute(Object value) {
    if (value instanceof Integer i) {
      return new Attribute.OfInt(i);
    }
    if (value instanceof Float f) {
      return new Attribute.OfFloat(f);
    }
    if (value instanceof String s) {
      return new Attribute.OfText(s);
    }
    if (value instanceof TypedTensor t) {
      return new Attribute.OfTensor(t);
    }
    if (value instanceof OnnxGraph g) {
      return new Attribute.OfGraph(g);
    }
    if (value instanceof Attribute a) {
      return a;
    }
    if (value instanceof float[] fs) {
      List<Float> values = new ArrayList<>();
      for (float f : fs) {
        values.add(f);
      }
      return new Attribute.OfFloats(values);
    }
    return new Attribute.OfInts(Arrays.stream((int[]) value).mapToObj(i -> (long) i).toList());
  }

  /** Outputs of any float shape. */
  public TestModel outputs(String... names) {
    for (String name : names) {
      output(name, ElementType.FLOAT);
    }
    return this;
  }

  public TestModel output(String name, ElementType type) {
    outputs.add(new ValueInfo(name, new ValueType.OfTensor(type, Optional.empty())));
    return this;
  }

  public OnnxGraph graph() {
    return new OnnxGraph("graph", nodes, constants, inputs, outputs, Map.of());
  }

  public OnnxModel build() {
    return new OnnxModel(8, "test", "", Map.of("", opset, "own", 1L), graph(), functions, Map.of());
  }
}
