package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.lanewise.onnx.model.OnnxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no model, or not quite. */
class BadBytesTest {
  private static final byte[] GOOD = Protos.model(Protos.relu()).build().toByteArray();

  private static Bad bytes(String name, String expected, int... bytes) {
    byte[] b = new byte[bytes.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) bytes[i];
    }
    return new Bad(name, expected, () -> b);
  }

  private static Bad text(String name, String expected, String text) {
    return new Bad(name, expected, () -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Stream<Bad> models() {
    return Stream.of(
        bytes("nothing", "got neither: is this an ONNX model?"),
        bytes("zeros", "field number from 1", 0, 0, 0, 0),
        bytes("field number 0", "field number from 1 to 2^29 - 1, got 0", 2, 0),
        bytes("field number 2^29", "got 536870912", 0x80, 0x80, 0x80, 0x80, 0x10, 0),
        bytes("the start of a group", "wire type of 0, 1, 2 or 5 of field 1, got 3", 0x0b),
        bytes("wire type 7", "got 7", 0x0f),
        bytes("a number without an end", "more bytes, got only 0", 8, 0x80, 0x80),
        bytes(
            "a number of 11 bytes",
            "at most 10 bytes",
            8,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            0x80,
            1),
        bytes("a length beyond the end", "was the file cut off?", 8, 8, 0x3a, 100, 0),
        bytes(
            "a length below zero",
            "a length of 18446744073709551615",
            0x3a,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            0xff,
            1),
        bytes("a length of 2^31", "a length of 2147483648", 0x3a, 0x80, 0x80, 0x80, 0x80, 8),
        bytes("a graph that is a number", "expected wire type 2 of field 7, got 0", 0x38, 1),
        bytes("a version that is text", "expected wire type 0 of field 1, got 2", 0x0a, 1, 'a'),
        bytes("a name that is no UTF-8", "text in UTF-8", 0x12, 2, 0xc0, 0x80),
        text("a picture", "model: at byte", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"),
        text("a web page", "model: at byte", "<!DOCTYPE html><html><head>"),
        text("an archive", "model: at byte", "PK\u0003\u0004\u0014\0\0\0\b\0"),
        text(
            "a reference to a large file",
            "model: at byte",
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
        new Bad("two graphs", "expected one graph, got two", () -> twice(GOOD)),
        new Bad("a model and a half", "", () -> Arrays.copyOf(twice(GOOD), GOOD.length * 3 / 2)),
        new Bad(
            "packed floats of 5 bytes",
            "numbers of 4 bytes each, got 5 bytes",
            () -> inGraph(0x2a, 7, 0x22, 5, 0, 0, 0, 0, 0)),
        new Bad("a million empty nodes", "to name its operator", BadBytesTest::emptyNodes),
        new Bad("millions of nodes", "at most 2000000 nodes", BadBytesTest::manyNodes),
        new Bad(
            "millions of numbers in an attribute", "at most 2000000", BadBytesTest::manyNumbers),
        new Bad("millions of sizes", "at most 2000000", BadBytesTest::manySizes));
  }

  private static byte[] twice(byte[] bytes) {
    byte[] both = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
    return both;
  }

  private static byte[] inGraph(int... graph) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(8);
    out.write(8);
    out.write(0x3a);
    out.write(graph.length);
    for (int b : graph) {
      out.write(b);
    }
    return out.toByteArray();
  }

  private static byte[] emptyNodes() {
    return field(0x3a, repeated(1_000_000, 0x0a, 0));
  }

  /** Each of 8 bytes: an operator and an output of one letter. */
  private static byte[] manyNodes() {
    return field(0x3a, repeated(3_000_000, 0x0a, 6, 0x12, 1, 'y', 0x22, 1, 'A'));
  }

  private static byte[] manyNumbers() {
    byte[] ints = field(0x42, repeated(3_000_000, 1));
    return field(0x3a, field(0x0a, field(0x2a, ints)));
  }

  private static byte[] manySizes() {
    byte[] dims = field(0x0a, repeated(3_000_000, 1));
    return field(0x3a, field(0x2a, dims));
  }

  private static byte[] repeated(int count, int... bytes) {
    byte[] all = new byte[count * bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i % bytes.length];
    }
    return all;
  }

  private static byte[] field(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = value.length;
    while (length > 0x7f) {
      out.write(length | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isRefused(Bad model) {
    model.check();
  }

  /** Three small models that together use every kind of field. */
  static Stream<byte[]> smallModels() {
    ModelProto.Builder attributes =
        Protos.model(
            Protos.graph(
                    Protos.node("Conv", List.of("x", "w"), List.of("y"))
                        .addAttribute(
                            Protos.attribute("pads", AttributeType.INTS).addInts(1).addInts(1))
                        .addAttribute(Protos.attribute("f", AttributeType.FLOATS).addFloats(2))
                        .addAttribute(
                            Protos.attribute("t", AttributeType.TENSOR).setT(Protos.floats("", 1)))
                        .addAttribute(
                            Protos.attribute("g", AttributeType.GRAPH)
                                .setG(
                                    Protos.graph(Protos.node("Relu", List.of("x"), List.of("z"))))))
                .addInput(Protos.value("x", 1, 1, 2))
                .addInitializer(Protos.floats("w", 1, 2, 3))
                .addOutput(Protos.value("y", 1)));
    ModelProto.Builder tensors =
        Protos.model(
            Protos.relu()
                .addInitializer(
                    Protos.tensor("a", DataType.INT64, 2).addInt64Data(-1).addInt64Data(300))
                .addInitializer(Protos.tensor("b", DataType.DOUBLE, 1).addDoubleData(1))
                .addInitializer(
                    Protos.tensor("c", DataType.STRING, 1)
                        .addStringData(com.google.protobuf.ByteString.copyFromUtf8("text")))
                .addInitializer(
                    Protos.tensor("d", DataType.FLOAT, 1)
                        .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[4]))));
    return Stream.of(GOOD, attributes.build().toByteArray(), tensors.build().toByteArray());
  }

  /**
   * A model that is cut off is refused, unless the cut lies behind the graph, between two fields:
   * then it is a model that lacks what came after.
   */
  @ParameterizedTest
  @MethodSource("smallModels")
  void isRefusedWhereverItIsCutOff(byte[] model) {
    new OnnxReader().read(model);
    int whole = 0;
    for (int length = 0; length < model.length; length++) {
      byte[] cut = Arrays.copyOf(model, length);
      try {
        new OnnxReader().read(cut);
        whole++;
      } catch (OnnxException e) {
        assertTrue(e.getMessage().startsWith("model"), e::toString);
      }
    }
    assertEquals(0, whole, "cuts that leave a model");
  }

  /** Bytes that are not what they were give a model or a typed error, never another exception. */
  @Property(tries = 3000)
  void changedBytesGiveAModelOrATypedError(
      @ForAll @IntRange(max = 2) int which,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 20) Integer> places,
      @ForAll @Size(6) byte[] values) {
    byte[] model = smallModels().toList().get(which).clone();
    for (int i = 0; i < places.size(); i++) {
      model[places.get(i) % model.length] = values[i];
    }
    try {
      new OnnxReader().read(model);
    } catch (OnnxException e) {
      assertTrue(e.getMessage().length() < 20_000);
    }
  }
}
