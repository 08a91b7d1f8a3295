package io.lanewise.kernels.activation;

import io.lanewise.kernels.micro.ActivationKernels;

/** Which kernel computes which activation. */
public final class ActivationLoops {
  private ActivationLoops() {}

  /**
   * Computes {@code dst = f(src)} for {@code n} contiguous elements.
   *
   * @param src n from {@code srcOff}, read
   * @param dst n from {@code dstOff}, written; may be src at the same offset
   */
  public static void forward(
      Activation f,
      ActivationKernels kernels,
      float[] src,
      int srcOff,
      float[] dst,
      int dstOff,
      int n) {
    switch (f.kind()) {
      case IDENTITY -> copy(src, srcOff, dst, dstOff, n);
      case RELU -> kernels.relu(src, srcOff, dst, dstOff, n);
      case CLAMP -> kernels.clamp(src, srcOff, dst, dstOff, n, f.first(), f.second());
      case LEAKY_RELU -> kernels.leakyRelu(src, srcOff, dst, dstOff, n, f.first());
      case HARD_SIGMOID -> kernels.hardSigmoid(src, srcOff, dst, dstOff, n, f.first(), f.second());
      case HARD_SWISH -> kernels.hardSwish(src, srcOff, dst, dstOff, n);
      case SIGMOID -> kernels.sigmoid(src, srcOff, dst, dstOff, n);
      case SILU -> kernels.silu(src, srcOff, dst, dstOff, n);
      case TANH -> kernels.tanh(src, srcOff, dst, dstOff, n);
    }
  }

  /**
   * Computes {@code dx = dy · f'} for {@code n} contiguous elements.
   *
   * @param s what {@link ActivationOp#backward} saved, n from {@code sOff}, read
   * @param dy n from {@code dyOff}, read
   * @param dx n from {@code dxOff}, written; may be s or dy at the same offset
   */
  static void backward(
      Activation f,
      ActivationKernels kernels,
      float[] s,
      int sOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    float a = f.first();
    switch (f.kind()) {
      case IDENTITY -> copy(dy, dyOff, dx, dxOff, n);
      case RELU -> kernels.reluBackward(s, sOff, dy, dyOff, dx, dxOff, n);
      case CLAMP -> kernels.pieceBackward(s, sOff, dy, dyOff, dx, dxOff, n, a, f.second(), 1f);
      case LEAKY_RELU -> kernels.leakyReluBackward(s, sOff, dy, dyOff, dx, dxOff, n, a);
      case HARD_SIGMOID -> kernels.pieceBackward(s, sOff, dy, dyOff, dx, dxOff, n, 0f, 1f, a);
      case HARD_SWISH -> kernels.hardSwishBackward(s, sOff, dy, dyOff, dx, dxOff, n);
      case SIGMOID -> kernels.sigmoidBackward(s, sOff, dy, dyOff, dx, dxOff, n);
      case SILU -> kernels.siluBackward(s, sOff, dy, dyOff, dx, dxOff, n);
      case TANH -> kernels.tanhBackward(s, sOff, dy, dyOff, dx, dxOff, n);
    }
  }

  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private static void copy(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    if (src != dst || srcOff != dstOff) {
      System.arraycopy(src, srcOff, dst, dstOff, n);
    }
  }
}
