package io.lanewise.kernels.arithmetic;

import java.util.Arrays;

/**
 * A tensor's axes, those that stay and those that are reduced; neighbours of one kind are made one
 * and axes of size 1 left out.
 */
final class Axes {
  private final int[] keptSizes;
  private final int[] keptSteps;
  private final int[] reducedSizes;
  private final int[] reducedSteps;
  private final boolean lastIsReduced;

  /**
   * Sorts.
   *
   * @param dims sizes, outermost first
   * @param reduced which are
   */
  Axes(int[] dims, boolean[] reduced) {
    int[] sizes = new int[dims.length];
    boolean[] kinds = new boolean[dims.length];
    int rank = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      if (rank > 0 && kinds[rank - 1] == reduced[i]) {
        sizes[rank - 1] *= dims[i];
      } else {
        kinds[rank] = reduced[i];
        sizes[rank++] = dims[i];
      }
    }
    int[] steps = StoredDims.steps(Arrays.copyOf(sizes, rank));
    this.keptSizes = select(sizes, kinds, rank, false);
    this.keptSteps = select(steps, kinds, rank, false);
    this.reducedSizes = select(sizes, kinds, rank, true);
    this.reducedSteps = select(steps, kinds, rank, true);
    this.lastIsReduced = rank == 0 || kinds[rank - 1];
  }

  private static int[] select(int[] all, boolean[] kinds, int rank, boolean kind) {
    int[] some = new int[rank];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (kinds[i] == kind) {
        some[n++] = all[i];
      }
    }
    return Arrays.copyOf(some, n);
  }

  /** Whether neighbours in memory are reduced into one number; so if all sizes are 1. */
  boolean lastIsReduced() {
    return lastIsReduced;
  }

  /** How many numbers result. */
  int kept() {
    return product(keptSizes, keptSizes.length);
  }

  /** How many numbers make one. */
  int reduced() {
    return product(reducedSizes, reducedSizes.length);
  }

  /** Size of the last kept axis, 1 if there is none. */
  int lastKept() {
    return keptSizes.length == 0 ? 1 : keptSizes[keptSizes.length - 1];
  }

  /** Size of the last reduced axis, 1 if there is none. */
  int lastReduced() {
    return reducedSizes.length == 0 ? 1 : reducedSizes[reducedSizes.length - 1];
  }

  /** Elements between neighbours along the last reduced axis. */
  int lastReducedStep() {
    return reducedSteps.length == 0 ? 1 : reducedSteps[reducedSteps.length - 1];
  }

  /** Index of the first element that goes into a result. */
  int keptOffset(int result) {
    return offset(result, keptSizes, keptSteps);
  }

  /** How much later an element comes than the first of its result. */
  int reducedOffset(int number) {
    return offset(number, reducedSizes, reducedSteps);
  }

  private static int offset(int number, int[] sizes, int[] steps) {
    int rest = number;
    int at = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      at += rest % sizes[axis] * steps[axis];
      rest /= sizes[axis];
    }
    return at;
  }

  private static int product(int[] sizes, int n) {
    int product = 1;
    for (int i = 0; i < n; i++) {
      product *= sizes[i];
    }
    return product;
  }
}
