package io.lanewise.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GrayImageTest {

  @Test
  void invertIsTheNegative() {
    GrayImage image = gray(3, 1, 0, 100, 255);
    assertEquals(gray(3, 1, 255, 155, 0), image.invert());
    assertEquals(image, image.invert().invert());
  }

  @Test
  void borderMeanCountsEachBorderPixelOnce() {
    assertEquals(20, gray(3, 3, 10, 10, 10, 10, 255, 10, 10, 10, 90).borderMean());
    assertEquals(2, gray(1, 3, 1, 2, 4).borderMean()); // 7 / 3 = 2.33
    assertEquals(3, gray(2, 1, 2, 3).borderMean()); // 2.5, half up
    assertEquals(250, gray(1, 1, 250).borderMean());
    assertEquals(6, gray(2, 3, 1, 1, 8, 8, 9, 9).borderMean());
  }

  @Test
  void pixelsAreCopiedInAndOut() {
    byte[] pixels = {1, 2};
    GrayImage image = new GrayImage(2, 1, pixels);
    pixels[0] = 9;
    image.pixels()[1] = 9;
    assertEquals(gray(2, 1, 1, 2), image);
    assertNotEquals(gray(1, 2, 1, 2), image);
    assertEquals(gray(2, 1, 1, 2).hashCode(), image.hashCode());
  }

  @Test
  void nonsenseIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> new GrayImage(0, 1, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> gray(1, 1, 1).pixel(1, 0));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new GrayImage(2, 3, new byte[5]));
    assertEquals("a 2 x 3 image needs 6 pixels, got 5", e.getMessage());
  }

  static GrayImage gray(int width, int height, int... levels) {
    byte[] pixels = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      pixels[i] = (byte) levels[i];
    }
    return new GrayImage(width, height, pixels);
  }
}
