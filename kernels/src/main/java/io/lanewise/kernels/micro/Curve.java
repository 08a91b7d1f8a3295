package io.lanewise.kernels.micro;

/**
 * A function of one number x with up to three parameters p, q and r. Its steps are in {@code
 * tools/kernel-templates/curves.py}, from which the loops over vectors and over single elements are
 * written. NaN gives NaN; -0 and subnormal numbers count as what they are, subnormal results too.
 *
 * <p>The errors are the greatest over all floats with fused multiply-add ({@code EveryFloatTest}),
 * in units in the last place of the result.
 */
public enum Curve {
  /** e^x; +Infinity above 88.72283. */
  EXP(Slope.NONE),
  /** e^x - 1. */
  EXPM1(Slope.NONE),
  /** Natural logarithm; -Infinity of either zero, NaN below. */
  LOG(Slope.NONE),
  /** log(1 + x); -Infinity of -1, NaN below. */
  LOG1P(Slope.NONE),
  /** The error function, 2/sqrt(π) · ∫ e^(-t²) dt from 0 to x. */
  ERF(Slope.NONE),
  /** 1 / (1 + e^-x). */
  SIGMOID(Slope.OF_OUTPUT),
  /** Hyperbolic tangent. */
  TANH(Slope.OF_OUTPUT),
  /** x · σ(x); -0 of -Infinity, its limit. */
  SILU(Slope.OF_INPUT),
  /** p · x if x &gt; 0, else q · (e^(r · x) - 1); p and q are positive. */
  ELU(Slope.OF_OUTPUT),
  /** log(1 + e^(p · x)) · r, r being 1/p; x where p · x &gt; q. */
  SOFTPLUS(Slope.OF_INPUT),
  /** x · tanh(log(1 + e^x)); -0 of -Infinity, its limit. */
  MISH(Slope.OF_INPUT),
  /** x · Φ(x), Φ being the normal distribution; -0 of -Infinity, its limit. */
  GELU(Slope.OF_INPUT),
  /** x · (1 + tanh(sqrt(2/π) · (x + 0.044715 · x³))) / 2; -0 of -Infinity, its limit. */
  GELU_TANH(Slope.OF_INPUT),
  /** 1 if x &gt; 0, else 0; its slope is 0. */
  STEP(Slope.OF_INPUT),
  /** x if x &gt; 0, else 0; the slope at 0 is 0. */
  RELU(Slope.OF_OUTPUT),
  /**
   * x if x &gt; 0, else p · x; the slope at 0 is p, which is not negative or read off the input.
   */
  LEAKY_RELU(Slope.OF_OUTPUT),
  /** x, but at least p and at most q; the slope is 0 at p and q. */
  CLAMP(Slope.OF_OUTPUT),
  /** x if x &gt; p, else q; the slope at p is 0. */
  THRESHOLD(Slope.OF_INPUT),
  /** p · x + q, but at least 0 and at most 1, where the slope is 0. */
  HARD_SIGMOID(Slope.OF_OUTPUT),
  /** x · (x + 3) / 6 between -3, below which it is -0, and 3, above which it is x. */
  HARD_SWISH(Slope.OF_INPUT),
  /** x / (1 + |x|); 1 of Infinity, its limit. */
  SOFTSIGN(Slope.OF_INPUT);

  /** What the slope is computed from. */
  public enum Slope {
    /** From nothing: the curve is computed forward only. */
    NONE,
    /** From x. */
    OF_INPUT,
    /** From f(x). */
    OF_OUTPUT
  }

  private final Slope slope;

  Curve(Slope slope) {
    this.slope = slope;
  }

  /** What {@link ActivationKernels#backward} reads. */
  public Slope slope() {
    return slope;
  }
}
