package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
  private static final ValueType VECTOR =
      new ValueType.OfTensor(
          ElementType.FLOAT,
          Optional.of(List.of(Dimension.named("n"), Dimension.named(""), Dimension.of(3))));

  @TempDir private Path folder;

  private static OnnxModel model(Map<String, TypedTensor> initializers, Map<String, Attribute> a) {
    OnnxGraph graph =
        new OnnxGraph(
            "g",
            List.of(
                new OnnxNode("n", "", "Op", List.of("x", "", "x"), List.of("", "y"), a),
                new OnnxNode("", "local", "F", List.of("y"), List.of("z"), Map.of())),
            initializers,
            List.of(new ValueInfo("x", VECTOR)),
            List.of(new ValueInfo("z", new ValueType.OfSequence(VECTOR))),
            Map.of("y", new ValueInfo("y", new ValueType.Untold())));
    OnnxFunction f =
        new OnnxFunction(
            "local",
            "F",
            List.of("a"),
            List.of("b"),
            List.of("alpha"),
            Map.of("beta", new Attribute.OfFloat(2)),
            Map.of("", 16L),
            List.of(
                new OnnxNode(
                    "",
                    "",
                    "Op",
                    List.of("a"),
                    List.of("b"),
                    Map.of("k", new Attribute.Reference("alpha", Attribute.OfInts.class)))));
    return new OnnxModel(
        8, "lanewise", "0.1", Map.of("", 17L, "local", 1L), graph, List.of(f), Map.of("k", "v"));
  }

  private static Map<String, Attribute> attributes() {
    Map<String, Attribute> a = new LinkedHashMap<>();
    a.put("float", new Attribute.OfFloat(-0.5f));
    a.put("zero", new Attribute.OfInt(0));
    a.put("int", new Attribute.OfInt(-7));
    a.put("text", new Attribute.OfText("größe"));
    a.put("floats", new Attribute.OfFloats(List.of(1f, Float.NaN)));
    a.put("ints", new Attribute.OfInts(List.of(Long.MIN_VALUE, 300L)));
    a.put("none", new Attribute.OfInts(List.of()));
    a.put("texts", new Attribute.OfTexts(List.of("", "b")));
    a.put(
        "graph",
        new Attribute.OfGraph(
            new OnnxGraph(
                "",
                List.of(new OnnxNode("", "", "Op", List.of("x"), List.of("inner"), Map.of())),
                Map.of(),
                List.of(),
                List.of(new ValueInfo("inner", new ValueType.Untold())),
                Map.of())));
    a.put("type", new Attribute.OfType(new ValueType.OfMap(ElementType.STRING, VECTOR)));
    a.put("types", new Attribute.OfTypes(List.of(new ValueType.OfOptional(VECTOR))));
    return a;
  }

  private static Map<String, TypedTensor> tensors() {
    Map<String, TypedTensor> t = new LinkedHashMap<>();
    for (ElementType type : ElementType.values()) {
      TypedTensor tensor = TypedTensor.zeros(type, Shape.of(2, 2));
      for (int i = 0; i < 4; i++) {
        if (type == ElementType.STRING) {
          tensor.strings()[i] = "text " + i;
        } else {
          tensor.setLong(i, i == 3 ? -1 : i);
        }
      }
      t.put(type.toString(), tensor);
    }
    t.put("scalar", TypedTensor.scalar(5));
    t.put("empty", TypedTensor.zeros(ElementType.FLOAT, Shape.of(0, 3)));
    return t;
  }

  private static void assertTensors(Map<String, TypedTensor> expected, OnnxModel got) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(got.graph().initializers().keySet()));
    expected.forEach(
        (name, t) -> {
          TypedTensor other = got.graph().initializers().get(name);
          assertEquals(t.toString(), other.toString(), name);
          assertArrayEquals(new Object[] {t.array()}, new Object[] {other.array()}, name);
        });
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    OnnxModel m = model(Map.of(), attributes());
    assertEquals(m, new OnnxReader().read(new OnnxWriter().toBytes(m)));
    Path file = folder.resolve("m.onnx");
    new OnnxWriter().write(m, file);
    assertEquals(m, new OnnxReader().read(file));
  }

  @Test
  void tensorsOfEveryTypeAreReadAgain() {
    OnnxModel m = model(tensors(), Map.of());
    assertTensors(tensors(), new OnnxReader().read(new OnnxWriter().toBytes(m)));
  }

  @Test
  void protocolBuffersReadTheSame() throws InvalidProtocolBufferException {
    Map<String, Attribute> a = attributes();
    a.put("tensor", new Attribute.OfTensor(TypedTensor.vector(3, 4)));
    a.put("tensors", new Attribute.OfTensors(List.of(TypedTensor.scalar(1))));
    ModelProto p = ModelProto.parseFrom(new OnnxWriter().toBytes(model(tensors(), a)));
    assertEquals(8, p.getIrVersion());
    assertEquals("Op", p.getGraph().getNode(0).getOpType());
    assertEquals(List.of("x", "", "x"), List.copyOf(p.getGraph().getNode(0).getInputList()));
    assertTrue(p.getUnknownFields().asMap().isEmpty());
    Map<String, AttributeProto> got = new LinkedHashMap<>();
    p.getGraph().getNode(0).getAttributeList().forEach(v -> got.put(v.getName(), v));
    assertEquals(a.keySet(), got.keySet());
    assertEquals(-0.5f, got.get("float").getF());
    assertEquals(AttributeProto.AttributeType.INT, got.get("zero").getType());
    assertEquals("größe", got.get("text").getS().toStringUtf8());
    assertEquals(List.of(Long.MIN_VALUE, 300L), List.copyOf(got.get("ints").getIntsList()));
    assertEquals(16, got.get("tensor").getT().getRawData().size());
    TensorProto doubles =
        p.getGraph().getInitializerList().stream()
            .filter(t -> t.getName().equals("double"))
            .findFirst()
            .orElseThrow();
    assertEquals(TensorProto.DataType.DOUBLE.getNumber(), doubles.getDataType());
    assertEquals(32, doubles.getRawData().size());
  }

  @Test
  void largeTensorsGoToAFileOfTheirOwn() throws IOException {
    OnnxModel m = model(tensors(), Map.of());
    Path file = folder.resolve("m.onnx");
    new OnnxWriter().externalData(16).write(m, file);
    Path data = folder.resolve("m.onnx.data");
    // six types of 4 and 8 bytes: the last of them begins at page 5 and takes 32 bytes
    assertEquals(5 * 4096 + 32, Files.size(data));
    assertTensors(tensors(), new OnnxReader().read(file));
    assertTrue(Files.size(file) < new OnnxWriter().toBytes(m).length + 1000);
    Files.delete(data);
    assertThrows(OnnxException.class, () -> new OnnxReader().read(file));
  }

  @Test
  void smallTensorsNeedNoSecondFile() throws IOException {
    Path file = folder.resolve("m.onnx");
    new OnnxWriter().externalData(1000).write(model(tensors(), Map.of()), file);
    assertFalse(Files.exists(folder.resolve("m.onnx.data")));
    assertTensors(tensors(), new OnnxReader().read(file));
  }

  @Test
  void aWrongModelLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("m.onnx"), "old");
    OnnxModel m = model(Map.of("x", TypedTensor.scalar(1)), Map.of());
    OnnxModel twice = model(Map.of("y", TypedTensor.scalar(1)), Map.of());
    for (OnnxModel wrong : List.of(m, twice)) {
      assertThrows(OnnxException.class, () -> new OnnxWriter().write(wrong, file));
    }
    Files.createDirectories(folder.resolve("m.onnx.data/in the way"));
    OnnxModel good = model(tensors(), Map.of());
    assertThrows(IOException.class, () -> new OnnxWriter().externalData(1).write(good, file));
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("m.onnx", "m.onnx.data"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }
}
