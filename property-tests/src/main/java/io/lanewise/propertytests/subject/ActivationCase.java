package io.lanewise.propertytests.subject;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An activation and the shape of what it is applied to.
 *
 * @param kind which activation
 * @param shape of any rank, a scalar included
 */
public record ActivationCase(Activation kind, Shape shape) {
  /** Both must be there. */
  public ActivationCase {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(shape, "shape");
  }

  /**
   * Reads what {@link #toString()} writes, such as {@code "relu 2x3x17"}; the kind alone is a
   * scalar.
   *
   * @throws IllegalArgumentException saying what is not understood
   */
  public static ActivationCase parse(String text) {
    String[] words = text.strip().split("\\s+", -1);
    if (words.length > 2) {
      throw wrong(text, "more than a kind and a shape");
    }
    int[] dims = {};
    if (words.length == 2) {
      if (!words[1].matches("\\d{1,9}(x\\d{1,9})*")) {
        throw wrong(text, "the shape must look like 2x3x17");
      }
      dims = Arrays.stream(words[1].split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }
    return new ActivationCase(activation(words[0], text), Shape.of(dims));
  }

  private static Activation activation(String word, String text) {
    try {
      return Activation.parse(word);
    } catch (IllegalArgumentException e) {
      throw wrong(text, e.getMessage());
    }
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("not an activation's case: '" + text + "': " + why);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (shape.rank() == 0) {
      return kind.toString();
    }
    return Arrays.stream(shape.toArray())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("x", kind + " ", ""));
  }
}
