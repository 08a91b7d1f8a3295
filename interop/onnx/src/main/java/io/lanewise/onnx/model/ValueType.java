package io.lanewise.onnx.model;

import io.lanewise.layers.typed.ElementType;
import java.util.List;
import java.util.Optional;

/** The type of a value. */
public sealed interface ValueType {
  /**
   * A tensor.
   *
   * @param element of what
   * @param dimensions sizes, if at least their number is told
   */
  record OfTensor(ElementType element, Optional<List<Dimension>> dimensions) implements ValueType {
    /** Copies. */
    public OfTensor {
      dimensions = dimensions.map(List::copyOf);
    }
  }

  /** A list of values of one type. */
  record OfSequence(ValueType element) implements ValueType {}

  /** Something or nothing. */
  record OfOptional(ValueType element) implements ValueType {}

  /** A map from integers or text. */
  record OfMap(ElementType key, ValueType value) implements ValueType {}

  /** Nothing is told. */
  record Untold() implements ValueType {}

  /**
   * A size.
   *
   * @param size the number, or -1 if it is not told
   * @param symbol its name, or empty; sizes of one name are equal
   */
  record Dimension(long size, String symbol) {
    /** A known size. */
    public static Dimension of(long size) {
      return new Dimension(size, "");
    }

    /** A size that is known when the model runs. */
    public static Dimension named(String symbol) {
      return new Dimension(-1, symbol);
    }

    /** True if the number is told. */
    public boolean isKnown() {
      return size >= 0;
    }

    @Override
    public String toString() {
      return isKnown() ? String.valueOf(size) : symbol.isEmpty() ? "?" : symbol;
    }
  }
}
