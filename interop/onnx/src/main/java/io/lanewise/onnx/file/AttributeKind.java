package io.lanewise.onnx.file;

import io.lanewise.onnx.model.Attribute;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an attribute may hold.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto,
 *     AttributeProto</a>
 */
enum AttributeKind {
  UNDEFINED(0, -1, Attribute.class),
  FLOAT(1, 2, Attribute.OfFloat.class),
  INT(2, 3, Attribute.OfInt.class),
  STRING(3, 4, Attribute.OfText.class),
  TENSOR(4, 5, Attribute.OfTensor.class),
  GRAPH(5, 6, Attribute.OfGraph.class),
  FLOATS(6, 7, Attribute.OfFloats.class),
  INTS(7, 8, Attribute.OfInts.class),
  STRINGS(8, 9, Attribute.OfTexts.class),
  TENSORS(9, 10, Attribute.OfTensors.class),
  GRAPHS(10, 11, Attribute.OfGraphs.class),
  SPARSE_TENSOR(11, 22, Attribute.OfTensor.class),
  SPARSE_TENSORS(12, 23, Attribute.OfTensors.class),
  TYPE_PROTO(13, 14, Attribute.OfType.class),
  TYPE_PROTOS(14, 15, Attribute.OfTypes.class);

  private final int number;
  private final int field;
  private final Class<? extends Attribute> type;

  AttributeKind(int number, int field, Class<? extends Attribute> type) {
    this.number = number;
    this.field = field;
    this.type = type;
  }

  /** Its number in files. */
  int number() {
    return number;
  }

  /** The field that holds its value. */
  int field() {
    return field;
  }

  /** What it is read as. */
  Class<? extends Attribute> type() {
    return type;
  }

  static AttributeKind of(long number, WireReader at) {
    if (number < 0 || number >= values().length) {
      throw at.error("expected a kind of attribute from 0 to 14, got %d", number);
    }
    return values()[(int) number];
  }

  static Optional<AttributeKind> ofField(int field) {
    return Arrays.stream(values()).filter(k -> k.field == field).findFirst();
  }

  /** The first kind that is read as {@code type}. */
  static AttributeKind of(Class<? extends Attribute> type) {
    return Arrays.stream(values()).filter(k -> k.type == type).findFirst().orElseThrow();
  }
}
