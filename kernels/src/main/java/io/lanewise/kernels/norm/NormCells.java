package io.lanewise.kernels.norm;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.NormLines;
import io.lanewise.kernels.micro.NormSums;

/**
 * Images cut for {@link NormCore}: a cell is a channel of an image. A unit of work is a part of a
 * cell where its pixels lie side by side, {@code [n][c][s]}; where channels do, {@code [n][s][c]},
 * it is some pixels of all cells of an image. Sizes follow from the shape alone, so the order of
 * all sums does too.
 *
 * <p>Coefficients of an image's cells are four rows of floats: the mean first, then what {@link
 * NormLines} takes. Where channels lie side by side, a row has them several times, so that a loop
 * runs over several pixels of few channels.
 */
final class NormCells {
  static final int COEFFICIENTS = 4;

  private static final int UNIT = 1 << 14; // elements: 64 KB
  private static final int WIDE = 1 << 10; // floats of a row of coefficients, if c is no more
  private static final int LEAST_USES = 16; // of such a row
  private static final int LEAST_ROWS = 64; // or sums would take as much memory as x
  private static final int BLOCK = 1 << 11; // elements that stay in L1 from step to step

  final int n;
  final int c;
  final int s;
  final boolean columns;
  final int wide; // floats of a row of coefficients
  private final int fold; // pixels of such a row
  final int parts; // of a cell, or of an image
  private final int partPixels;
  final int blockPixels; // of a step whose data stay in L1
  private final int unitsPerTask;
  private final NormSums sums;
  private final NormLines lines;

  /**
   * Cuts them.
   *
   * @param columns whether channels lie side by side
   */
  NormCells(int n, int c, int s, boolean columns, KernelSet kernels) {
    this.n = n;
    this.c = c;
    this.s = s;
    this.columns = columns;
    int pixels = Math.max(1, s / LEAST_USES);
    this.fold = columns ? Math.clamp(WIDE / Math.max(1, c), 1, pixels) : 1;
    this.wide = c * fold;
    int most = columns ? Math.max(LEAST_ROWS, UNIT / Math.max(1, c)) : UNIT;
    this.partPixels = Math.clamp(s, 1, most);
    this.blockPixels = columns ? Math.max(1, BLOCK / Math.max(1, c)) : BLOCK;
    this.parts = Math.ceilDiv(s, partPixels);
    this.unitsPerTask = Math.max(1, UNIT / Math.max(1, columns ? partPixels * c : partPixels));
    this.sums = kernels.normSums();
    this.lines = kernels.normLines();
  }

  int units() {
    return columns ? n * parts : n * c * parts;
  }

  /** Units that make a task. */
  int unitsPerTask() {
    return unitsPerTask;
  }

  /** Numbers that the sums of all units take. */
  int sumDoubles() {
    return Math.multiplyExact(2, columns ? units() * c : units());
  }

  /** Elements of the greatest block. */
  int blockElements() {
    return columns ? blockPixels * c : Math.min(s, blockPixels);
  }

  int image(int unit) {
    return columns ? unit / parts : unit / parts / c;
  }

  /** A unit's channel; the first of all where they lie side by side. */
  int channel(int unit) {
    return columns ? 0 : unit / parts % c;
  }

  int firstPixel(int unit) {
    return unit % parts * partPixels;
  }

  int endPixel(int unit) {
    return Math.min(s, firstPixel(unit) + partPixels);
  }

  /** Where a pixel of a unit lies in x. */
  int position(int unit, int pixel) {
    return columns ? (image(unit) * s + pixel) * c : unit / parts * s + pixel;
  }

  int elements(int pixels) {
    return columns ? pixels * c : pixels;
  }

  /** Index of a cell's sum, once all parts are added. */
  int sum(int img, int ch) {
    return columns ? img * parts * 2 * c + ch : (img * c + ch) * parts * 2;
  }

  /** Distance from a cell's first sum to its second. */
  int second() {
    return columns ? c : 1;
  }

  private int unitSum(int unit) {
    return columns ? unit * 2 * c : unit * 2;
  }

  void moments(int unit, int pixels, float[] x, int xOff, double[] into) {
    if (columns) {
      sums.columnMoments(x, xOff, pixels, c, c, into, unitSum(unit));
    } else {
      sums.moments(x, xOff, pixels, into, unitSum(unit));
    }
  }

  void slopes(int unit, int pixels, float[] x, int xOff, float[] g, int gOff, double[] into) {
    if (columns) {
      sums.columnSlopes(x, xOff, g, gOff, pixels, c, c, into, unitSum(unit));
    } else {
      sums.slopes(x, xOff, g, gOff, pixels, into, unitSum(unit));
    }
  }

  /** Adds each cell's parts to its first, in order. */
  void addParts(double[] all) {
    int width = columns ? 2 * c : 2;
    for (int first = 0; first < all.length; first += parts * width) {
      for (int i = first + width; i < first + parts * width; i++) {
        all[first + (i - first) % width] += all[i];
      }
    }
  }

  /** Stores a cell's coefficients; at is that of its mean. */
  void put(float[] p, int at, float p0, float p1, float p2, float p3) {
    for (int i = at; i < at + wide; i += c) {
      p[i] = p0;
      p[i + wide] = p1;
      p[i + 2 * wide] = p2;
      p[i + 3 * wide] = p3;
    }
  }

  /** Row 1 of the coefficients holds a, row 2 holds b. */
  void affine(
      int unit,
      int pixels,
      float[] x,
      int xOff,
      float[] y,
      int yOff,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    if (columns) {
      int whole = pixels / fold;
      int at = whole * wide;
      int left = (pixels - whole * fold) * c;
      lines.columnAffine(x, xOff, y, yOff, whole, wide, wide, p, pOff, lo, hi);
      lines.columnAffine(x, xOff + at, y, yOff + at, 1, wide, left, p, pOff, lo, hi);
    } else {
      int at = pOff + channel(unit);
      float b = p[at + 2 * wide];
      lines.affine(x, xOff, y, yOff, pixels, p[at], p[at + wide], b, lo, hi);
    }
  }

  /** The coefficients are those of {@link #affine}. */
  void gate(
      int unit,
      int pixels,
      float[] x,
      int xOff,
      float[] dy,
      int dyOff,
      float[] g,
      int gOff,
      float[] p,
      int pOff,
      float lo,
      float hi) {
    if (columns) {
      int whole = pixels / fold;
      int at = whole * wide;
      int left = (pixels - whole * fold) * c;
      lines.columnGate(x, xOff, dy, dyOff, g, gOff, whole, wide, wide, p, pOff, lo, hi);
      lines.columnGate(x, xOff + at, dy, dyOff + at, g, gOff + at, 1, wide, left, p, pOff, lo, hi);
    } else {
      int at = pOff + channel(unit);
      float mean = p[at];
      float b = p[at + 2 * wide];
      lines.gate(x, xOff, dy, dyOff, g, gOff, pixels, mean, p[at + wide], b, lo, hi);
    }
  }

  /** Rows 1, 2 and 3 of the coefficients hold b, a and c. */
  void gradient(
      int unit,
      int pixels,
      float[] x,
      int xOff,
      float[] g,
      int gOff,
      float[] dx,
      int dxOff,
      float[] p,
      int pOff) {
    if (columns) {
      int whole = pixels / fold;
      int at = whole * wide;
      int left = (pixels - whole * fold) * c;
      lines.columnGradient(x, xOff, g, gOff, dx, dxOff, whole, wide, wide, p, pOff);
      lines.columnGradient(x, xOff + at, g, gOff + at, dx, dxOff + at, 1, wide, left, p, pOff);
    } else {
      int at = pOff + channel(unit);
      float mean = p[at];
      float b = p[at + wide];
      float a = p[at + 2 * wide];
      lines.gradient(x, xOff, g, gOff, dx, dxOff, pixels, mean, b, a, p[at + 3 * wide]);
    }
  }
}
