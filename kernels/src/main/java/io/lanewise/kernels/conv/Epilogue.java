package io.lanewise.kernels.conv;

import io.lanewise.kernels.tensor.Tensor;

/**
 * What a convolution does to its sums before it stores them: {@code y = max(min, min(y + bias,
 * max))}. Identity, ReLU and ReLU6 are one code path.
 *
 * @param bias [oc], read, or null for none
 * @param min least output; -Infinity for no limit
 * @param max greatest output; Infinity for no limit
 */
public record Epilogue(Tensor bias, float min, float max) {
  private static final Epilogue NONE =
      new Epilogue(null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** Checks the limits. */
  public Epilogue {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "the least output must not exceed the greatest, got min=" + min + " max=" + max);
    }
  }

  /** Nothing: the plain sums. */
  public static Epilogue none() {
    return NONE;
  }

  /** Adds a bias; null adds none. */
  public static Epilogue bias(Tensor bias) {
    return bias == null
        ? NONE
        : new Epilogue(bias, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  /** Then {@code max(y, 0)}. */
  public Epilogue relu() {
    return clamp(0f, Float.POSITIVE_INFINITY);
  }

  /** Then {@code min(max(y, 0), 6)}. */
  public Epilogue relu6() {
    return clamp(0f, 6f);
  }

  /** Then limits the output; what was limited before stays so. */
  public Epilogue clamp(float least, float greatest) {
    Epilogue limits = new Epilogue(null, least, greatest);
    return new Epilogue(bias, limits.limit(min), limits.limit(max));
  }

  private float limit(float y) {
    return Math.max(min, Math.min(y, max));
  }

  /** True if there is a limit. */
  public boolean clamps() {
    return min != Float.NEGATIVE_INFINITY || max != Float.POSITIVE_INFINITY;
  }
}
