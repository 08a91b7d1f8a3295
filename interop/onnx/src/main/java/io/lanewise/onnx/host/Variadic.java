package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** Min, Max, Sum and Mean of any number of inputs with broadcasting; Clip; Where. */
final class Variadic {
  private Variadic() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Max", call -> List.of(fold(call, Binary.MAX)));
    table.add("Min", call -> List.of(fold(call, Binary.MIN)));
    table.add("Sum", call -> List.of(sum(call, 1)));
    table.add("Mean", call -> List.of(sum(call, call.inputs().size())));
    table.add("Clip", Variadic::clip);
    table.add("Where", 9, Variadic::where);
  }

  private static TypedTensor fold(HostCall call, Binary.Arithmetic f) {
    TypedTensor y = call.input(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      y = Binary.apply(f, y, call.input(i));
    }
    return y;
  }

  /** Added in double, so that the order does not matter, and rounded once. */
  private static TypedTensor sum(HostCall call, int divisor) {
    ElementType type = call.input(0).type();
    TypedTensor y = Elements.as(ElementType.DOUBLE, call.input(0));
    for (int i = 1; i < call.inputs().size(); i++) {
      y = Binary.apply(Binary.ADD, y, Elements.as(ElementType.DOUBLE, call.input(i)));
    }
    return Elements.as(type, Unary.map(y, v -> v / divisor));
  }

  /** Bounds are attributes before version 11 and optional scalars since. */
  private static List<TypedTensor> clip(HostCall call) {
    TypedTensor y = call.input(0);
    TypedTensor min = bound(call, 1, "min", y.type());
    if (min != null) {
      y = Binary.apply(Binary.MAX, y, min);
    }
    TypedTensor max = bound(call, 2, "max", y.type());
    return List.of(max == null ? y : Binary.apply(Binary.MIN, y, max));
  }

  private static TypedTensor bound(HostCall call, int input, String name, ElementType type) {
    if (call.opset() < 11) {
      return call.node().has(name) ? Elements.scalar(type, call.node().floatOr(name, 0)) : null;
    }
    if (!call.has(input)) {
      return null;
    }
    if (call.input(input).size() != 1) {
      throw call.wrong("%s should be one number, got %s", name, call.input(input));
    }
    return call.input(input).reshape(Shape.of());
  }

  private static List<TypedTensor> where(HostCall call) {
    TypedTensor condition = call.input(0);
    Shape branches = Broadcast.shape(call.input(1).shape(), call.input(2).shape());
    Shape shape = Broadcast.shape(condition.shape(), branches);
    TypedTensor a = Broadcast.to(call.input(1), shape);
    TypedTensor b = Broadcast.to(call.input(2), shape);
    if (a.type() != b.type()) {
      throw call.wrong("both branches should be of one type, got %s and %s", a, b);
    }
    TypedTensor y = TypedTensor.zeros(a.type(), shape);
    Broadcast.forEach(
        condition.shape(),
        shape,
        shape,
        (c, i, k) -> y.copyElement(k, condition.booleanAt(c) ? a : b, i));
    return List.of(y);
  }
}
