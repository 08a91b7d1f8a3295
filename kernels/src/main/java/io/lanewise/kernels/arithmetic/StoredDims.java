package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** Sizes in the order in which a layout stores them, and the steps of operands between elements. */
final class StoredDims {
  private StoredDims() {}

  /** The sizes, outermost first; channels last if the layout has them last. */
  static int[] of(Shape shape, Layout layout) {
    return inOrder(shape.toArray(), shape, layout);
  }

  /** The steps of a dense tensor. */
  static int[] steps(int[] dims) {
    int[] steps = new int[dims.length];
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      steps[i] = step;
      step *= Math.max(1, dims[i]);
    }
    return steps;
  }

  /** The steps through an operand for each axis of the result, 0 where one counts for all. */
  static int[] broadcastSteps(Shape operand, Shape result, Layout layout) {
    int rank = result.rank();
    int[] dims = of(operand, layout);
    int[] own = steps(dims);
    int[] steps = new int[rank];
    for (int i = 0; i < dims.length; i++) {
      steps[rank - dims.length + i] = dims[i] == 1 ? 0 : own[i];
    }
    return steps;
  }

  /** Which axes are meant, in the order in which they are stored. */
  static boolean[] flags(boolean[] meant, Layout layout) {
    boolean[] flags = meant.clone();
    if (layout == Layout.CHANNELS_LAST) {
      System.arraycopy(meant, 2, flags, 1, meant.length - 2);
      flags[meant.length - 1] = meant[1];
    }
    return flags;
  }

  private static int[] inOrder(int[] dims, Shape shape, Layout layout) {
    if (layout == Layout.CHANNELS_FIRST) {
      return dims;
    }
    if (dims.length < 2) {
      throw new IllegalArgumentException("shape " + shape + " has no channels to be last");
    }
    int[] stored = dims.clone();
    System.arraycopy(dims, 2, stored, 1, dims.length - 2);
    stored[dims.length - 1] = dims[1];
    return stored;
  }
}
