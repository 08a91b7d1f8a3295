package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F(2 x 2, 3 x 3): columns first, then rows, with the columns' results in scratch memory, since a
 * whole patch does not fit in registers. Channels that do not fill a vector go to {@code rest},
 * which computes the same steps.
 */
final class VectorWinograd2 implements WinogradKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int N = 4;

  private final WinogradKernels rest;

  VectorWinograd2(WinogradKernels rest) {
    this.rest = rest;
  }

  @Override
  public int m() {
    return 2;
  }

  @Override
  public int scratchFloats() {
    return Math.max(N * N * L, rest.scratchFloats());
  }

  @Override
  public void input(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep,
      float[] scratch,
      int scratchOff) {
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {
      inputColumns(x, xOff + c, rowStep, pixelStep, scratch, scratchOff);
      inputRows(scratch, scratchOff, v, vOff + c, vStep);
    }
    if (whole < channels) {
      rest.input(
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          pixelStep,
          v,
          vOff + whole,
          vStep,
          scratch,
          scratchOff);
    }
  }

  private static void inputColumns(
      float[] x, int xOff, int rowStep, int pixelStep, float[] t, int tOff) {
    for (int j = 0; j < N; j++) {
      int at = xOff + j * pixelStep;
      int to = tOff + j * L;
      FloatVector d0 = FloatVector.fromArray(V, x, at);
      FloatVector d1 = FloatVector.fromArray(V, x, at + rowStep);
      FloatVector d2 = FloatVector.fromArray(V, x, at + 2 * rowStep);
      FloatVector d3 = FloatVector.fromArray(V, x, at + 3 * rowStep);
      d0.sub(d2).intoArray(t, to);
      d1.add(d2).intoArray(t, to + N * L);
      d2.sub(d1).intoArray(t, to + 2 * N * L);
      d1.sub(d3).intoArray(t, to + 3 * N * L);
    }
  }

  private static void inputRows(float[] t, int tOff, float[] v, int vOff, int vStep) {
    for (int i = 0; i < N; i++) {
      int at = tOff + i * N * L;
      int to = vOff + i * N * vStep;
      FloatVector d0 = FloatVector.fromArray(V, t, at);
      FloatVector d1 = FloatVector.fromArray(V, t, at + L);
      FloatVector d2 = FloatVector.fromArray(V, t, at + 2 * L);
      FloatVector d3 = FloatVector.fromArray(V, t, at + 3 * L);
      d0.sub(d2).intoArray(v, to);
      d1.add(d2).intoArray(v, to + vStep);
      d2.sub(d1).intoArray(v, to + 2 * vStep);
      d1.sub(d3).intoArray(v, to + 3 * vStep);
    }
  }

  @Override
  public void output(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep,
      float[] scratch,
      int scratchOff) {
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {
      outputColumns(products, pOff + c, pStep, scratch, scratchOff);
      outputRows(scratch, scratchOff, bias, biasOff + c, y, yOff + c, rowStep, pixelStep);
    }
    if (whole < channels) {
      rest.output(
          channels - whole,
          products,
          pOff + whole,
          pStep,
          bias,
          biasOff + whole,
          y,
          yOff + whole,
          rowStep,
          pixelStep,
          scratch,
          scratchOff);
    }
  }

  private static void outputColumns(float[] p0, int pOff, int pStep, float[] t, int tOff) {
    int rowStep = N * pStep;
    for (int j = 0; j < N; j++) {
      int at = pOff + j * pStep;
      int to = tOff + j * L;
      FloatVector d0 = FloatVector.fromArray(V, p0, at);
      FloatVector d1 = FloatVector.fromArray(V, p0, at + rowStep);
      FloatVector d2 = FloatVector.fromArray(V, p0, at + 2 * rowStep);
      FloatVector d3 = FloatVector.fromArray(V, p0, at + 3 * rowStep);
      FloatVector p = d1.add(d2);
      FloatVector q = d1.sub(d2);
      d0.add(p).intoArray(t, to);
      q.sub(d3).intoArray(t, to + N * L);
    }
  }

  private static void outputRows(
      float[] t, int tOff, float[] bias, int biasOff, float[] y, int yOff, int rowStep, int step) {
    for (int i = 0; i < 2; i++) {
      int at = tOff + i * N * L;
      int to = yOff + i * rowStep;
      FloatVector b = FloatVector.fromArray(V, bias, biasOff);
      FloatVector d0 = FloatVector.fromArray(V, t, at);
      FloatVector d1 = FloatVector.fromArray(V, t, at + L);
      FloatVector d2 = FloatVector.fromArray(V, t, at + 2 * L);
      FloatVector d3 = FloatVector.fromArray(V, t, at + 3 * L);
      FloatVector p = d1.add(d2);
      FloatVector q = d1.sub(d2);
      FloatVector y0 = d0.add(p);
      FloatVector y1 = q.sub(d3);
      y0.add(b).intoArray(y, to);
      y1.add(b).intoArray(y, to + step);
    }
  }
}
