package io.lanewise.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models whose form is right and whose graph is not. */
class BadGraphsTest {
  private static Bad graph(String name, String expected, GraphProto.Builder graph) {
    return Bad.model(name, expected, Protos.model(graph));
  }

  private static NodeProto.Builder node(String from, String to) {
    return Protos.node("Relu", List.of(from), List.of(to));
  }

  private static GraphProto.Builder with(AttributeProto.Builder... attributes) {
    NodeProto.Builder n = node("x", "y");
    for (AttributeProto.Builder a : attributes) {
      n.addAttribute(a);
    }
    return Protos.graph(n).addInput(Protos.value("x", 1));
  }

  static Stream<Bad> values() {
    GraphProto.Builder x = Protos.graph().addInput(Protos.value("x", 1));
    return Stream.of(
        graph(
            "an input from nowhere",
            "node 'relu' ('Relu'): input 'z' is made by no node",
            x.clone().addNode(node("z", "y"))),
        graph("a circle", "in a circle", x.clone().addNode(node("b", "a")).addNode(node("a", "b"))),
        graph(
            "a node that reads itself",
            "input 'y' is made by no node before it",
            x.clone().addNode(node("y", "y"))),
        graph(
            "nodes in the wrong order",
            "in no order in which they can run",
            x.clone().addNode(node("a", "b")).addNode(node("x", "a"))),
        graph(
            "a value made twice",
            "value 'y' is made twice",
            x.clone().addNode(node("x", "y")).addNode(node("x", "y"))),
        graph(
            "a node that overwrites an input",
            "value 'x' is made twice",
            x.clone().addNode(node("x", "x"))),
        graph(
            "a node that overwrites an initializer",
            "value 'w' is made twice",
            x.clone().addInitializer(Protos.floats("w", 1)).addNode(node("x", "w"))),
        graph(
            "two outputs of one name in a node",
            "value 'y' is made twice",
            x.clone().addNode(Protos.node("Split", List.of("x"), List.of("y", "y")))),
        graph(
            "two inputs of one name",
            "input: value 'x' is made twice",
            x.clone().addInput(Protos.value("x", 1))),
        graph(
            "two outputs of one name",
            "expected one output 'y', got two",
            Protos.relu().addOutput(Protos.value("y", 1))),
        graph(
            "two initializers of one name",
            "expected one initializer 'w', got two",
            x.clone().addInitializer(Protos.floats("w", 1)).addInitializer(Protos.floats("w", 1))),
        graph(
            "an initializer without a name",
            "initializer to have a name",
            x.clone().addInitializer(Protos.floats("", 1))),
        graph(
            "an input without a name",
            "every input to have a name",
            Protos.graph().addInput(Protos.value("", 1))),
        graph(
            "an output from nowhere",
            "output 'y' is made by no node",
            x.clone().addOutput(Protos.value("y", 1))),
        graph(
            "an output without a name",
            "output '' is made by no node",
            x.clone().addOutput(Protos.value("", 1))),
        graph(
            "a node without an output",
            "to have an output",
            x.clone().addNode(Protos.node("Relu", List.of("x"), List.of()))),
        graph(
            "a node without an operator",
            "to name its operator",
            x.clone().addNode(NodeProto.newBuilder().addInput("x").addOutput("y"))),
        graph(
            "two types of one value",
            "expected one type for value 'v', got two",
            x.clone().addValueInfo(Protos.value("v", 1)).addValueInfo(Protos.value("v", 1))),
        graph(
            "an initializer of another type than its input",
            "got float[1] and int64[1]",
            Protos.graph().addInput(Protos.value("w", 7, 1)).addInitializer(Protos.floats("w", 1))),
        graph(
            "an initializer of another shape than its input",
            "got float[1] and float[2]",
            Protos.graph().addInput(Protos.value("w", 1, 2)).addInitializer(Protos.floats("w", 1))),
        graph(
            "an operator of an unknown domain",
            "version of operator set 'com.example', got none",
            x.clone().addNode(node("x", "y").setDomain("com.example"))),
        graph(
            "a name that is hostile to terminals",
            "input 'a\\u001b[2J' is made by no node",
            x.clone().addNode(node("a\u001b[2J", "y"))),
        graph(
            "a very long name",
            "is made by no node",
            x.clone().addNode(node("z".repeat(1 << 20), "y"))));
  }

  static Stream<Bad> attributes() {
    AttributeProto.Builder inner = Protos.attribute("body", AttributeType.GRAPH);
    return Stream.of(
        graph(
            "an attribute without a name",
            "an attribute to have a name",
            with(Protos.attribute("", AttributeType.INT))),
        graph(
            "two attributes of one name",
            "expected one attribute 'a', got two",
            with(
                Protos.attribute("a", AttributeType.INT),
                Protos.attribute("a", AttributeType.INT))),
        graph(
            "an attribute of two kinds",
            "values of one kind, got FLOAT and INT",
            with(Protos.attribute("a", AttributeType.INT).setF(1).setI(1))),
        graph(
            "an attribute that lies about its kind",
            "of kind FLOATS, as the attribute says, got INTS",
            with(Protos.attribute("a", AttributeType.FLOATS).addInts(1))),
        graph(
            "an attribute without a value",
            "an attribute to have a value",
            with(AttributeProto.newBuilder().setName("a"))),
        graph(
            "a tensor attribute without a tensor",
            "expected one value, got 0",
            with(Protos.attribute("a", AttributeType.TENSOR))),
        graph(
            "a reference outside of functions",
            "refers to one of a function, but is in none",
            with(Protos.attribute("a", AttributeType.INT).setRefAttrName("b"))),
        graph(
            "a reference and a value",
            "a reference or a value, got both",
            with(Protos.attribute("a", AttributeType.INT).setRefAttrName("b").setI(1))),
        graph(
            "a broken inner graph",
            "graph 'body': node 'relu' ('Relu'): input 'q' is made by no",
            with(inner.clone().setG(Protos.graph(node("q", "r"))))),
        graph(
            "an inner graph that hides an outer value",
            "value 'x' is made twice",
            with(inner.clone().setG(Protos.graph(node("x", "x"))))),
        graph(
            "an inner graph whose value leaks out",
            "output 'r' is made by no node",
            with(inner.clone().setG(Protos.graph(node("x", "r")))).addOutput(Protos.value("r", 1))),
        new Bad(
            "graphs within graphs within ...",
            "at most 100 messages within messages",
            BadGraphsTest::nested),
        new Bad(
            "types of types of ...",
            "at most 100 messages within messages",
            BadGraphsTest::nestedTypes));
  }

  private static byte[] nested() {
    GraphProto.Builder g = Protos.graph(node("x", "y"));
    for (int depth = 0; depth < 40; depth++) {
      g = with(Protos.attribute("body", AttributeType.GRAPH).setG(g));
    }
    return Protos.model(g).build().toByteArray();
  }

  private static byte[] nestedTypes() {
    TypeProto type = Protos.value("", 1).getType();
    for (int depth = 0; depth < 60; depth++) {
      type =
          TypeProto.newBuilder()
              .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(type))
              .build();
    }
    return Protos.model(
            Protos.graph().addInput(ValueInfoProto.newBuilder().setName("x").setType(type)))
        .build()
        .toByteArray();
  }

  static Stream<Bad> models() {
    ModelProto.Builder good = Protos.model(Protos.relu());
    return Stream.of(
        Bad.model("no version of the format", "got no version", good.clone().clearIrVersion()),
        Bad.model("version 0 of the format", "from 1 to 13, got 0", good.clone().setIrVersion(0)),
        Bad.model("a version to come", "from 1 to 13, got 14", good.clone().setIrVersion(14)),
        Bad.model("a version below zero", "from 1 to 13, got -1", good.clone().setIrVersion(-1)),
        Bad.model("no graph", "got no graph", good.clone().clearGraph()),
        Bad.model(
            "no operator set", "operator set 'ai.onnx', got none", good.clone().clearOpsetImport()),
        Bad.model("an operator set to come", "'ai.onnx' from 1 to 22, got 23", opset("", 23)),
        Bad.model("operator set 0", "'ai.onnx' from 1 to 22, got 0", opset("", 0)),
        Bad.model("another domain's set below 1", "got -5", opset("com.example", -5)),
        Bad.model(
            "two operator sets",
            "expected one version of an operator set, got 17 and 11",
            good.clone()
                .addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(11))),
        Bad.model(
            "metadata twice",
            "keys to be distinct",
            good.clone().addMetadataProps(entry("k")).addMetadataProps(entry("k"))),
        Bad.model("a function that calls itself", "calls itself", functions(call("F", "F"))),
        Bad.model(
            "functions that call each other",
            "calls itself",
            functions(call("F", "G"), call("G", "F"))),
        Bad.model(
            "two functions of one name",
            "expected one function 'local.F', got two",
            functions(call("F", "G"), call("F", "G"))),
        Bad.model(
            "a function without a name", "a function to have a name", functions(call("", "G"))),
        Bad.model(
            "a function whose output is made by no node",
            "function 'local.F': output 'q'",
            functions(call("F", "G").addOutput("q"))),
        Bad.model(
            "functions that double and double", "at most 10000000 nodes", functions(doubling())));
  }

  private static StringStringEntryProto.Builder entry(String key) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue("v");
  }

  private static ModelProto.Builder opset(String domain, long version) {
    return Protos.model(Protos.relu())
        .clearOpsetImport()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
  }

  private static FunctionProto.Builder call(String name, String... callees) {
    FunctionProto.Builder f =
        FunctionProto.newBuilder()
            .setName(name)
            .setDomain("local")
            .addInput("a")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
    for (int i = 0; i < callees.length; i++) {
      f.addNode(Protos.node(callees[i], List.of("a"), List.of("b" + i)).setDomain("local"));
    }
    return f;
  }

  /** The first of these stands for 2^40 nodes. */
  private static FunctionProto.Builder[] doubling() {
    FunctionProto.Builder[] f = new FunctionProto.Builder[40];
    for (int i = 0; i < f.length; i++) {
      f[i] = call("F" + i, "F" + (i + 1), "F" + (i + 1));
    }
    return f;
  }

  private static ModelProto.Builder functions(FunctionProto.Builder... functions) {
    ModelProto.Builder m = Protos.model(Protos.relu());
    for (FunctionProto.Builder f : functions) {
      m.addFunctions(f);
    }
    return m;
  }

  @ParameterizedTest
  @MethodSource({"values", "attributes", "models"})
  void isRefused(Bad model) {
    model.check();
  }
}
