package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.cli.npy.Npy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxWriter;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lanewise run} and {@code lanewise profile}. */
class ModelCommandsTest {
  @TempDir private Path folder;
  private Path model;

  /** y = the mean of each channel of x [n][3][h][w]. */
  @BeforeEach
  void aModel() throws IOException {
    model = folder.resolve("means.onnx");
    OnnxNode pool =
        new OnnxNode("pool", "", "GlobalAveragePool", List.of("x"), List.of("p"), Map.of());
    OnnxNode flat = new OnnxNode("flat", "", "Flatten", List.of("p"), List.of("y"), Map.of());
    OnnxGraph graph =
        new OnnxGraph(
            "means",
            List.of(pool, flat),
            Map.of(),
            List.of(
                info("x", Dimension.named("n"), Dimension.of(3), Dimension.of(4), Dimension.of(4))),
            List.of(info("y", Dimension.named("n"), Dimension.of(3))),
            Map.of());
    new OnnxWriter()
        .write(new OnnxModel(8, "test", "", Map.of("", 17L), graph, List.of(), Map.of()), model);
  }

  private static ValueInfo info(String name, Dimension... dims) {
    return new ValueInfo(
        name, new ValueType.OfTensor(ElementType.FLOAT, Optional.of(Arrays.asList(dims))));
  }

  @Test
  void arraysGoInAndOut() throws IOException {
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    Tensor image = Tensor.zeros(1, 3, 4, 4);
    Arrays.fill(image.array(), 16, 32, 2);
    Npy.write(x, TypedTensor.of(image));
    String text = CommandRun.of("run", model, "--input", "x=" + x, "--output", y).succeeded().out();
    assertTrue(text.startsWith("y: float[1, 3]\n  from 0.00000 to 2.00000, mean 0.666667\n"), text);
    assertTrue(text.contains("  [1] 2.00000\n"), text);
    assertArrayEquals(new float[] {0, 2, 0}, Npy.read(y).floats());
  }

  @Test
  void coldStartsInJvmsWithFlags() {
    String out =
        CommandRun.of("cold", "--forks=1", "--model", model, "--jvm=-XX:+UseSerialGC -Xmn16m")
            .succeeded()
            .out();
    String flags = ", `-XX:+UseSerialGC -Xmn16m`";
    for (String kind : List.of("", ", warm-up", ", warm-up" + flags)) {
      assertTrue(out.contains("\n| Lanewise" + kind + " | "), out);
    }
    CommandRun.of("cold", "--forks=1", "--model", model, "--jvm=-XX:+NoSuchFlag")
        .failedWith("NoSuchFlag");
  }

  @Test
  void imagesAreScaledAndNormalised() {
    Path image = Path.of("..", "docs", "images", "sneaker.png");
    String plain = CommandRun.of("run", model, "--input", image, "--threads", 1).succeeded().out();
    assertTrue(plain.contains("y: float[1, 3]"), plain);
    String moved =
        CommandRun.of("run", model, "--input", image, "--mean", "0,10,0", "--std", "1,2,1")
            .succeeded()
            .out();
    assertTrue(moved.contains("from -"), moved);
  }

  @Test
  void nodesAreProfiled() throws IOException {
    Path out = folder.resolve("a/b");
    String text =
        CommandRun.of("profile", model, "--batch", 2, "--runs", 3, "--warm-up", 0, "--out", out)
            .succeeded()
            .out();
    assertTrue(text.contains("pool: average pooling"), text);
    assertTrue(text.contains(" ms a run (median of 3), "), text);
    String page = Files.readString(out.resolve("profile.html"));
    assertTrue(page.contains("/means.onnx</h1>"), page);
    assertTrue(page.contains("<dt>Input x</dt><dd>float[2, 3, 4, 4]"), page);
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Path x = folder.resolve("x.npy");
    Npy.write(x, TypedTensor.of(Tensor.zeros(1, 3, 5, 4)));
    CommandRun.of("run", model, "--input", x)
        .failedWith("means.onnx", "'x' should be float[n, 3, 4, 4]", "float[1, 3, 5, 4]");
    CommandRun.of("run", model, "--input", "z=" + x).refusedWith("--input", "no 'z'", "x");
    CommandRun.of("run", model, "--input", folder.resolve("none.npy"))
        .failedWith("none.npy", "does not exist");
    CommandRun.of("run", model, "--input", model).failedWith("means.onnx");
    CommandRun.of("run", model).refusedWith("--input");
    CommandRun.of("run", folder.resolve("no.onnx"), "--input", x)
        .failedWith("no.onnx", "does not exist");
    CommandRun.of("profile", model, "--shape", "x=1x3x5").failedWith("x", "float[1, 3, 5]");
    CommandRun.of("profile", model, "--shape", "x=axb").refusedWith("--shape", "axb");
    CommandRun.of("profile", model, "--runs", 0).refusedWith("--runs", "got 0");
    CommandRun.of("profile", model, "--warm-up", -1).refusedWith("--warm-up", "got -1");
    CommandRun.of("profile", model, "--threads", 0).refusedWith("--threads", "got 0");
    CommandRun.of("run", model, "--input", x, "--threads", 0).refusedWith("--threads", "got 0");
    CommandRun.of("profile", model, "--runs", 1, "--warm-up", 0, "--rivals")
        .failedWith("--rivals needs the project");
  }

  @Test
  void arraysComeBackAsTheyWere() throws IOException {
    for (ElementType type : ElementType.values()) {
      if (type != ElementType.STRING && type != ElementType.BFLOAT16) {
        TypedTensor t = TypedTensor.zeros(type, Shape.of(2, 3));
        for (int i = 0; i < t.size(); i++) {
          t.setLong(i, i - 1);
        }
        Path file = folder.resolve(type + ".npy");
        Npy.write(file, t);
        TypedTensor back = Npy.read(file);
        assertEquals(t.toString(), back.toString());
        for (int i = 0; i < t.size(); i++) {
          assertEquals(t.doubleAt(i), back.doubleAt(i), type.toString());
        }
      }
    }
  }

  @Test
  void brokenArraysAreRefused() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, TypedTensor.vector(1, 2, 3));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> Npy.read(file));
    }
    byte[] huge = whole.clone();
    huge[8] = (byte) 0xff;
    huge[9] = (byte) 0xff;
    Files.write(file, huge);
    assertThrows(IOException.class, () -> Npy.read(file));
  }
}
