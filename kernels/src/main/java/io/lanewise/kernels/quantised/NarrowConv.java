package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/**
 * A decided convolution of floats by weights kept in 16 bits, to the bit what {@link
 * io.lanewise.kernels.conv.ConvForward} gives for the rounded weights. They take half the memory
 * and are widened, exactly, for each run, into a part of the workspace that all layers may share: a
 * pass over the weights, which gains memory, not time. What an algorithm transforms as it packs
 * (Winograd's small weights) is no number of 16 bits any more and stays in float32; {@link
 * #isNarrow} tells. Immutable; share it between threads.
 */
public interface NarrowConv {
  /** What it computes. */
  ConvShape shape();

  /** The order of x and y. */
  Layout layout();

  /** In what weights are kept. */
  WeightFormat format();

  /** The name of the algorithm of floats that computes it. */
  String algorithm();

  /** Scratch memory of one run. */
  WorkspaceSpec workspace();

  /**
   * Packs weights, rounded to the nearest, halves to even.
   *
   * @param w [oc][ic/groups][kh][kw], of other ranks likewise, read
   * @throws IllegalArgumentException if the shape disagrees
   */
  QuantisedWeights pack(Tensor w);

  /**
   * True if packed weights lie in 16 bits, false if in 32.
   *
   * @param w from {@link #pack}
   * @throws IllegalArgumentException if another plan packed them
   */
  boolean isNarrow(QuantisedWeights w);

  /**
   * Computes what {@link io.lanewise.kernels.conv.ConvForward#run} computes.
   *
   * @param x [n][ic][ih][iw], read
   * @param w from {@link #pack}, read
   * @param epilogue as there, read
   * @param y [n][oc][oh][ow], written; may not share elements with x, bias or, but for itself, the
   *     residual
   * @param ws at least {@link #workspace()}
   * @throws IllegalArgumentException if a shape, the weights or the workspace disagrees
   */
  void run(Tensor x, QuantisedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par);

  /**
   * Checks that a format has 16 bits: for implementations.
   *
   * @throws IllegalArgumentException if it has not
   */
  static void requireHalf(WeightFormat format) {
    Objects.requireNonNull(format, "format");
    if (format == WeightFormat.INT8) {
      throw new IllegalArgumentException(
          "a convolution keeps weights as FLOAT16 or BFLOAT16, got INT8");
    }
  }
}
