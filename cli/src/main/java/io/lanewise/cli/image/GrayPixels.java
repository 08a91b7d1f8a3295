package io.lanewise.cli.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;

/**
 * Decoded images to grey levels. Samples are taken as stored, since Java's own conversion would
 * treat grey samples as linear light and brighten them. A pixel is its Rec. 601 luma (0.299 R +
 * 0.587 G + 0.114 B), laid over white by its alpha, as one fraction of integers rounded once.
 */
final class GrayPixels {

  private static final int RED = 299;
  private static final int GREEN = 587;
  private static final int BLUE = 114;
  private static final int UNIT = RED + GREEN + BLUE;

  private GrayPixels() {}

  static GrayImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] dst = new byte[Math.multiplyExact(width, height)];
    RowReader rows = reader(image);
    for (int y = 0; y < height; y++) {
      rows.read(y, dst, y * width);
    }
    return new GrayImage(width, height, dst);
  }

  /** Writes the grey levels of row y from dst[dstOff] on. */
  private interface RowReader {
    void read(int y, byte[] dst, int dstOff);
  }

  private static RowReader reader(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return paletteReader(image.getRaster(), palette);
    }
    int colours = model.getNumColorComponents();
    if ((colours == 1 || colours == 3) && sameDepth(model) && !model.isAlphaPremultiplied()) {
      int max = (1 << model.getComponentSize(0)) - 1;
      return sampleReader(image.getRaster(), colours, model.hasAlpha(), max);
    }
    throw new IllegalArgumentException("no rule for the colours of " + image);
  }

  private static boolean sameDepth(ColorModel model) {
    for (int size : model.getComponentSize()) {
      if (size != model.getComponentSize(0) || size > 16) {
        return false;
      }
    }
    return true;
  }

  private static RowReader paletteReader(WritableRaster raster, IndexColorModel palette) {
    byte[] levels = new byte[palette.getMapSize()];
    for (int i = 0; i < levels.length; i++) {
      int r = palette.getRed(i);
      int g = palette.getGreen(i);
      int b = palette.getBlue(i);
      levels[i] = level(luma(r, g, b), palette.getAlpha(i), 255);
    }
    int width = raster.getWidth();
    int[] indices = new int[width];
    return (y, dst, dstOff) -> {
      raster.getSamples(0, y, width, 1, 0, indices);
      for (int x = 0; x < width; x++) {
        dst[dstOff + x] = levels[indices[x]];
      }
    };
  }

  private static RowReader sampleReader(
      WritableRaster raster, int colours, boolean hasAlpha, int max) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    return (y, dst, dstOff) -> {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int s = x * bands;
        int luma = colours == 1 ? UNIT * row[s] : luma(row[s], row[s + 1], row[s + 2]);
        dst[dstOff + x] = level(luma, hasAlpha ? row[s + bands - 1] : max, max);
      }
    };
  }

  /** UNIT times the luma. */
  private static int luma(int r, int g, int b) {
    return RED * r + GREEN * g + BLUE * b;
  }

  /** Samples from 0 to max, over white, to 0 to 255, half rounded up. */
  private static byte level(int luma, int alpha, int max) {
    long over = (long) luma * alpha + (long) UNIT * max * (max - alpha);
    long whole = (long) UNIT * max * max;
    return (byte) ((2 * 255 * over + whole) / (2 * whole));
  }
}
