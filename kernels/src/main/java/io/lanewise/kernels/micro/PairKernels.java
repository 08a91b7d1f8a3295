package io.lanewise.kernels.micro;

/**
 * {@link PairStep}s over contiguous elements. Every implementation gives the same bits. What is
 * written may be a window that is read, but may not overlap one otherwise. Where a step has no b, p
 * or q, these are not read.
 */
@FunctionalInterface
public interface PairKernels {
  /** {@code dst = step(a, b)}. */
  void run(
      PairStep step,
      float p,
      float q,
      float[] a,
      int aOff,
      float[] b,
      int bOff,
      float[] dst,
      int dstOff,
      int n);
}
