package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads GraphProto and NodeProto. */
final class GraphParser {
  /** A node without names and attributes, in objects of 50 bytes. */
  private static final int NODE = 12;

  private final TensorParser tensors;
  private final AttributeParser attributes;

  GraphParser(TensorParser tensors) {
    this.tensors = tensors;
    this.attributes = new AttributeParser(tensors, this);
  }

  OnnxGraph parse(WireReader in) {
    String name = "";
    List<OnnxNode> nodes = new ArrayList<>();
    Map<String, TypedTensor> initializers = new LinkedHashMap<>();
    List<ValueInfo> inputs = new ArrayList<>();
    List<ValueInfo> outputs = new ArrayList<>();
    Map<String, ValueInfo> values = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nodes.add(node(in.message("node", nodes.size())));
        case 2 -> {
          name = in.text();
          in.place().name(name);
        }
        case 5 ->
            add(initializers, tensors.parse(in.message("initializer", initializers.size())), in);
        case 11 -> inputs.add(TypeParser.valueInfo(in.message("input", inputs.size())));
        case 12 -> outputs.add(TypeParser.valueInfo(in.message("output", outputs.size())));
        case 13 -> {
          ValueInfo value = TypeParser.valueInfo(in.message("value", values.size()));
          if (values.put(value.name(), value) != null) {
            throw in.error("expected one type for value %s, got two", Quote.of(value.name()));
          }
        }
        case 15 ->
            add(
                initializers,
                new SparseParser(tensors).parse(in.message("initializer", initializers.size())),
                in);
        default -> in.skip();
      }
    }
    return new OnnxGraph(name, nodes, initializers, inputs, outputs, values);
  }

  private static void add(
      Map<String, TypedTensor> initializers, TensorParser.Named tensor, WireReader in) {
    if (tensor.name().isEmpty()) {
      throw in.error("expected an initializer to have a name, got none");
    }
    if (initializers.put(tensor.name(), tensor.tensor()) != null) {
      throw in.error("expected one initializer %s, got two", Quote.of(tensor.name()));
    }
  }

  OnnxNode node(WireReader in) {
    String name = "";
    String domain = "";
    String opType = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> map = new LinkedHashMap<>();
    in.budget().takeObjects(NODE, in);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(name(in));
        case 2 -> outputs.add(name(in));
        case 3 -> {
          name = in.text();
          in.place().name(name);
        }
        case 4 -> opType = in.text();
        case 5 -> {
          AttributeParser.Named a = attributes.parse(in.message("attribute", map.size()));
          if (map.put(a.name(), a.attribute()) != null) {
            throw in.error("expected one attribute %s, got two", Quote.of(a.name()));
          }
        }
        case 7 -> domain = in.text();
        case 8 -> requireNoOverload(in);
        default -> in.skip();
      }
    }
    if (opType.isEmpty()) {
      throw in.error("expected a node to name its operator, got none");
    }
    return new OnnxNode(name, domain, opType, inputs, outputs, map);
  }

  AttributeParser.Named attribute(WireReader in) {
    return attributes.parse(in);
  }

  private static String name(WireReader in) {
    in.budget().takeObjects(1, in);
    return in.text();
  }

  /** Functions of one name that differ in a further name came with version 10 of the format. */
  static void requireNoOverload(WireReader in) {
    String overload = in.text();
    if (!overload.isEmpty()) {
      throw in.error(
          "overload %s of a function: overloaded functions cannot be read", Quote.of(overload));
    }
  }
}
