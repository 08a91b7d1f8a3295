package io.lanewise.onnx.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The standard's own test models, in Debian's package libonnx-testdata. */
class TestDataTest {
  private static final Path FOLDER = Path.of("/usr/share/libonnx-testdata/data");

  private static List<Path> files(String ending) throws IOException {
    String missing = "the standard's test models, Debian's libonnx-testdata, are not installed";
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(Files.isDirectory(FOLDER), missing); // where all must be there, nothing is skipped
    }
    Assumptions.assumeTrue(Files.isDirectory(FOLDER), missing);
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void everyModelIsReadAsProtocolBuffersReadIt() throws IOException {
    List<Path> models = files(".onnx");
    assertTrue(models.size() > 1000, () -> models.size() + " models");
    for (Path file : models) {
      OnnxModel got = new OnnxReader().read(file);
      ModelProto expected = ModelProto.parseFrom(Files.readAllBytes(file));
      assertEquals(
          expected.getGraph().getNodeList().stream().map(TestDataTest::text).toList(),
          got.graph().nodes().stream().map(TestDataTest::text).toList(),
          file::toString);
      assertEquals(
          expected.getGraph().getInitializerList().stream().map(TensorProto::getName).toList(),
          List.copyOf(got.graph().initializers().keySet()),
          file::toString);
      assertEquals(
          expected.getGraph().getInputList().stream().map(v -> v.getName()).toList(),
          got.graph().inputs().stream().map(v -> v.name()).toList(),
          file::toString);
    }
  }

  @Test
  void everyModelIsWrittenAsItWasRead() throws IOException {
    for (Path file : files(".onnx")) {
      OnnxModel model = new OnnxReader().read(file);
      byte[] once = new OnnxWriter().toBytes(model);
      assertArrayEquals(once, new OnnxWriter().toBytes(new OnnxReader().read(once)));
      ModelProto expected = ModelProto.parseFrom(Files.readAllBytes(file));
      ModelProto got = ModelProto.parseFrom(once);
      assertEquals(
          expected.getGraph().getNodeList().stream().map(TestDataTest::plain).toList(),
          got.getGraph().getNodeList().stream().map(TestDataTest::plain).toList(),
          file::toString);
      assertEquals(
          expected.getGraph().getInputList(), got.getGraph().getInputList(), file::toString);
      assertEquals(
          expected.getGraph().getOutputList(), got.getGraph().getOutputList(), file::toString);
    }
  }

  /** Without documentation, and without tensors and graphs, which may be written in other ways. */
  private static NodeProto plain(NodeProto n) {
    NodeProto.Builder plain = n.toBuilder().clearDocString().clearAttribute();
    if (n.getDomain().isEmpty()) {
      plain.clearDomain();
    }
    if (n.getName().isEmpty()) {
      plain.clearName();
    }
    n.getAttributeList().stream()
        .filter(a -> !a.hasT() && !a.hasG() && !a.hasSparseTensor())
        .map(a -> a.toBuilder().clearDocString().build())
        .forEach(plain::addAttribute);
    return plain.build();
  }

  private static String text(NodeProto n) {
    return n.getName()
        + n.getOpType()
        + n.getInputList()
        + n.getOutputList()
        + n.getAttributeList().stream().map(a -> a.getName()).toList();
  }

  private static String text(OnnxNode n) {
    return n.name()
        + n.opType()
        + n.inputs()
        + n.outputs()
        + n.attributes().keySet().stream().toList();
  }
}
