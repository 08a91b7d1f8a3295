package io.lanewise.onnx.host;

import io.lanewise.layers.typed.ElementType;

/** The format's numbers of element types: onnx.proto, TensorProto.DataType. */
final class ElementCodes {
  private ElementCodes() {}

  static ElementType of(long code, HostCall call) {
    return switch ((int) code) {
      case 1 -> ElementType.FLOAT;
      case 2 -> ElementType.UINT8;
      case 3 -> ElementType.INT8;
      case 4 -> ElementType.UINT16;
      case 5 -> ElementType.INT16;
      case 6 -> ElementType.INT32;
      case 7 -> ElementType.INT64;
      case 8 -> ElementType.STRING;
      case 9 -> ElementType.BOOL;
      case 10 -> ElementType.FLOAT16;
      case 11 -> ElementType.DOUBLE;
      case 12 -> ElementType.UINT32;
      case 13 -> ElementType.UINT64;
      case 16 -> ElementType.BFLOAT16;
      default -> throw call.unsupported("element type " + code);
    };
  }
}
