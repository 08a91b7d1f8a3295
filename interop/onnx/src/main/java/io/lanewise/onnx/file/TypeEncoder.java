package io.lanewise.onnx.file;

import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.List;
import java.util.Optional;

/** Turns types into messages; the fields' numbers are those of onnx.proto. */
final class TypeEncoder {
  private TypeEncoder() {}

  /** A type, if it is told. */
  static Optional<WireMessage> type(ValueType type) {
    WireMessage out = new WireMessage();
    if (type instanceof ValueType.OfTensor t) {
      out.message(1, tensor(t));
    } else if (type instanceof ValueType.OfSequence s) {
      out.message(4, element(s.element()));
    } else if (type instanceof ValueType.OfMap m) {
      out.message(5, map(m));
    } else if (type instanceof ValueType.OfOptional o) {
      out.message(9, element(o.element()));
    } else {
      return Optional.empty();
    }
    return Optional.of(out);
  }

  private static WireMessage tensor(ValueType.OfTensor t) {
    WireMessage out = new WireMessage();
    out.int64(1, DataTypes.number(t.element()));
    t.dimensions().ifPresent(dims -> out.message(2, shape(dims)));
    return out;
  }

  private static WireMessage shape(List<Dimension> dims) {
    WireMessage out = new WireMessage();
    for (Dimension d : dims) {
      WireMessage dim = new WireMessage();
      if (d.isKnown()) {
        dim.int64(1, d.size());
      } else {
        dim.textUnlessEmpty(2, d.symbol());
      }
      out.message(1, dim);
    }
    return out;
  }

  private static WireMessage element(ValueType element) {
    WireMessage out = new WireMessage();
    type(element).ifPresent(e -> out.message(1, e));
    return out;
  }

  private static WireMessage map(ValueType.OfMap m) {
    WireMessage out = new WireMessage();
    out.int64(1, DataTypes.number(m.key()));
    type(m.value()).ifPresent(v -> out.message(2, v));
    return out;
  }
}
