package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Curve;

/** One element after the other. Written by tools/kernel-templates/write_curves.py. */
final class ScalarActivations implements ActivationKernels {
  private final ScalarExponentials exponentials;
  private final ScalarLogarithms logarithms;
  private final ScalarErrorFunctions errorFunctions;
  private final ScalarLines lines;

  ScalarActivations(boolean fma) {
    ScalarMath math = new ScalarMath(fma);
    this.exponentials = new ScalarExponentials(math);
    this.logarithms = new ScalarLogarithms(math);
    this.errorFunctions = new ScalarErrorFunctions(math);
    this.lines = new ScalarLines(math);
  }

  @Override
  public void forward(
      Curve f, float p, float q, float r, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    switch (f) {
      case EXP -> exponentials.exp(src, srcOff, dst, dstOff, n);
      case EXPM1 -> exponentials.expm1(src, srcOff, dst, dstOff, n);
      case SIGMOID -> exponentials.sigmoid(src, srcOff, dst, dstOff, n);
      case SILU -> exponentials.silu(src, srcOff, dst, dstOff, n);
      case ELU -> exponentials.elu(src, srcOff, dst, dstOff, n, p, q, r);
      case TANH -> exponentials.tanh(src, srcOff, dst, dstOff, n);
      case LOG -> logarithms.log(src, srcOff, dst, dstOff, n);
      case LOG1P -> logarithms.log1p(src, srcOff, dst, dstOff, n);
      case SOFTPLUS -> logarithms.softplus(src, srcOff, dst, dstOff, n, p, q, r);
      case MISH -> logarithms.mish(src, srcOff, dst, dstOff, n);
      case ERF -> errorFunctions.erf(src, srcOff, dst, dstOff, n);
      case GELU -> errorFunctions.gelu(src, srcOff, dst, dstOff, n);
      case GELU_TANH -> errorFunctions.geluTanh(src, srcOff, dst, dstOff, n);
      case STEP -> lines.step(src, srcOff, dst, dstOff, n);
      case RELU -> lines.relu(src, srcOff, dst, dstOff, n);
      case LEAKY_RELU -> lines.leakyRelu(src, srcOff, dst, dstOff, n, p);
      case CLAMP -> lines.clamp(src, srcOff, dst, dstOff, n, p, q);
      case THRESHOLD -> lines.threshold(src, srcOff, dst, dstOff, n, p, q);
      case HARD_SIGMOID -> lines.hardSigmoid(src, srcOff, dst, dstOff, n, p, q);
      case HARD_SWISH -> lines.hardSwish(src, srcOff, dst, dstOff, n);
      case SOFTSIGN -> lines.softsign(src, srcOff, dst, dstOff, n);
    }
  }

  @Override
  public void backward(
      Curve f,
      float p,
      float q,
      float r,
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    switch (f) {
      case SIGMOID -> exponentials.sigmoidSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SILU -> exponentials.siluSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case ELU -> exponentials.eluSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p, q, r);
      case TANH -> exponentials.tanhSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SOFTPLUS -> logarithms.softplusSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p, q, r);
      case MISH -> logarithms.mishSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case GELU -> errorFunctions.geluSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case GELU_TANH -> errorFunctions.geluTanhSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case STEP -> lines.stepSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case RELU -> lines.reluSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case LEAKY_RELU -> lines.leakyReluSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p);
      case CLAMP -> lines.clampSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p, q);
      case THRESHOLD -> lines.thresholdSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p);
      case HARD_SIGMOID -> lines.hardSigmoidSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p);
      case HARD_SWISH -> lines.hardSwishSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SOFTSIGN -> lines.softsignSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case EXP, EXPM1, LOG, LOG1P, ERF ->
          throw new UnsupportedOperationException(f + " is computed forward only");
    }
  }
}
