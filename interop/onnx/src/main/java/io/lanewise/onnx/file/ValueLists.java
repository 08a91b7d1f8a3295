package io.lanewise.onnx.file;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;

/** Elements as the lists of numbers and texts in a TensorProto. */
final class ValueLists {
  /** One more than the greatest number of a list's field. */
  static final int FIELDS = 12;

  private static final int FLOAT_DATA = 4;
  private static final int INT32_DATA = 5;
  private static final int STRING_DATA = 6;
  private static final int INT64_DATA = 7;
  private static final int DOUBLE_DATA = 10;
  private static final int UINT64_DATA = 11;

  private ValueLists() {}

  /** The field that holds values of a type. */
  static int fieldOf(ElementType type) {
    return switch (type) {
      case FLOAT -> FLOAT_DATA;
      case DOUBLE -> DOUBLE_DATA;
      case INT64 -> INT64_DATA;
      case UINT32, UINT64 -> UINT64_DATA;
      case STRING -> STRING_DATA;
      case INT8, INT16, INT32, UINT8, UINT16, BOOL, FLOAT16, BFLOAT16 -> INT32_DATA;
    };
  }

  /** A list's name in the standard. */
  static String name(int field) {
    return switch (field) {
      case FLOAT_DATA -> "float_data";
      case INT32_DATA -> "int32_data";
      case STRING_DATA -> "string_data";
      case INT64_DATA -> "int64_data";
      case DOUBLE_DATA -> "double_data";
      default -> "uint64_data";
    };
  }

  /** Reads as many values as the shape has elements, which were counted before. */
  static TypedTensor decode(ElementType type, Shape shape, WireReader in) {
    TypedTensor t = TypedTensor.zeros(type, shape);
    int field = fieldOf(type);
    int i = 0;
    while (in.next()) {
      if (in.field() != field) {
        in.skip();
      } else if (type == ElementType.STRING) {
        t.strings()[i++] = in.text();
      } else {
        i = numbers(t, i, in);
      }
    }
    return t;
  }

  private static int numbers(TypedTensor t, int first, WireReader in) {
    int i = first;
    if (t.type() == ElementType.FLOAT) {
      WireReader numbers = in.numbers(WireReader.FIXED32);
      numbers.rawFloats(t.floats(), i);
      return i + numbers.length() / Float.BYTES;
    }
    if (t.type() == ElementType.DOUBLE) {
      WireReader numbers = in.numbers(WireReader.FIXED64);
      numbers.rawDoubles(t.doubles(), i);
      return i + numbers.length() / Double.BYTES;
    }
    WireReader numbers = in.numbers(WireReader.VARINT);
    while (numbers.hasMore()) {
      set(t, i++, numbers.rawVarint(), in);
    }
    return i;
  }

  private static void set(TypedTensor t, int i, long value, WireReader in) {
    switch (t.type()) {
      case FLOAT16 -> t.floats()[i] = HalfFloats.fromFloat16((short) bits16(t, value, in));
      case BFLOAT16 -> t.floats()[i] = HalfFloats.fromBfloat16((short) bits16(t, value, in));
      case INT8 -> t.setLong(i, within(Byte.MIN_VALUE, Byte.MAX_VALUE, t, value, in));
      case INT16 -> t.setLong(i, within(Short.MIN_VALUE, Short.MAX_VALUE, t, value, in));
      case INT32 -> t.setLong(i, within(Integer.MIN_VALUE, Integer.MAX_VALUE, t, value, in));
      case UINT8 -> t.setLong(i, within(0, 0xff, t, value, in));
      case UINT16 -> t.setLong(i, within(0, 0xffff, t, value, in));
      case UINT32 -> t.setLong(i, within(0, 0xffff_ffffL, t, value, in));
      default -> t.setLong(i, value);
    }
  }

  private static long bits16(TypedTensor t, long value, WireReader in) {
    return within(0, 0xffff, t, value, in);
  }

  private static long within(long least, long most, TypedTensor t, long value, WireReader in) {
    if (value < least || value > most) {
      throw in.error("expected values of %s from %d to %d, got %d", t.type(), least, most, value);
    }
    return value;
  }
}
