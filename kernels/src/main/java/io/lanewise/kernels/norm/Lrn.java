package io.lanewise.kernels.norm;

/**
 * The numbers of a local response normalisation, {@code y = x · (k + alpha · Σ x²)^-beta}, the sum
 * being over a window of neighbours that ends where there are no more.
 *
 * <p>The paper (Krizhevsky, Sutskever, Hinton, ImageNet Classification with Deep Convolutional
 * Neural Networks, 2012, §3.3) multiplies the sum by alpha, as here; ONNX, PyTorch and Caffe divide
 * alpha by the window's size first. They differ in the window of an even size, too: the factories
 * have each one's.
 *
 * @param before how many neighbours before an element are in its window
 * @param after how many after it
 * @param alpha factor of the sum, at least 0
 * @param beta exponent, above 0
 * @param k added to the sum, at least 0; if it is 0, windows of zeros give NaN
 */
public record Lrn(int before, int after, double alpha, double beta, double k) {
  private static final int MOST = 1 << 16;

  /** Checks the numbers. */
  public Lrn {
    if (before < 0 || after < 0 || before > MOST || after > MOST) {
      throw new IllegalArgumentException(
          "a window has 0 to 65536 neighbours before and after, got " + before + " and " + after);
    }
    requireNumber("alpha", alpha, 0);
    requireNumber("beta", beta, Float.MIN_NORMAL);
    requireNumber("k", k, 0);
  }

  private static void requireNumber(String name, double value, double least) {
    if (!(value >= least && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + " must be finite and at least " + least + ", got " + value);
    }
  }

  private static int size(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the window's size must be at least 1, got " + size);
    }
    return size;
  }

  /** The paper's: {@code n / 2} neighbours on each side, alpha as it is. */
  public static Lrn paper(int n, double k, double alpha, double beta) {
    return new Lrn(size(n) / 2, n / 2, alpha, beta, k);
  }

  /** ONNX's LRN: alpha / size, an even window having one neighbour more after the element. */
  public static Lrn onnx(int size, double alpha, double beta, double bias) {
    return new Lrn((size(size) - 1) / 2, size / 2, alpha / size, beta, bias);
  }

  /** PyTorch's LocalResponseNorm: alpha / size, an even window having one more before. */
  public static Lrn pytorch(int size, double alpha, double beta, double k) {
    return new Lrn(size(size) / 2, (size - 1) / 2, alpha / size, beta, k);
  }

  /**
   * Caffe's WITHIN_CHANNEL: alpha over the elements of the whole window, also where it reaches over
   * the border, and k = 1.
   *
   * @param size of each side, odd
   * @param axes how many spatial axes there are
   */
  public static Lrn caffeWithin(int size, int axes, double alpha, double beta) {
    if (size(size) % 2 == 0) {
      throw new IllegalArgumentException("the window's size must be odd, got " + size);
    }
    return new Lrn(size / 2, size / 2, alpha / Math.pow(size, axes), beta, 1);
  }

  /** Elements of a window along one axis. */
  public int size() {
    return before + 1 + after;
  }
}
