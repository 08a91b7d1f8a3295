package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PoolKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Lanes on neighbouring outputs: a plain load a tap at stride 1, a gather at others. */
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
    int[] whole = laneOffsets(strideW, L);
    int[] tail = laneOffsets(strideW, ow % L);
    for (int ox = 0; ox < ow; ox += L) {
      int[] lanes = ow - ox < L ? tail : whole;
      VectorMask<Float> m = V.indexInRange(ox, ow);
      FloatVector best = FloatVector.broadcast(V, Float.NEGATIVE_INFINITY);
      IntVector bestTap = IntVector.broadcast(I, -1);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          FloatVector v = load(src, at, strideW, lanes, m);
          VectorMask<Float> nan = v.test(VectorOperators.IS_NAN);
          VectorMask<Float> had = best.test(VectorOperators.IS_NAN);
          VectorMask<Float> better = v.compare(VectorOperators.GT, best).or(nan.andNot(had));
          best = best.blend(v, better);
          bestTap = bestTap.blend(ky * kw + kx, better.cast(I));
        }
      }
      best.intoArray(y, yOff + ox, m);
      bestTap.intoArray(taps, tapsOff + ox, m.cast(I));
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
    int[] whole = laneOffsets(strideW, L);
    int[] tail = laneOffsets(strideW, ow % L);
    for (int ox = 0; ox < ow; ox += L) {
      int[] lanes = ow - ox < L ? tail : whole;
      VectorMask<Float> m = V.indexInRange(ox, ow);
      FloatVector sum = FloatVector.zero(V);
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          int at = srcOff + ky * rowStep + kx * dilationW + ox * strideW;
          sum = sum.add(load(src, at, strideW, lanes, m));
        }
      }
      sum.intoArray(y, yOff + ox, m);
    }
  }

  private static FloatVector load(
      float[] src, int at, int stride, int[] lanes, VectorMask<Float> m) {
    return stride == 1
        ? FloatVector.fromArray(V, src, at, m)
        : FloatVector.fromArray(V, src, at, lanes, 0, m);
  }

  /** Lanes from {@code count} on repeat the last: a gather checks the masked lanes' indices too. */
  private static int[] laneOffsets(int stride, int count) {
    int[] lanes = new int[L];
    for (int i = 1; i < L; i++) {
      lanes[i] = i < count ? i * stride : lanes[i - 1];
    }
    return lanes;
  }
}
