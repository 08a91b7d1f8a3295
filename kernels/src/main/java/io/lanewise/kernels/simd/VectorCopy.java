package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.CopyKernel;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link CopyKernel} by vectors; rows shorter than one go to {@code shortRows}. */
final class VectorCopy implements CopyKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private static final VectorShuffle<Float> TURNED = VectorShuffle.fromOp(V, i -> L - 1 - i);

  /** Lanes of the first half: 0, 2, 4, ..., and of the second: 1, 3, 5, .... */
  private static final VectorShuffle<Float> EVEN_AND_ODD =
      VectorShuffle.fromOp(V, i -> 2 * i < L ? 2 * i : 2 * i + 1 - L);

  /** Lane i gets lane i XOR t. */
  private static final List<VectorShuffle<Float>> TURNS = turns();

  private static final long FIRST_HALF = (1L << (L / 2)) - 1;

  private final CopyKernel shortRows;

  VectorCopy(CopyKernel shortRows) {
    this.shortRows = shortRows;
  }

  private static List<VectorShuffle<Float>> turns() {
    return switch (Math.min(8, L)) {
      case 1 -> List.of(turn(0));
      case 2 -> List.of(turn(0), turn(1));
      case 4 -> List.of(turn(0), turn(1), turn(2), turn(3));
      default -> List.of(turn(0), turn(1), turn(2), turn(3), turn(4), turn(5), turn(6), turn(7));
    };
  }

  private static VectorShuffle<Float> turn(int t) {
    return VectorShuffle.fromOp(V, i -> i ^ t);
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

  @Override
  public void backwards(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    if (columns < L) {
      shortRows.backwards(src, srcOff, lds, rows, columns, dst, dstOff, ldd);
      return;
    }
    int last = columns - L;
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds - (L - 1);
      int to = dstOff + i * ldd;
      for (int j = 0; j < last; j += L) {
        FloatVector.fromArray(V, src, from - j).rearrange(TURNED).intoArray(dst, to + j);
      }
      FloatVector.fromArray(V, src, from - last).rearrange(TURNED).intoArray(dst, to + last);
    }
  }

  @Override
  public void turned(int turn, float[] src, int srcOff, int count, float[] dst, int dstOff) {
    VectorShuffle<Float> within = TURNS.get(turn % L);
    int vectors = turn / L * L; // which of them change places
    int whole = count / L * L; // vectors of more than 16 lanes have a rest
    for (int i = 0; i < whole; i += L) {
      int from = srcOff + (i ^ vectors);
      FloatVector.fromArray(V, src, from).rearrange(within).intoArray(dst, dstOff + i);
    }
    shortRows.turned(turn, src, srcOff + whole, count - whole, dst, dstOff + whole);
  }

  /** Of two vectors that overlap in one element, so that nothing behind the last one is read. */
  @Override
  public void everySecond(
      float[] src, int srcOff, int lds, int rows, int columns, float[] dst, int dstOff, int ldd) {
    if (columns < L) {
      shortRows.everySecond(src, srcOff, lds, rows, columns, dst, dstOff, ldd);
      return;
    }
    VectorMask<Float> low = VectorMask.fromLong(V, FIRST_HALF);
    int last = columns - L;
    for (int i = 0; i < rows; i++) {
      int from = srcOff + i * lds;
      int to = dstOff + i * ldd;
      for (int next = 0; next < columns; next += L) {
        int j = Math.min(next, last);
        FloatVector a = FloatVector.fromArray(V, src, from + 2 * j);
        FloatVector b = FloatVector.fromArray(V, src, from + 2 * j + L - 1);
        b.rearrange(EVEN_AND_ODD).blend(a.rearrange(EVEN_AND_ODD), low).intoArray(dst, to + j);
      }
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
