package io.lanewise.kernels.norm;

import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/**
 * Averages over the batches of a training, for inference: {@code mean = (1 - momentum) · mean +
 * momentum · mean of the batch}, likewise the variance. Of a batch of m elements a channel the
 * variance counts {@code m / (m - 1)} times (the unbiased estimate, as in PyTorch and Keras; ONNX's
 * momentum is one minus this one, and its variance is not corrected); of m = 1 it counts as 0.
 *
 * @param mean [c], read and written by each training step
 * @param variance [c], read and written by each training step
 * @param momentum weight of the newest batch, in [0, 1]; PyTorch's default is 0.1
 */
public record RunningStatistics(Tensor mean, Tensor variance, double momentum) {
  /** Checks the momentum. */
  public RunningStatistics {
    Objects.requireNonNull(mean, "mean");
    Objects.requireNonNull(variance, "variance");
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1], got " + momentum);
    }
  }

  /** For {@code channels} channels: mean 0 and variance 1 as yet, momentum 0.1. */
  public static RunningStatistics start(int channels) {
    return new RunningStatistics(Tensor.zeros(channels), Tensor.zeros(channels).fill(1), 0.1);
  }
}
