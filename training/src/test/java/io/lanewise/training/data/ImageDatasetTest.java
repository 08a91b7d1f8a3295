package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageDatasetTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Images of 2x1x2 whose bytes count on from 0. */
  private static ImageDataset dataset(int bytes, int... labels) {
    byte[] pixels = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pixels[i] = (byte) i;
    }
    return new ImageDataset("some", 2, 1, 2, pixels, labels, NAMES);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void tellsWhatItHolds() {
    ImageDataset d = dataset(12, 2, 0, 1);
    assertEquals(3, d.size());
    assertEquals(2, d.channels());
    assertEquals(1, d.height());
    assertEquals(2, d.width());
    assertEquals(3, d.classes());
    assertEquals(NAMES, d.classNames());
    assertEquals("some", d.name());
    assertEquals(2, d.label(0));
    assertArrayEquals(new byte[] {4, 5, 6, 7}, d.pixels(1));
    assertEquals("some: 3 images of 2x1x2, 3 classes", d.toString());
  }

  @Test
  void nothingCanBeChangedFromOutside() {
    byte[] pixels = {1, 2, 3, 4};
    int[] labels = {1};
    ImageDataset d = new ImageDataset("some", 2, 1, 2, pixels, labels, NAMES);
    pixels[0] = 9;
    labels[0] = 2;
    d.pixels(0)[1] = 9;
    assertArrayEquals(new byte[] {1, 2, 3, 4}, d.pixels(0));
    assertEquals(1, d.label(0));
    assertThrows(UnsupportedOperationException.class, () -> d.classNames().set(0, "z"));
  }

  @Test
  void subsetOfASubset() {
    ImageDataset d = dataset(20, 0, 1, 2, 1, 0).subset(1, 5).subset(1, 3);
    assertEquals(2, d.size());
    assertEquals(2, d.label(0));
    assertEquals(1, d.label(1));
    assertArrayEquals(new byte[] {12, 13, 14, 15}, d.pixels(1));
    assertThrows(IndexOutOfBoundsException.class, () -> d.label(2));
    assertThrows(IndexOutOfBoundsException.class, () -> d.pixels(-1));
    assertEquals(0, d.take(0).size());
    assertEquals(2, d.take(1).label(0));
  }

  @Test
  void subsetOutsideIsRefused() {
    ImageDataset d = dataset(12, 2, 0, 1);
    assertRefused("images [0, 4) are outside the 3 of some", () -> d.take(4));
    assertRefused("images [-1, 2) are outside the 3 of some", () -> d.subset(-1, 2));
    assertRefused("images [2, 1) are outside the 3 of some", () -> d.subset(2, 1));
    assertRefused("images [0, 3) are outside the 2 of some", () -> d.take(2).take(3));
  }

  @Test
  void badContentsAreRefused() {
    assertRefused("there are 3 images but 2 labels in some", () -> dataset(12, 0, 1));
    assertRefused("there are 1 images but 2 labels in some", () -> dataset(4, 0, 1));
    assertRefused(
        "label 3 of image 1 in some is none of the 3 classes, which count from 0",
        () -> dataset(8, 0, 3));
    assertRefused(
        "label -1 of image 0 in some is none of the 3 classes, which count from 0",
        () -> dataset(8, -1, 3));
    assertRefused(
        "expected a multiple of 4 bytes for images of 2x1x2, got 7", () -> dataset(7, 0, 1));
    assertRefused(
        "an image needs at least one channel, row and column, got 1x0x2",
        () -> new ImageDataset("some", 1, 0, 2, new byte[0], new int[0], NAMES));
    assertRefused(
        "expected at least one class name in some, got 0",
        () -> new ImageDataset("some", 1, 1, 1, new byte[0], new int[0], List.of()));
  }
}
