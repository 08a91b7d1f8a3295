package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * A tensor in the middle of a larger array, with NaNs of a known bit pattern on both sides: reading
 * them spoils a result, writing them shows.
 */
public final class Guarded {
  private static final int BEFORE = 5;
  private static final int AFTER = 70; // more than any tile is wide
  private static final float GUARD = Float.intBitsToFloat(0x7fc0dead);

  private final Tensor tensor;
  private final int[] bits;

  private Guarded(Tensor values) {
    float[] array = new float[BEFORE + values.size() + AFTER];
    Arrays.fill(array, GUARD);
    this.tensor = Tensor.wrap(values.shape(), array, BEFORE).copyFrom(values);
    this.bits = bitsOf(array);
  }

  /** A guarded copy of {@code values}; null of null. */
  public static Guarded of(Tensor values) {
    return values == null ? null : new Guarded(values);
  }

  /** An output that has not been written: all NaN. */
  public static Guarded unwritten(Shape shape) {
    return new Guarded(Tensor.zeros(shape).fill(Float.NaN));
  }

  /** The tensor between the guards. */
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
