package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import io.lanewise.kernels.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on neighbouring outputs: a plain load a tap at stride 1, a gather at others. The last
 * vector of a row overlaps the one before; rows shorter than a vector go one output at a time. Each
 * operation's receiver was made in the same iteration, if need be by adding -0, which changes
 * nothing: see ADR 6.
 */
final class VectorPool implements PoolKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();

  private final int kh;
  private final int kw;
  private final int dilationW;
  private final int strideW;
  private final int ow;
  private final int[] lanes = new int[L];
  private final PoolKernels shortRows;

  VectorPool(int kh, int kw, int dilationW, int strideW, int ow) {
    this.kh = kh;
    this.kw = kw;
    this.dilationW = dilationW;
    this.strideW = strideW;
    this.ow = ow;
    for (int lane = 0; lane < L; lane++) {
      lanes[lane] = lane * strideW;
    }
    this.shortRows = new ScalarKernels(true).pool(kh, kw, dilationW, strideW, ow);
  }

  @Override
  public void maxRow(
      float[] src, int srcOff, int rowStep, float[] y, int yOff, int[] taps, int tapsOff) {
    if (ow < L) {
      shortRows.maxRow(src, srcOff, rowStep, y, yOff, taps, tapsOff);
      return;
    }
    for (int next = 0; next < ow; next += L) {
      int ox = Math.min(next, ow - L);
      FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
      IntVector bestTap = IntVector.broadcast(I, -1);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          FloatVector tap =
              strideW == 1
                  ? FloatVector.fromArray(V, src, at)
                  : FloatVector.fromArray(V, src, at, lanes, 0);
          FloatVector v = FloatVector.broadcast(V, -0f).add(tap);
          VectorMask<Float> had =
              FloatVector.zero(V).min(best).test(VectorOperators.IS_NAN); // where best is
          VectorMask<Float> stays = v.compare(VectorOperators.LE, best).or(had);
          best = v.blend(best, stays);
          bestTap = IntVector.broadcast(I, ky * kw + kx).blend(bestTap, stays.cast(I));
        }
      }
      FloatVector.broadcast(V, -0f).add(best).intoArray(y, yOff + ox);
      IntVector.zero(I).add(bestTap).intoArray(taps, tapsOff + ox);
    }
  }

  @Override
  public void sumRow(float[] src, int srcOff, int rowStep, float[] y, int yOff) {
    if (ow < L) {
      shortRows.sumRow(src, srcOff, rowStep, y, yOff);
      return;
    }
    for (int next = 0; next < ow; next += L) {
      int ox = Math.min(next, ow - L);
      FloatVector sum = FloatVector.zero(V);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          FloatVector tap =
              strideW == 1
                  ? FloatVector.fromArray(V, src, at)
                  : FloatVector.fromArray(V, src, at, lanes, 0);
          sum = FloatVector.broadcast(V, -0f).add(tap).add(sum);
        }
      }
      FloatVector.broadcast(V, -0f).add(sum).intoArray(y, yOff + ox);
    }
  }
}
