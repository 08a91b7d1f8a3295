package io.lanewise.cli;

import static io.lanewise.cli.IdxFixture.TEST_IMAGES;
import static io.lanewise.cli.IdxFixture.TEST_LABELS;
import static io.lanewise.cli.IdxFixture.TRAIN_IMAGES;
import static io.lanewise.cli.IdxFixture.TRAIN_LABELS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.layers.models.Architectures;
import io.lanewise.training.checkpoint.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {
  @TempDir private Path folder;

  private CommandRun train(Path data) {
    return CommandRun.of(
        "train", "--model=lenet5", "--epochs=2", "--data", data, "--out", folder.resolve("out"));
  }

  @Test
  void trainsOnAFolderAndNamesItsClasses() throws IOException {
    Path data = IdxFixture.write(folder.resolve("shades"), 28, 28);
    Files.writeString(data.resolve("labels.txt"), "night\nday\n");
    String text = train(data).succeeded().out();
    assertTrue(text.startsWith("LeNet-5 on shades, 2 classes\n40 images to train on, 10 to"), text);
    assertTrue(text.contains("0 night "), text);
    ModelFile model = ModelFile.load(folder.resolve("out/lenet5.safetensors"));
    assertEquals(List.of("night", "day"), model.labels());
    assertEquals(2, model.normalization().pad());
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 32})
  void othersSizesGetTheBorderTheyNeed(int size) throws IOException {
    train(IdxFixture.write(folder.resolve("data"), size, size)).succeeded();
    ModelFile model = ModelFile.load(folder.resolve("out/lenet5.safetensors"));
    assertEquals((32 - size) / 2, model.normalization().pad());
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "29, 29", "28, 30", "34, 34"})
  void imagesOfAWrongSize(int height, int width) throws IOException {
    train(IdxFixture.write(folder.resolve("data"), height, width))
        .failedWith("lenet5 takes square grey images of 32x32 pixels", height + "x" + width);
    assertFalse(Files.exists(folder.resolve("out")), "no folder is made for nothing");
  }

  @Test
  void unknownModelListsThoseThereAre() {
    CommandRun.of("train", "--model=resnet", "--data", folder)
        .refusedWith("--model", "'resnet'", String.join(", ", Architectures.names()));
  }

  @Test
  void missingFolder() {
    Path data = folder.resolve("nowhere");
    train(data).failedWith(data.toString(), TRAIN_IMAGES);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS})
  void missingFileIsNamed(String file) throws IOException {
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    Files.delete(data.resolve(file));
    train(data).failedWith(data.toString(), file);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS})
  void truncatedFileIsNamed(String file) throws IOException {
    Path path = IdxFixture.write(folder.resolve("data"), 28, 28).resolve(file);
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    train(path.getParent()).failedWith(path.toString(), "expected " + whole.length + " bytes");
  }

  @Test
  void asManyLabelsAsImages() throws IOException {
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    Files.write(data.resolve(TRAIN_LABELS), IdxFixture.labels(39));
    train(data).failedWith("40 images in", "39 labels in", TRAIN_LABELS);
  }

  @Test
  void wrongMagicNumber() throws IOException {
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    Files.writeString(data.resolve(TEST_IMAGES), "these are no images");
    train(data).failedWith(TEST_IMAGES, "magic number", "74 68 65 73");
  }

  @Test
  void fewerNamesThanClasses() throws IOException {
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    Files.writeString(data.resolve("labels.txt"), "night\n");
    train(data).failedWith(TRAIN_LABELS, "labels from 0 to 0, got 1 at index 1");
  }

  @Test
  void demoReadsAFolderOfTheWholeSet() throws IOException {
    Path data = IdxFixture.write(folder.resolve("data"), 28, 28);
    String text =
        CommandRun.of("demo", "--data", data, "--epochs=1", "--out", folder.resolve("out"))
            .succeeded()
            .out();
    assertTrue(text.startsWith("LeNet-5 on Fashion-MNIST, 10 classes\n40 images"), text);
  }
}
