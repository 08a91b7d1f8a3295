package io.lanewise.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.layers.weights.Safetensors;
import io.lanewise.layers.weights.SafetensorsException;
import io.lanewise.layers.weights.SafetensorsFile;
import io.lanewise.training.data.ImageNormalization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;

  private Path saved() throws IOException {
    Sequential net = LeNet5.create(3);
    net.build(LeNet5.inputShape(1), new SplittableRandom(4));
    Path file = folder.resolve("net.safetensors");
    new ModelFile(
            "lenet5",
            net,
            List.of("cat", "dog, wet", "Füchsin"),
            new ImageNormalization(2, 0.3f, 0.4f))
        .save(file);
    return file;
  }

  /** The saved file with something about it changed. */
  private Path broken(BiConsumer<Map<String, Tensor>, Map<String, String>> change)
      throws IOException {
    SafetensorsFile file = Safetensors.read(saved());
    Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
    Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
    change.accept(tensors, metadata);
    Path path = folder.resolve("broken.safetensors");
    Safetensors.write(path, new SafetensorsFile(tensors, metadata));
    return path;
  }

  private void assertRefused(
      String part, BiConsumer<Map<String, Tensor>, Map<String, String>> change) throws IOException {
    Path path = broken(change);
    String message =
        assertThrows(SafetensorsException.class, () -> ModelFile.load(path)).getMessage();
    assertTrue(message.contains(part), message);
    assertTrue(message.contains("broken.safetensors"), message);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    Sequential want = LeNet5.create(3);
    want.build(LeNet5.inputShape(1), new SplittableRandom(4));
    ModelFile got = ModelFile.load(saved());
    assertEquals("lenet5", got.model());
    assertEquals(List.of("cat", "dog, wet", "Füchsin"), got.labels());
    assertEquals(new ImageNormalization(2, 0.3f, 0.4f), got.normalization());
    want.namedParameters()
        .forEach(
            (name, p) ->
                assertTrue(
                    p.value().sameBits(got.net().namedParameters().get(name).value()), name));
  }

  @Test
  void refusesWhatIsNotAWholeClassifier() throws IOException {
    assertRefused("'format'", (t, m) -> m.remove("format"));
    assertRefused("unknown model 'resnet9000'", (t, m) -> m.put("model", "resnet9000"));
    assertRefused("metadata 'labels' is missing", (t, m) -> m.remove("labels"));
    assertRefused("output.weight must have shape [2, 84]", (t, m) -> m.put("labels", "a\nb"));
    assertRefused("'c3.bias' is missing", (t, m) -> t.remove("c3.bias"));
    assertRefused("no parameter 'more'", (t, m) -> t.put("more", Tensor.zeros(1)));
    assertRefused("metadata 'pad' must be a number, got 'two'", (t, m) -> m.put("pad", "two"));
    assertRefused("std", (t, m) -> m.put("std", "0"));
    assertRefused("mean", (t, m) -> m.put("mean", "NaN"));
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Path file = saved();
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length - 4));
    assertThrows(SafetensorsException.class, () -> ModelFile.load(file));
  }

  @Test
  void whatCouldNotBeLoadedCannotBeSaved() {
    Sequential built = LeNet5.create(2);
    built.build(LeNet5.inputShape(1), new SplittableRandom(4));
    ImageNormalization n = new ImageNormalization(2, 0.3f, 0.4f);
    assertMessage("unknown model 'mine'", () -> new ModelFile("mine", built, List.of("a", "b"), n));
    assertMessage(
        "must be one line", () -> new ModelFile("lenet5", built, List.of("a\nb", "c"), n));
    assertMessage("3 classes", () -> new ModelFile("lenet5", built, List.of("a", "b", "c"), n));
    assertMessage("got {}", () -> new ModelFile("lenet5", LeNet5.create(2), List.of("a", "b"), n));
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
