package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/**
 * What a convolution does to its sums before it leaves them: {@code y = f(Σ + bias + residual)},
 * for each block of outputs while it is in cache.
 *
 * <p>The sum starts from the bias, so the bias takes part in its rounding; then the residual is
 * added, in one rounding; then comes f. So each algorithm gives the bits that it gives without
 * residual and activation, followed by an addition and an {@link
 * io.lanewise.kernels.activation.ActivationOp}: fusing changes no bit.
 *
 * @param bias [oc], read, or null for none
 * @param residual y's shape and layout, read, or null for none; may be y itself ({@code y += ...}),
 *     or x, but may not overlap y otherwise
 * @param activation f
 */
public record Epilogue(Tensor bias, Tensor residual, Activation activation) {
  private static final Epilogue NONE = new Epilogue(null, null, Activation.identity());

  /** Checks that there is an f. */
  public Epilogue {
    Objects.requireNonNull(activation, "activation");
  }

  /** Nothing: the plain sums. */
  public static Epilogue none() {
    return NONE;
  }

  /** Adds a bias; null adds none. */
  public static Epilogue bias(Tensor bias) {
    return bias == null ? NONE : new Epilogue(bias, null, Activation.identity());
  }

  /**
   * Then adds a residual; null adds none.
   *
   * @throws IllegalArgumentException if there is a residual or an activation already
   */
  public Epilogue add(Tensor other) {
    if (other == null) {
      return this;
    }
    if (residual != null) {
      throw new IllegalArgumentException("an epilogue adds one residual, got a second one");
    }
    requireNoActivation("a residual");
    return new Epilogue(bias, other, activation);
  }

  /**
   * Then applies an activation.
   *
   * @throws IllegalArgumentException if there is one already
   */
  public Epilogue activation(Activation f) {
    requireNoActivation(f.toString());
    return new Epilogue(bias, residual, f);
  }

  private void requireNoActivation(String got) {
    if (activation.kind() != Activation.Kind.IDENTITY) {
      throw new IllegalArgumentException(
          "an epilogue ends with its activation, which is "
              + activation
              + ", got "
              + got
              + " after it");
    }
  }

  /** Then {@code max(y, 0)}. */
  public Epilogue relu() {
    return activation(Activation.relu());
  }

  /** Then {@code min(max(y, 0), 6)}. */
  public Epilogue relu6() {
    return activation(Activation.relu6());
  }

  /** Then {@code max(least, min(y, greatest))}. */
  public Epilogue clamp(float least, float greatest) {
    return activation(Activation.clamp(least, greatest));
  }

  /** Then {@code y > 0 ? y : slope · y}. */
  public Epilogue leakyRelu(float slope) {
    return activation(Activation.leakyRelu(slope));
  }

  /** Then {@link Activation#hardSwish()}. */
  public Epilogue hardSwish() {
    return activation(Activation.hardSwish());
  }

  /** Then {@link Activation#silu()}. */
  public Epilogue silu() {
    return activation(Activation.silu());
  }
}
