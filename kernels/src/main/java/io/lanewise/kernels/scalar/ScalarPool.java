package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.PoolKernels;

/** Plain loops, one output at a time. */
final class ScalarPool implements PoolKernels {
  private final int kh;
  private final int kw;
  private final int dilationW;
  private final int strideW;
  private final int ow;

  ScalarPool(int kh, int kw, int dilationW, int strideW, int ow) {
    this.kh = kh;
    this.kw = kw;
    this.dilationW = dilationW;
    this.strideW = strideW;
    this.ow = ow;
  }

  @Override
  public void maxRow(
      float[] src, int srcOff, int rowStep, float[] y, int yOff, int[] taps, int tapsOff) {
    for (int ox = 0; ox < ow; ox++) {
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
  public void sumRow(float[] src, int srcOff, int rowStep, float[] y, int yOff) {
    for (int ox = 0; ox < ow; ox++) {
      float sum = 0;
      for (int ky = 0; ky < kh; ky++) {
        for (int kx = 0; kx < kw; kx++) {
          sum += src[srcOff + ky * rowStep + kx * dilationW + ox * strideW];
        }
      }
      y[yOff + ox] = sum;
    }
  }
}
