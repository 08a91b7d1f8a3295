package io.lanewise.layers.graph.ops;

import io.lanewise.layers.typed.ElementType;

/** Floating point to integers: towards zero, to the nearest end where a type ends, 0 of NaN. */
final class Casts {
  private static final double LONG_RANGE = 0x1p64;

  private Casts() {}

  static long toInteger(double v, ElementType type) {
    return switch (type) {
      case INT8 -> Math.clamp((long) v, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> Math.clamp((long) v, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32 -> Math.clamp((long) v, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT8 -> Math.clamp((long) v, 0, (1 << Byte.SIZE) - 1);
      case UINT16 -> Math.clamp((long) v, 0, (1 << Short.SIZE) - 1);
      case UINT32 -> Math.clamp((long) v, 0L, (1L << Integer.SIZE) - 1);
      case UINT64 -> unsigned(v);
      default -> (long) v;
    };
  }

  private static long unsigned(double v) {
    if (v >= LONG_RANGE) {
      return -1;
    }
    return v < 0x1p63 ? Math.max(0, (long) v) : (long) (v - 0x1p63) + Long.MIN_VALUE;
  }

  /** Copies integers to the same number of longer ones. */
  static void widen(int[] src, long[] dst) {
    for (int i = 0; i < src.length; i++) {
      dst[i] = src[i];
    }
  }
}
