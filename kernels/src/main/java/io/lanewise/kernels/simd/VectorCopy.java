package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.CopyKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link CopyKernel} by vectors; rows shorter than one go to {@code shortRows}. */
final class VectorCopy implements CopyKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final CopyKernel shortRows;

  VectorCopy(CopyKernel shortRows) {
    this.shortRows = shortRows;
  }

  @Override
  public void run(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    if (columns < L) {
      shortRows.run(src, srcOff, lds, rows, columns, dst, dstOff, ldd);
      return;
    }
    if (columns == 2 * L) {
      panel(src, srcOff, lds, rows, dst, dstOff, ldd);
      return;
    }
    int last = columns - L; // the last vector ends with the row and overlaps the one before
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int j = 0; j < last; j += L) {
        FloatVector.fromArray(V, src, from + j).intoArray(dst, to + j);
      }
      FloatVector.fromArray(V, src, from + last).intoArray(dst, to + last);
    }
  }

  /** Rows as wide as a panel of the matrix product: no loop along them. */
  private static void panel(
      float[] src, int srcOff, int lds, int rows, float[] dst, int dstOff, int ldd) {
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      FloatVector.fromArray(V, src, from).intoArray(dst, to);
      FloatVector.fromArray(V, src, from + L).intoArray(dst, to + L);
    }
  }
}
