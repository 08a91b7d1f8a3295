package io.lanewise.propertytests.torch;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A family's results in the order of its lines: float32, little endian. */
final class TorchNumbers {
  private final ByteBuffer bytes;

  /** From a file's bytes. */
  TorchNumbers(byte[] file) {
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next ones. */
  Tensor next(Shape shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = bytes.getFloat();
    }
    return t;
  }

  /** Bytes that no line has asked for. */
  int left() {
    return bytes.remaining();
  }
}
