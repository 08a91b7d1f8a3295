package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  @TempDir Path parent;
  private Path folder;

  @BeforeEach
  void writeFolder() throws IOException {
    folder = Files.createDirectory(parent.resolve("digits"));
    RawIdx.writeFolder(folder);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void assertRefused(String message) {
    assertEquals(
        message, assertThrows(IdxException.class, () -> IdxFolder.load(folder)).getMessage());
  }

  @Test
  void classesAreNamedByNumberUpToTheLargestLabel() throws IOException {
    Split split = IdxFolder.load(folder);
    assertEquals("digits train: 3 images of 1x1x2, 3 classes", split.train().toString());
    assertEquals("digits test: 2 images of 1x1x2, 3 classes", split.test().toString());
    assertEquals(List.of("0", "1", "2"), split.train().classNames());
    assertArrayEquals(new byte[] {20, 21}, split.train().pixels(2));
    assertEquals(2, split.test().label(0));
    assertArrayEquals(new byte[] {10, 11}, split.test().pixels(1));
  }

  @Test
  void labelAboveAllOfTrainingsCountsToo() throws IOException {
    Files.write(file("t10k-labels-idx1-ubyte"), RawIdx.labels(200, 0));
    Split split = IdxFolder.load(folder);
    assertEquals(201, split.train().classes());
    assertEquals(200, split.test().label(0));
  }

  @Test
  void labelsFileNamesTheClasses() throws IOException {
    Files.writeString(file("labels.txt"), "zero\r\n eins \nдва\n\n");
    assertEquals(List.of("zero", "eins", "два"), IdxFolder.load(folder).test().classNames());
    List<String> given = List.of("a", "b", "c", "d");
    assertEquals(given, IdxFolder.load(folder, given).test().classNames());
  }

  @Test
  void badLabelsFileIsRefused() throws IOException {
    Path names = file("labels.txt");
    Files.writeString(names, "a\n\nc\n");
    assertRefused(names + ": expected a class name on each line, got none on line 2");
    Files.writeString(names, "\n\n");
    assertRefused(names + ": expected 1 to 256 class names, got 0");
    Files.writeString(names, "x\n".repeat(257));
    assertRefused(names + ": expected 1 to 256 class names, got 257");
    Files.write(names, new byte[] {'a', (byte) 0xc3, '\n'});
    assertRefused(names + ": expected text in UTF-8");
    Files.writeString(names, "a\nb\n");
    assertRefused(
        file("train-labels-idx1-ubyte") + ": expected labels from 0 to 1, got 2 at index 2");
  }

  @Test
  void missingFileIsNamed() throws IOException {
    assertTrue(IdxFolder.isComplete(folder));
    Files.delete(file("t10k-images-idx3-ubyte.gz"));
    assertFalse(IdxFolder.isComplete(folder));
    assertRefused(
        folder
            + ": expected a file t10k-images-idx3-ubyte or t10k-images-idx3-ubyte.gz, got"
            + " neither");
  }

  @Test
  void otherNumberOfLabelsThanImagesIsRefused() throws IOException {
    Files.write(file("train-labels-idx1-ubyte"), RawIdx.labels(0, 1));
    assertRefused(
        "there are 3 images in "
            + file("train-images-idx3-ubyte")
            + " but 2 labels in "
            + file("train-labels-idx1-ubyte"));
  }

  @Test
  void filesOfAnotherRankAreRefused() throws IOException {
    Files.write(file("t10k-labels-idx1-ubyte"), RawIdx.images(2));
    assertRefused(
        file("t10k-labels-idx1-ubyte") + ": expected labels, [n], got an array of rank 3");
    Files.write(file("train-images-idx3-ubyte"), RawIdx.labels(1, 2, 3));
    assertRefused(
        file("train-images-idx3-ubyte")
            + ": expected images, [n][height][width], got an array of rank 1");
  }

  @Test
  void noImagesAndImagesOfAnotherSizeAreRefused() throws IOException {
    Files.write(
        file("t10k-images-idx3-ubyte.gz"), RawIdx.of(new int[] {2, 1, 1}, (byte) 1, (byte) 2));
    assertRefused(
        file("t10k-images-idx3-ubyte.gz")
            + ": expected images of 1x2 as in "
            + file("train-images-idx3-ubyte")
            + ", got 1x1");
    Files.write(file("train-images-idx3-ubyte"), RawIdx.of(new int[] {0, 28, 28}));
    assertRefused(file("train-images-idx3-ubyte") + ": expected images, got 0 of 28x28 pixels");
  }
}
