package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads ModelProto, FunctionProto and OperatorSetIdProto. */
final class ModelParser {
  /** Newest version of the format that is known; ONNX 1.20 has it. */
  static final long MAX_IR = 13;

  /** From this version of the format on a model names its operator sets. */
  private static final long IR_WITH_OPSETS = 3;

  private final GraphParser graphs;

  ModelParser(ExternalData external) {
    this.graphs = new GraphParser(new TensorParser(external));
  }

  OnnxModel parse(WireReader in) {
    long ir = 0;
    String producer = "";
    String producerVersion = "";
    Map<String, Long> opsets = new LinkedHashMap<>();
    OnnxGraph graph = null;
    List<OnnxFunction> functions = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> ir = irVersion(in);
        case 2 -> producer = in.text();
        case 3 -> producerVersion = in.text();
        case 7 -> {
          if (graph != null) {
            throw in.error("expected one graph, got two");
          }
          graph = graphs.parse(in.message("graph"));
        }
        case 8 -> opset(in.message("operator set", opsets.size()), opsets);
        case 14 -> Entries.read(in.message("metadata", metadata.size()), metadata);
        case 25 -> functions.add(function(in.message("function", functions.size())));
        default -> in.skip();
      }
    }
    if (ir == 0 || graph == null) {
      throw in.error(
          "expected a version of the format and a graph, got %s: is this an ONNX model?",
          graph != null ? "no version" : ir != 0 ? "no graph" : "neither");
    }
    if (ir < IR_WITH_OPSETS) {
      opsets.putIfAbsent("", 1L);
    }
    return new OnnxModel(ir, producer, producerVersion, opsets, graph, functions, metadata);
  }

  private static long irVersion(WireReader in) {
    long ir = in.int64();
    if (ir < 1 || ir > MAX_IR) {
      throw in.error(
          "expected a version of the format (ir_version) from 1 to %d, got %d: is this an ONNX model?",
          MAX_IR, ir);
    }
    return ir;
  }

  private static void opset(WireReader in, Map<String, Long> opsets) {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          domain = in.text();
          in.place().name(domain);
        }
        case 2 -> version = in.int64();
        default -> in.skip();
      }
    }
    in.budget().takeObjects(2, in);
    Long before = opsets.put(domain.equals("ai.onnx") ? "" : domain, version);
    if (before != null && before != version) {
      throw in.error("expected one version of an operator set, got %d and %d", before, version);
    }
  }

  private OnnxFunction function(WireReader in) {
    String name = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> required = new ArrayList<>();
    Map<String, Attribute> defaults = new LinkedHashMap<>();
    Map<String, Long> opsets = new LinkedHashMap<>();
    List<OnnxNode> nodes = new ArrayList<>();
    in.budget().takeObjects(6, in);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          name = in.text();
          in.place().name(name);
        }
        case 4 -> inputs.add(name(in));
        case 5 -> outputs.add(name(in));
        case 6 -> required.add(name(in));
        case 7 -> nodes.add(graphs.node(in.message("node", nodes.size())));
        case 9 -> opset(in.message("operator set", opsets.size()), opsets);
        case 10 -> domain = in.text();
        case 11 -> {
          AttributeParser.Named a = graphs.attribute(in.message("attribute", defaults.size()));
          if (defaults.put(a.name(), a.attribute()) != null) {
            throw in.error("expected one attribute %s, got two", Quote.of(a.name()));
          }
        }
        case 13 -> GraphParser.requireNoOverload(in);
        default -> in.skip();
      }
    }
    if (name.isEmpty()) {
      throw in.error("expected a function to have a name, got none");
    }
    return new OnnxFunction(domain, name, inputs, outputs, required, defaults, opsets, nodes);
  }

  private static String name(WireReader in) {
    in.budget().takeObjects(1, in);
    return in.text();
  }
}
