package io.lanewise.onnx.model;

import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** A constant of a node. */
public sealed interface Attribute {
  /** One float. */
  record OfFloat(float value) implements Attribute {}

  /** One integer. */
  record OfInt(long value) implements Attribute {}

  /** One text. */
  record OfText(String value) implements Attribute {}

  /** One tensor. */
  record OfTensor(TypedTensor value) implements Attribute {}

  /** One graph. */
  record OfGraph(OnnxGraph value) implements Attribute {}

  /** Some floats. */
  record OfFloats(List<Float> values) implements Attribute {
    /** Copies. */
    public OfFloats {
      values = List.copyOf(values);
    }
  }

  /** Some integers. */
  record OfInts(List<Long> values) implements Attribute {
    /** Copies. */
    public OfInts {
      values = List.copyOf(values);
    }
  }

  /** Some texts. */
  record OfTexts(List<String> values) implements Attribute {
    /** Copies. */
    public OfTexts {
      values = List.copyOf(values);
    }
  }

  /** Some tensors. */
  record OfTensors(List<TypedTensor> values) implements Attribute {
    /** Copies. */
    public OfTensors {
      values = List.copyOf(values);
    }
  }

  /** Some graphs. */
  record OfGraphs(List<OnnxGraph> values) implements Attribute {
    /** Copies. */
    public OfGraphs {
      values = List.copyOf(values);
    }
  }

  /**
   * In a function's body: the attribute of that name of the call.
   *
   * @param name the attribute's name
   * @param kind what it must be
   */
  record Reference(String name, Class<? extends Attribute> kind) implements Attribute {}

  /** A value's type. */
  record OfType(ValueType value) implements Attribute {}

  /** Some values' types. */
  record OfTypes(List<ValueType> values) implements Attribute {
    /** Copies. */
    public OfTypes {
      values = List.copyOf(values);
    }
  }

  /** What a kind of attribute is called in a message. */
  static String nameOf(Class<? extends Attribute> type) {
    return switch (type.getSimpleName()) {
      case "OfFloat" -> "a float";
      case "OfInt" -> "an integer";
      case "OfText" -> "a text";
      case "OfTensor" -> "a tensor";
      case "OfGraph" -> "a graph";
      case "OfFloats" -> "floats";
      case "OfInts" -> "integers";
      case "OfTexts" -> "texts";
      case "OfTensors" -> "tensors";
      case "OfGraphs" -> "graphs";
      case "OfType" -> "a type";
      case "OfTypes" -> "types";
      default -> "a reference";
    };
  }
}
