package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;

/** Gradients' sums over the axes along which an operand was broadcast. */
final class Sums {
  private Sums() {}

  /**
   * Plans the sum over the axes along which the operand does not move; null if it is dense.
   *
   * @param dims the result's sizes
   * @param steps the operand's steps
   */
  static Folding over(int[] dims, int[] steps, KernelSet set) {
    boolean[] reduced = new boolean[dims.length];
    boolean any = false;
    for (int i = 0; i < dims.length; i++) {
      reduced[i] = steps[i] == 0;
      any |= reduced[i] && dims[i] != 1;
    }
    return any ? new Folding(Fold.SUM, dims, reduced, set) : null;
  }

  /** Folds with each worker's part of a workspace. */
  static void run(
      Folding fold, float[] src, int srcOff, float[] dst, int dstOff, Workspace ws, Parallel par) {
    int own = ws.workerOffset(0);
    fold.run(src, srcOff, dst, dstOff, ws.array(), own, ws.workerOffset(1) - own, par);
  }
}
