package io.lanewise.onnx.file;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Reads TensorProto in two passes: the first finds the shape and counts the values, the second
 * fills an array of exactly that size. So memory is taken only for values that are there.
 */
final class TensorParser {
  private static final int MAX_RANK = 64;

  private final ExternalData external;

  TensorParser(ExternalData external) {
    this.external = external;
  }

  /**
   * A tensor of a file.
   *
   * @param name its name, or empty
   * @param tensor the elements
   */
  record Named(String name, TypedTensor tensor) {}

  Named parse(WireReader in) {
    TensorHead head = TensorHead.read(in);
    ElementType type = DataTypes.of(head.dataType(), in);
    Shape shape = shape(head.dims(), in);
    return new Named(head.name(), tensor(head, type, shape, in));
  }

  private TypedTensor tensor(TensorHead head, ElementType type, Shape shape, WireReader in) {
    if (head.isExternal()) {
      if (head.hasRaw() || head.values() > 0) {
        throw in.error("expected external data alone, got values in the model, too");
      }
      requireFixedWidth(type, in);
      long bytes = (long) shape.size() * type.bytes();
      return elements(type, shape, external.find(head.external(), bytes, in));
    }
    if (head.hasRaw() && head.values() > 0) {
      throw in.error("expected raw_data or a list of values, got both");
    }
    if (head.hasRaw()) {
      requireFixedWidth(type, in);
      long expected = (long) shape.size() * type.bytes();
      if (head.raw().byteSize() != expected) {
        throw in.error(
            "expected %d bytes for shape %s of %s, got %d",
            expected, shape, type, head.raw().byteSize());
      }
      return elements(type, shape, head.raw());
    }
    if (head.values() != shape.size()) {
      throw in.error(
          "expected %d values for shape %s of %s, got %d",
          shape.size(), shape, type, head.values());
    }
    return ValueLists.decode(type, shape, in.again());
  }

  private TypedTensor elements(ElementType type, Shape shape, MemorySegment raw) {
    return external.isLasting() && RawData.waits(type, raw)
        ? RawData.later(shape, raw)
        : RawData.decode(type, shape, raw);
  }

  private static void requireFixedWidth(ElementType type, WireReader in) {
    if (type.bytes() == 0) {
      throw in.error("expected a tensor of %s to hold string_data, got bytes", type);
    }
  }

  /** The sizes as a shape. */
  static Shape shape(List<Long> dims, WireReader in) {
    if (dims.size() > MAX_RANK) {
      throw in.error("expected at most %d dimensions, got %d", MAX_RANK, dims.size());
    }
    boolean empty = false;
    for (long d : dims) {
      if (d < 0 || d > Integer.MAX_VALUE) {
        throw in.error("expected sizes from 0 to 2^31 - 1, got shape %s", dims);
      }
      empty |= d == 0;
    }
    long elements = 1;
    for (int i = 0; i < dims.size() && !empty; i++) {
      elements *= dims.get(i); // both below 2^31
      if (elements > Integer.MAX_VALUE) {
        throw in.error("expected fewer than 2^31 elements, got shape %s", dims);
      }
    }
    return Shape.of(dims.stream().mapToInt(Math::toIntExact).toArray());
  }
}
