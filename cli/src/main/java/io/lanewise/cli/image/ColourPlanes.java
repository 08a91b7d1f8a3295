package io.lanewise.cli.image;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Red, green and blue of an image, each as a plane of 0 to 255, over white. */
final class ColourPlanes {
  private static final int[] SHIFTS = {16, 8, 0};
  private static final int MOST = 255;

  private ColourPlanes() {}

  static List<GrayImage> of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] row = new int[width];
    List<byte[]> planes = new ArrayList<>();
    for (int p = 0; p < SHIFTS.length; p++) {
      planes.add(new byte[Math.multiplyExact(width, height)]);
    }
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int p = 0; p < SHIFTS.length; p++) {
        for (int x = 0; x < width; x++) {
          planes.get(p)[y * width + x] = overWhite(row[x], SHIFTS[p]);
        }
      }
    }
    return planes.stream().map(p -> new GrayImage(width, height, p)).toList();
  }

  private static byte overWhite(int argb, int shift) {
    int alpha = argb >>> 24;
    int level = argb >>> shift & MOST;
    return (byte) ((level * alpha + MOST * (MOST - alpha) + MOST / 2) / MOST);
  }
}
