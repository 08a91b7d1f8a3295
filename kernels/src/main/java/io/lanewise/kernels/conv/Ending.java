package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationLoops;
import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;

/** {@link Epilogue}'s residual and activation, for a block of finished sums. */
final class Ending {
  /**
   * Floats of sums that wait for their residual at a time. The residual may be y, so they cannot
   * wait there; 128 KB stay in L2.
   */
  static final int MOST_SUMS = 1 << 15;

  private final ElementwiseKernels elementwise;
  private final ActivationKernels activations;

  Ending(KernelSet kernels) {
    this.elementwise = kernels.elementwise();
    this.activations = kernels.activations();
  }

  /**
   * Computes {@code y = f(sums + residual)}.
   *
   * @param residual [rows][n] from {@code rOff} with rows {@code ldy} apart, read; null for none
   * @param sums [rows][n] from {@code sOff} with rows {@code lds} apart, overwritten; may be y if
   *     the residual is not
   * @param y [rows][n] from {@code yOff} with rows {@code ldy} apart, written
   */
  void run(
      Activation f,
      int rows,
      int n,
      float[] residual,
      int rOff,
      float[] sums,
      int sOff,
      int lds,
      float[] y,
      int yOff,
      int ldy) {
    boolean oneRow = lds == n && ldy == n;
    int length = oneRow ? rows * n : n;
    for (int i = 0; i < (oneRow ? 1 : rows); i++) {
      if (residual != null) {
        elementwise.add(residual, rOff + i * ldy, sums, sOff + i * lds, length);
      }
      ActivationLoops.forward(f, activations, sums, sOff + i * lds, y, yOff + i * ldy, length);
    }
  }
}
