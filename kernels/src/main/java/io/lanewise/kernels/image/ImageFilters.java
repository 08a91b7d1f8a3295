package io.lanewise.kernels.image;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The classic filters. Weights are those of cross-correlation, y down: a filter "x" answers to an
 * image that grows brighter to the right. Sources: Roberts 1963 (MIT Lincoln Laboratory), Sobel and
 * Feldman 1968 (Stanford), Prewitt 1970 (Object Enhancement and Extraction), Kirsch 1971 (Computers
 * and Biomedical Research 4), Scharr 2000 (thesis, Heidelberg); Gonzalez and Woods, Digital Image
 * Processing, chapters 3 and 10, for the others.
 */
public final class ImageFilters {
  private static final List<Named> NAMED =
      List.of(
          new Named("identity", ImageFilters::identity),
          new Named("sobel-x", ImageFilters::sobelX),
          new Named("sobel-y", ImageFilters::sobelY),
          new Named("prewitt-x", ImageFilters::prewittX),
          new Named("prewitt-y", ImageFilters::prewittY),
          new Named("scharr-x", ImageFilters::scharrX),
          new Named("scharr-y", ImageFilters::scharrY),
          new Named("roberts-1", ImageFilters::robertsFirst),
          new Named("roberts-2", ImageFilters::robertsSecond),
          new Named("kirsch-north", ImageFilters::kirschNorth),
          new Named("laplacian-4", ImageFilters::laplacian4),
          new Named("laplacian-8", ImageFilters::laplacian8),
          new Named("laplacian-of-gaussian", ImageFilters::laplacianOfGaussian),
          new Named("ridge", ImageFilters::ridge),
          new Named("box-3", () -> box(3)),
          new Named("box-5", () -> box(5)),
          new Named("gaussian-3", () -> gaussian(3, 0.85)),
          new Named("gaussian-5", () -> gaussian(5, 1)),
          new Named("sharpen", ImageFilters::sharpen),
          new Named("unsharp", () -> unsharp(5, 1, 1)),
          new Named("emboss", ImageFilters::emboss),
          new Named("motion-blur-5", () -> motionBlur(5, 0)));

  private ImageFilters() {}

  private record Named(String name, Supplier<ImageFilter> make) {}

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return NAMED.stream().map(Named::name).toList();
  }

  /**
   * A filter by its name.
   *
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public static ImageFilter named(String name) {
    return NAMED.stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no image filter '" + name + "'; there are " + String.join(", ", names())))
        .make()
        .get();
  }

  /** The image itself. */
  public static ImageFilter identity() {
    return ImageFilter.parse("identity", "0 0 0; 0 1 0; 0 0 0");
  }

  /** Slope to the right, smoothed along the edge by 1 2 1. */
  public static ImageFilter sobelX() {
    return ImageFilter.parse("sobel-x", "-1 0 1; -2 0 2; -1 0 1");
  }

  /** Slope downwards, smoothed along the edge by 1 2 1. */
  public static ImageFilter sobelY() {
    return ImageFilter.parse("sobel-y", "-1 -2 -1; 0 0 0; 1 2 1");
  }

  /** Slope to the right, smoothed evenly. */
  public static ImageFilter prewittX() {
    return ImageFilter.parse("prewitt-x", "-1 0 1; -1 0 1; -1 0 1");
  }

  /** Slope downwards, smoothed evenly. */
  public static ImageFilter prewittY() {
    return ImageFilter.parse("prewitt-y", "-1 -1 -1; 0 0 0; 1 1 1");
  }

  /** Slope to the right, nearly the same for an edge at any angle. */
  public static ImageFilter scharrX() {
    return ImageFilter.parse("scharr-x", "-3 0 3; -10 0 10; -3 0 3");
  }

  /** Slope downwards, nearly the same for an edge at any angle. */
  public static ImageFilter scharrY() {
    return ImageFilter.parse("scharr-y", "-3 -10 -3; 0 0 0; 3 10 3");
  }

  /** Difference along one diagonal. */
  public static ImageFilter robertsFirst() {
    return ImageFilter.parse("roberts-1", "1 0; 0 -1");
  }

  /** Difference along the other diagonal. */
  public static ImageFilter robertsSecond() {
    return ImageFilter.parse("roberts-2", "0 1; -1 0");
  }

  /** An edge whose bright side is above: one of Kirsch's eight. */
  public static ImageFilter kirschNorth() {
    return ImageFilter.parse("kirsch-north", "5 5 5; -3 0 -3; -3 -3 -3");
  }

  /** Second derivatives along both axes. */
  public static ImageFilter laplacian4() {
    return ImageFilter.parse("laplacian-4", "0 1 0; 1 -4 1; 0 1 0");
  }

  /** Second derivatives along axes and diagonals. */
  public static ImageFilter laplacian8() {
    return ImageFilter.parse("laplacian-8", "1 1 1; 1 -8 1; 1 1 1");
  }

  /** The Laplacian of a smoothed image, in whole numbers: a "Mexican hat" upside down. */
  public static ImageFilter laplacianOfGaussian() {
    return ImageFilter.parse(
        "laplacian-of-gaussian",
        "0 0 -1 0 0; 0 -1 -2 -1 0; -1 -2 16 -2 -1; 0 -1 -2 -1 0; 0 0 -1 0 0");
  }

  /** What differs from its surroundings: the outline filter of many introductions. */
  public static ImageFilter ridge() {
    return ImageFilter.parse("ridge", "-1 -1 -1; -1 8 -1; -1 -1 -1");
  }

  /** The mean of k x k pixels. */
  public static ImageFilter box(int k) {
    ImageFilter.requireSize("box", k);
    double[][] rows = new double[k][k];
    for (double[] row : rows) {
      Arrays.fill(row, 1.0 / k / k);
    }
    return ImageFilter.of("box-" + k, rows);
  }

  /**
   * Gaussian blur of k x k pixels, with weights that sum to 1.
   *
   * @param sigma standard deviation in pixels
   */
  public static ImageFilter gaussian(int k, double sigma) {
    ImageFilter.requireSize("gaussian", k);
    if (!(sigma > 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException("sigma must be finite and above 0, got " + sigma);
    }
    double[] line = new double[k];
    double total = 0;
    for (int i = 0; i < k; i++) {
      double d = (i - (k - 1) / 2.0) / sigma;
      line[i] = StrictMath.exp(-d * d / 2);
      total += line[i];
    }
    double[][] rows = new double[k][k];
    for (int ky = 0; ky < k; ky++) {
      for (int kx = 0; kx < k; kx++) {
        rows[ky][kx] = line[ky] / total * (line[kx] / total);
      }
    }
    return ImageFilter.of("gaussian-" + k, rows);
  }

  /** Gaussian blur as wide as three deviations to each side. */
  public static ImageFilter gaussian(double sigma) {
    return gaussian(2 * (int) Math.ceil(3 * sigma) + 1, sigma);
  }

  /** The image minus its four neighbours' Laplacian. */
  public static ImageFilter sharpen() {
    return ImageFilter.parse("sharpen", "0 -1 0; -1 5 -1; 0 -1 0");
  }

  /**
   * Unsharp masking: the image, and what a Gaussian blur takes away once more.
   *
   * @param k size of the blur, odd
   * @param sigma deviation of the blur
   * @param amount how often what it takes away is added
   */
  public static ImageFilter unsharp(int k, double sigma, double amount) {
    ImageFilter.requireSize("unsharp", k);
    if (k % 2 == 0) {
      throw new IllegalArgumentException("unsharp needs an odd size, which has a middle, got " + k);
    }
    double[][] middle = new double[k][k];
    middle[k / 2][k / 2] = 1;
    ImageFilter one = ImageFilter.of("identity", middle);
    return one.combined("unsharp", 1 + amount, gaussian(k, sigma), -amount);
  }

  /** Lit from the upper left. */
  public static ImageFilter emboss() {
    return ImageFilter.parse("emboss", "-2 -1 0; -1 1 1; 0 1 2");
  }

  /**
   * The mean along a line through the middle, one pixel a step.
   *
   * @param k its length in pixels, odd
   * @param degrees its angle, counted against the clock from the right
   */
  public static ImageFilter motionBlur(int k, double degrees) {
    ImageFilter.requireSize("motion-blur", k);
    if (k % 2 == 0 || !Double.isFinite(degrees)) {
      throw new IllegalArgumentException(
          "motion blur needs an odd size and a finite angle, got " + k + " and " + degrees);
    }
    double dx = StrictMath.cos(StrictMath.toRadians(degrees));
    double dy = -StrictMath.sin(StrictMath.toRadians(degrees));
    double[][] rows = new double[k][k];
    for (int step = -(k / 2); step <= k / 2; step++) {
      int ky = k / 2 + (int) Math.rint(step * dy);
      int kx = k / 2 + (int) Math.rint(step * dx);
      rows[ky][kx] += 1.0 / k;
    }
    return ImageFilter.of("motion-blur-" + k, rows);
  }
}
