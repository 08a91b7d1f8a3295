package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on neighbouring outputs: a plain load a tap at stride 1, a gather at others and at a row's
 * end, see {@link VectorTail}.
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
  private final int[] lanes;

  VectorPool(int kh, int kw, int dilationW, int strideW, int ow) {
    this.kh = kh;
    this.kw = kw;
    this.dilationW = dilationW;
    this.strideW = strideW;
    this.ow = ow;
    this.lanes = VectorTail.lanes(strideW);
  }

  @Override
  public void maxRow(
      float[] src, int srcOff, int rowStep, float[] y, int yOff, int[] taps, int tapsOff) {
    for (int ox = 0; ox < ow; ox += L) {
      int count = Math.min(L, ow - ox);
      FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
      IntVector bestTap = IntVector.broadcast(I, -1);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          FloatVector v = load(src, at, count);
          VectorMask<Float> nan = v.test(VectorOperators.IS_NAN);
          VectorMask<Float> had = best.test(VectorOperators.IS_NAN);
          VectorMask<Float> better = v.compare(VectorOperators.GT, best).or(nan.andNot(had));
          best = best.blend(v, better);
          bestTap = bestTap.blend(ky * kw + kx, better.cast(I));
        }
      }
      VectorTail.store(best, y, yOff + ox, count);
      store(bestTap, taps, tapsOff + ox, count);
    }
  }

  @Override
  public void sumRow(float[] src, int srcOff, int rowStep, float[] y, int yOff) {
    for (int ox = 0; ox < ow; ox += L) {
      int count = Math.min(L, ow - ox);
      FloatVector sum = FloatVector.zero(V);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          sum = sum.add(load(src, srcOff + ky * rowStep + kx * dilationW + ox * strideW, count));
        }
      }
      VectorTail.store(sum, y, yOff + ox, count);
    }
  }

  private FloatVector load(float[] src, int at, int count) {
    return strideW == 1 && count == L
        ? FloatVector.fromArray(V, src, at)
        : FloatVector.fromArray(V, src, at, lanes, count * L);
  }

  private static void store(IntVector v, int[] dst, int at, int count) {
    if (count == L) {
      v.intoArray(dst, at);
    } else {
      for (int lane = 0; lane < count; lane++) {
        dst[at + lane] = v.lane(lane);
      }
    }
  }
}
