package io.lanewise.onnx.file;

import io.lanewise.layers.typed.ElementType;
import java.util.List;

/**
 * Element types by their numbers in files.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto,
 *     TensorProto.DataType</a>
 */
final class DataTypes {
  /** By number; null where there is no such element type here. */
  private static final ElementType[] TYPES = {
    null,
    ElementType.FLOAT,
    ElementType.UINT8,
    ElementType.INT8,
    ElementType.UINT16,
    ElementType.INT16,
    ElementType.INT32,
    ElementType.INT64,
    ElementType.STRING,
    ElementType.BOOL,
    ElementType.FLOAT16,
    ElementType.DOUBLE,
    ElementType.UINT32,
    ElementType.UINT64,
    null,
    null,
    ElementType.BFLOAT16,
  };

  /** What cannot be read, from number 14 on; the 16th can. */
  private static final List<String> REFUSED =
      List.of(
          "complex64",
          "complex128",
          "bfloat16",
          "float8e4m3fn",
          "float8e4m3fnuz",
          "float8e5m2",
          "float8e5m2fnuz",
          "uint4",
          "int4",
          "float4e2m1",
          "float8e8m0",
          "uint2",
          "int2");

  private static final int FIRST_REFUSED = 14;

  private DataTypes() {}

  /** The type of a number in a file. */
  static ElementType of(long number, WireReader at) {
    ElementType type = number > 0 && number < TYPES.length ? TYPES[(int) number] : null;
    if (type == null) {
      long refused = number - FIRST_REFUSED;
      throw at.error(
          refused >= 0 && refused < REFUSED.size()
              ? "element type %d (" + REFUSED.get((int) refused) + ") cannot be read"
              : "expected an element type from 1 to 26, got %d",
          number);
    }
    return type;
  }

  /** The number of a type in files. */
  static int number(ElementType type) {
    for (int i = 1; i < TYPES.length; i++) {
      if (TYPES[i] == type) {
        return i;
      }
    }
    throw new AssertionError(type);
  }
}
