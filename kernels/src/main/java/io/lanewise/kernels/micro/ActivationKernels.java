package io.lanewise.kernels.micro;

/**
 * Activations over contiguous elements, forward (src to dst) and backward (dy to dx). Every
 * implementation gives the same bits. What is written may be the same window as what is read, but
 * may not overlap it otherwise. Each method documents one element; "within 2 ulp" means of the
 * float nearest to the true value. A gradient's factors are rounded once a step.
 */
public interface ActivationKernels {
  /** {@code dst = max(min, min(src, max))}; NaN stays NaN. */
  void clamp(float[] src, int srcOff, float[] dst, int dstOff, int n, float min, float max);

  /** {@code dx = min < y < max ? slope · dy : 0}, for a function that is a line between limits. */
  void pieceBackward(
      float[] y,
      int yOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n,
      float min,
      float max,
      float slope);

  /** {@code dst = max(src, 0)}; NaN stays NaN. */
  void relu(float[] src, int srcOff, float[] dst, int dstOff, int n);

  /** {@code dx = y > 0 ? dy : 0}, y being ReLU's output. */
  void reluBackward(float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);

  /** {@code dst = src > 0 ? src : slope · src}. */
  void leakyRelu(float[] src, int srcOff, float[] dst, int dstOff, int n, float slope);

  /**
   * {@code dx = x > 0 ? dy : slope · dy}; x may be the output instead if the slope is not negative.
   */
  void leakyReluBackward(
      float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n, float slope);

  /** {@code dst = max(0, min(1, alpha · src + beta))}, the line by one fused step. */
  void hardSigmoid(
      float[] src, int srcOff, float[] dst, int dstOff, int n, float alpha, float beta);

  /** {@code z · min(1, (z + 3) · (1/6))} with {@code z = max(src, -3)}; within 3.5 ulp. */
  void hardSwish(float[] src, int srcOff, float[] dst, int dstOff, int n);

  /** {@code dx = dy · (x <= -3 ? 0 : x >= 3 ? 1 : (x + 1.5) · (1/3))}; NaN at a NaN x. */
  void hardSwishBackward(float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);

  /** {@code dst = 1 / (1 + e^-src)} by {@link ExpConstants}; within 3 ulp, 0 below -87. */
  void sigmoid(float[] src, int srcOff, float[] dst, int dstOff, int n);

  /** {@code dx = dy · (y - y²)}, y being sigmoid's output. */
  void sigmoidBackward(float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);

  /** {@code dst = src / (1 + e^-src)} by {@link ExpConstants}; within 3 ulp, 0 below -87. */
  void silu(float[] src, int srcOff, float[] dst, int dstOff, int n);

  /** {@code dx = dy · s · (1 + x · (1 - s))} with s = sigmoid(x); 0 below -87. */
  void siluBackward(float[] x, int xOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);

  /** {@code dst = tanh(src)} by {@link TanhConstants}; within 2 ulp. */
  void tanh(float[] src, int srcOff, float[] dst, int dstOff, int n);

  /** {@code dx = dy · (1 - y²)}, y being tanh's output. */
  void tanhBackward(float[] y, int yOff, float[] dy, int dyOff, float[] dx, int dxOff, int n);
}
