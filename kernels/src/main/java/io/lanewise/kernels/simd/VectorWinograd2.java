package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F(2 x 2, 3 x 3): first the columns, then the rows, all in registers, those rows together that
 * share steps. Products lie pages apart, so some rows are done for a batch of channels before the
 * next ones: nearly every store would miss the TLB. Channels that do not fill a vector go to {@code
 * rest}, which computes the same steps.
 */
final class VectorWinograd2 implements WinogradKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int BATCH = 8 * L;

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
    return rest.scratchFloats();
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
    for (int c = 0; c < whole; c += BATCH) {
      int n = Math.min(BATCH, whole - c);
      inputFirst(n, x, xOff + c, rowStep, pixelStep, v, vOff + c, vStep);
      inputInner(n, x, xOff + c, rowStep, pixelStep, v, vOff + c, vStep);
      inputLast(n, x, xOff + c, rowStep, pixelStep, v, vOff + c, vStep);
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

  private static void inputFirst(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep) {
    for (int c = 0; c < channels; c += L) {
      int from = xOff + c;
      int to = vOff + c;
      FloatVector d00 = FloatVector.fromArray(V, x, from);
      FloatVector d20 = FloatVector.fromArray(V, x, from + 2 * rowStep);
      FloatVector h00 = d00.sub(d20);
      FloatVector d01 = FloatVector.fromArray(V, x, from + pixelStep);
      FloatVector d21 = FloatVector.fromArray(V, x, from + 2 * rowStep + pixelStep);
      FloatVector h01 = d01.sub(d21);
      FloatVector d02 = FloatVector.fromArray(V, x, from + 2 * pixelStep);
      FloatVector d22 = FloatVector.fromArray(V, x, from + 2 * rowStep + 2 * pixelStep);
      FloatVector h02 = d02.sub(d22);
      FloatVector d03 = FloatVector.fromArray(V, x, from + 3 * pixelStep);
      FloatVector d23 = FloatVector.fromArray(V, x, from + 2 * rowStep + 3 * pixelStep);
      FloatVector h03 = d03.sub(d23);
      h00.sub(h02).intoArray(v, to);
      h01.add(h02).intoArray(v, to + vStep);
      h02.sub(h01).intoArray(v, to + 2 * vStep);
      h01.sub(h03).intoArray(v, to + 3 * vStep);
    }
  }

  private static void inputInner(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep) {
    for (int c = 0; c < channels; c += L) {
      int from = xOff + c;
      int to = vOff + c;
      FloatVector d10 = FloatVector.fromArray(V, x, from + rowStep);
      FloatVector d20 = FloatVector.fromArray(V, x, from + 2 * rowStep);
      FloatVector h10 = d10.add(d20);
      FloatVector h20 = d20.sub(d10);
      FloatVector d11 = FloatVector.fromArray(V, x, from + rowStep + pixelStep);
      FloatVector d21 = FloatVector.fromArray(V, x, from + 2 * rowStep + pixelStep);
      FloatVector h11 = d11.add(d21);
      FloatVector h21 = d21.sub(d11);
      FloatVector d12 = FloatVector.fromArray(V, x, from + rowStep + 2 * pixelStep);
      FloatVector d22 = FloatVector.fromArray(V, x, from + 2 * rowStep + 2 * pixelStep);
      FloatVector h12 = d12.add(d22);
      FloatVector h22 = d22.sub(d12);
      FloatVector d13 = FloatVector.fromArray(V, x, from + rowStep + 3 * pixelStep);
      FloatVector d23 = FloatVector.fromArray(V, x, from + 2 * rowStep + 3 * pixelStep);
      FloatVector h13 = d13.add(d23);
      FloatVector h23 = d23.sub(d13);
      h10.sub(h12).intoArray(v, to + 4 * vStep);
      h11.add(h12).intoArray(v, to + 5 * vStep);
      h12.sub(h11).intoArray(v, to + 6 * vStep);
      h11.sub(h13).intoArray(v, to + 7 * vStep);
      h20.sub(h22).intoArray(v, to + 8 * vStep);
      h21.add(h22).intoArray(v, to + 9 * vStep);
      h22.sub(h21).intoArray(v, to + 10 * vStep);
      h21.sub(h23).intoArray(v, to + 11 * vStep);
    }
  }

  private static void inputLast(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep) {
    for (int c = 0; c < channels; c += L) {
      int from = xOff + c;
      int to = vOff + c;
      FloatVector d10 = FloatVector.fromArray(V, x, from + rowStep);
      FloatVector d30 = FloatVector.fromArray(V, x, from + 3 * rowStep);
      FloatVector h30 = d10.sub(d30);
      FloatVector d11 = FloatVector.fromArray(V, x, from + rowStep + pixelStep);
      FloatVector d31 = FloatVector.fromArray(V, x, from + 3 * rowStep + pixelStep);
      FloatVector h31 = d11.sub(d31);
      FloatVector d12 = FloatVector.fromArray(V, x, from + rowStep + 2 * pixelStep);
      FloatVector d32 = FloatVector.fromArray(V, x, from + 3 * rowStep + 2 * pixelStep);
      FloatVector h32 = d12.sub(d32);
      FloatVector d13 = FloatVector.fromArray(V, x, from + rowStep + 3 * pixelStep);
      FloatVector d33 = FloatVector.fromArray(V, x, from + 3 * rowStep + 3 * pixelStep);
      FloatVector h33 = d13.sub(d33);
      h30.sub(h32).intoArray(v, to + 12 * vStep);
      h31.add(h32).intoArray(v, to + 13 * vStep);
      h32.sub(h31).intoArray(v, to + 14 * vStep);
      h31.sub(h33).intoArray(v, to + 15 * vStep);
    }
  }

  @Override
  public void weights(
      int lanes,
      float[] g,
      int gOff,
      int gStep,
      float[] u,
      int uOff,
      int uStep,
      float[] scratch,
      int scratchOff) {
    int whole = V.loopBound(lanes);
    for (int c = 0; c < whole; c += BATCH) {
      int n = Math.min(BATCH, whole - c);
      weightsFirst(n, g, gOff + c, gStep, u, uOff + c, uStep);
      weightsInner(n, g, gOff + c, gStep, u, uOff + c, uStep);
      weightsLast(n, g, gOff + c, gStep, u, uOff + c, uStep);
    }
    if (whole < lanes) {
      rest.weights(
          lanes - whole, g, gOff + whole, gStep, u, uOff + whole, uStep, scratch, scratchOff);
    }
  }

  private static void weightsFirst(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {
    for (int c = 0; c < lanes; c += L) {
      int from = gOff + c;
      int to = uOff + c;
      FloatVector d00 = FloatVector.fromArray(V, g, from);
      FloatVector h00 = d00;
      FloatVector d01 = FloatVector.fromArray(V, g, from + gStep);
      FloatVector h01 = d01;
      FloatVector d02 = FloatVector.fromArray(V, g, from + 2 * gStep);
      FloatVector h02 = d02;
      h00.intoArray(u, to);
      FloatVector endsof0 = h00.add(h02);
      FloatVector aof0 = endsof0.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector bof0 = h01.mul(FloatVector.broadcast(V, 0.5f));
      aof0.add(bof0).intoArray(u, to + uStep);
      aof0.sub(bof0).intoArray(u, to + 2 * uStep);
      h02.intoArray(u, to + 3 * uStep);
    }
  }

  private static void weightsInner(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {
    for (int c = 0; c < lanes; c += L) {
      int from = gOff + c;
      int to = uOff + c;
      FloatVector d00 = FloatVector.fromArray(V, g, from);
      FloatVector d10 = FloatVector.fromArray(V, g, from + 3 * gStep);
      FloatVector d20 = FloatVector.fromArray(V, g, from + 6 * gStep);
      FloatVector ends0 = d00.add(d20);
      FloatVector a0 = ends0.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector b0 = d10.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector h10 = a0.add(b0);
      FloatVector h20 = a0.sub(b0);
      FloatVector d01 = FloatVector.fromArray(V, g, from + gStep);
      FloatVector d11 = FloatVector.fromArray(V, g, from + 4 * gStep);
      FloatVector d21 = FloatVector.fromArray(V, g, from + 7 * gStep);
      FloatVector ends1 = d01.add(d21);
      FloatVector a1 = ends1.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector b1 = d11.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector h11 = a1.add(b1);
      FloatVector h21 = a1.sub(b1);
      FloatVector d02 = FloatVector.fromArray(V, g, from + 2 * gStep);
      FloatVector d12 = FloatVector.fromArray(V, g, from + 5 * gStep);
      FloatVector d22 = FloatVector.fromArray(V, g, from + 8 * gStep);
      FloatVector ends2 = d02.add(d22);
      FloatVector a2 = ends2.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector b2 = d12.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector h12 = a2.add(b2);
      FloatVector h22 = a2.sub(b2);
      h10.intoArray(u, to + 4 * uStep);
      FloatVector endsof1 = h10.add(h12);
      FloatVector aof1 = endsof1.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector bof1 = h11.mul(FloatVector.broadcast(V, 0.5f));
      aof1.add(bof1).intoArray(u, to + 5 * uStep);
      aof1.sub(bof1).intoArray(u, to + 6 * uStep);
      h12.intoArray(u, to + 7 * uStep);
      h20.intoArray(u, to + 8 * uStep);
      FloatVector endsof2 = h20.add(h22);
      FloatVector aof2 = endsof2.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector bof2 = h21.mul(FloatVector.broadcast(V, 0.5f));
      aof2.add(bof2).intoArray(u, to + 9 * uStep);
      aof2.sub(bof2).intoArray(u, to + 10 * uStep);
      h22.intoArray(u, to + 11 * uStep);
    }
  }

  private static void weightsLast(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {
    for (int c = 0; c < lanes; c += L) {
      int from = gOff + c;
      int to = uOff + c;
      FloatVector d20 = FloatVector.fromArray(V, g, from + 6 * gStep);
      FloatVector h30 = d20;
      FloatVector d21 = FloatVector.fromArray(V, g, from + 7 * gStep);
      FloatVector h31 = d21;
      FloatVector d22 = FloatVector.fromArray(V, g, from + 8 * gStep);
      FloatVector h32 = d22;
      h30.intoArray(u, to + 12 * uStep);
      FloatVector endsof3 = h30.add(h32);
      FloatVector aof3 = endsof3.mul(FloatVector.broadcast(V, 0.5f));
      FloatVector bof3 = h31.mul(FloatVector.broadcast(V, 0.5f));
      aof3.add(bof3).intoArray(u, to + 13 * uStep);
      aof3.sub(bof3).intoArray(u, to + 14 * uStep);
      h32.intoArray(u, to + 15 * uStep);
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
    outputs(whole, products, pOff, pStep, bias, biasOff, y, yOff, rowStep, pixelStep);
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

  private static void outputs(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep) {
    for (int c = 0; c < channels; c += L) {
      int from = pOff + c;
      int to = yOff + c;
      FloatVector b = FloatVector.fromArray(V, bias, biasOff + c);
      FloatVector d00 = FloatVector.fromArray(V, products, from);
      FloatVector d10 = FloatVector.fromArray(V, products, from + 4 * pStep);
      FloatVector d20 = FloatVector.fromArray(V, products, from + 8 * pStep);
      FloatVector d30 = FloatVector.fromArray(V, products, from + 12 * pStep);
      FloatVector p0 = d10.add(d20);
      FloatVector q0 = d10.sub(d20);
      FloatVector h00 = d00.add(p0);
      FloatVector h10 = q0.sub(d30);
      FloatVector d01 = FloatVector.fromArray(V, products, from + pStep);
      FloatVector d11 = FloatVector.fromArray(V, products, from + 5 * pStep);
      FloatVector d21 = FloatVector.fromArray(V, products, from + 9 * pStep);
      FloatVector d31 = FloatVector.fromArray(V, products, from + 13 * pStep);
      FloatVector p1 = d11.add(d21);
      FloatVector q1 = d11.sub(d21);
      FloatVector h01 = d01.add(p1);
      FloatVector h11 = q1.sub(d31);
      FloatVector d02 = FloatVector.fromArray(V, products, from + 2 * pStep);
      FloatVector d12 = FloatVector.fromArray(V, products, from + 6 * pStep);
      FloatVector d22 = FloatVector.fromArray(V, products, from + 10 * pStep);
      FloatVector d32 = FloatVector.fromArray(V, products, from + 14 * pStep);
      FloatVector p2 = d12.add(d22);
      FloatVector q2 = d12.sub(d22);
      FloatVector h02 = d02.add(p2);
      FloatVector h12 = q2.sub(d32);
      FloatVector d03 = FloatVector.fromArray(V, products, from + 3 * pStep);
      FloatVector d13 = FloatVector.fromArray(V, products, from + 7 * pStep);
      FloatVector d23 = FloatVector.fromArray(V, products, from + 11 * pStep);
      FloatVector d33 = FloatVector.fromArray(V, products, from + 15 * pStep);
      FloatVector p3 = d13.add(d23);
      FloatVector q3 = d13.sub(d23);
      FloatVector h03 = d03.add(p3);
      FloatVector h13 = q3.sub(d33);
      FloatVector pof0 = h01.add(h02);
      FloatVector qof0 = h01.sub(h02);
      FloatVector y00 = h00.add(pof0);
      y00.add(b).intoArray(y, to);
      FloatVector y01 = qof0.sub(h03);
      y01.add(b).intoArray(y, to + pixelStep);
      FloatVector pof1 = h11.add(h12);
      FloatVector qof1 = h11.sub(h12);
      FloatVector y10 = h10.add(pof1);
      y10.add(b).intoArray(y, to + rowStep);
      FloatVector y11 = qof1.sub(h13);
      y11.add(b).intoArray(y, to + rowStep + pixelStep);
    }
  }
}
