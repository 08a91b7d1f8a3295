package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanes on neighbouring outputs: a plain load a tap at stride 1, a gather at others. What is left
 * of a row goes one output at a time: a masked gather would check the indices of lanes that are off
 * too.
 */
final class VectorPool implements PoolKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, V.vectorShape());
  private static final int L = V.length();

  @Override
  public void maxRow(
      float[] src,
      int srcOff,
      int rowStep,
      int kh,
      int kw,
      int dilationW,
      int strideW,
      float[] y,
      int yOff,
      int[] taps,
      int tapsOff,
      int ow) {
    int[] lanes = laneOffsets(strideW);
    int ox = 0;
    for (; ox < V.loopBound(ow); ox += L) {
      FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
      IntVector bestTap = IntVector.broadcast(I, -1);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          FloatVector v = load(src, at, strideW, lanes);
          VectorMask<Float> nan = v.test(VectorOperators.IS_NAN);
          VectorMask<Float> had = best.test(VectorOperators.IS_NAN);
          VectorMask<Float> better = v.compare(VectorOperators.GT, best).or(nan.andNot(had));
          best = best.blend(v, better);
          bestTap = bestTap.blend(ky * kw + kx, better.cast(I));
        }
      }
      best.intoArray(y, yOff + ox);
      bestTap.intoArray(taps, tapsOff + ox);
    }
    for (; ox < ow; ox++) {
      float best = Float.NEGATIVE_INFINITY;
      int bestTap = -1;
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          float v = src[srcOff + ky * rowStep + kx * dilationW + ox * strideW];
          if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
            best = v;
            bestTap = ky * kw + kx;
          }
        }
      }
      y[yOff + ox] = best;
      taps[tapsOff + ox] = bestTap;
    }
  }

  @Override
  public void sumRow(
      float[] src,
      int srcOff,
      int rowStep,
      int kh,
      int kw,
      int dilationW,
      int strideW,
      float[] y,
      int yOff,
      int ow) {
    int[] lanes = laneOffsets(strideW);
    int ox = 0;
    for (; ox < V.loopBound(ow); ox += L) {
      FloatVector sum = FloatVector.zero(V);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          sum = sum.add(load(src, at, strideW, lanes));
        }
      }
      sum.intoArray(y, yOff + ox);
    }
    for (; ox < ow; ox++) {
      float sum = 0;
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          sum += src[srcOff + ky * rowStep + kx * dilationW + ox * strideW];
        }
      }
      y[yOff + ox] = sum;
    }
  }

  private static FloatVector load(float[] src, int at, int stride, int[] lanes) {
    return stride == 1
        ? FloatVector.fromArray(V, src, at)
        : FloatVector.fromArray(V, src, at, lanes, 0);
  }

  private static int[] laneOffsets(int stride) {
    int[] lanes = new int[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = i * stride;
    }
    return lanes;
  }
}
