package io.lanewise.cli.image;

import static io.lanewise.cli.image.GrayImageTest.gray;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageScalingTest {

  @Test
  void sameSizeIsTheSameImage() {
    GrayImage image = noise(28, 28);
    assertEquals(image, ImageScaling.fit(image, 28, 28));
  }

  @Test
  void shrinkingByWholeNumbersAveragesBlocks() {
    GrayImage image = gray(4, 2, 0, 10, 200, 100, 20, 31, 0, 101);
    assertEquals(gray(2, 1, 15, 100), ImageScaling.fit(image, 2, 1)); // 15.25 and 100.25
  }

  @Test
  void shrinkingByFractionsWeighsByArea() {
    // Each of the two covers 1.5 of three: (90 + 0.5 · 30) / 1.5 = 70, (0.5 · 30 + 60) / 1.5 = 50.
    GrayImage image = gray(3, 3, 90, 30, 60, 90, 30, 60, 90, 30, 60);
    assertEquals(gray(2, 2, 70, 50, 70, 50), ImageScaling.fit(image, 2, 2));
  }

  @Test
  void growingInterpolatesBetweenMiddles() {
    // Middles of the four lie at 1/4, 3/4, 5/4, 7/4 of the two, whose own lie at 1/2 and 3/2.
    GrayImage image = gray(2, 2, 0, 100, 0, 100);
    int[] row = {0, 25, 75, 100};
    GrayImage grown = ImageScaling.fit(image, 4, 4);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        assertEquals(row[x], grown.pixel(x, y), "at " + x + ", " + y);
      }
    }
  }

  @Test
  void wideImageGetsBarsOfItsBorderMean() {
    // Border of 4 x 2 is all of it: mean (4 · 200 + 4 · 100) / 8 = 150.
    GrayImage image = gray(4, 2, 200, 200, 100, 100, 200, 200, 100, 100);
    GrayImage expected =
        gray(4, 4, 150, 150, 150, 150, 200, 200, 100, 100, 200, 200, 100, 100, 150, 150, 150, 150);
    assertEquals(expected, ImageScaling.fit(image, 4, 4));
  }

  @Test
  void tallImageGetsBarsOfTheGivenBackground() {
    GrayImage image = gray(1, 3, 10, 20, 30);
    GrayImage expected = gray(4, 3, 7, 10, 7, 7, 7, 20, 7, 7, 7, 30, 7, 7);
    assertEquals(expected, ImageScaling.fit(image, 4, 3, 7)); // 3 free: 1 left, 2 right
  }

  @Test
  void thinImageKeepsOnePixel() {
    GrayImage line = noise(1000, 1);
    GrayImage fitted = ImageScaling.fit(line, 10, 10, 0);
    for (int y = 0; y < 10; y++) {
      assertEquals(y == 4, fitted.pixel(3, y) != 0, "row " + y);
    }
  }

  /** Against real-valued formulas, each axis on its own; the integers are exact, so within 1/2. */
  @ParameterizedTest
  @CsvSource({"37, 28", "97, 28", "28, 37", "5, 96", "300, 7", "3, 2"})
  void agreesWithTheRealFormula(int src, int dst) {
    GrayImage image = noise(src, src);
    GrayImage fitted = ImageScaling.fit(image, dst, dst);
    for (int y = 0; y < dst; y++) {
      for (int x = 0; x < dst; x++) {
        double expected = 0;
        for (int sy = 0; sy < src; sy++) {
          double down = weight(sy, y, src, dst);
          for (int sx = 0; down > 0 && sx < src; sx++) {
            expected += down * weight(sx, x, src, dst) * image.pixel(sx, sy);
          }
        }
        assertEquals(expected, fitted.pixel(x, y), 0.5 + 1e-9, "at " + x + ", " + y);
      }
    }
  }

  @Test
  void evenImagesStayEven() {
    for (int size : new int[] {1, 2, 13, 28, 29, 64}) {
      GrayImage fitted = ImageScaling.fit(even(28, 19), size, size);
      assertEquals(even(size, size), fitted);
    }
  }

  @Test
  void nonsenseIsRejected() {
    GrayImage image = gray(1, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> ImageScaling.fit(image, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> ImageScaling.fit(image, 1, 1, 256));
  }

  /** Share of source pixel s in target pixel i: overlap when shrinking, a tent when growing. */
  private static double weight(int s, int i, int src, int dst) {
    double scale = (double) src / dst;
    if (dst <= src) {
      double overlap = Math.min(s + 1, (i + 1) * scale) - Math.max(s, i * scale);
      return Math.max(0, overlap) / scale;
    }
    double middle = Math.min(src - 1, Math.max(0, (i + 0.5) * scale - 0.5));
    return Math.max(0, 1 - Math.abs(s - middle));
  }

  private static GrayImage even(int width, int height) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) 201);
    return new GrayImage(width, height, pixels);
  }

  private static GrayImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    new Random(11).nextBytes(pixels);
    return new GrayImage(width, height, pixels);
  }
}
