package io.lanewise.kernels.norm;

import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.tensor.Tensor;

/**
 * A convolution that does what another one and the batch norm after it do in inference: {@code w' =
 * w · gamma / sqrt(variance + epsilon)} and {@code bias' = (bias - mean) · gamma / sqrt(variance +
 * epsilon) + beta}, each rounded once from float64.
 *
 * @param w as the weights that were folded
 * @param bias [oc]
 */
public record BatchNormFolding(Tensor w, Tensor bias) {
  /**
   * Folds.
   *
   * @param w [oc][...] of a convolution, or of a linear layer; read
   * @param bias [oc], read; null for none
   * @param gamma [oc], read; null for ones
   * @param beta [oc], read; null for zeros
   * @param mean [oc], read
   * @param variance [oc], read
   * @param epsilon added to the variance
   * @return new tensors
   * @throws IllegalArgumentException if a vector's length is not oc, or if epsilon is negative, NaN
   *     or infinite
   */
  public static BatchNormFolding fold(
      Tensor w,
      Tensor bias,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      double epsilon) {
    int oc = w.shape().dim(0);
    Normalisations.requireEpsilon(epsilon, 0);
    NormArguments.requireVectorOrNull(bias, "bias", oc);
    NormArguments.requireVectorOrNull(gamma, "gamma", oc);
    NormArguments.requireVectorOrNull(beta, "beta", oc);
    requireVector(mean, oc, "mean");
    requireVector(variance, oc, "variance");
    Tensor folded = w.copy();
    Tensor shift = Tensor.zeros(oc);
    int each = oc == 0 ? 0 : w.size() / oc;
    for (int o = 0; o < oc; o++) {
      double weight = gamma == null ? 1 : gamma.get(o);
      double scale = weight / Math.sqrt(variance.get(o) + epsilon);
      for (int i = o * each; i < (o + 1) * each; i++) {
        folded.array()[i] = (float) (folded.array()[i] * scale);
      }
      double from = bias == null ? 0 : bias.get(o);
      double to = beta == null ? 0 : beta.get(o);
      shift.set((float) ((from - mean.get(o)) * scale + to), o);
    }
    return new BatchNormFolding(folded, shift);
  }
}
