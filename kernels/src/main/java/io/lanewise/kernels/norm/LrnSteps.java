package io.lanewise.kernels.norm;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Curve;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.LrnKernels;

/** What both windows of {@link LocalResponseNorm} do with a finished sum of squares. */
final class LrnSteps {
  final LrnKernels kernels;
  final float slope; // what the window's sum is multiplied by in dx
  private final float k;
  private final float alpha;
  private final float beta;
  private final int quarters; // of beta; 0 if it goes by the logarithm
  private final ActivationKernels curves;
  private final ElementwiseKernels elementwise;

  LrnSteps(Lrn lrn, KernelSet set) {
    this.kernels = set.lrn();
    this.curves = set.activations();
    this.elementwise = set.elementwise();
    this.k = (float) lrn.k();
    this.alpha = (float) lrn.alpha();
    this.beta = (float) lrn.beta();
    this.slope = (float) (-2 * lrn.alpha() * lrn.beta());
    double q = 4 * lrn.beta();
    this.quarters = q == 2 || q == 3 || q == 4 ? (int) q : 0;
  }

  /** Whether one step does all of the forward pass. */
  boolean isRapid() {
    return quarters == 3 && k >= LrnKernels.LEAST_RAPID;
  }

  /** All of the forward pass of whole windows; x is what lies at {@code xOff} in src. */
  void rapidForward(
      float[] src, int srcOff, int taps, int step, int xOff, int n, float[] y, int yOff) {
    kernels.rapidForward(src, srcOff, taps, step, xOff, n, k, alpha, y, yOff);
  }

  /** {@code s = k + alpha · Σ src²}. */
  void squares(float[] src, int srcOff, int taps, int step, int n, float[] s, int sOff) {
    kernels.squares(src, srcOff, taps, step, n, false, k, alpha, s, sOff);
  }

  /** {@code s = k + alpha · Σ src}, of squares that are summed along other axes. */
  void ofSums(float[] src, int srcOff, int taps, int step, int n, float[] s, int sOff) {
    kernels.sums(src, srcOff, taps, step, n, false, k, alpha, s, sOff);
  }

  /** {@code p = s^-beta}. */
  void power(float[] s, int sOff, float[] p, int pOff, int n) {
    if (isRapid()) {
      kernels.rapid(s, sOff, p, pOff, n);
    } else if (quarters > 0) {
      kernels.power(quarters, s, sOff, p, pOff, n);
    } else {
      curves.forward(Curve.LOG, 0, 0, 0, s, sOff, p, pOff, n);
      elementwise.scale(p, pOff, n, -beta);
      curves.forward(Curve.EXP, 0, 0, 0, p, pOff, p, pOff, n);
    }
  }
}
