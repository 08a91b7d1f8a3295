package io.lanewise.kernels.micro;

/**
 * F(2 x 2, 3 x 3) of integers: patches and weights are those of the rounding kernels, where sums of
 * four and halves of halves are exact; what is left to say is the way back.
 */
public abstract class ExactWinograd implements WinogradKernels {
  private final WinogradKernels rounding;

  /** With the patches and weights of these. */
  protected ExactWinograd(WinogradKernels rounding) {
    this.rounding = rounding;
  }

  @Override
  public int m() {
    return rounding.m();
  }

  @Override
  public int scratchFloats() {
    return rounding.scratchFloats();
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
    rounding.input(channels, x, xOff, rowStep, pixelStep, v, vOff, vStep, scratch, scratchOff);
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
    rounding.weights(lanes, g, gOff, gStep, u, uOff, uStep, scratch, scratchOff);
  }
}
