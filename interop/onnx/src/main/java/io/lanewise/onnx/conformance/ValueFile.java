package io.lanewise.onnx.conformance;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of single values: a tensor, or messages SequenceProto and OptionalProto around some.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx-data.proto">onnx-data.proto</a>
 */
final class ValueFile {
  private static final int TENSORS = 3;
  private static final int SEQUENCES = 5;
  private static final int OPTIONALS = 7;

  private ValueFile() {}

  /**
   * Reads a value.
   *
   * @param type what the model says that it is
   */
  static HostValue read(Path file, ValueType type) throws IOException {
    if (type instanceof ValueType.OfTensor t) {
      return HostValue.of(declared(new OnnxReader().readTensor(file), t.element()));
    }
    if (type instanceof ValueType.Untold) {
      return HostValue.of(new OnnxReader().readTensor(file));
    }
    return read(ByteBuffer.wrap(Files.readAllBytes(file)), type, file);
  }

  /** ONNX 1.12 and before wrote bfloat16 values as the uint16 of the same bits. */
  private static TypedTensor declared(TypedTensor stored, ElementType type) {
    if (type != ElementType.BFLOAT16 || stored.type() != ElementType.UINT16) {
      return stored;
    }
    float[] values = new float[stored.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.fromBfloat16(stored.shorts()[i]);
    }
    return TypedTensor.of(type, stored.shape(), values);
  }

  private static HostValue read(ByteBuffer bytes, ValueType type, Path file) {
    if (type instanceof ValueType.OfTensor) {
      return HostValue.of(new OnnxReader().readTensor(bytes));
    }
    if (type instanceof ValueType.OfSequence s) {
      return new HostValue.OfSequence(elements(bytes, s.element(), file));
    }
    if (type instanceof ValueType.OfOptional o) {
      return new HostValue.OfOptional(elements(bytes, o.element(), file).stream().findFirst());
    }
    throw new OnnxUnsupportedException(file.getFileName() + ": a value of type " + type);
  }

  /** The fields of a message that hold values of a type; both messages number them alike. */
  private static List<HostValue> elements(ByteBuffer bytes, ValueType type, Path file) {
    int wanted =
        type instanceof ValueType.OfTensor
            ? TENSORS
            : type instanceof ValueType.OfSequence ? SEQUENCES : OPTIONALS;
    List<HostValue> values = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long tag = number(bytes, file);
      switch ((int) (tag & 7)) {
        case 0 -> number(bytes, file);
        case 2 -> {
          ByteBuffer part = part(bytes, number(bytes, file), file);
          if (tag >>> 3 == wanted) {
            values.add(read(part, type, file));
          }
        }
        default -> throw broken(bytes, file);
      }
    }
    return values;
  }

  private static ByteBuffer part(ByteBuffer bytes, long length, Path file) {
    if (length < 0 || length > bytes.remaining()) {
      throw broken(bytes, file);
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  /** Seven bits a byte, the lowest first. */
  private static long number(ByteBuffer bytes, Path file) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw broken(bytes, file);
      }
      byte b = bytes.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken(bytes, file);
  }

  private static OnnxException broken(ByteBuffer bytes, Path file) {
    return new OnnxException(
        "%s: no sequence or optional value at byte %d".formatted(file, bytes.position()));
  }
}
