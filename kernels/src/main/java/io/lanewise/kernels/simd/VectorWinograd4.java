package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F(4 x 4, 3 x 3): columns first, then rows, with the columns' results in scratch memory, since a
 * whole patch does not fit in registers. Channels that do not fill a vector go to {@code rest},
 * which computes the same steps.
 */
final class VectorWinograd4 implements WinogradKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int N = 6;

  private final WinogradKernels rest;

  VectorWinograd4(WinogradKernels rest) {
    this.rest = rest;
  }

  @Override
  public int m() {
    return 4;
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
      FloatVector d4 = FloatVector.fromArray(V, x, at + 4 * rowStep);
      FloatVector d5 = FloatVector.fromArray(V, x, at + 5 * rowStep);
      FloatVector p = d2.fma(FloatVector.broadcast(V, -4f), d4);
      FloatVector q = d1.fma(FloatVector.broadcast(V, -4f), d3);
      FloatVector r = d4.sub(d2);
      FloatVector s = d3.sub(d1);
      FloatVector f = d2.fma(FloatVector.broadcast(V, -5f), d4);
      FloatVector g = d3.fma(FloatVector.broadcast(V, -5f), d5);
      d0.fma(FloatVector.broadcast(V, 4f), f).intoArray(t, to);
      p.add(q).intoArray(t, to + N * L);
      p.sub(q).intoArray(t, to + 2 * N * L);
      s.fma(FloatVector.broadcast(V, 2f), r).intoArray(t, to + 3 * N * L);
      s.fma(FloatVector.broadcast(V, -2f), r).intoArray(t, to + 4 * N * L);
      d1.fma(FloatVector.broadcast(V, 4f), g).intoArray(t, to + 5 * N * L);
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
      FloatVector d4 = FloatVector.fromArray(V, t, at + 4 * L);
      FloatVector d5 = FloatVector.fromArray(V, t, at + 5 * L);
      FloatVector p = d2.fma(FloatVector.broadcast(V, -4f), d4);
      FloatVector q = d1.fma(FloatVector.broadcast(V, -4f), d3);
      FloatVector r = d4.sub(d2);
      FloatVector s = d3.sub(d1);
      FloatVector f = d2.fma(FloatVector.broadcast(V, -5f), d4);
      FloatVector g = d3.fma(FloatVector.broadcast(V, -5f), d5);
      d0.fma(FloatVector.broadcast(V, 4f), f).intoArray(v, to);
      p.add(q).intoArray(v, to + vStep);
      p.sub(q).intoArray(v, to + 2 * vStep);
      s.fma(FloatVector.broadcast(V, 2f), r).intoArray(v, to + 3 * vStep);
      s.fma(FloatVector.broadcast(V, -2f), r).intoArray(v, to + 4 * vStep);
      d1.fma(FloatVector.broadcast(V, 4f), g).intoArray(v, to + 5 * vStep);
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
      FloatVector d4 = FloatVector.fromArray(V, p0, at + 4 * rowStep);
      FloatVector d5 = FloatVector.fromArray(V, p0, at + 5 * rowStep);
      FloatVector p = d1.add(d2);
      FloatVector q = d1.sub(d2);
      FloatVector r = d3.add(d4);
      FloatVector s = d3.sub(d4);
      FloatVector f = d0.add(p);
      FloatVector g = d5.add(q);
      f.add(r).intoArray(t, to);
      s.fma(FloatVector.broadcast(V, 2f), q).intoArray(t, to + N * L);
      r.fma(FloatVector.broadcast(V, 4f), p).intoArray(t, to + 2 * N * L);
      s.fma(FloatVector.broadcast(V, 8f), g).intoArray(t, to + 3 * N * L);
    }
  }

  private static void outputRows(
      float[] t, int tOff, float[] bias, int biasOff, float[] y, int yOff, int rowStep, int step) {
    for (int i = 0; i < 4; i++) {
      int at = tOff + i * N * L;
      int to = yOff + i * rowStep;
      FloatVector b = FloatVector.fromArray(V, bias, biasOff);
      FloatVector d0 = FloatVector.fromArray(V, t, at);
      FloatVector d1 = FloatVector.fromArray(V, t, at + L);
      FloatVector d2 = FloatVector.fromArray(V, t, at + 2 * L);
      FloatVector d3 = FloatVector.fromArray(V, t, at + 3 * L);
      FloatVector d4 = FloatVector.fromArray(V, t, at + 4 * L);
      FloatVector d5 = FloatVector.fromArray(V, t, at + 5 * L);
      FloatVector p = d1.add(d2);
      FloatVector q = d1.sub(d2);
      FloatVector r = d3.add(d4);
      FloatVector s = d3.sub(d4);
      FloatVector f = d0.add(p);
      FloatVector g = d5.add(q);
      FloatVector y0 = f.add(r);
      FloatVector y1 = s.fma(FloatVector.broadcast(V, 2f), q);
      FloatVector y2 = r.fma(FloatVector.broadcast(V, 4f), p);
      FloatVector y3 = s.fma(FloatVector.broadcast(V, 8f), g);
      y0.add(b).intoArray(y, to);
      y1.add(b).intoArray(y, to + step);
      y2.add(b).intoArray(y, to + 2 * step);
      y3.add(b).intoArray(y, to + 3 * step);
    }
  }
}
