package io.lanewise.layers.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of a file that can become {@code float}, and how each does. */
enum Dtype {
  /** Kept bit for bit. */
  F32(4) {
    @Override
    void decode(ByteBuffer src, float[] dst, int dstOff, int count) {
      src.asFloatBuffer().get(dst, dstOff, count);
    }
  },

  /** IEEE half precision; every value is a float, so nothing is rounded. */
  F16(2) {
    @Override
    void decode(ByteBuffer src, float[] dst, int dstOff, int count) {
      for (int i = 0; i < count; i++) {
        dst[dstOff + i] = Float.float16ToFloat(src.getShort(2 * i));
      }
    }
  },

  /** The upper half of a float; nothing is rounded. */
  BF16(2) {
    @Override
    void decode(ByteBuffer src, float[] dst, int dstOff, int count) {
      for (int i = 0; i < count; i++) {
        dst[dstOff + i] = Float.intBitsToFloat(src.getShort(2 * i) << 16);
      }
    }
  },

  /** Rounded to the nearest float, ties to even; too large becomes infinite, too small zero. */
  F64(8) {
    @Override
    void decode(ByteBuffer src, float[] dst, int dstOff, int count) {
      for (int i = 0; i < count; i++) {
        dst[dstOff + i] = (float) src.getDouble(8 * i);
      }
    }
  };

  /** Bytes an element takes in the file. */
  final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Converts elements.
   *
   * @param src little-endian, position 0, at least {@code count} elements, read
   * @param dst written from {@code dstOff}
   */
  abstract void decode(ByteBuffer src, float[] dst, int dstOff, int count);

  static Optional<Dtype> named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }
}
