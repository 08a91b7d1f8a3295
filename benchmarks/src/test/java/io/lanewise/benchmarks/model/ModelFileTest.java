package io.lanewise.benchmarks.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.TaskCost;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;

  @Test
  void aFileAsksForItsOwnSizes() throws IOException {
    Path file = folder.resolve("m.onnx");
    SmallModel.write(file, Dimension.named("n"), Dimension.of(8));
    assertEquals(file, ModelFile.find(file.toString()));
    Task.Model model = ModelFile.task(file);
    assertEquals(Shape.of(1, 3, 8, 8), model.x());
    assertEquals(file + " 4x3x8x8", model.withBatch(4).toString());
  }

  @Test
  void sizesThatAreOpenAreAskedFor() throws IOException {
    Path file = folder.resolve("m.onnx");
    SmallModel.write(file, Dimension.of(1), Dimension.named("side"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelFile.task(file)).getMessage();
    assertTrue(message.contains("leaves its input's sizes open"), message);
    assertTrue(message.contains("'model " + file + " 1x3x224x224'"), message);
  }

  @Test
  void aModelThatIsNotThereIsTold() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelFile.find("resnet51")).getMessage();
    assertTrue(message.startsWith("there is no file 'resnet51'"), message);
  }

  /**
   * Two images: 6 · 6 · 5 sums of 27 products, a comparison each, a mean each; 3 · 8 · 8 numbers
   * in, 5 · 36 + 5 out, 135 weights.
   */
  @Test
  void whatARunTakesIsCounted() {
    Task task = Task.of(Op.MODEL, SmallModel.file() + "   2x3x8x8");
    TaskCost cost = TaskCost.of(task);
    assertEquals(4 * (2 * (192 + 185) + 135), cost.bytes());
    long products = 2 * 2 * 27 * 180;
    assertTrue(cost.flops() >= products && cost.flops() <= products + 4 * 2 * 180, "" + cost);
  }
}
