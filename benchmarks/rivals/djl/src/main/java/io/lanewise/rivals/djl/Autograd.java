package io.lanewise.rivals.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.lanewise.benchmarks.contender.Prepared;
import java.util.function.Supplier;

/**
 * A gradient, as DJL's training gets it: the old one is set to zero, the new one is added. The
 * forward pass runs once, beforehand; its graph is kept.
 */
final class Autograd implements Prepared {
  private final Operands arrays;
  private final PtNDArray of;
  private final PtNDArray y;
  private final PtNDArray dy;

  /**
   * Runs the forward pass.
   *
   * @param of the operand whose gradient is asked for; no other one's is computed
   */
  Autograd(Operands arrays, NDArray of, Supplier<NDArray> forward, NDArray dy) {
    this.arrays = arrays;
    this.of = (PtNDArray) of;
    this.dy = (PtNDArray) dy;
    of.setRequiresGradient(true);
    JniUtils.setGradMode(true);
    y = (PtNDArray) forward.get();
    // The first one makes the gradient's array.
    JniUtils.backward(y, this.dy, true, false);
  }

  @Override
  public void run() {
    JniUtils.zeroGrad(of);
    JniUtils.backward(y, dy, true, false);
  }

  @Override
  public float[] output() {
    try (NDArray gradient = of.getGradient()) {
      return gradient.toFloatArray();
    }
  }

  @Override
  public void close() {
    JniUtils.setGradMode(false);
    arrays.close();
  }
}
