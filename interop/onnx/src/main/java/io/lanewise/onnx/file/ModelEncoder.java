package io.lanewise.onnx.file;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import java.util.Optional;

/** Turns a model's records into messages; the fields' numbers are those of onnx.proto. */
final class ModelEncoder {
  private final Optional<ExternalFile> external;

  ModelEncoder(Optional<ExternalFile> external) {
    this.external = external;
  }

  WireMessage model(OnnxModel m) {
    WireMessage out = new WireMessage();
    out.int64(1, m.irVersion());
    out.textUnlessEmpty(2, m.producer());
    out.textUnlessEmpty(3, m.producerVersion());
    out.message(7, graph(m.graph()));
    m.opsets().forEach((domain, version) -> out.message(8, opset(domain, version)));
    m.metadata().forEach((key, value) -> out.message(14, entry(key, value)));
    m.functions().forEach(f -> out.message(25, function(f)));
    return out;
  }

  private static WireMessage opset(String domain, long version) {
    WireMessage out = new WireMessage();
    out.text(1, domain); // also where it is empty: checkers ask for the field
    out.int64(2, version);
    return out;
  }

  private static WireMessage entry(String key, String value) {
    WireMessage out = new WireMessage();
    out.text(1, key);
    out.text(2, value);
    return out;
  }

  private WireMessage graph(OnnxGraph g) {
    WireMessage out = new WireMessage();
    g.nodes().forEach(n -> out.message(1, node(n)));
    out.text(2, g.name());
    g.initializers().forEach((name, t) -> out.message(5, tensor(name, t)));
    g.inputs().forEach(v -> out.message(11, valueInfo(v)));
    g.outputs().forEach(v -> out.message(12, valueInfo(v)));
    g.values().values().forEach(v -> out.message(13, valueInfo(v)));
    return out;
  }

  private static WireMessage valueInfo(ValueInfo v) {
    WireMessage out = new WireMessage();
    out.text(1, v.name());
    TypeEncoder.type(v.type()).ifPresent(type -> out.message(2, type));
    return out;
  }

  private WireMessage node(OnnxNode n) {
    WireMessage out = new WireMessage();
    n.inputs().forEach(name -> out.text(1, name));
    n.outputs().forEach(name -> out.text(2, name));
    out.textUnlessEmpty(3, n.name());
    out.text(4, n.opType());
    n.attributes().forEach((name, a) -> out.message(5, attribute(name, a)));
    out.textUnlessEmpty(7, n.domain());
    return out;
  }

  private WireMessage function(OnnxFunction f) {
    WireMessage out = new WireMessage();
    out.text(1, f.name());
    f.inputs().forEach(name -> out.text(4, name));
    f.outputs().forEach(name -> out.text(5, name));
    f.attributes().forEach(name -> out.text(6, name));
    f.nodes().forEach(n -> out.message(7, node(n)));
    f.opsets().forEach((domain, version) -> out.message(9, opset(domain, version)));
    out.text(10, f.domain());
    f.defaults().forEach((name, a) -> out.message(11, attribute(name, a)));
    return out;
  }

  private WireMessage attribute(String name, Attribute a) {
    WireMessage out = new WireMessage();
    out.text(1, name);
    if (a instanceof Attribute.Reference r) {
      out.int64(20, AttributeKind.of(r.kind()).number());
      out.text(21, r.name());
      return out;
    }
    AttributeKind kind = AttributeKind.of(a.getClass());
    int field = kind.field();
    if (a instanceof Attribute.OfFloat v) {
      out.float32(field, v.value());
    } else if (a instanceof Attribute.OfInt v) {
      out.int64(field, v.value());
    } else if (a instanceof Attribute.OfText v) {
      out.text(field, v.value());
    } else if (a instanceof Attribute.OfTensor v) {
      out.message(field, tensor("", v.value()));
    } else if (a instanceof Attribute.OfGraph v) {
      out.message(field, graph(v.value()));
    } else if (a instanceof Attribute.OfType v) {
      TypeEncoder.type(v.value()).ifPresent(type -> out.message(field, type));
    } else {
      list(out, field, a);
    }
    out.int64(20, kind.number());
    return out;
  }

  private void list(WireMessage out, int field, Attribute a) {
    if (a instanceof Attribute.OfFloats v) {
      v.values().forEach(f -> out.float32(field, f));
    } else if (a instanceof Attribute.OfInts v) {
      v.values().forEach(i -> out.int64(field, i));
    } else if (a instanceof Attribute.OfTexts v) {
      v.values().forEach(s -> out.text(field, s));
    } else if (a instanceof Attribute.OfTensors v) {
      v.values().forEach(t -> out.message(field, tensor("", t)));
    } else if (a instanceof Attribute.OfGraphs v) {
      v.values().forEach(g -> out.message(field, graph(g)));
    } else if (a instanceof Attribute.OfTypes v) {
      v.values().forEach(t -> out.message(field, TypeEncoder.type(t).orElseGet(WireMessage::new)));
    }
  }

  /** With raw data; text, which has none, as a list. */
  WireMessage tensor(String name, TypedTensor t) {
    WireMessage out = new WireMessage();
    for (int d : t.shape().toArray()) {
      out.int64(1, d);
    }
    out.int64(2, DataTypes.number(t.type()));
    if (t.type() == ElementType.STRING) {
      for (String s : t.strings()) {
        out.text(6, s);
      }
    }
    out.textUnlessEmpty(8, name);
    if (external.isPresent() && external.get().takes(t)) {
      out.message(13, entry("location", external.get().name()));
      out.message(13, entry("offset", String.valueOf(external.get().add(t))));
      out.message(13, entry("length", String.valueOf(ExternalFile.bytes(t))));
      out.int64(14, TensorHead.LOCATION_EXTERNAL);
    } else if (t.type() != ElementType.STRING) {
      out.rawData(9, t);
    }
    return out;
  }
}
