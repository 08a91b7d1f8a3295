package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * Convolutions that are computed together, some rows of an image at a time, so that what lies
 * between them never leaves the cache. Images are channels last. Immutable; share it between
 * threads.
 */
public interface DepthwiseBlock {
  /** What it computes. */
  DepthwiseBlockShape shape();

  /** The algorithm's name: for logs, test names and benchmark rows. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Each convolution's own plan: it packs the weights, and these plans, run one after the other,
   * give the same bits.
   */
  List<ConvForward> convolutions();

  /**
   * Computes all convolutions, each with its epilogue, one after the other.
   *
   * @param x the first one's, channels last, read
   * @param w packed by {@link #convolutions()}, one each, read
   * @param epilogues one each; only a projection's may have a residual, which may be x or y
   * @param y the last one's, channels last, written; may not share elements with x or a bias
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a count, a shape, the weights or the workspace disagrees
   */
  void run(
      Tensor x,
      List<PackedWeights> w,
      List<Epilogue> epilogues,
      Tensor y,
      Workspace ws,
      Parallel par);
}
