package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ExactWinograd;
import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ExactWinograd} where on the way back each product is cut into a multiple of 1,024 and a
 * rest of at most 512, so that the sums of nine of either are exact, and so is the sum of both.
 */
final class VectorExactWinograd extends ExactWinograd {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  /** Floats around it are 1,024 apart. */
  private static final float THOUSANDS = 0x1.8p33f;

  private final WinogradKernels rest;

  /**
   * Makes the kernels.
   *
   * @param rounding whose patches and weights these are
   * @param rest for channels that do not fill a vector
   */
  VectorExactWinograd(WinogradKernels rounding, WinogradKernels rest) {
    super(rounding);
    this.rest = rest;
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
    outputs(whole, products, pOff, pStep, y, yOff, rowStep, pixelStep);
    if (whole < channels) {
      rest.output(
          channels - whole,
          products,
          pOff + whole,
          pStep,
          bias,
          biasOff,
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
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep) {
    for (int c = 0; c < channels; c += L) {
      FloatVector big = FloatVector.broadcast(V, THOUSANDS);
      int from = pOff + c;
      int to = yOff + c;
      FloatVector d00 = FloatVector.fromArray(V, products, from);
      FloatVector h00 = d00.add(big).sub(big);
      FloatVector l00 = d00.sub(h00);
      FloatVector d10 = FloatVector.fromArray(V, products, from + 4 * pStep);
      FloatVector h10 = d10.add(big).sub(big);
      FloatVector l10 = d10.sub(h10);
      FloatVector d20 = FloatVector.fromArray(V, products, from + 8 * pStep);
      FloatVector h20 = d20.add(big).sub(big);
      FloatVector l20 = d20.sub(h20);
      FloatVector d30 = FloatVector.fromArray(V, products, from + 12 * pStep);
      FloatVector h30 = d30.add(big).sub(big);
      FloatVector l30 = d30.sub(h30);
      FloatVector hp0 = h00.add(h10).add(h20);
      FloatVector hq0 = h10.sub(h20).sub(h30);
      FloatVector lp0 = l00.add(l10).add(l20);
      FloatVector lq0 = l10.sub(l20).sub(l30);
      FloatVector d01 = FloatVector.fromArray(V, products, from + pStep);
      FloatVector h01 = d01.add(big).sub(big);
      FloatVector l01 = d01.sub(h01);
      FloatVector d11 = FloatVector.fromArray(V, products, from + 5 * pStep);
      FloatVector h11 = d11.add(big).sub(big);
      FloatVector l11 = d11.sub(h11);
      FloatVector d21 = FloatVector.fromArray(V, products, from + 9 * pStep);
      FloatVector h21 = d21.add(big).sub(big);
      FloatVector l21 = d21.sub(h21);
      FloatVector d31 = FloatVector.fromArray(V, products, from + 13 * pStep);
      FloatVector h31 = d31.add(big).sub(big);
      FloatVector l31 = d31.sub(h31);
      FloatVector hp1 = h01.add(h11).add(h21);
      FloatVector hq1 = h11.sub(h21).sub(h31);
      FloatVector lp1 = l01.add(l11).add(l21);
      FloatVector lq1 = l11.sub(l21).sub(l31);
      FloatVector d02 = FloatVector.fromArray(V, products, from + 2 * pStep);
      FloatVector h02 = d02.add(big).sub(big);
      FloatVector l02 = d02.sub(h02);
      FloatVector d12 = FloatVector.fromArray(V, products, from + 6 * pStep);
      FloatVector h12 = d12.add(big).sub(big);
      FloatVector l12 = d12.sub(h12);
      FloatVector d22 = FloatVector.fromArray(V, products, from + 10 * pStep);
      FloatVector h22 = d22.add(big).sub(big);
      FloatVector l22 = d22.sub(h22);
      FloatVector d32 = FloatVector.fromArray(V, products, from + 14 * pStep);
      FloatVector h32 = d32.add(big).sub(big);
      FloatVector l32 = d32.sub(h32);
      FloatVector hp2 = h02.add(h12).add(h22);
      FloatVector hq2 = h12.sub(h22).sub(h32);
      FloatVector lp2 = l02.add(l12).add(l22);
      FloatVector lq2 = l12.sub(l22).sub(l32);
      FloatVector d03 = FloatVector.fromArray(V, products, from + 3 * pStep);
      FloatVector h03 = d03.add(big).sub(big);
      FloatVector l03 = d03.sub(h03);
      FloatVector d13 = FloatVector.fromArray(V, products, from + 7 * pStep);
      FloatVector h13 = d13.add(big).sub(big);
      FloatVector l13 = d13.sub(h13);
      FloatVector d23 = FloatVector.fromArray(V, products, from + 11 * pStep);
      FloatVector h23 = d23.add(big).sub(big);
      FloatVector l23 = d23.sub(h23);
      FloatVector d33 = FloatVector.fromArray(V, products, from + 15 * pStep);
      FloatVector h33 = d33.add(big).sub(big);
      FloatVector l33 = d33.sub(h33);
      FloatVector hp3 = h03.add(h13).add(h23);
      FloatVector hq3 = h13.sub(h23).sub(h33);
      FloatVector lp3 = l03.add(l13).add(l23);
      FloatVector lq3 = l13.sub(l23).sub(l33);
      FloatVector hy00 = hp0.add(hp1).add(hp2);
      FloatVector hy01 = hp1.sub(hp2).sub(hp3);
      FloatVector ly00 = lp0.add(lp1).add(lp2);
      FloatVector ly01 = lp1.sub(lp2).sub(lp3);
      hy00.add(ly00).intoArray(y, to);
      hy01.add(ly01).intoArray(y, to + pixelStep);
      FloatVector hy10 = hq0.add(hq1).add(hq2);
      FloatVector hy11 = hq1.sub(hq2).sub(hq3);
      FloatVector ly10 = lq0.add(lq1).add(lq2);
      FloatVector ly11 = lq1.sub(lq2).sub(lq3);
      hy10.add(ly10).intoArray(y, to + rowStep);
      hy11.add(ly11).intoArray(y, to + rowStep + pixelStep);
    }
  }
}
