package io.lanewise.kernels.activation;

import java.util.Objects;

/**
 * An elementwise nonlinearity: a kind and its parameters. Immutable; equal if both are.
 *
 * <p>Definitions are PyTorch's and ONNX's. Each is a function of one element, so it has a value for
 * every float: NaN gives NaN, infinities give the limits (so the kinds that vanish to the left give
 * 0 of -Infinity).
 */
public final class Activation {
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
    IDENTITY("identity"),
    /** {@code max(x, 0)}; -0 gives 0, the slope at 0 and NaN is 0. */
    RELU("relu"),
    /** {@code max(min, min(x, max))}; the slope is 1 between the limits, 0 there and at NaN. */
    CLAMP("clamp", "min", "max"),
    /** {@code x > 0 ? x : slope · x}; the slope at 0 and NaN is that of the left. */
    LEAKY_RELU("leaky-relu", "slope"),
    /** {@code max(0, min(1, alpha · x + beta))}; the slope is alpha between 0 and 1, else 0. */
    HARD_SIGMOID("hard-sigmoid", "alpha", "beta"),
    /**
     * {@code x · max(0, min(1, (x + 3) / 6))} (Howard et al., Searching for MobileNetV3, 2019,
     * §5.2): -0 up to -3, x from 3. The slope is that of the outer pieces at -3 and 3.
     */
    HARD_SWISH("hard-swish"),
    /** {@code 1 / (1 + e^-x)}; 0 below -87. */
    SIGMOID("sigmoid"),
    /**
     * {@code x / (1 + e^-x)}, also called swish (Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear
     * Units, 2018); 0 below -87, which is less than 2e-36 off.
     */
    SILU("silu"),
    /** {@code tanh(x)}. */
    TANH("tanh");

    private final String title;
    private final String parameters;
    private final int count;

    Kind(String title, String... parameters) {
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
    return switch (kind) {
      case IDENTITY, RELU, CLAMP, HARD_SIGMOID, SIGMOID, TANH -> false;
      case LEAKY_RELU -> first < 0;
      case HARD_SWISH, SILU -> true;
    };
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "silu"} or {@code "clamp(-1.0,1.0)"}; the
   * parameters of leaky-relu and hard-sigmoid may be left out.
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
