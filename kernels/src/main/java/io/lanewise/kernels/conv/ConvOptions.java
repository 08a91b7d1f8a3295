package io.lanewise.kernels.conv;

import io.lanewise.kernels.tensor.Layout;
import java.util.Objects;
import java.util.Optional;

/**
 * What a caller asks of a convolution's plan beyond its shape.
 *
 * @param layout order of x and y, of dy and dx; weights are channels first always
 * @param precision whether accuracy may be given for speed
 * @param algorithm the only algorithm to consider, by name; empty for the first in the list that
 *     accepts the shape
 */
public record ConvOptions(Layout layout, Precision precision, Optional<String> algorithm) {
  /** Channels first, fast, whatever algorithm. */
  public static final ConvOptions DEFAULT =
      new ConvOptions(Layout.CHANNELS_FIRST, Precision.FAST, Optional.empty());

  /** Checks that nothing is missing. */
  public ConvOptions {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(algorithm, "algorithm");
  }

  /** These, with x and y in the order in which convolutions compute: no reordering inside. */
  public ConvOptions channelsLast() {
    return layout(Layout.CHANNELS_LAST);
  }

  /** These, with x and y in {@code order}. */
  public ConvOptions layout(Layout order) {
    return new ConvOptions(order, precision, algorithm);
  }

  /** These, without algorithms that lose accuracy. */
  public ConvOptions strict() {
    return new ConvOptions(layout, Precision.STRICT, algorithm);
  }

  /** These, with one algorithm forced. */
  public ConvOptions algorithm(String name) {
    return new ConvOptions(layout, precision, Optional.of(name));
  }

  /** Such as {@code "channels last, strict"}. */
  @Override
  public String toString() {
    return (layout == Layout.CHANNELS_LAST ? "channels last" : "channels first")
        + (precision == Precision.STRICT ? ", strict" : "")
        + algorithm.map(a -> ", " + a).orElse("");
  }
}
