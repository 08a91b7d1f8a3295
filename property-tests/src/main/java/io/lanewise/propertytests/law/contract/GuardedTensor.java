package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import java.util.Arrays;

/**
 * A tensor within a larger array, at an odd offset, between NaNs of a known bit pattern: reading
 * them spoils a result, writing them shows. What is only read ends where its array ends, so that
 * reading on throws.
 */
final class GuardedTensor {
  private static final int BEFORE = 13;
  private static final int AFTER = 139; // more than two of the widest tiles
  private static final int GUARD = 0x7fc0beef;

  private final Tensor tensor;
  private final int[] bits;

  private GuardedTensor(Tensor values, int after) {
    float[] array = new float[BEFORE + values.size() + after];
    Arrays.fill(array, Float.intBitsToFloat(GUARD));
    this.tensor = Tensor.wrap(values.shape(), values.layout(), array, BEFORE).copyFrom(values);
    this.bits = bits(array);
  }

  /** A copy to be read. */
  static GuardedTensor read(Tensor values) {
    return new GuardedTensor(values, 0);
  }

  /** A copy to be written or added to. */
  static GuardedTensor written(Tensor values) {
    return new GuardedTensor(values, AFTER);
  }

  Tensor tensor() {
    return tensor;
  }

  /** Nothing around the tensor may have changed. */
  void requireIntact(Trial trial, String what) {
    require(trial, what, tensor.offset(), tensor.offset() + tensor.size());
  }

  /** Nothing at all may have changed. */
  void requireUnchanged(Trial trial, String what) {
    require(trial, what, 0, 0);
  }

  private void require(Trial trial, String what, int skipFrom, int skipTo) {
    int[] now = bits(tensor.array());
    for (int i = 0; i < now.length; i++) {
      int at = i;
      trial.require(
          now[i] == bits[i] || (i >= skipFrom && i < skipTo),
          () ->
              "%s of shape %s: element %d was overwritten with %s"
                  .formatted(
                      what, tensor.shape(), at - tensor.offset(), Float.intBitsToFloat(now[at])));
    }
  }

  private static int[] bits(float[] array) {
    int[] bits = new int[array.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(array[i]);
    }
    return bits;
  }
}
