package io.lanewise.onnx.file;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import io.lanewise.onnx.model.ValueType.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ValueInfoProto, TypeProto and TensorShapeProto. */
final class TypeParser {
  private TypeParser() {}

  /** A value's name and type. */
  static ValueInfo valueInfo(WireReader in) {
    String name = "";
    ValueType type = new ValueType.Untold();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          name = in.text();
          in.place().name(name);
        }
        case 2 -> type = type(in.message("type"));
        default -> in.skip();
      }
    }
    in.budget().takeObjects(2, in);
    return new ValueInfo(name, type);
  }

  /** A type; one that is neither tensor, sequence, optional nor map is not told. */
  static ValueType type(WireReader in) {
    ValueType type = new ValueType.Untold();
    in.budget().takeObjects(1, in);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> type = tensor(in.message("tensor"));
        case 4 -> type = new ValueType.OfSequence(element(in.message("sequence"), 1));
        case 5 -> type = map(in.message("map"));
        case 9 -> type = new ValueType.OfOptional(element(in.message("optional"), 1));
        default -> in.skip();
      }
    }
    return type;
  }

  private static ValueType tensor(WireReader in) {
    long number = 0;
    Optional<List<Dimension>> dimensions = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> number = in.int64();
        case 2 -> dimensions = Optional.of(shape(in.message("shape")));
        default -> in.skip();
      }
    }
    if (number == 0) {
      return new ValueType.Untold();
    }
    return new ValueType.OfTensor(DataTypes.of(number, in), dimensions);
  }

  private static ValueType element(WireReader in, int field) {
    ValueType element = new ValueType.Untold();
    while (in.next()) {
      if (in.field() == field) {
        element = type(in.message("element"));
      } else {
        in.skip();
      }
    }
    return element;
  }

  private static ValueType map(WireReader in) {
    ElementType key = null;
    ValueType value = new ValueType.Untold();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = DataTypes.of(in.int64(), in);
        case 2 -> value = type(in.message("value"));
        default -> in.skip();
      }
    }
    if (key == null) {
      throw in.error("expected the type of a map's keys, got none");
    }
    return new ValueType.OfMap(key, value);
  }

  private static List<Dimension> shape(WireReader in) {
    List<Dimension> dimensions = new ArrayList<>();
    while (in.next()) {
      if (in.field() == 1) {
        dimensions.add(dimension(in.message("dimension", dimensions.size())));
      } else {
        in.skip();
      }
    }
    requirePossible(dimensions, in);
    return dimensions;
  }

  /** A size below zero is not told: some exporters write -1 where they should write nothing. */
  private static Dimension dimension(WireReader in) {
    in.budget().takeObjects(1, in);
    Dimension dimension = Dimension.named("");
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          long size = in.int64();
          if (size < -1) {
            throw in.error("expected a size of at least 0, or -1 if it is not told, got %d", size);
          }
          dimension = size < 0 ? Dimension.named("") : Dimension.of(size);
        }
        case 2 -> dimension = Dimension.named(in.text());
        default -> in.skip();
      }
    }
    return dimension;
  }

  /** The known sizes alone must leave room for a tensor. */
  private static void requirePossible(List<Dimension> dimensions, WireReader in) {
    TensorParser.shape(
        dimensions.stream().filter(Dimension::isKnown).map(Dimension::size).toList(), in);
  }
}
