package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageNormalizationTest {
  /** Three images of 2 channels, 1x2; the bytes of image i are 64 i + 0, 1, 2, 255 - i. */
  private static ImageDataset dataset() {
    byte[] pixels = new byte[12];
    for (int i = 0; i < 3; i++) {
      pixels[4 * i] = (byte) (64 * i);
      pixels[4 * i + 1] = (byte) (64 * i + 1);
      pixels[4 * i + 2] = (byte) (64 * i + 2);
      pixels[4 * i + 3] = (byte) (255 - i);
    }
    return new ImageDataset("some", 2, 1, 2, pixels, new int[3], List.of("a"));
  }

  private static float of(int v) {
    return (v / 255f - 0.25f) / 0.5f;
  }

  @Test
  void padsEachPlaneAndWritesNothingElse() {
    ImageNormalization n = new ImageNormalization(1, 0.25f, 0.5f);
    float[] array = new float[2 + 48 + 2];
    Arrays.fill(array, Float.NaN);
    Tensor x = Tensor.wrap(n.outputShape(dataset(), 2), array, 2);
    assertEquals(Shape.of(2, 2, 3, 4), x.shape());

    n.fill(dataset(), new int[] {0, 2, 1}, 1, 2, x);

    float o = of(0);
    float[] expected = {
      o, o, o, o, o, of(128), of(129), o, o, o, o, o, //
      o, o, o, o, o, of(130), of(253), o, o, o, o, o, //
      o, o, o, o, o, of(64), of(65), o, o, o, o, o, //
      o, o, o, o, o, of(66), of(254), o, o, o, o, o
    };
    assertArrayEquals(expected, x.toArray());
    for (int outside : new int[] {0, 1, 50, 51}) {
      assertEquals(Float.NaN, array[outside]);
    }
  }

  @Test
  void everyByteIsNormalizedInFloatSteps() {
    byte[] all = new byte[256];
    for (int v = 0; v < 256; v++) {
      all[v] = (byte) v;
    }
    ImageDataset d = new ImageDataset("all", 1, 16, 16, all, new int[1], List.of("a"));
    ImageNormalization n = new ImageNormalization(0, FashionMnist.MEAN, FashionMnist.STD);
    Tensor x = Tensor.zeros(1, 1, 16, 16);
    n.fill(d, new int[] {0}, 0, 1, x);
    for (int v = 0; v < 256; v++) {
      float scaled = v / 255f;
      float centred = scaled - 0.2860f;
      assertEquals(centred / 0.3530f, x.array()[v], "byte " + v);
    }
  }

  @Test
  void subsetIsReadFromItsOwnStart() {
    ImageNormalization n = new ImageNormalization(0, 0.25f, 0.5f);
    Tensor x = Tensor.zeros(1, 2, 1, 2);
    n.fill(dataset().subset(1, 3), new int[] {1}, 0, 1, x);
    assertArrayEquals(new float[] {of(128), of(129), of(130), of(253)}, x.toArray());
  }

  @Test
  void lenetsSize() {
    ImageDataset d = new ImageDataset("grey", 1, 28, 28, new byte[784], new int[1], List.of("a"));
    assertEquals(Shape.of(64, 1, 32, 32), new ImageNormalization(2, 0, 1).outputShape(d, 64));
  }

  @Test
  void badArgumentsAreRefused() {
    ImageNormalization n = new ImageNormalization(1, 0, 1);
    int[] order = {0, 1, 3};
    IllegalArgumentException shape =
        assertThrows(
            IllegalArgumentException.class,
            () -> n.fill(dataset(), order, 0, 2, Tensor.zeros(2, 2, 1, 2)));
    assertEquals("x must have shape [2, 2, 3, 4], got [2, 2, 1, 2]", shape.getMessage());
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> n.fill(dataset(), order, 2, 2, Tensor.zeros(2, 2, 3, 4)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> n.fill(dataset(), order, 2, 1, Tensor.zeros(1, 2, 3, 4)));
    float[][] bad = {{-1, 0, 1}, {0, Float.NaN, 1}, {0, 0, 0}, {0, 0, Float.NaN}, {0, 0, -1}};
    for (float[] b : bad) {
      assertThrows(
          IllegalArgumentException.class, () -> new ImageNormalization((int) b[0], b[1], b[2]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new ImageNormalization(0, 0, Float.POSITIVE_INFINITY));
  }

  @Test
  void equalsByValue() {
    ImageNormalization n = new ImageNormalization(2, 0.5f, 0.25f);
    assertEquals(new ImageNormalization(2, 0.5f, 0.25f), n);
    assertEquals(new ImageNormalization(2, 0.5f, 0.25f).hashCode(), n.hashCode());
    assertNotEquals(new ImageNormalization(1, 0.5f, 0.25f), n);
    assertNotEquals(new ImageNormalization(2, 0.4f, 0.25f), n);
    assertNotEquals(new ImageNormalization(2, 0.5f, 0.3f), n);
    assertEquals("pad 2, (v / 255 - 0.5) / 0.25", n.toString());
  }
}
