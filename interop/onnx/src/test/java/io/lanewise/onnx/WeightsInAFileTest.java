package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.file.OnnxWriter;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large weights of a model's file stay there; they are packed without being kept. */
class WeightsInAFileTest {
  private static final int N = 300;

  @TempDir private Path folder;
  private Path file;
  private Path external;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.onnx");
    external = folder.resolve("external.onnx");
    new OnnxWriter().write(model(), file);
    new OnnxWriter().externalData(1000).write(model(), external);
  }

  /** A product by a large matrix, and a small sum. */
  private static OnnxModel model() {
    Tensor w = Tensor.zeros(N, N);
    for (int i = 0; i < w.size(); i++) {
      w.array()[i] = i * 37 % 64 - 32;
    }
    Map<String, TypedTensor> weights =
        Map.of("w", TypedTensor.of(w), "b", TypedTensor.of(Tensor.of(Shape.of(1), 2)));
    List<OnnxNode> nodes =
        List.of(
            new OnnxNode("mul", "", "MatMul", List.of("x", "w"), List.of("p"), Map.of()),
            new OnnxNode("add", "", "Add", List.of("p", "b"), List.of("y"), Map.of()));
    OnnxGraph graph =
        new OnnxGraph("g", nodes, weights, List.of(rows("x")), List.of(rows("y")), Map.of());
    return new OnnxModel(8, "", "", Map.of("", 17L), graph, List.of(), Map.of());
  }

  private static ValueInfo rows(String name) {
    return new ValueInfo(
        name,
        new ValueType.OfTensor(
            ElementType.FLOAT, Optional.of(List.of(Dimension.named("rows"), Dimension.of(N)))));
  }

  private static Tensor run(OnnxSession session, int rows) {
    Tensor x = Tensor.zeros(rows, N);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = i % 11 - 5;
    }
    return session.run(Map.of("x", x)).get("y");
  }

  private static TypedTensor matrix(OnnxSession session) {
    return session.model().graph().initializers().get("w");
  }

  @Test
  void theyArePackedAndNotKept() throws IOException {
    for (Path path : List.of(file, external)) {
      try (OnnxSession here = OnnxSession.load(path);
          OnnxSession inMemory = OnnxSession.of(model(), SessionOptions.defaults())) {
        for (int rows : new int[] {1, 20, 3}) {
          assertTrue(run(inMemory, rows).sameBits(run(here, rows)), path + " " + rows);
        }
        assertTrue(matrix(here).isOutside());
        assertFalse(here.model().graph().initializers().get("b").isOutside());
        assertEquals(5, matrix(here).doubleAt(1));
      }
    }
  }

  @Test
  void theFileMayBeReplaced() throws IOException {
    try (OnnxSession session = OnnxSession.load(file)) {
      Path other = folder.resolve("other");
      Files.write(other, new byte[10]);
      Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      try (OnnxSession inMemory = OnnxSession.of(model(), SessionOptions.defaults())) {
        assertTrue(run(inMemory, 2).sameBits(run(session, 2)));
      }
    }
  }

  @Test
  void aFileThatWasCutOffIsTold() throws IOException {
    try (OnnxSession session = OnnxSession.load(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      OnnxException e = assertThrows(OnnxException.class, () -> run(session, 2));
      assertTrue(e.getMessage().contains("became shorter"), e.getMessage());
    }
  }

  @Test
  void ofBytesNothingIsOutside() throws IOException {
    OnnxModel model = new OnnxReader().read(Files.readAllBytes(file));
    assertFalse(model.graph().initializers().get("w").isOutside());
  }
}
