package io.lanewise.kernels.quantised;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.Random;

/** Codes and integers for tests; outputs lie between guards. */
final class CodeData {
  private static final int BEFORE = 3;
  private static final int AFTER = 70;
  private static final byte GUARD = 0x5a;

  private CodeData() {}

  /** All codes alike, at an odd offset in an array that ends where they end. */
  static ByteTensor codes(Shape shape, Layout layout, long seed) {
    byte[] array = new byte[BEFORE + shape.size()];
    new Random(seed).nextBytes(array);
    return ByteTensor.wrap(shape, layout, array, BEFORE);
  }

  static ByteTensor codes(Shape shape, long seed) {
    return codes(shape, Layout.CHANNELS_FIRST, seed);
  }

  static ByteTensor constant(Shape shape, int code) {
    ByteTensor t = codes(shape, 1);
    Arrays.fill(t.array(), (byte) code);
    return t;
  }

  static IntTensor integers(int n, long seed) {
    int[] values = new Random(seed).ints(n + BEFORE, -20_000, 20_000).toArray();
    return IntTensor.wrap(Shape.of(n), Layout.CHANNELS_FIRST, values, BEFORE);
  }

  /** An output between guards. */
  static ByteTensor unwritten(Shape shape, Layout layout) {
    byte[] array = new byte[BEFORE + shape.size() + AFTER];
    Arrays.fill(array, GUARD);
    return ByteTensor.wrap(shape, layout, array, BEFORE);
  }

  static IntTensor unwrittenIntegers(Shape shape, Layout layout) {
    int[] array = new int[BEFORE + shape.size() + AFTER];
    Arrays.fill(array, GUARD);
    return IntTensor.wrap(shape, layout, array, BEFORE);
  }

  static void assertSame(ByteTensor expected, ByteTensor got, String context) {
    assertArrayEquals(expected.toArray(), got.toArray(), context);
    for (int i = 0; i < got.array().length; i++) {
      boolean guard = i < BEFORE || i >= BEFORE + got.size();
      assertTrue(!guard || got.array()[i] == GUARD, () -> "guards of " + context);
    }
  }

  static void assertSame(IntTensor expected, IntTensor got, String context) {
    assertArrayEquals(expected.toArray(), got.toArray(), context);
    for (int i = 0; i < got.array().length; i++) {
      boolean guard = i < BEFORE || i >= BEFORE + got.size();
      assertTrue(!guard || got.array()[i] == GUARD, () -> "guards of " + context);
    }
  }

  /** Scales around 0.01 and zero points of all kinds, or 0, for the entries of an axis. */
  static Quantisation perChannel(QuantisedType type, int axis, int n, boolean affine, long seed) {
    Random random = new Random(seed);
    float[] scales = new float[n];
    int[] zeros = new int[n];
    for (int i = 0; i < n; i++) {
      scales[i] = 0.005f + random.nextFloat() * 0.01f;
      zeros[i] = affine ? random.nextInt(type.min(), type.max() + 1) : 0;
    }
    return Quantisation.perChannel(type, axis, scales, zeros);
  }
}
