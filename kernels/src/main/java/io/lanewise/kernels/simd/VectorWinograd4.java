package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F(4 x 4, 3 x 3): first the columns, then the rows, all in registers, those rows together that
 * share steps. Products lie pages apart, so some rows are done for a batch of channels before the
 * next ones: nearly every store would miss the TLB. Channels that do not fill a vector go to {@code
 * rest}, which computes the same steps.
 */
final class VectorWinograd4 implements WinogradKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int BATCH = 8 * L;

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
      inputOuter(n, x, xOff + c, rowStep, pixelStep, v, vOff + c, vStep);
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
      FloatVector d40 = FloatVector.fromArray(V, x, from + 4 * rowStep);
      FloatVector f0 = d20.fma(FloatVector.broadcast(V, -5f), d40);
      FloatVector h00 = d00.fma(FloatVector.broadcast(V, 4f), f0);
      FloatVector d01 = FloatVector.fromArray(V, x, from + pixelStep);
      FloatVector d21 = FloatVector.fromArray(V, x, from + 2 * rowStep + pixelStep);
      FloatVector d41 = FloatVector.fromArray(V, x, from + 4 * rowStep + pixelStep);
      FloatVector f1 = d21.fma(FloatVector.broadcast(V, -5f), d41);
      FloatVector h01 = d01.fma(FloatVector.broadcast(V, 4f), f1);
      FloatVector d02 = FloatVector.fromArray(V, x, from + 2 * pixelStep);
      FloatVector d22 = FloatVector.fromArray(V, x, from + 2 * rowStep + 2 * pixelStep);
      FloatVector d42 = FloatVector.fromArray(V, x, from + 4 * rowStep + 2 * pixelStep);
      FloatVector f2 = d22.fma(FloatVector.broadcast(V, -5f), d42);
      FloatVector h02 = d02.fma(FloatVector.broadcast(V, 4f), f2);
      FloatVector d03 = FloatVector.fromArray(V, x, from + 3 * pixelStep);
      FloatVector d23 = FloatVector.fromArray(V, x, from + 2 * rowStep + 3 * pixelStep);
      FloatVector d43 = FloatVector.fromArray(V, x, from + 4 * rowStep + 3 * pixelStep);
      FloatVector f3 = d23.fma(FloatVector.broadcast(V, -5f), d43);
      FloatVector h03 = d03.fma(FloatVector.broadcast(V, 4f), f3);
      FloatVector d04 = FloatVector.fromArray(V, x, from + 4 * pixelStep);
      FloatVector d24 = FloatVector.fromArray(V, x, from + 2 * rowStep + 4 * pixelStep);
      FloatVector d44 = FloatVector.fromArray(V, x, from + 4 * rowStep + 4 * pixelStep);
      FloatVector f4 = d24.fma(FloatVector.broadcast(V, -5f), d44);
      FloatVector h04 = d04.fma(FloatVector.broadcast(V, 4f), f4);
      FloatVector d05 = FloatVector.fromArray(V, x, from + 5 * pixelStep);
      FloatVector d25 = FloatVector.fromArray(V, x, from + 2 * rowStep + 5 * pixelStep);
      FloatVector d45 = FloatVector.fromArray(V, x, from + 4 * rowStep + 5 * pixelStep);
      FloatVector f5 = d25.fma(FloatVector.broadcast(V, -5f), d45);
      FloatVector h05 = d05.fma(FloatVector.broadcast(V, 4f), f5);
      FloatVector fof0 = h02.fma(FloatVector.broadcast(V, -5f), h04);
      h00.fma(FloatVector.broadcast(V, 4f), fof0).intoArray(v, to);
      FloatVector pof0 = h02.fma(FloatVector.broadcast(V, -4f), h04);
      FloatVector qof0 = h01.fma(FloatVector.broadcast(V, -4f), h03);
      pof0.add(qof0).intoArray(v, to + vStep);
      pof0.sub(qof0).intoArray(v, to + 2 * vStep);
      FloatVector rof0 = h04.sub(h02);
      FloatVector sof0 = h03.sub(h01);
      sof0.fma(FloatVector.broadcast(V, 2f), rof0).intoArray(v, to + 3 * vStep);
      sof0.fma(FloatVector.broadcast(V, -2f), rof0).intoArray(v, to + 4 * vStep);
      FloatVector gof0 = h03.fma(FloatVector.broadcast(V, -5f), h05);
      h01.fma(FloatVector.broadcast(V, 4f), gof0).intoArray(v, to + 5 * vStep);
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
      FloatVector d30 = FloatVector.fromArray(V, x, from + 3 * rowStep);
      FloatVector d40 = FloatVector.fromArray(V, x, from + 4 * rowStep);
      FloatVector p0 = d20.fma(FloatVector.broadcast(V, -4f), d40);
      FloatVector q0 = d10.fma(FloatVector.broadcast(V, -4f), d30);
      FloatVector h10 = p0.add(q0);
      FloatVector h20 = p0.sub(q0);
      FloatVector d11 = FloatVector.fromArray(V, x, from + rowStep + pixelStep);
      FloatVector d21 = FloatVector.fromArray(V, x, from + 2 * rowStep + pixelStep);
      FloatVector d31 = FloatVector.fromArray(V, x, from + 3 * rowStep + pixelStep);
      FloatVector d41 = FloatVector.fromArray(V, x, from + 4 * rowStep + pixelStep);
      FloatVector p1 = d21.fma(FloatVector.broadcast(V, -4f), d41);
      FloatVector q1 = d11.fma(FloatVector.broadcast(V, -4f), d31);
      FloatVector h11 = p1.add(q1);
      FloatVector h21 = p1.sub(q1);
      FloatVector d12 = FloatVector.fromArray(V, x, from + rowStep + 2 * pixelStep);
      FloatVector d22 = FloatVector.fromArray(V, x, from + 2 * rowStep + 2 * pixelStep);
      FloatVector d32 = FloatVector.fromArray(V, x, from + 3 * rowStep + 2 * pixelStep);
      FloatVector d42 = FloatVector.fromArray(V, x, from + 4 * rowStep + 2 * pixelStep);
      FloatVector p2 = d22.fma(FloatVector.broadcast(V, -4f), d42);
      FloatVector q2 = d12.fma(FloatVector.broadcast(V, -4f), d32);
      FloatVector h12 = p2.add(q2);
      FloatVector h22 = p2.sub(q2);
      FloatVector d13 = FloatVector.fromArray(V, x, from + rowStep + 3 * pixelStep);
      FloatVector d23 = FloatVector.fromArray(V, x, from + 2 * rowStep + 3 * pixelStep);
      FloatVector d33 = FloatVector.fromArray(V, x, from + 3 * rowStep + 3 * pixelStep);
      FloatVector d43 = FloatVector.fromArray(V, x, from + 4 * rowStep + 3 * pixelStep);
      FloatVector p3 = d23.fma(FloatVector.broadcast(V, -4f), d43);
      FloatVector q3 = d13.fma(FloatVector.broadcast(V, -4f), d33);
      FloatVector h13 = p3.add(q3);
      FloatVector h23 = p3.sub(q3);
      FloatVector d14 = FloatVector.fromArray(V, x, from + rowStep + 4 * pixelStep);
      FloatVector d24 = FloatVector.fromArray(V, x, from + 2 * rowStep + 4 * pixelStep);
      FloatVector d34 = FloatVector.fromArray(V, x, from + 3 * rowStep + 4 * pixelStep);
      FloatVector d44 = FloatVector.fromArray(V, x, from + 4 * rowStep + 4 * pixelStep);
      FloatVector p4 = d24.fma(FloatVector.broadcast(V, -4f), d44);
      FloatVector q4 = d14.fma(FloatVector.broadcast(V, -4f), d34);
      FloatVector h14 = p4.add(q4);
      FloatVector h24 = p4.sub(q4);
      FloatVector d15 = FloatVector.fromArray(V, x, from + rowStep + 5 * pixelStep);
      FloatVector d25 = FloatVector.fromArray(V, x, from + 2 * rowStep + 5 * pixelStep);
      FloatVector d35 = FloatVector.fromArray(V, x, from + 3 * rowStep + 5 * pixelStep);
      FloatVector d45 = FloatVector.fromArray(V, x, from + 4 * rowStep + 5 * pixelStep);
      FloatVector p5 = d25.fma(FloatVector.broadcast(V, -4f), d45);
      FloatVector q5 = d15.fma(FloatVector.broadcast(V, -4f), d35);
      FloatVector h15 = p5.add(q5);
      FloatVector h25 = p5.sub(q5);
      FloatVector fof1 = h12.fma(FloatVector.broadcast(V, -5f), h14);
      h10.fma(FloatVector.broadcast(V, 4f), fof1).intoArray(v, to + 6 * vStep);
      FloatVector pof1 = h12.fma(FloatVector.broadcast(V, -4f), h14);
      FloatVector qof1 = h11.fma(FloatVector.broadcast(V, -4f), h13);
      pof1.add(qof1).intoArray(v, to + 7 * vStep);
      pof1.sub(qof1).intoArray(v, to + 8 * vStep);
      FloatVector rof1 = h14.sub(h12);
      FloatVector sof1 = h13.sub(h11);
      sof1.fma(FloatVector.broadcast(V, 2f), rof1).intoArray(v, to + 9 * vStep);
      sof1.fma(FloatVector.broadcast(V, -2f), rof1).intoArray(v, to + 10 * vStep);
      FloatVector gof1 = h13.fma(FloatVector.broadcast(V, -5f), h15);
      h11.fma(FloatVector.broadcast(V, 4f), gof1).intoArray(v, to + 11 * vStep);
      FloatVector fof2 = h22.fma(FloatVector.broadcast(V, -5f), h24);
      h20.fma(FloatVector.broadcast(V, 4f), fof2).intoArray(v, to + 12 * vStep);
      FloatVector pof2 = h22.fma(FloatVector.broadcast(V, -4f), h24);
      FloatVector qof2 = h21.fma(FloatVector.broadcast(V, -4f), h23);
      pof2.add(qof2).intoArray(v, to + 13 * vStep);
      pof2.sub(qof2).intoArray(v, to + 14 * vStep);
      FloatVector rof2 = h24.sub(h22);
      FloatVector sof2 = h23.sub(h21);
      sof2.fma(FloatVector.broadcast(V, 2f), rof2).intoArray(v, to + 15 * vStep);
      sof2.fma(FloatVector.broadcast(V, -2f), rof2).intoArray(v, to + 16 * vStep);
      FloatVector gof2 = h23.fma(FloatVector.broadcast(V, -5f), h25);
      h21.fma(FloatVector.broadcast(V, 4f), gof2).intoArray(v, to + 17 * vStep);
    }
  }

  private static void inputOuter(
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
      FloatVector d30 = FloatVector.fromArray(V, x, from + 3 * rowStep);
      FloatVector d40 = FloatVector.fromArray(V, x, from + 4 * rowStep);
      FloatVector r0 = d40.sub(d20);
      FloatVector s0 = d30.sub(d10);
      FloatVector h30 = s0.fma(FloatVector.broadcast(V, 2f), r0);
      FloatVector h40 = s0.fma(FloatVector.broadcast(V, -2f), r0);
      FloatVector d11 = FloatVector.fromArray(V, x, from + rowStep + pixelStep);
      FloatVector d21 = FloatVector.fromArray(V, x, from + 2 * rowStep + pixelStep);
      FloatVector d31 = FloatVector.fromArray(V, x, from + 3 * rowStep + pixelStep);
      FloatVector d41 = FloatVector.fromArray(V, x, from + 4 * rowStep + pixelStep);
      FloatVector r1 = d41.sub(d21);
      FloatVector s1 = d31.sub(d11);
      FloatVector h31 = s1.fma(FloatVector.broadcast(V, 2f), r1);
      FloatVector h41 = s1.fma(FloatVector.broadcast(V, -2f), r1);
      FloatVector d12 = FloatVector.fromArray(V, x, from + rowStep + 2 * pixelStep);
      FloatVector d22 = FloatVector.fromArray(V, x, from + 2 * rowStep + 2 * pixelStep);
      FloatVector d32 = FloatVector.fromArray(V, x, from + 3 * rowStep + 2 * pixelStep);
      FloatVector d42 = FloatVector.fromArray(V, x, from + 4 * rowStep + 2 * pixelStep);
      FloatVector r2 = d42.sub(d22);
      FloatVector s2 = d32.sub(d12);
      FloatVector h32 = s2.fma(FloatVector.broadcast(V, 2f), r2);
      FloatVector h42 = s2.fma(FloatVector.broadcast(V, -2f), r2);
      FloatVector d13 = FloatVector.fromArray(V, x, from + rowStep + 3 * pixelStep);
      FloatVector d23 = FloatVector.fromArray(V, x, from + 2 * rowStep + 3 * pixelStep);
      FloatVector d33 = FloatVector.fromArray(V, x, from + 3 * rowStep + 3 * pixelStep);
      FloatVector d43 = FloatVector.fromArray(V, x, from + 4 * rowStep + 3 * pixelStep);
      FloatVector r3 = d43.sub(d23);
      FloatVector s3 = d33.sub(d13);
      FloatVector h33 = s3.fma(FloatVector.broadcast(V, 2f), r3);
      FloatVector h43 = s3.fma(FloatVector.broadcast(V, -2f), r3);
      FloatVector d14 = FloatVector.fromArray(V, x, from + rowStep + 4 * pixelStep);
      FloatVector d24 = FloatVector.fromArray(V, x, from + 2 * rowStep + 4 * pixelStep);
      FloatVector d34 = FloatVector.fromArray(V, x, from + 3 * rowStep + 4 * pixelStep);
      FloatVector d44 = FloatVector.fromArray(V, x, from + 4 * rowStep + 4 * pixelStep);
      FloatVector r4 = d44.sub(d24);
      FloatVector s4 = d34.sub(d14);
      FloatVector h34 = s4.fma(FloatVector.broadcast(V, 2f), r4);
      FloatVector h44 = s4.fma(FloatVector.broadcast(V, -2f), r4);
      FloatVector d15 = FloatVector.fromArray(V, x, from + rowStep + 5 * pixelStep);
      FloatVector d25 = FloatVector.fromArray(V, x, from + 2 * rowStep + 5 * pixelStep);
      FloatVector d35 = FloatVector.fromArray(V, x, from + 3 * rowStep + 5 * pixelStep);
      FloatVector d45 = FloatVector.fromArray(V, x, from + 4 * rowStep + 5 * pixelStep);
      FloatVector r5 = d45.sub(d25);
      FloatVector s5 = d35.sub(d15);
      FloatVector h35 = s5.fma(FloatVector.broadcast(V, 2f), r5);
      FloatVector h45 = s5.fma(FloatVector.broadcast(V, -2f), r5);
      FloatVector fof3 = h32.fma(FloatVector.broadcast(V, -5f), h34);
      h30.fma(FloatVector.broadcast(V, 4f), fof3).intoArray(v, to + 18 * vStep);
      FloatVector pof3 = h32.fma(FloatVector.broadcast(V, -4f), h34);
      FloatVector qof3 = h31.fma(FloatVector.broadcast(V, -4f), h33);
      pof3.add(qof3).intoArray(v, to + 19 * vStep);
      pof3.sub(qof3).intoArray(v, to + 20 * vStep);
      FloatVector rof3 = h34.sub(h32);
      FloatVector sof3 = h33.sub(h31);
      sof3.fma(FloatVector.broadcast(V, 2f), rof3).intoArray(v, to + 21 * vStep);
      sof3.fma(FloatVector.broadcast(V, -2f), rof3).intoArray(v, to + 22 * vStep);
      FloatVector gof3 = h33.fma(FloatVector.broadcast(V, -5f), h35);
      h31.fma(FloatVector.broadcast(V, 4f), gof3).intoArray(v, to + 23 * vStep);
      FloatVector fof4 = h42.fma(FloatVector.broadcast(V, -5f), h44);
      h40.fma(FloatVector.broadcast(V, 4f), fof4).intoArray(v, to + 24 * vStep);
      FloatVector pof4 = h42.fma(FloatVector.broadcast(V, -4f), h44);
      FloatVector qof4 = h41.fma(FloatVector.broadcast(V, -4f), h43);
      pof4.add(qof4).intoArray(v, to + 25 * vStep);
      pof4.sub(qof4).intoArray(v, to + 26 * vStep);
      FloatVector rof4 = h44.sub(h42);
      FloatVector sof4 = h43.sub(h41);
      sof4.fma(FloatVector.broadcast(V, 2f), rof4).intoArray(v, to + 27 * vStep);
      sof4.fma(FloatVector.broadcast(V, -2f), rof4).intoArray(v, to + 28 * vStep);
      FloatVector gof4 = h43.fma(FloatVector.broadcast(V, -5f), h45);
      h41.fma(FloatVector.broadcast(V, 4f), gof4).intoArray(v, to + 29 * vStep);
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
      FloatVector d50 = FloatVector.fromArray(V, x, from + 5 * rowStep);
      FloatVector g0 = d30.fma(FloatVector.broadcast(V, -5f), d50);
      FloatVector h50 = d10.fma(FloatVector.broadcast(V, 4f), g0);
      FloatVector d11 = FloatVector.fromArray(V, x, from + rowStep + pixelStep);
      FloatVector d31 = FloatVector.fromArray(V, x, from + 3 * rowStep + pixelStep);
      FloatVector d51 = FloatVector.fromArray(V, x, from + 5 * rowStep + pixelStep);
      FloatVector g1 = d31.fma(FloatVector.broadcast(V, -5f), d51);
      FloatVector h51 = d11.fma(FloatVector.broadcast(V, 4f), g1);
      FloatVector d12 = FloatVector.fromArray(V, x, from + rowStep + 2 * pixelStep);
      FloatVector d32 = FloatVector.fromArray(V, x, from + 3 * rowStep + 2 * pixelStep);
      FloatVector d52 = FloatVector.fromArray(V, x, from + 5 * rowStep + 2 * pixelStep);
      FloatVector g2 = d32.fma(FloatVector.broadcast(V, -5f), d52);
      FloatVector h52 = d12.fma(FloatVector.broadcast(V, 4f), g2);
      FloatVector d13 = FloatVector.fromArray(V, x, from + rowStep + 3 * pixelStep);
      FloatVector d33 = FloatVector.fromArray(V, x, from + 3 * rowStep + 3 * pixelStep);
      FloatVector d53 = FloatVector.fromArray(V, x, from + 5 * rowStep + 3 * pixelStep);
      FloatVector g3 = d33.fma(FloatVector.broadcast(V, -5f), d53);
      FloatVector h53 = d13.fma(FloatVector.broadcast(V, 4f), g3);
      FloatVector d14 = FloatVector.fromArray(V, x, from + rowStep + 4 * pixelStep);
      FloatVector d34 = FloatVector.fromArray(V, x, from + 3 * rowStep + 4 * pixelStep);
      FloatVector d54 = FloatVector.fromArray(V, x, from + 5 * rowStep + 4 * pixelStep);
      FloatVector g4 = d34.fma(FloatVector.broadcast(V, -5f), d54);
      FloatVector h54 = d14.fma(FloatVector.broadcast(V, 4f), g4);
      FloatVector d15 = FloatVector.fromArray(V, x, from + rowStep + 5 * pixelStep);
      FloatVector d35 = FloatVector.fromArray(V, x, from + 3 * rowStep + 5 * pixelStep);
      FloatVector d55 = FloatVector.fromArray(V, x, from + 5 * rowStep + 5 * pixelStep);
      FloatVector g5 = d35.fma(FloatVector.broadcast(V, -5f), d55);
      FloatVector h55 = d15.fma(FloatVector.broadcast(V, 4f), g5);
      FloatVector fof5 = h52.fma(FloatVector.broadcast(V, -5f), h54);
      h50.fma(FloatVector.broadcast(V, 4f), fof5).intoArray(v, to + 30 * vStep);
      FloatVector pof5 = h52.fma(FloatVector.broadcast(V, -4f), h54);
      FloatVector qof5 = h51.fma(FloatVector.broadcast(V, -4f), h53);
      pof5.add(qof5).intoArray(v, to + 31 * vStep);
      pof5.sub(qof5).intoArray(v, to + 32 * vStep);
      FloatVector rof5 = h54.sub(h52);
      FloatVector sof5 = h53.sub(h51);
      sof5.fma(FloatVector.broadcast(V, 2f), rof5).intoArray(v, to + 33 * vStep);
      sof5.fma(FloatVector.broadcast(V, -2f), rof5).intoArray(v, to + 34 * vStep);
      FloatVector gof5 = h53.fma(FloatVector.broadcast(V, -5f), h55);
      h51.fma(FloatVector.broadcast(V, 4f), gof5).intoArray(v, to + 35 * vStep);
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
      weightsOuter(n, g, gOff + c, gStep, u, uOff + c, uStep);
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
      FloatVector h00 = d00.mul(FloatVector.broadcast(V, 1f / 4f));
      FloatVector d01 = FloatVector.fromArray(V, g, from + gStep);
      FloatVector h01 = d01.mul(FloatVector.broadcast(V, 1f / 4f));
      FloatVector d02 = FloatVector.fromArray(V, g, from + 2 * gStep);
      FloatVector h02 = d02.mul(FloatVector.broadcast(V, 1f / 4f));
      h00.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to);
      FloatVector endsof0 = h00.add(h02);
      FloatVector aof0 = endsof0.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof0 = h01.mul(FloatVector.broadcast(V, 1f / 6f));
      aof0.sub(bof0).intoArray(u, to + uStep);
      aof0.add(bof0).intoArray(u, to + 2 * uStep);
      FloatVector firstof0 = h00.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof0 = h02.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof0 = firstof0.add(lastof0);
      FloatVector innerof0 = h01.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof0.add(innerof0).intoArray(u, to + 3 * uStep);
      outerof0.sub(innerof0).intoArray(u, to + 4 * uStep);
      h02.intoArray(u, to + 5 * uStep);
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
      FloatVector a0 = ends0.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector b0 = d10.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector h10 = a0.sub(b0);
      FloatVector h20 = a0.add(b0);
      FloatVector d01 = FloatVector.fromArray(V, g, from + gStep);
      FloatVector d11 = FloatVector.fromArray(V, g, from + 4 * gStep);
      FloatVector d21 = FloatVector.fromArray(V, g, from + 7 * gStep);
      FloatVector ends1 = d01.add(d21);
      FloatVector a1 = ends1.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector b1 = d11.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector h11 = a1.sub(b1);
      FloatVector h21 = a1.add(b1);
      FloatVector d02 = FloatVector.fromArray(V, g, from + 2 * gStep);
      FloatVector d12 = FloatVector.fromArray(V, g, from + 5 * gStep);
      FloatVector d22 = FloatVector.fromArray(V, g, from + 8 * gStep);
      FloatVector ends2 = d02.add(d22);
      FloatVector a2 = ends2.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector b2 = d12.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector h12 = a2.sub(b2);
      FloatVector h22 = a2.add(b2);
      h10.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to + 6 * uStep);
      FloatVector endsof1 = h10.add(h12);
      FloatVector aof1 = endsof1.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof1 = h11.mul(FloatVector.broadcast(V, 1f / 6f));
      aof1.sub(bof1).intoArray(u, to + 7 * uStep);
      aof1.add(bof1).intoArray(u, to + 8 * uStep);
      FloatVector firstof1 = h10.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof1 = h12.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof1 = firstof1.add(lastof1);
      FloatVector innerof1 = h11.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof1.add(innerof1).intoArray(u, to + 9 * uStep);
      outerof1.sub(innerof1).intoArray(u, to + 10 * uStep);
      h12.intoArray(u, to + 11 * uStep);
      h20.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to + 12 * uStep);
      FloatVector endsof2 = h20.add(h22);
      FloatVector aof2 = endsof2.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof2 = h21.mul(FloatVector.broadcast(V, 1f / 6f));
      aof2.sub(bof2).intoArray(u, to + 13 * uStep);
      aof2.add(bof2).intoArray(u, to + 14 * uStep);
      FloatVector firstof2 = h20.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof2 = h22.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof2 = firstof2.add(lastof2);
      FloatVector innerof2 = h21.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof2.add(innerof2).intoArray(u, to + 15 * uStep);
      outerof2.sub(innerof2).intoArray(u, to + 16 * uStep);
      h22.intoArray(u, to + 17 * uStep);
    }
  }

  private static void weightsOuter(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {
    for (int c = 0; c < lanes; c += L) {
      int from = gOff + c;
      int to = uOff + c;
      FloatVector d00 = FloatVector.fromArray(V, g, from);
      FloatVector d10 = FloatVector.fromArray(V, g, from + 3 * gStep);
      FloatVector d20 = FloatVector.fromArray(V, g, from + 6 * gStep);
      FloatVector first0 = d00.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector last0 = d20.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outer0 = first0.add(last0);
      FloatVector inner0 = d10.mul(FloatVector.broadcast(V, 1f / 12f));
      FloatVector h30 = outer0.add(inner0);
      FloatVector h40 = outer0.sub(inner0);
      FloatVector d01 = FloatVector.fromArray(V, g, from + gStep);
      FloatVector d11 = FloatVector.fromArray(V, g, from + 4 * gStep);
      FloatVector d21 = FloatVector.fromArray(V, g, from + 7 * gStep);
      FloatVector first1 = d01.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector last1 = d21.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outer1 = first1.add(last1);
      FloatVector inner1 = d11.mul(FloatVector.broadcast(V, 1f / 12f));
      FloatVector h31 = outer1.add(inner1);
      FloatVector h41 = outer1.sub(inner1);
      FloatVector d02 = FloatVector.fromArray(V, g, from + 2 * gStep);
      FloatVector d12 = FloatVector.fromArray(V, g, from + 5 * gStep);
      FloatVector d22 = FloatVector.fromArray(V, g, from + 8 * gStep);
      FloatVector first2 = d02.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector last2 = d22.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outer2 = first2.add(last2);
      FloatVector inner2 = d12.mul(FloatVector.broadcast(V, 1f / 12f));
      FloatVector h32 = outer2.add(inner2);
      FloatVector h42 = outer2.sub(inner2);
      h30.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to + 18 * uStep);
      FloatVector endsof3 = h30.add(h32);
      FloatVector aof3 = endsof3.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof3 = h31.mul(FloatVector.broadcast(V, 1f / 6f));
      aof3.sub(bof3).intoArray(u, to + 19 * uStep);
      aof3.add(bof3).intoArray(u, to + 20 * uStep);
      FloatVector firstof3 = h30.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof3 = h32.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof3 = firstof3.add(lastof3);
      FloatVector innerof3 = h31.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof3.add(innerof3).intoArray(u, to + 21 * uStep);
      outerof3.sub(innerof3).intoArray(u, to + 22 * uStep);
      h32.intoArray(u, to + 23 * uStep);
      h40.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to + 24 * uStep);
      FloatVector endsof4 = h40.add(h42);
      FloatVector aof4 = endsof4.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof4 = h41.mul(FloatVector.broadcast(V, 1f / 6f));
      aof4.sub(bof4).intoArray(u, to + 25 * uStep);
      aof4.add(bof4).intoArray(u, to + 26 * uStep);
      FloatVector firstof4 = h40.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof4 = h42.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof4 = firstof4.add(lastof4);
      FloatVector innerof4 = h41.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof4.add(innerof4).intoArray(u, to + 27 * uStep);
      outerof4.sub(innerof4).intoArray(u, to + 28 * uStep);
      h42.intoArray(u, to + 29 * uStep);
    }
  }

  private static void weightsLast(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {
    for (int c = 0; c < lanes; c += L) {
      int from = gOff + c;
      int to = uOff + c;
      FloatVector d20 = FloatVector.fromArray(V, g, from + 6 * gStep);
      FloatVector h50 = d20;
      FloatVector d21 = FloatVector.fromArray(V, g, from + 7 * gStep);
      FloatVector h51 = d21;
      FloatVector d22 = FloatVector.fromArray(V, g, from + 8 * gStep);
      FloatVector h52 = d22;
      h50.mul(FloatVector.broadcast(V, 1f / 4f)).intoArray(u, to + 30 * uStep);
      FloatVector endsof5 = h50.add(h52);
      FloatVector aof5 = endsof5.mul(FloatVector.broadcast(V, -1f / 6f));
      FloatVector bof5 = h51.mul(FloatVector.broadcast(V, 1f / 6f));
      aof5.sub(bof5).intoArray(u, to + 31 * uStep);
      aof5.add(bof5).intoArray(u, to + 32 * uStep);
      FloatVector firstof5 = h50.mul(FloatVector.broadcast(V, 1f / 24f));
      FloatVector lastof5 = h52.mul(FloatVector.broadcast(V, 1f / 6f));
      FloatVector outerof5 = firstof5.add(lastof5);
      FloatVector innerof5 = h51.mul(FloatVector.broadcast(V, 1f / 12f));
      outerof5.add(innerof5).intoArray(u, to + 33 * uStep);
      outerof5.sub(innerof5).intoArray(u, to + 34 * uStep);
      h52.intoArray(u, to + 35 * uStep);
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
      FloatVector d10 = FloatVector.fromArray(V, products, from + 6 * pStep);
      FloatVector d20 = FloatVector.fromArray(V, products, from + 12 * pStep);
      FloatVector d30 = FloatVector.fromArray(V, products, from + 18 * pStep);
      FloatVector d40 = FloatVector.fromArray(V, products, from + 24 * pStep);
      FloatVector d50 = FloatVector.fromArray(V, products, from + 30 * pStep);
      FloatVector p0 = d10.add(d20);
      FloatVector q0 = d10.sub(d20);
      FloatVector r0 = d30.add(d40);
      FloatVector s0 = d30.sub(d40);
      FloatVector f0 = d00.add(p0);
      FloatVector g0 = d50.add(q0);
      FloatVector h00 = f0.add(r0);
      FloatVector h10 = s0.fma(FloatVector.broadcast(V, 2f), q0);
      FloatVector h20 = r0.fma(FloatVector.broadcast(V, 4f), p0);
      FloatVector h30 = s0.fma(FloatVector.broadcast(V, 8f), g0);
      FloatVector d01 = FloatVector.fromArray(V, products, from + pStep);
      FloatVector d11 = FloatVector.fromArray(V, products, from + 7 * pStep);
      FloatVector d21 = FloatVector.fromArray(V, products, from + 13 * pStep);
      FloatVector d31 = FloatVector.fromArray(V, products, from + 19 * pStep);
      FloatVector d41 = FloatVector.fromArray(V, products, from + 25 * pStep);
      FloatVector d51 = FloatVector.fromArray(V, products, from + 31 * pStep);
      FloatVector p1 = d11.add(d21);
      FloatVector q1 = d11.sub(d21);
      FloatVector r1 = d31.add(d41);
      FloatVector s1 = d31.sub(d41);
      FloatVector f1 = d01.add(p1);
      FloatVector g1 = d51.add(q1);
      FloatVector h01 = f1.add(r1);
      FloatVector h11 = s1.fma(FloatVector.broadcast(V, 2f), q1);
      FloatVector h21 = r1.fma(FloatVector.broadcast(V, 4f), p1);
      FloatVector h31 = s1.fma(FloatVector.broadcast(V, 8f), g1);
      FloatVector d02 = FloatVector.fromArray(V, products, from + 2 * pStep);
      FloatVector d12 = FloatVector.fromArray(V, products, from + 8 * pStep);
      FloatVector d22 = FloatVector.fromArray(V, products, from + 14 * pStep);
      FloatVector d32 = FloatVector.fromArray(V, products, from + 20 * pStep);
      FloatVector d42 = FloatVector.fromArray(V, products, from + 26 * pStep);
      FloatVector d52 = FloatVector.fromArray(V, products, from + 32 * pStep);
      FloatVector p2 = d12.add(d22);
      FloatVector q2 = d12.sub(d22);
      FloatVector r2 = d32.add(d42);
      FloatVector s2 = d32.sub(d42);
      FloatVector f2 = d02.add(p2);
      FloatVector g2 = d52.add(q2);
      FloatVector h02 = f2.add(r2);
      FloatVector h12 = s2.fma(FloatVector.broadcast(V, 2f), q2);
      FloatVector h22 = r2.fma(FloatVector.broadcast(V, 4f), p2);
      FloatVector h32 = s2.fma(FloatVector.broadcast(V, 8f), g2);
      FloatVector d03 = FloatVector.fromArray(V, products, from + 3 * pStep);
      FloatVector d13 = FloatVector.fromArray(V, products, from + 9 * pStep);
      FloatVector d23 = FloatVector.fromArray(V, products, from + 15 * pStep);
      FloatVector d33 = FloatVector.fromArray(V, products, from + 21 * pStep);
      FloatVector d43 = FloatVector.fromArray(V, products, from + 27 * pStep);
      FloatVector d53 = FloatVector.fromArray(V, products, from + 33 * pStep);
      FloatVector p3 = d13.add(d23);
      FloatVector q3 = d13.sub(d23);
      FloatVector r3 = d33.add(d43);
      FloatVector s3 = d33.sub(d43);
      FloatVector f3 = d03.add(p3);
      FloatVector g3 = d53.add(q3);
      FloatVector h03 = f3.add(r3);
      FloatVector h13 = s3.fma(FloatVector.broadcast(V, 2f), q3);
      FloatVector h23 = r3.fma(FloatVector.broadcast(V, 4f), p3);
      FloatVector h33 = s3.fma(FloatVector.broadcast(V, 8f), g3);
      FloatVector d04 = FloatVector.fromArray(V, products, from + 4 * pStep);
      FloatVector d14 = FloatVector.fromArray(V, products, from + 10 * pStep);
      FloatVector d24 = FloatVector.fromArray(V, products, from + 16 * pStep);
      FloatVector d34 = FloatVector.fromArray(V, products, from + 22 * pStep);
      FloatVector d44 = FloatVector.fromArray(V, products, from + 28 * pStep);
      FloatVector d54 = FloatVector.fromArray(V, products, from + 34 * pStep);
      FloatVector p4 = d14.add(d24);
      FloatVector q4 = d14.sub(d24);
      FloatVector r4 = d34.add(d44);
      FloatVector s4 = d34.sub(d44);
      FloatVector f4 = d04.add(p4);
      FloatVector g4 = d54.add(q4);
      FloatVector h04 = f4.add(r4);
      FloatVector h14 = s4.fma(FloatVector.broadcast(V, 2f), q4);
      FloatVector h24 = r4.fma(FloatVector.broadcast(V, 4f), p4);
      FloatVector h34 = s4.fma(FloatVector.broadcast(V, 8f), g4);
      FloatVector d05 = FloatVector.fromArray(V, products, from + 5 * pStep);
      FloatVector d15 = FloatVector.fromArray(V, products, from + 11 * pStep);
      FloatVector d25 = FloatVector.fromArray(V, products, from + 17 * pStep);
      FloatVector d35 = FloatVector.fromArray(V, products, from + 23 * pStep);
      FloatVector d45 = FloatVector.fromArray(V, products, from + 29 * pStep);
      FloatVector d55 = FloatVector.fromArray(V, products, from + 35 * pStep);
      FloatVector p5 = d15.add(d25);
      FloatVector q5 = d15.sub(d25);
      FloatVector r5 = d35.add(d45);
      FloatVector s5 = d35.sub(d45);
      FloatVector f5 = d05.add(p5);
      FloatVector g5 = d55.add(q5);
      FloatVector h05 = f5.add(r5);
      FloatVector h15 = s5.fma(FloatVector.broadcast(V, 2f), q5);
      FloatVector h25 = r5.fma(FloatVector.broadcast(V, 4f), p5);
      FloatVector h35 = s5.fma(FloatVector.broadcast(V, 8f), g5);
      FloatVector pof0 = h01.add(h02);
      FloatVector qof0 = h01.sub(h02);
      FloatVector rof0 = h03.add(h04);
      FloatVector sof0 = h03.sub(h04);
      FloatVector fof0 = h00.add(pof0);
      FloatVector gof0 = h05.add(qof0);
      FloatVector y00 = fof0.add(rof0);
      y00.add(b).intoArray(y, to);
      FloatVector y01 = sof0.fma(FloatVector.broadcast(V, 2f), qof0);
      y01.add(b).intoArray(y, to + pixelStep);
      FloatVector y02 = rof0.fma(FloatVector.broadcast(V, 4f), pof0);
      y02.add(b).intoArray(y, to + 2 * pixelStep);
      FloatVector y03 = sof0.fma(FloatVector.broadcast(V, 8f), gof0);
      y03.add(b).intoArray(y, to + 3 * pixelStep);
      FloatVector pof1 = h11.add(h12);
      FloatVector qof1 = h11.sub(h12);
      FloatVector rof1 = h13.add(h14);
      FloatVector sof1 = h13.sub(h14);
      FloatVector fof1 = h10.add(pof1);
      FloatVector gof1 = h15.add(qof1);
      FloatVector y10 = fof1.add(rof1);
      y10.add(b).intoArray(y, to + rowStep);
      FloatVector y11 = sof1.fma(FloatVector.broadcast(V, 2f), qof1);
      y11.add(b).intoArray(y, to + rowStep + pixelStep);
      FloatVector y12 = rof1.fma(FloatVector.broadcast(V, 4f), pof1);
      y12.add(b).intoArray(y, to + rowStep + 2 * pixelStep);
      FloatVector y13 = sof1.fma(FloatVector.broadcast(V, 8f), gof1);
      y13.add(b).intoArray(y, to + rowStep + 3 * pixelStep);
      FloatVector pof2 = h21.add(h22);
      FloatVector qof2 = h21.sub(h22);
      FloatVector rof2 = h23.add(h24);
      FloatVector sof2 = h23.sub(h24);
      FloatVector fof2 = h20.add(pof2);
      FloatVector gof2 = h25.add(qof2);
      FloatVector y20 = fof2.add(rof2);
      y20.add(b).intoArray(y, to + 2 * rowStep);
      FloatVector y21 = sof2.fma(FloatVector.broadcast(V, 2f), qof2);
      y21.add(b).intoArray(y, to + 2 * rowStep + pixelStep);
      FloatVector y22 = rof2.fma(FloatVector.broadcast(V, 4f), pof2);
      y22.add(b).intoArray(y, to + 2 * rowStep + 2 * pixelStep);
      FloatVector y23 = sof2.fma(FloatVector.broadcast(V, 8f), gof2);
      y23.add(b).intoArray(y, to + 2 * rowStep + 3 * pixelStep);
      FloatVector pof3 = h31.add(h32);
      FloatVector qof3 = h31.sub(h32);
      FloatVector rof3 = h33.add(h34);
      FloatVector sof3 = h33.sub(h34);
      FloatVector fof3 = h30.add(pof3);
      FloatVector gof3 = h35.add(qof3);
      FloatVector y30 = fof3.add(rof3);
      y30.add(b).intoArray(y, to + 3 * rowStep);
      FloatVector y31 = sof3.fma(FloatVector.broadcast(V, 2f), qof3);
      y31.add(b).intoArray(y, to + 3 * rowStep + pixelStep);
      FloatVector y32 = rof3.fma(FloatVector.broadcast(V, 4f), pof3);
      y32.add(b).intoArray(y, to + 3 * rowStep + 2 * pixelStep);
      FloatVector y33 = sof3.fma(FloatVector.broadcast(V, 8f), gof3);
      y33.add(b).intoArray(y, to + 3 * rowStep + 3 * pixelStep);
    }
  }
}
