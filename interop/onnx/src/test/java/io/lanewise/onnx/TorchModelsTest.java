package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.onnx.file.OnnxReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * torchvision's networks with random weights give what PyTorch computed when it exported them, for
 * images of two sizes. The models are made once, by {@code tools/export-torch-models}, into {@code
 * target/torch-models} or the folder that the system property {@code lanewise.torch.models} names.
 */
class TorchModelsTest {
  /** Of the largest output; about ten times what rounding makes of these depths. */
  private static final double TOLERANCE = 1e-4;

  private static final int EXPORT_MINUTES = 5;

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(strings = {"squeezenet1_1", "mobilenet_v3_small", "shufflenet_v2_x1_0"})
  void smallNetworks(String name) throws Exception {
    check(name);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(
      strings = {
        "alexnet",
        "densenet121",
        "efficientnet_b0",
        "googlenet",
        "inception_v3",
        "mobilenet_v1",
        "mobilenet_v2",
        "mobilenet_v3_large",
        "resnet18",
        "resnet50",
        "vgg16"
      })
  void largeNetworks(String name) throws Exception {
    check(name);
  }

  private static void check(String name) throws Exception {
    Path folder = exported(name);
    try (OnnxSession session = OnnxSession.load(folder.resolve("model.onnx"))) {
      for (int set = 0; Files.exists(folder.resolve("test_data_set_" + set)); set++) {
        Path data = folder.resolve("test_data_set_" + set);
        Tensor x = read(data.resolve("input_0.pb"));
        Tensor expected = read(data.resolve("output_0.pb"));
        Tensor y = session.run(Map.of("input", x)).get("output");
        assertEquals(expected.shape(), y.shape());
        requireNear(name + " " + x.shape(), y.toArray(), expected.toArray());
      }
    }
  }

  private static void requireNear(String what, float[] y, float[] expected) {
    double most = 0;
    double off = 0;
    for (int i = 0; i < y.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      off = Math.max(off, Math.abs((double) y[i] - expected[i]));
    }
    double difference = off;
    double bound = TOLERANCE * Math.max(1, most);
    assertTrue(off <= bound, () -> what + ": off by " + difference + ", bound " + bound);
  }

  private static Tensor read(Path file) throws IOException {
    return new OnnxReader().readTensor(file).tensor();
  }

  private static Path exported(String name) throws Exception {
    String told = System.getProperty("lanewise.torch.models", "");
    Path folder = told.isEmpty() ? Path.of("target", "torch-models") : Path.of(told);
    if (!Files.exists(folder.resolve(name))) {
      export(folder, name);
    }
    return folder.resolve(name);
  }

  private static void export(Path folder, String name) throws Exception {
    Path tool = Path.of("..", "..", "tools", "export-torch-models");
    Path python = Path.of("/usr/bin/python3");
    requireInstalled(Files.isExecutable(python), "Python is not installed");
    List<String> command = new ArrayList<>(List.of(python.toString(), tool.toString()));
    command.addAll(List.of(folder.toString(), name));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(EXPORT_MINUTES, TimeUnit.MINUTES);
    requireInstalled(!said.contains("ModuleNotFoundError"), "PyTorch is not installed: " + said);
    assertTrue(ended && process.exitValue() == 0, said);
  }

  private static void requireInstalled(boolean installed, String otherwise) {
    assertTrue(installed || !Boolean.getBoolean("lanewise.ci"), otherwise);
    assumeTrue(installed, otherwise);
  }
}
