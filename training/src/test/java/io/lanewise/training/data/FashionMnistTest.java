package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  private static Split full() throws IOException {
    Optional<Path> folder = FashionMnist.find();
    String missing = "the full set, Debian's dataset-fashion-mnist, is not installed";
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(folder.isPresent(), missing); // where everything must be there, nothing is skipped
    }
    Assumptions.assumeTrue(folder.isPresent(), missing);
    return FashionMnist.load(folder.get());
  }

  private static int[] perClass(ImageDataset d) {
    int[] counts = new int[d.classes()];
    for (int i = 0; i < d.size(); i++) {
      counts[d.label(i)]++;
    }
    return counts;
  }

  private static int[] tenTimes(int n) {
    int[] counts = new int[10];
    Arrays.fill(counts, n);
    return counts;
  }

  @Test
  void sampleIsBalanced() {
    Split sample = FashionMnist.sample();
    assertEquals(
        "Fashion-MNIST sample train: 4000 images of 1x28x28, 10 classes",
        sample.train().toString());
    assertEquals(
        "Fashion-MNIST sample test: 1000 images of 1x28x28, 10 classes", sample.test().toString());
    assertArrayEquals(tenTimes(400), perClass(sample.train()));
    assertArrayEquals(tenTimes(100), perClass(sample.test()));
    assertEquals("Ankle boot", sample.test().classNames().get(9));
  }

  @Test
  void sampleIsShuffled() {
    ImageDataset train = FashionMnist.sample().train();
    for (int c : perClass(train.take(1000))) {
      assertTrue(c > 60 && c < 140, "a class has " + c + " of the first 1000 images");
    }
  }

  @Test
  void sampleCarriesItsLicence() throws IOException {
    try (InputStream in = FashionMnist.class.getResourceAsStream("fashion-mnist-sample/LICENSE")) {
      assertNotNull(in);
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("Copyright (c) 2017 Zalando SE"), text);
    }
  }

  @Test
  void fullSetIsWhole() throws IOException {
    Split full = full();
    assertEquals(
        "Fashion-MNIST train: 60000 images of 1x28x28, 10 classes", full.train().toString());
    assertArrayEquals(tenTimes(6000), perClass(full.train()));
    assertArrayEquals(tenTimes(1000), perClass(full.test()));
  }

  @Test
  void meanAndDeviationAreThoseOfTheFullSet() throws IOException {
    ImageDataset train = full().train();
    double sum = 0;
    double squares = 0;
    long n = 0;
    for (byte b : train.sharedPixels()) {
      double v = (b & 0xff) / 255.0;
      sum += v;
      squares += v * v;
      n++;
    }
    double mean = sum / n;
    assertEquals(mean, FashionMnist.MEAN, 5e-5);
    assertEquals(Math.sqrt(squares / n - mean * mean), FashionMnist.STD, 5e-5);
  }

  @Test
  void sampleIsDrawnFromTheFullSet() throws IOException {
    Split full = full();
    Split sample = FashionMnist.sample();
    assertDrawn(sample.train(), full.train());
    assertDrawn(sample.test(), full.test());
  }

  /** Each image of the sample has one of its own, with the same label, in the full set. */
  private static void assertDrawn(ImageDataset sample, ImageDataset full) {
    Map<ByteBuffer, Set<Integer>> places = new HashMap<>();
    for (int i = 0; i < full.size(); i++) {
      places.computeIfAbsent(key(full, i), k -> new HashSet<>()).add(i);
    }
    for (int i = 0; i < sample.size(); i++) {
      Set<Integer> left = places.getOrDefault(key(sample, i), Set.of());
      assertTrue(
          !left.isEmpty(), "image " + i + " of " + sample.name() + " is not in the full set");
      left.remove(left.iterator().next());
    }
  }

  private static ByteBuffer key(ImageDataset d, int i) {
    byte[] pixels = d.pixels(i);
    return ByteBuffer.allocate(pixels.length + 1).put((byte) d.label(i)).put(pixels).flip();
  }

  @Test
  void folderWithoutTheFilesIsRefused(@TempDir Path folder) {
    IdxException e = assertThrows(IdxException.class, () -> FashionMnist.load(folder));
    assertEquals(
        folder
            + ": expected a file train-images-idx3-ubyte or train-images-idx3-ubyte.gz, got"
            + " neither",
        e.getMessage());
  }

  @Test
  void labelsOutsideTheTenClassesAreRefused(@TempDir Path folder) throws IOException {
    RawIdx.writeFolder(folder);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    Files.write(labels, RawIdx.labels(9, 10));
    IdxException e = assertThrows(IdxException.class, () -> FashionMnist.load(folder));
    assertEquals(labels + ": expected labels from 0 to 9, got 10 at index 1", e.getMessage());
  }
}
