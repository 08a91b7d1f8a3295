package io.lanewise.kernels.micro;

/**
 * The transforms of Winograd's minimal filtering F(m x m, 3 x 3), with the interpolation points 0,
 * 1, -1 and, for m = 4, 2 and -2 (Lavin and Gray, Fast Algorithms for Convolutional Neural
 * Networks, 2016, §4.1 and §4.3): a tile of m x m outputs needs a patch of (m + 2) x (m + 2) inputs
 * and as many products. Lanes lie on channels.
 */
public interface WinogradKernels {
  /** Outputs of a tile along one side: 2 or 4. */
  int m();

  /** Inputs of a patch along one side: m + 2. */
  default int patch() {
    return m() + 2;
  }

  /** Scratch floats of one call. */
  int scratchFloats();

  /**
   * {@code V = Bᵀ · d · B} of one patch d, for each channel.
   *
   * @param x [patch][patch][channels] from {@code xOff} with rows {@code rowStep} and pixels {@code
   *     pixelStep} apart, read
   * @param v [patch · patch][channels] from {@code vOff} with products {@code vStep} apart, written
   * @param scratch {@link #scratchFloats()} from {@code scratchOff}, overwritten
   */
  void input(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep,
      float[] scratch,
      int scratchOff);

  /**
   * {@code U = G · g · Gᵀ} of 3x3 kernels g, for each lane.
   *
   * @param lanes kernels
   * @param g [3][3][lanes] from {@code gOff} with taps {@code gStep} apart, read
   * @param u [patch · patch][lanes] from {@code uOff} with products {@code uStep} apart, written
   * @param scratch {@link #scratchFloats()} from {@code scratchOff}, overwritten
   */
  void weights(
      int lanes,
      float[] g,
      int gOff,
      int gStep,
      float[] u,
      int uOff,
      int uStep,
      float[] scratch,
      int scratchOff);

  /**
   * {@code y = Aᵀ · M · A + bias} of one tile, for each channel.
   *
   * @param products [patch · patch][channels] from {@code pOff} with products {@code pStep} apart,
   *     read
   * @param bias [channels] from {@code biasOff}, read
   * @param y [m][m][channels] from {@code yOff} with rows {@code rowStep} and pixels {@code
   *     pixelStep} apart, written
   * @param scratch {@link #scratchFloats()} from {@code scratchOff}, overwritten
   */
  void output(
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
      int scratchOff);
}
