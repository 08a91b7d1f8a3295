package io.lanewise.kernels.activation;

import io.lanewise.kernels.micro.Curve;
import java.util.Objects;

/**
 * An elementwise nonlinearity: a kind and its parameters. Immutable; equal if both are.
 *
 * <p>Definitions are PyTorch's and ONNX's. Each is a function of one element, so it has a value for
 * every float: NaN gives NaN, infinities give the limits (so the kinds that vanish to the left give
 * a zero of -Infinity).
 */
public final class Activation {
  private static final float SELU_SCALE = 1.050701f; // λ
  private static final float SELU_SCALE_ALPHA = 1.7580993f; // λ · α
  private static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0, 0);
  private static final Activation RELU = new Activation(Kind.RELU, 0, 0);
  private static final Activation RELU6 = new Activation(Kind.CLAMP, 0, 6);
  private static final Activation HARD_SWISH = new Activation(Kind.HARD_SWISH, 0, 0);
  private static final Activation SILU = new Activation(Kind.SILU, 0, 0);
  private static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0, 0);
  private static final Activation TANH = new Activation(Kind.TANH, 0, 0);

  private final Kind kind;
  private final float first;
  private final float second;

  /** The formulas. */
  public enum Kind {
    /** {@code x}. */
    IDENTITY(null, "identity"),
    /** {@code max(x, 0)}; -0 gives 0, the slope at 0 and NaN is 0. */
    RELU(Curve.RELU, "relu"),
    /** {@code max(min, min(x, max))}; the slope is 1 between the limits, 0 there and at NaN. */
    CLAMP(Curve.CLAMP, "clamp", "min", "max"),
    /** {@code x > 0 ? x : slope · x}; the slope at 0 and NaN is that of the left. */
    LEAKY_RELU(Curve.LEAKY_RELU, "leaky-relu", "slope"),
    /** {@code max(0, min(1, alpha · x + beta))}; the slope is alpha between 0 and 1, else 0. */
    HARD_SIGMOID(Curve.HARD_SIGMOID, "hard-sigmoid", "alpha", "beta"),
    /**
     * {@code x · max(0, min(1, (x + 3) / 6))} (Howard et al., Searching for MobileNetV3, 2019,
     * §5.2): -0 up to -3, x from 3. The slope is that of the outer pieces at -3 and 3.
     */
    HARD_SWISH(Curve.HARD_SWISH, "hard-swish"),
    /** {@code 1 / (1 + e^-x)}. */
    SIGMOID(Curve.SIGMOID, "sigmoid"),
    /**
     * {@code x / (1 + e^-x)}, also called swish (Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear
     * Units, 2018).
     */
    SILU(Curve.SILU, "silu"),
    /** {@code tanh(x)}. */
    TANH(Curve.TANH, "tanh"),
    /** {@code x > 0 ? 1 : 0}; the slope is 0. */
    STEP(Curve.STEP, "step"),
    /** {@code x > threshold ? x : value}; the slope is 1 or 0. */
    THRESHOLD(Curve.THRESHOLD, "threshold", "threshold", "value"),
    /**
     * {@code x > 0 ? x : alpha · (e^x - 1)} (Clevert, Unterthiner, Hochreiter, Exponential Linear
     * Units, 2016).
     */
    ELU(Curve.ELU, "elu", "alpha"),
    /**
     * {@code λ · elu(α)} with λ = 1.0507… and α = 1.6732… (Klambauer et al., Self-Normalizing
     * Neural Networks, 2017, §2).
     */
    SELU(Curve.ELU, "selu"),
    /**
     * {@code x > 0 ? x : alpha · (e^(x/alpha) - 1)} (Barron, Continuously Differentiable
     * Exponential Linear Units, 2017).
     */
    CELU(Curve.ELU, "celu", "alpha"),
    /** {@code x · Φ(x)} (Hendrycks, Gimpel, Gaussian Error Linear Units, 2016). */
    GELU(Curve.GELU, "gelu"),
    /**
     * {@code x · (1 + tanh(sqrt(2/π) · (x + 0.044715 x³))) / 2}, the same paper's approximation.
     */
    GELU_TANH(Curve.GELU_TANH, "gelu-tanh"),
    /** {@code x · tanh(softplus(x))} (Misra, Mish, 2019). */
    MISH(Curve.MISH, "mish"),
    /** {@code log(1 + e^(beta · x)) / beta}, but x where {@code beta · x > threshold}. */
    SOFTPLUS(Curve.SOFTPLUS, "softplus", "beta", "threshold"),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN(Curve.SOFTSIGN, "softsign");

    private final Curve curve;
    private final String title;
    private final String parameters;
    private final int count;

    Kind(Curve curve, String title, String... parameters) {
      this.curve = curve;
      this.title = title;
      this.parameters = parameters.length == 0 ? "" : "(" + String.join(",", parameters) + ")";
      this.count = parameters.length;
    }
  }

  private Activation(Kind kind, float first, float second) {
    this.kind = kind;
    this.first = first + 0f; // one zero, so that equal limits are equal
    this.second = second + 0f;
  }

  /** The plain {@code x}. */
  public static Activation identity() {
    return IDENTITY;
  }

  /** {@link Kind#RELU}. */
  public static Activation relu() {
    return RELU;
  }

  /** {@code clamp(0, 6)}. */
  public static Activation relu6() {
    return RELU6;
  }

  /**
   * {@link Kind#CLAMP}; from 0 to Infinity it is {@link #relu()}, without limits {@link
   * #identity()}.
   *
   * @param min least output; -Infinity for no limit
   * @param max greatest output; Infinity for no limit
   * @throws IllegalArgumentException if {@code min} exceeds {@code max} or one is NaN
   */
  public static Activation clamp(float min, float max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "the least output must not exceed the greatest, got min=" + min + " max=" + max);
    }
    if (max == Float.POSITIVE_INFINITY && (min == 0 || min == Float.NEGATIVE_INFINITY)) {
      return min == 0 ? RELU : IDENTITY;
    }
    return new Activation(Kind.CLAMP, min, max);
  }

  /** {@link Kind#LEAKY_RELU} with PyTorch's and ONNX's slope, 0.01. */
  public static Activation leakyRelu() {
    return leakyRelu(0.01f);
  }

  /**
   * {@link Kind#LEAKY_RELU}.
   *
   * @param slope of negative numbers; finite
   */
  public static Activation leakyRelu(float slope) {
    return new Activation(Kind.LEAKY_RELU, finite("slope", slope), 0);
  }

  /** {@link Kind#HARD_SIGMOID} with PyTorch's alpha = 1/6 and beta = 1/2. */
  public static Activation hardSigmoid() {
    return hardSigmoid(1f / 6, 0.5f);
  }

  /**
   * {@link Kind#HARD_SIGMOID}; ONNX's alpha is 0.2 unless a node says otherwise.
   *
   * @param alpha finite
   * @param beta finite
   */
  public static Activation hardSigmoid(float alpha, float beta) {
    return new Activation(Kind.HARD_SIGMOID, finite("alpha", alpha), finite("beta", beta));
  }

  /** {@link Kind#HARD_SWISH}. */
  public static Activation hardSwish() {
    return HARD_SWISH;
  }

  /** {@link Kind#SIGMOID}. */
  public static Activation sigmoid() {
    return SIGMOID;
  }

  /** {@link Kind#SILU}. */
  public static Activation silu() {
    return SILU;
  }

  /** {@link Kind#TANH}. */
  public static Activation tanh() {
    return TANH;
  }

  /** {@link Kind#STEP}. */
  public static Activation step() {
    return new Activation(Kind.STEP, 0, 0);
  }

  /**
   * {@link Kind#THRESHOLD}.
   *
   * @param threshold finite
   * @param value finite
   */
  public static Activation threshold(float threshold, float value) {
    return new Activation(Kind.THRESHOLD, finite("threshold", threshold), finite("value", value));
  }

  /** {@link Kind#ELU} with PyTorch's and ONNX's alpha, 1. */
  public static Activation elu() {
    return elu(1);
  }

  /**
   * {@link Kind#ELU}.
   *
   * @param alpha positive and finite, so that the output tells the slope
   */
  public static Activation elu(float alpha) {
    return new Activation(Kind.ELU, positive("alpha", alpha), 0);
  }

  /** {@link Kind#SELU}. */
  public static Activation selu() {
    return new Activation(Kind.SELU, 0, 0);
  }

  /** {@link Kind#CELU} with PyTorch's and ONNX's alpha, 1. */
  public static Activation celu() {
    return celu(1);
  }

  /**
   * {@link Kind#CELU}.
   *
   * @param alpha positive, its inverse finite
   */
  public static Activation celu(float alpha) {
    return new Activation(Kind.CELU, positive("alpha", alpha), 0);
  }

  /** {@link Kind#GELU}. */
  public static Activation gelu() {
    return new Activation(Kind.GELU, 0, 0);
  }

  /** {@link Kind#GELU_TANH}. */
  public static Activation geluTanh() {
    return new Activation(Kind.GELU_TANH, 0, 0);
  }

  /** {@link Kind#MISH}. */
  public static Activation mish() {
    return new Activation(Kind.MISH, 0, 0);
  }

  /** {@link Kind#SOFTPLUS} as ONNX has it: beta 1 and no threshold. */
  public static Activation softplus() {
    return softplus(1, Float.POSITIVE_INFINITY);
  }

  /**
   * {@link Kind#SOFTPLUS}; PyTorch's are 1 and 20.
   *
   * @param beta positive, its inverse finite
   * @param threshold above which it is x; Infinity for none
   */
  public static Activation softplus(float beta, float threshold) {
    if (Float.isNaN(threshold)) {
      throw new IllegalArgumentException("softplus's threshold must be a number, got NaN");
    }
    return new Activation(Kind.SOFTPLUS, positive("beta", beta), threshold);
  }

  /** {@link Kind#SOFTSIGN}. */
  public static Activation softsign() {
    return new Activation(Kind.SOFTSIGN, 0, 0);
  }

  private static float positive(String name, float value) {
    if (!(value >= Float.MIN_NORMAL && value <= 1 / Float.MIN_NORMAL)) {
      throw new IllegalArgumentException(
          "an activation's " + name + " must be positive, as must its inverse, got " + value);
    }
    return value;
  }

  private static float finite(String name, float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "an activation's " + name + " must be finite, got " + value);
    }
    return value;
  }

  /** The formula. */
  public Kind kind() {
    return kind;
  }

  /** The kind's first parameter, as its formula names them; 0 if it has none. */
  public float first() {
    return first;
  }

  /** The kind's second parameter; 0 if it has none. */
  public float second() {
    return second;
  }

  /**
   * True if the slope cannot be told from the output: then the backward pass reads the input, which
   * therefore must be kept; otherwise it reads the output, and the input may be overwritten.
   */
  public boolean needsInput() {
    return kind == Kind.LEAKY_RELU
        ? first < 0
        : kind.curve != null && kind.curve.slope() == Curve.Slope.OF_INPUT;
  }

  /** The kernel's function; null for {@link Kind#IDENTITY}, which needs none. */
  Curve curve() {
    return kind.curve;
  }

  /** The curve's first parameter. */
  float p() {
    return switch (kind) {
      case ELU, CELU -> 1;
      case SELU -> SELU_SCALE;
      default -> first;
    };
  }

  /** The curve's second parameter. */
  float q() {
    return switch (kind) {
      case ELU, CELU -> first;
      case SELU -> SELU_SCALE_ALPHA;
      default -> second;
    };
  }

  /** The curve's third parameter. */
  float r() {
    return switch (kind) {
      case ELU, SELU -> 1;
      case CELU, SOFTPLUS -> 1 / first;
      default -> 0;
    };
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "silu"} or {@code "clamp(-1.0,1.0)"}; the
   * parameters of all but clamp and threshold may be left out.
   *
   * @throws IllegalArgumentException saying what is not understood
   */
  public static Activation parse(String text) {
    int open = text.indexOf('(');
    String title = open < 0 ? text : text.substring(0, open);
    float[] p = open < 0 ? new float[0] : numbers(text, open);
    return switch (title + " " + p.length) {
      case "identity 0" -> IDENTITY;
      case "relu 0" -> RELU;
      case "relu6 0" -> RELU6;
      case "clamp 2" -> clamp(p[0], p[1]);
      case "leaky-relu 0" -> leakyRelu();
      case "leaky-relu 1" -> leakyRelu(p[0]);
      case "hard-sigmoid 0" -> hardSigmoid();
      case "hard-sigmoid 2" -> hardSigmoid(p[0], p[1]);
      case "hard-swish 0" -> HARD_SWISH;
      case "sigmoid 0" -> SIGMOID;
      case "silu 0" -> SILU;
      case "tanh 0" -> TANH;
      case "step 0" -> step();
      case "threshold 2" -> threshold(p[0], p[1]);
      case "elu 0" -> elu();
      case "elu 1" -> elu(p[0]);
      case "selu 0" -> selu();
      case "celu 0" -> celu();
      case "celu 1" -> celu(p[0]);
      case "gelu 0" -> gelu();
      case "gelu-tanh 0" -> geluTanh();
      case "mish 0" -> mish();
      case "softplus 0" -> softplus();
      case "softplus 2" -> softplus(p[0], p[1]);
      case "softsign 0" -> softsign();
      default -> throw unknown(text);
    };
  }

  private static float[] numbers(String text, int open) {
    String[] words = text.substring(open + 1, Math.max(open + 1, text.length() - 1)).split(",", -1);
    float[] numbers = new float[words.length];
    try {
      for (int i = 0; i < words.length; i++) {
        numbers[i] = Float.parseFloat(words[i]);
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    if (!text.endsWith(")")) {
      throw unknown(text);
    }
    return numbers;
  }

  private static IllegalArgumentException unknown(String text) {
    StringBuilder known = new StringBuilder("relu6");
    for (Kind kind : Kind.values()) {
      known.append(", ").append(kind.title).append(kind.parameters);
    }
    return new IllegalArgumentException(
        "not an activation: '" + text + "'; it must be one of " + known);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Activation a
        && kind == a.kind
        && Float.compare(first, a.first) == 0
        && Float.compare(second, a.second) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, first, second);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (equals(RELU6)) {
      return "relu6";
    }
    return switch (kind.count) {
      case 0 -> kind.title;
      case 1 -> kind.title + "(" + first + ")";
      default -> kind.title + "(" + first + "," + second + ")";
    };
  }
}
