package io.lanewise.onnx.conformance;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.host.HostValue;
import java.util.List;
import java.util.Optional;

/**
 * How far a number may lie from the expected one: {@code absolute + relative · |expected|}. Only
 * floating point may differ at all; element types and shapes must be equal.
 *
 * @param relative share of the expected number
 * @param absolute for numbers near 0
 */
public record Tolerance(double relative, double absolute) {
  /** What ONNX's own runner allows, except for 1e-5 (there 1e-7) near zero. */
  public static final Tolerance DEFAULT = new Tolerance(1e-3, 1e-5);

  /** A step of bfloat16: the standard leaves open how to round to it, and its cases truncate. */
  private static final double BFLOAT16_STEP = 0x1p-7;

  /** What is wrong with a value, if anything; null is one that was not made. */
  public Optional<String> difference(HostValue got, HostValue expected) {
    if (got instanceof HostValue.OfTensor g && expected instanceof HostValue.OfTensor e) {
      return difference(g.tensor(), e.tensor());
    }
    if (got instanceof HostValue.OfSequence g && expected instanceof HostValue.OfSequence e) {
      return difference(g.values(), e.values());
    }
    if (got instanceof HostValue.OfOptional g && expected instanceof HostValue.OfOptional e) {
      return difference(g.value().stream().toList(), e.value().stream().toList());
    }
    if (got != null && expected instanceof HostValue.OfOptional e && e.value().isPresent()) {
      return difference(got, e.value().get());
    }
    return Optional.of("expected %s, got %s".formatted(expected, got == null ? "nothing" : got));
  }

  private Optional<String> difference(List<HostValue> got, List<HostValue> expected) {
    if (got.size() != expected.size()) {
      return Optional.of("expected %d values, got %d".formatted(expected.size(), got.size()));
    }
    for (int i = 0; i < got.size(); i++) {
      Optional<String> difference = difference(got.get(i), expected.get(i));
      if (difference.isPresent()) {
        int at = i;
        return difference.map(d -> "value " + at + ": " + d);
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a tensor, if anything: the first element that differs too much. */
  public Optional<String> difference(TypedTensor got, TypedTensor expected) {
    if (got.type() != expected.type() || !got.shape().equals(expected.shape())) {
      return Optional.of("expected %s, got %s".formatted(expected, got));
    }
    for (int i = 0; i < got.size(); i++) {
      if (!near(got, expected, i)) {
        return Optional.of(
            "element %d of %s: expected %s, got %s"
                .formatted(i, got, text(expected, i), text(got, i)));
      }
    }
    return Optional.empty();
  }

  private boolean near(TypedTensor got, TypedTensor expected, int i) {
    if (got.type() == ElementType.STRING) {
      return got.strings()[i].equals(expected.strings()[i]);
    }
    if (!got.type().isFloating()) {
      return got.longAt(i) == expected.longAt(i);
    }
    double g = got.doubleAt(i);
    double e = expected.doubleAt(i);
    double share =
        got.type() == ElementType.BFLOAT16 ? Math.max(relative, BFLOAT16_STEP) : relative;
    return Double.compare(g, e) == 0
        || g == e
        || (Double.isFinite(e) && Math.abs(g - e) <= absolute + share * Math.abs(e));
  }

  private static String text(TypedTensor t, int i) {
    if (t.type() == ElementType.STRING) {
      return "'" + t.strings()[i] + "'";
    }
    return t.type().isFloating()
        ? String.valueOf(t.doubleAt(i))
        : t.type() == ElementType.UINT64
            ? Long.toUnsignedString(t.longAt(i))
            : String.valueOf(t.longAt(i));
  }
}
