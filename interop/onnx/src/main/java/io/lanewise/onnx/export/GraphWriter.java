package io.lanewise.onnx.export;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.BatchNorm2d;
import io.lanewise.layers.Conv2d;
import io.lanewise.layers.Linear;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential.Entry;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chain of nodes, layer by layer. */
final class GraphWriter {
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  private final Dimension batch;
  private final ValueInfo input;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, TypedTensor> initializers = new LinkedHashMap<>();
  private final Map<String, ValueInfo> values = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>(Set.of(INPUT, OUTPUT));
  private Shape shape;
  private ValueInfo last;

  GraphWriter(Shape x, Dimension batch) {
    this.batch = batch;
    this.shape = x;
    this.input = value(INPUT);
    this.last = input;
  }

  /** Appends a layer's node; the last one makes the output. */
  void add(Entry e, boolean isLast) {
    LayerOperator op = LayerOperator.of(e.name(), e.layer(), shape);
    List<Parameter> parameters = e.layer().parameters();
    boolean learns =
        e.layer() instanceof Conv2d
            || e.layer() instanceof Linear
            || e.layer() instanceof BatchNorm2d;
    if (parameters.isEmpty() && learns) {
      throw new IllegalArgumentException(
          "layer '" + e.name() + "': expected parameters, got none: build the network first");
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(last.name());
    for (Parameter p : parameters) {
      String name = unique(e.name() + "." + p.name());
      initializers.put(name, TypedTensor.of(p.value()));
      inputs.add(name);
    }
    e.layer()
        .statistics()
        .forEach(
            (key, t) -> {
              String name = unique(e.name() + "." + key);
              initializers.put(name, TypedTensor.of(t));
              inputs.add(name);
            });
    shape = e.layer().outputShape(shape);
    last = value(isLast ? OUTPUT : unique(e.name()));
    if (!isLast) {
      values.put(last.name(), last);
    }
    nodes.add(
        new OnnxNode(e.name(), "", op.opType(), inputs, List.of(last.name()), op.attributes()));
  }

  /** The graph of all layers so far. */
  OnnxGraph graph() {
    return new OnnxGraph("lanewise", nodes, initializers, List.of(input), List.of(last), values);
  }

  /** Layers' names are unique, but one may be called as another's parameter. */
  private String unique(String name) {
    String free = name;
    while (!names.add(free)) {
      free += "_";
    }
    return free;
  }

  private ValueInfo value(String name) {
    List<Dimension> dims = new ArrayList<>();
    dims.add(batch);
    for (int axis = 1; axis < shape.rank(); axis++) {
      dims.add(Dimension.of(shape.dim(axis)));
    }
    return new ValueInfo(name, new ValueType.OfTensor(ElementType.FLOAT, Optional.of(dims)));
  }
}
