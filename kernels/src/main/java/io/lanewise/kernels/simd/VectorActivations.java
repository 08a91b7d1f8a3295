package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.ActivationKernels;
import io.lanewise.kernels.micro.Curve;
import jdk.incubator.vector.VectorSpecies;

/**
 * Whole vectors up to the loop bound, then the scalar kernel, which gives the same bits. Written by
 * tools/kernel-templates/write_curves.py.
 */
final class VectorActivations implements ActivationKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;

  private final ActivationKernels tails;

  VectorActivations(ActivationKernels tails) {
    this.tails = tails;
  }

  @Override
  public void forward(
      Curve f, float p, float q, float r, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    int whole = V.loopBound(n);
    switch (f) {
      case EXP -> VectorExponentials.exp(src, srcOff, dst, dstOff, whole);
      case EXPM1 -> VectorExponentials.expm1(src, srcOff, dst, dstOff, whole);
      case SIGMOID -> VectorExponentials.sigmoid(src, srcOff, dst, dstOff, whole);
      case SILU -> VectorExponentials.silu(src, srcOff, dst, dstOff, whole);
      case ELU -> VectorExponentials.elu(src, srcOff, dst, dstOff, whole, p, q, r);
      case TANH -> VectorExponentials.tanh(src, srcOff, dst, dstOff, whole);
      case LOG -> VectorLogarithms.log(src, srcOff, dst, dstOff, whole);
      case LOG1P -> VectorLogarithms.log1p(src, srcOff, dst, dstOff, whole);
      case SOFTPLUS -> VectorLogarithms.softplus(src, srcOff, dst, dstOff, whole, p, q, r);
      case MISH -> VectorLogarithms.mish(src, srcOff, dst, dstOff, whole);
      case ERF -> VectorErrorFunctions.erf(src, srcOff, dst, dstOff, whole);
      case GELU -> VectorErrorFunctions.gelu(src, srcOff, dst, dstOff, whole);
      case GELU_TANH -> VectorErrorFunctions.geluTanh(src, srcOff, dst, dstOff, whole);
      case STEP -> VectorLines.step(src, srcOff, dst, dstOff, whole);
      case RELU -> VectorLines.relu(src, srcOff, dst, dstOff, whole);
      case LEAKY_RELU -> VectorLines.leakyRelu(src, srcOff, dst, dstOff, whole, p);
      case CLAMP -> VectorLines.clamp(src, srcOff, dst, dstOff, whole, p, q);
      case THRESHOLD -> VectorLines.threshold(src, srcOff, dst, dstOff, whole, p, q);
      case HARD_SIGMOID -> VectorLines.hardSigmoid(src, srcOff, dst, dstOff, whole, p, q);
      case HARD_SWISH -> VectorLines.hardSwish(src, srcOff, dst, dstOff, whole);
      case SOFTSIGN -> VectorLines.softsign(src, srcOff, dst, dstOff, whole);
    }
    tails.forward(f, p, q, r, src, srcOff + whole, dst, dstOff + whole, n - whole);
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
    int whole = V.loopBound(n);
    switch (f) {
      case SIGMOID -> VectorExponentials.sigmoidSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SILU -> VectorExponentials.siluSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case ELU -> VectorExponentials.eluSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p, q, r);
      case TANH -> VectorExponentials.tanhSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SOFTPLUS ->
          VectorLogarithms.softplusSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p, q, r);
      case MISH -> VectorLogarithms.mishSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case GELU -> VectorErrorFunctions.geluSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case GELU_TANH ->
          VectorErrorFunctions.geluTanhSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case STEP -> VectorLines.stepSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case RELU -> VectorLines.reluSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case LEAKY_RELU -> VectorLines.leakyReluSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p);
      case CLAMP -> VectorLines.clampSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p, q);
      case THRESHOLD -> VectorLines.thresholdSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p);
      case HARD_SIGMOID ->
          VectorLines.hardSigmoidSlope(src, srcOff, dy, dyOff, dx, dxOff, whole, p);
      case HARD_SWISH -> VectorLines.hardSwishSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case SOFTSIGN -> VectorLines.softsignSlope(src, srcOff, dy, dyOff, dx, dxOff, whole);
      case EXP, EXPM1, LOG, LOG1P, ERF ->
          throw new UnsupportedOperationException(f + " is computed forward only");
    }
    tails.backward(
        f, p, q, r, src, srcOff + whole, dy, dyOff + whole, dx, dxOff + whole, n - whole);
  }
}
