package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxNode;
import java.util.List;

/** Operators that make tensors from little: Constant, ConstantOfShape, Range, EyeLike. */
final class Makers {
  private Makers() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Constant", call -> List.of(constant(call)));
    table.add("ConstantOfShape", 9, Makers::constantOfShape);
    table.add("Range", 11, Makers::range);
    table.add("EyeLike", 9, Makers::eyeLike);
  }

  private static TypedTensor constant(HostCall call) {
    OnnxNode node = call.node();
    if (node.has("value")) {
      return node.tensor("value").orElseThrow();
    }
    if (node.has("value_int")) {
      return TypedTensor.scalar(node.intOr("value_int", 0));
    }
    if (node.has("value_ints")) {
      return TypedTensor.vector(node.ints("value_ints").orElseThrow());
    }
    if (node.has("value_float")) {
      return Elements.scalar(ElementType.FLOAT, node.floatOr("value_float", 0));
    }
    if (node.has("value_floats")) {
      List<Float> values = node.floats("value_floats").orElseThrow();
      double[] doubles = values.stream().mapToDouble(Float::doubleValue).toArray();
      return Elements.of(ElementType.FLOAT, Shape.of(doubles.length), doubles);
    }
    if (node.has("value_string")) {
      String[] text = {node.textOr("value_string", "")};
      return TypedTensor.of(ElementType.STRING, Shape.of(), text);
    }
    String[] texts =
        node.texts("value_strings")
            .orElseThrow(() -> call.unsupported("a constant without a dense value"))
            .toArray(String[]::new);
    return TypedTensor.of(ElementType.STRING, Shape.of(texts.length), texts);
  }

  private static List<TypedTensor> constantOfShape(HostCall call) {
    Shape shape = call.shape(call.longs(0));
    TypedTensor value =
        call.node().tensor("value").orElseGet(() -> Elements.scalar(ElementType.FLOAT, 0));
    if (value.size() != 1) {
      throw call.wrong("the value should be one element, got %s", value);
    }
    return List.of(Broadcast.to(value.reshape(Shape.of()), shape));
  }

  /** start, start + delta, ..., before the limit. */
  private static List<TypedTensor> range(HostCall call) {
    ElementType type = call.input(0).type();
    if (type.isFloating()) {
      double start = call.number(0, 0);
      double delta = call.number(2, 0);
      double count = Math.max(0, Math.ceil((call.number(1, 0) - start) / delta));
      requireCount(call, count);
      double[] values = new double[(int) count];
      for (int i = 0; i < values.length; i++) {
        values[i] = start + i * delta;
      }
      return Elements.one(type, Shape.of(values.length), values);
    }
    long start = call.integer(0, 0);
    long delta = call.integer(2, 0);
    if (delta == 0) {
      throw call.wrong("delta is 0");
    }
    long count = Math.max(0, Math.ceilDiv(Math.subtractExact(call.integer(1, 0), start), delta));
    requireCount(call, (double) count);
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i * delta;
    }
    return List.of(Elements.of(type, Shape.of(values.length), values));
  }

  private static void requireCount(HostCall call, double count) {
    if (!(count <= Integer.MAX_VALUE)) {
      throw call.wrong("a range of %s elements is too long", count);
    }
  }

  private static List<TypedTensor> eyeLike(HostCall call) {
    TypedTensor x = call.ranked(0, 2);
    long k = call.node().intOr("k", 0);
    TypedTensor y = TypedTensor.zeros(call.type("dtype", x.type()), x.shape());
    int columns = x.shape().dim(1);
    for (int i = 0; i < y.size(); i++) {
      y.setLong(i, i % columns == i / columns + k ? 1 : 0);
    }
    return List.of(y);
  }
}
