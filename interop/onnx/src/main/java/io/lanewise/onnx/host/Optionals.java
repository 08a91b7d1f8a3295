package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.Optional;

/** Operators on optional values; since version 18 what is there may stand for itself. */
final class Optionals {
  private Optionals() {}

  static void addTo(OpTable<ValueOp> table) {
    table.add("Optional", 15, Optionals::make);
    table.add("OptionalHasElement", 15, call -> List.of(HostValue.of(has(call))));
    table.add("OptionalGetElement", 15, Optionals::get);
  }

  private static List<HostValue> make(ValueCall call) {
    return List.of(
        new HostValue.OfOptional(call.has(0) ? Optional.of(call.input(0)) : Optional.empty()));
  }

  private static TypedTensor has(ValueCall call) {
    TypedTensor t = TypedTensor.zeros(ElementType.BOOL, Shape.of());
    t.setLong(0, content(call).isPresent() ? 1 : 0);
    return t;
  }

  private static List<HostValue> get(ValueCall call) {
    return List.of(content(call).orElseThrow(() -> call.wrong("the optional value is empty")));
  }

  private static Optional<HostValue> content(ValueCall call) {
    if (!call.has(0)) {
      return Optional.empty();
    }
    return call.input(0) instanceof HostValue.OfOptional o ? o.value() : Optional.of(call.input(0));
  }
}
