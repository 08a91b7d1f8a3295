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
    if (f.curve() == null) {
      copy(src, srcOff, dst, dstOff, n);
    } else {
      kernels.forward(f.curve(), f.p(), f.q(), f.r(), src, srcOff, dst, dstOff, n);
    }
  }

  /**
   * Computes {@code dx = dy · f'} for {@code n} contiguous elements.
   *
   * @param s what {@link ActivationOp#backward} saved, n from {@code sOff}, read
   * @param dy n from {@code dyOff}, read
   * @param dx n from {@code dxOff}, written; may be s or dy at the same offset
   */
  public static void backward(
      Activation f,
      ActivationKernels kernels,
      float[] s,
      int sOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    if (f.curve() == null) {
      copy(dy, dyOff, dx, dxOff, n);
    } else {
      kernels.backward(f.curve(), f.p(), f.q(), f.r(), s, sOff, dy, dyOff, dx, dxOff, n);
    }
  }

  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private static void copy(float[] src, int srcOff, float[] dst, int dstOff, int n) {
    if (src != dst || srcOff != dstOff) {
      System.arraycopy(src, srcOff, dst, dstOff, n);
    }
  }
}
