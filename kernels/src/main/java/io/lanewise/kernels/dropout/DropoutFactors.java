package io.lanewise.kernels.dropout;

/**
 * What a kind of dropout does with an element: {@code keep ? x · scale + shift : dropped}.
 *
 * @param threshold of the upper 24 bits of a random word, below which an element is dropped
 * @param scale of kept elements
 * @param shift of kept elements; -0 where there is none, which keeps -0 as it is
 * @param dropped what others become
 */
public record DropoutFactors(int threshold, float scale, float shift, float dropped) {
  private static final double WORDS = 1 << 24;
  private static final double ALPHA_LAMBDA = 1.6732632423543772 * 1.0507009873554805;

  /** Of dropout. */
  public static DropoutFactors plain(double rate) {
    int threshold = threshold(rate);
    return new DropoutFactors(threshold, rate == 1 ? 0 : (float) (1 / (1 - rate)), -0f, 0f);
  }

  /** Of alpha dropout. */
  public static DropoutFactors alpha(double rate) {
    int threshold = threshold(rate);
    if (rate == 1) {
      return new DropoutFactors(threshold, 0, -0f, 0f);
    }
    double keep = 1 - rate;
    double scale = 1 / Math.sqrt(keep + ALPHA_LAMBDA * ALPHA_LAMBDA * keep * rate);
    double shift = scale * ALPHA_LAMBDA * rate;
    float dropped = (float) (-scale * ALPHA_LAMBDA + shift);
    return new DropoutFactors(threshold, (float) scale, rate == 0 ? -0f : (float) shift, dropped);
  }

  private static int threshold(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("the rate of dropout must be in [0, 1], got " + rate);
    }
    return (int) Math.round(rate * WORDS);
  }

  /** The gradient's: no shift, and 0 for what was dropped. */
  public DropoutFactors backward() {
    return new DropoutFactors(threshold, scale, -0f, 0f);
  }
}
