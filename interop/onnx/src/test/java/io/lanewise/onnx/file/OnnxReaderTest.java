package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
  @TempDir private Path folder;

  private static OnnxModel read(ModelProto.Builder model) {
    return new OnnxReader().read(model.build().toByteArray());
  }

  private static ValueType floats(long... dims) {
    return new ValueType.OfTensor(
        ElementType.FLOAT,
        Optional.of(java.util.Arrays.stream(dims).mapToObj(Dimension::of).toList()));
  }

  @Test
  void readsWhatAModelSays() {
    OnnxModel m =
        read(
            Protos.model(Protos.relu())
                .setProducerVersion("1.2")
                .addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(3))
                .addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey("author").setValue("me")));
    assertEquals(8, m.irVersion());
    assertEquals("test", m.producer());
    assertEquals("1.2", m.producerVersion());
    assertEquals(Map.of("", 17L, "com.example", 3L), m.opsets());
    assertEquals(Map.of("author", "me"), m.metadata());
    OnnxGraph g = m.graph();
    assertEquals("g", g.name());
    assertEquals(List.of(new ValueInfo("x", floats(1, 3))), g.inputs());
    assertEquals(List.of(new ValueInfo("y", floats(1, 3))), g.outputs());
    assertEquals(
        List.of(new OnnxNode("relu", "", "Relu", List.of("x"), List.of("y"), Map.of())), g.nodes());
  }

  @Test
  void fileBytesBufferAndStreamReadTheSame() throws IOException {
    byte[] bytes = Protos.model(Protos.relu()).build().toByteArray();
    OnnxModel expected = new OnnxReader().read(bytes);
    Path file = Files.write(folder.resolve("m.onnx"), bytes);
    assertEquals(expected, new OnnxReader().read(file));
    assertEquals(expected, new OnnxReader().read(new ByteArrayInputStream(bytes)));
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 2).position(2);
    direct.put(bytes).position(2);
    assertEquals(expected, new OnnxReader().read(direct));
    assertEquals(2, direct.position());
    Files.delete(file); // nothing holds it open
  }

  @Test
  void limitsHold() throws IOException {
    byte[] bytes = Protos.model(Protos.relu()).build().toByteArray();
    Path file = Files.write(folder.resolve("m.onnx"), bytes);
    OnnxReader fits = new OnnxReader().limits(new OnnxLimits(bytes.length, 100, 0));
    fits.read(file);
    fits.read(new ByteArrayInputStream(bytes));
    OnnxReader small = new OnnxReader().limits(new OnnxLimits(bytes.length - 1, 100, 0));
    for (OnnxException e :
        List.of(
            assertThrows(OnnxException.class, () -> small.read(file)),
            assertThrows(OnnxException.class, () -> small.read(bytes)),
            assertThrows(OnnxException.class, () -> small.read(new ByteArrayInputStream(bytes))))) {
      assertTrue(e.getMessage().contains("at most " + (bytes.length - 1) + " bytes"), e::toString);
    }
    OnnxException e =
        assertThrows(
            OnnxException.class,
            () -> new OnnxReader().limits(new OnnxLimits(1000, 10, 0)).read(bytes));
    assertTrue(e.getMessage().contains("at most 10 nodes, names"), e::toString);
  }

  @Test
  void aMissingFileIsNoBrokenModel() {
    assertThrows(
        NoSuchFileException.class, () -> new OnnxReader().read(folder.resolve("none.onnx")));
  }

  @Test
  void attributesOfEveryKind() {
    NodeProto.Builder n = Protos.node("Any", List.of(), List.of("y")).setDomain("d");
    n.addAttribute(Protos.attribute("f", AttributeType.FLOAT).setF(2.5f));
    n.addAttribute(Protos.attribute("i", AttributeType.INT).setI(-3));
    n.addAttribute(Protos.attribute("zero", AttributeType.INT));
    n.addAttribute(
        Protos.attribute("s", AttributeType.STRING).setS(ByteString.copyFromUtf8("größe")));
    n.addAttribute(Protos.attribute("t", AttributeType.TENSOR).setT(Protos.floats("t", 1, 2)));
    n.addAttribute(Protos.attribute("fs", AttributeType.FLOATS).addFloats(1).addFloats(Float.NaN));
    n.addAttribute(Protos.attribute("is", AttributeType.INTS).addInts(1).addInts(Long.MIN_VALUE));
    n.addAttribute(Protos.attribute("empty", AttributeType.INTS));
    n.addAttribute(
        Protos.attribute("ss", AttributeType.STRINGS)
            .addStrings(ByteString.copyFromUtf8("a"))
            .addStrings(ByteString.EMPTY));
    n.addAttribute(Protos.attribute("ts", AttributeType.TENSORS).addTensors(Protos.floats("", 7)));
    n.addAttribute(
        Protos.attribute("tp", AttributeType.TYPE_PROTO).setTp(Protos.value("", 7, 2).getType()));
    n.addAttribute(
        Protos.attribute("g", AttributeType.GRAPH)
            .setG(
                Protos.graph(Protos.node("Relu", List.of("x"), List.of("inner")))
                    .addOutput(Protos.value("inner", 1))));
    OnnxModel m =
        read(
            Protos.model(Protos.graph(n).addInput(Protos.value("x", 1)))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("d").setVersion(1)));
    OnnxNode node = m.graph().nodes().getFirst();
    assertEquals(2.5f, node.floatOr("f", 0));
    assertEquals(-3, node.intOr("i", 0));
    assertEquals(0, node.intOr("zero", 9));
    assertEquals("größe", node.textOr("s", ""));
    assertEquals(List.of(1f, Float.NaN), node.floats("fs").orElseThrow());
    assertEquals(new Attribute.OfInts(List.of(1L, Long.MIN_VALUE)), node.attributes().get("is"));
    assertEquals(0, node.ints("empty").orElseThrow().length);
    assertEquals(List.of("a", ""), node.texts("ss").orElseThrow());
    assertEquals("float[2]", node.tensor("t").orElseThrow().toString());
    assertEquals("Relu", node.graph("g").orElseThrow().nodes().getFirst().opType());
    assertEquals(
        new Attribute.OfType(
            new ValueType.OfTensor(ElementType.INT64, Optional.of(List.of(Dimension.of(2))))),
        node.attributes().get("tp"));
    assertEquals(
        List.of("f", "i", "zero", "s", "t", "fs", "is", "empty", "ss", "ts", "tp", "g"),
        List.copyOf(node.attributes().keySet()));
  }

  @Test
  void typesOfEveryKind() {
    TypeProto floats = Protos.value("", 1).getType();
    ValueInfoProto.Builder symbolic =
        ValueInfoProto.newBuilder()
            .setName("a")
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(1)
                            .setShape(
                                TensorShapeProto.newBuilder()
                                    .addDim(
                                        TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                                    .addDim(TensorShapeProto.Dimension.newBuilder())
                                    .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(-1))
                                    .addDim(
                                        TensorShapeProto.Dimension.newBuilder().setDimValue(4)))));
    GraphProto.Builder g =
        Protos.graph()
            .addInput(symbolic)
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("b")
                    .setType(
                        TypeProto.newBuilder()
                            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(10))))
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("c")
                    .setType(
                        TypeProto.newBuilder()
                            .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(floats))))
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("d")
                    .setType(
                        TypeProto.newBuilder()
                            .setMapType(
                                TypeProto.Map.newBuilder().setKeyType(8).setValueType(floats))))
            .addInput(
                ValueInfoProto.newBuilder()
                    .setName("e")
                    .setType(
                        TypeProto.newBuilder()
                            .setOptionalType(TypeProto.Optional.newBuilder().setElemType(floats))))
            .addInput(ValueInfoProto.newBuilder().setName("f"));
    List<ValueType> types =
        read(Protos.model(g)).graph().inputs().stream().map(ValueInfo::type).toList();
    ValueType scalar = floats();
    assertEquals(
        List.of(
            new ValueType.OfTensor(
                ElementType.FLOAT,
                Optional.of(
                    List.of(
                        Dimension.named("n"),
                        Dimension.named(""),
                        Dimension.named(""),
                        Dimension.of(4)))),
            new ValueType.OfTensor(ElementType.FLOAT16, Optional.empty()),
            new ValueType.OfSequence(scalar),
            new ValueType.OfMap(ElementType.STRING, scalar),
            new ValueType.OfOptional(scalar),
            new ValueType.Untold()),
        types);
  }

  @Test
  void functionsAndTheirReferences() {
    NodeProto.Builder body =
        Protos.node("LeakyRelu", List.of("a"), List.of("b"))
            .addAttribute(Protos.attribute("alpha", AttributeType.FLOAT).setRefAttrName("slope"));
    FunctionProto.Builder f =
        FunctionProto.newBuilder()
            .setName("Leaky")
            .setDomain("local")
            .addInput("a")
            .addOutput("b")
            .addAttribute("slope")
            .addNode(body)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(16));
    OnnxModel m =
        read(
            Protos.model(
                    Protos.graph(
                            Protos.node("Leaky", List.of("x"), List.of("y")).setDomain("local"))
                        .addInput(Protos.value("x", 1)))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1))
                .addFunctions(f));
    assertEquals(
        new io.lanewise.onnx.model.OnnxFunction(
            "local",
            "Leaky",
            List.of("a"),
            List.of("b"),
            List.of("slope"),
            Map.of(),
            Map.of("", 16L),
            List.of(
                new OnnxNode(
                    "leakyrelu",
                    "",
                    "LeakyRelu",
                    List.of("a"),
                    List.of("b"),
                    Map.of("alpha", new Attribute.Reference("slope", Attribute.OfFloat.class))))),
        m.functions().getFirst());
  }

  @Test
  void anInitializerMayBeAnInputsDefault() {
    OnnxGraph g =
        read(Protos.model(
                Protos.relu()
                    .addInput(Protos.value("w", 1, 2))
                    .addInitializer(Protos.floats("w", 3, 4))))
            .graph();
    assertEquals(2, g.inputs().size());
    assertEquals("float[2]", g.initializers().get("w").toString());
  }

  @Test
  void oldModelsNameNoOperatorSet() {
    assertEquals(
        Map.of("", 1L),
        read(Protos.model(Protos.relu()).clearOpsetImport().setIrVersion(2)).opsets());
  }

  @Test
  void unknownFieldsArePassedOver() {
    byte[] model = Protos.model(Protos.relu()).build().toByteArray();
    ByteBuffer more =
        ByteBuffer.allocate(model.length + 100).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    more.put(model);
    more.put(new byte[] {(byte) 0xb8, 0x3f, 1}); // field 1015, a number
    more.put(new byte[] {(byte) 0xb9, 0x3f}).putLong(7);
    more.put(new byte[] {(byte) 0xba, 0x3f, 2, 9, 9});
    more.put(new byte[] {(byte) 0xbd, 0x3f}).putInt(7);
    assertEquals(new OnnxReader().read(model), new OnnxReader().read(more.flip()));
  }
}
