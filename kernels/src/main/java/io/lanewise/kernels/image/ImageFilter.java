package io.lanewise.kernels.image;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A filter of images: a small matrix of weights under a name, applied to each channel by itself
 * ({@link ImageFiltering}) or used as weights of a depthwise convolution. Immutable.
 */
public final class ImageFilter {
  private final String name;
  private final int kh;
  private final int kw;
  private final float[] w;

  private ImageFilter(String name, int kh, int kw, float[] w) {
    this.name = Objects.requireNonNull(name, "name");
    this.kh = kh;
    this.kw = kw;
    this.w = w;
  }

  /**
   * A filter of one's own.
   *
   * @param rows [kh][kw], copied
   * @throws IllegalArgumentException if there is no weight, rows differ in length, or a weight is
   *     not finite
   */
  public static ImageFilter of(String name, double[]... rows) {
    int kw = rows.length == 0 ? 0 : rows[0].length;
    float[] w = new float[Math.multiplyExact(rows.length, kw)];
    for (int ky = 0; ky < rows.length; ky++) {
      if (rows[ky].length != kw) {
        throw new IllegalArgumentException(
            "rows of filter '%s' must have one length: row 0 has %d weights, row %d has %d"
                .formatted(name, kw, ky, rows[ky].length));
      }
      for (int kx = 0; kx < kw; kx++) {
        if (!Double.isFinite(rows[ky][kx])) {
          throw new IllegalArgumentException(
              "weights of filter '%s' must be finite, got %s in row %d, column %d"
                  .formatted(name, rows[ky][kx], ky, kx));
        }
        w[ky * kw + kx] = (float) rows[ky][kx];
      }
    }
    if (w.length == 0) {
      throw new IllegalArgumentException("filter '" + name + "' must have at least one weight");
    }
    return new ImageFilter(name, rows.length, kw, w);
  }

  /**
   * Reads rows with semicolons between them, such as {@code "0 -1 0; -1 5 -1; 0 -1 0"}; all weights
   * may be divided by a number at the end, as in {@code "1 1 1; 1 1 1; 1 1 1 / 9"}.
   *
   * @throws IllegalArgumentException naming what is not a number, or as {@link #of}
   */
  public static ImageFilter parse(String name, String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException(
          "filter '" + name + "' may be divided once, got '" + text + "'");
    }
    double divisor = parts.length == 2 ? number(name, parts[1].strip(), text) : 1;
    String[] lines = parts[0].split(";", -1);
    double[][] rows = new double[lines.length][];
    for (int ky = 0; ky < lines.length; ky++) {
      String[] words = lines[ky].strip().split("[\\s,]+", -1);
      rows[ky] = new double[words.length];
      for (int kx = 0; kx < words.length; kx++) {
        rows[ky][kx] = number(name, words[kx], text) / divisor;
      }
    }
    return of(name, rows);
  }

  private static double number(String name, String word, String text) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "filter '" + name + "' needs numbers, got '" + word + "' in '" + text + "'", e);
    }
  }

  /** Weights uniform in [-1, 1) that follow from the seed. */
  public static ImageFilter random(int kh, int kw, long seed) {
    requireSize("random", kh);
    requireSize("random", kw);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[kh][kw];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextDouble(-1, 1));
    }
    return of("random", rows);
  }

  static void requireSize(String name, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("the size of " + name + " must be at least 1, got " + k);
    }
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Rows. */
  public int kh() {
    return kh;
  }

  /** Columns. */
  public int kw() {
    return kw;
  }

  /** A weight. */
  public float weight(int ky, int kx) {
    Objects.checkIndex(ky, kh);
    Objects.checkIndex(kx, kw);
    return w[ky * kw + kx];
  }

  /** The sum of the weights: what it makes of a constant image of 1. */
  public double sum() {
    double sum = 0;
    for (float v : w) {
      sum += v;
    }
    return sum;
  }

  /**
   * Turned by half a circle: cross-correlation by it is convolution by this, in the signal
   * processing sense.
   */
  public ImageFilter flipped() {
    float[] turned = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      turned[i] = w[w.length - 1 - i];
    }
    return new ImageFilter(name + ", flipped", kh, kw, turned);
  }

  /** This on top of another of the same size, weight by weight: {@code a · this + b · other}. */
  public ImageFilter combined(String combinedName, double a, ImageFilter other, double b) {
    if (kh != other.kh || kw != other.kw) {
      throw new IllegalArgumentException(
          "filters must have one size to be combined, got %dx%d and %dx%d"
              .formatted(kh, kw, other.kh, other.kw));
    }
    double[][] rows = new double[kh][kw];
    for (int ky = 0; ky < kh; ky++) {
      for (int kx = 0; kx < kw; kx++) {
        rows[ky][kx] = a * weight(ky, kx) + b * other.weight(ky, kx);
      }
    }
    return of(combinedName, rows);
  }

  /** Weights of a depthwise convolution, the same for each channel: [channels][1][kh][kw], new. */
  public Tensor weights(int channels) {
    Tensor t = Tensor.zeros(Shape.of(channels, 1, kh, kw));
    for (int c = 0; c < channels; c++) {
      System.arraycopy(w, 0, t.array(), c * w.length, w.length);
    }
    return t;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ImageFilter f
        && name.equals(f.name)
        && kh == f.kh
        && kw == f.kw
        && Arrays.equals(w, f.w);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, kh, kw, Arrays.hashCode(w));
  }

  /** Name and weights, as {@link #parse} reads them. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder(name).append(':');
    for (int i = 0; i < w.length; i++) {
      s.append(i > 0 && i % kw == 0 ? "; " : " ").append(w[i]);
    }
    return s.toString();
  }
}
