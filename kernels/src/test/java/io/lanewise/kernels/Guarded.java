package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * A tensor within a larger array, at an odd offset, beside NaNs of a known bit pattern: reading
 * them spoils a result, writing them shows. An output has them on both sides; a tensor that is read
 * ends where its array ends, so that reading on throws.
 */
public final class Guarded {
  private static final int BEFORE = 5;
  private static final int AFTER_OUTPUT = 70; // more than any tile is wide
  private static final float GUARD = Float.intBitsToFloat(0x7fc0dead);

  private final Tensor tensor;
  private final int[] bits;

  private Guarded(Tensor values, int after) {
    float[] array = new float[BEFORE + values.size() + after];
    Arrays.fill(array, GUARD);
    this.tensor = Tensor.wrap(values.shape(), values.layout(), array, BEFORE).copyFrom(values);
    this.bits = bitsOf(array);
  }

  /** A copy of {@code values} to read, or to add to; null of null. */
  public static Guarded of(Tensor values) {
    return values == null ? null : new Guarded(values, 0);
  }

  /** An output that has not been written: all NaN. */
  public static Guarded unwritten(Shape shape) {
    return unwritten(shape, Layout.CHANNELS_FIRST);
  }

  /** An output of {@code layout} that has not been written: all NaN. */
  public static Guarded unwritten(Shape shape, Layout layout) {
    return new Guarded(Tensor.zeros(shape, layout).fill(Float.NaN), AFTER_OUTPUT);
  }

  /** The tensor beside the guards. */
  public Tensor tensor() {
    return tensor;
  }

  /** Checks an output: what lies around it has its bits still. */
  public void assertGuardsIntact(String context) {
    check(tensor.offset(), tensor.offset() + tensor.size(), context);
  }

  /** Checks an input: all its bits are what they were. */
  public void assertUnchanged(String context) {
    check(0, 0, context);
  }

  private void check(int skipFrom, int skipTo, String context) {
    int[] now = bitsOf(tensor.array());
    for (int i = 0; i < now.length; i++) {
      if ((i < skipFrom || i >= skipTo) && now[i] != bits[i]) {
        fail(
            "element %d of tensor %s was overwritten with %s; %s"
                .formatted(i - tensor.offset(), tensor.shape(), tensor.array()[i], context));
      }
    }
  }

  private static int[] bitsOf(float[] array) {
    int[] bits = new int[array.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(array[i]);
    }
    return bits;
  }
}
