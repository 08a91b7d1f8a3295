package io.lanewise.kernels.norm;

import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A convolution, or a transposed one, that does what another one and the batch norm after it do in
 * inference: {@code w' = w · gamma / sqrt(variance + epsilon)} and {@code bias' = (bias - mean) ·
 * gamma / sqrt(variance + epsilon) + beta}, each rounded once from float64.
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
    return fold(w, oc, 1, 1, bias, gamma, beta, mean, variance, epsilon);
  }

  /**
   * Folds into a transposed convolution, whose weights have the output channels second and, of
   * several groups, those of each group beside its own input channels.
   *
   * @param shape of the transposed convolution
   * @param w [ic][oc/groups][...], read
   * @param bias [oc], read; null for none
   * @param gamma [oc], read; null for ones
   * @param beta [oc], read; null for zeros
   * @param mean [oc], read
   * @param variance [oc], read
   * @param epsilon added to the variance
   * @return new tensors
   * @throws IllegalArgumentException if w has not the shape's, if a vector's length is not oc, or
   *     if epsilon is negative, NaN or infinite
   */
  public static BatchNormFolding foldTransposed(
      TransposedConvShape shape,
      Tensor w,
      Tensor bias,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      double epsilon) {
    Tensor.requireShape(w, shape.w(), Layout.CHANNELS_FIRST, "w");
    return fold(
        w, shape.oc(), shape.icg(), shape.ocg(), bias, gamma, beta, mean, variance, epsilon);
  }

  /** w is [groups][inputs][outputs][...]; inputs that lie inside count as one. */
  private static BatchNormFolding fold(
      Tensor w,
      int oc,
      int inputs,
      int outputs,
      Tensor bias,
      Tensor gamma,
      Tensor beta,
      Tensor mean,
      Tensor variance,
      double epsilon) {
    Normalisations.requireEpsilon(epsilon, 0);
    NormArguments.requireVectorOrNull(bias, "bias", oc);
    NormArguments.requireVectorOrNull(gamma, "gamma", oc);
    NormArguments.requireVectorOrNull(beta, "beta", oc);
    requireVector(mean, oc, "mean");
    requireVector(variance, oc, "variance");
    Tensor folded = w.copy();
    Tensor shift = Tensor.zeros(oc);
    double[] scales = new double[oc];
    for (int o = 0; o < oc; o++) {
      double weight = gamma == null ? 1 : gamma.get(o);
      double scale = weight / Math.sqrt(variance.get(o) + epsilon);
      scales[o] = scale;
      double from = bias == null ? 0 : bias.get(o);
      double to = beta == null ? 0 : beta.get(o);
      shift.set((float) ((from - mean.get(o)) * scale + to), o);
    }
    int each = oc == 0 ? 0 : w.size() / (oc * inputs);
    for (int i = 0; i < folded.size(); i++) {
      int block = i / each;
      int group = block / (inputs * outputs);
      double scale = scales[group * outputs + block % outputs];
      folded.array()[i] = (float) (folded.array()[i] * scale);
    }
    return new BatchNormFolding(folded, shift);
  }
}
