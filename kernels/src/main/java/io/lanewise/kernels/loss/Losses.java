package io.lanewise.kernels.loss;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Plans of losses, written for one element x against its target t unless something else is said.
 *
 * <p>Terms that are reduced are added in an order that only the shape decides. A NaN in x gives a
 * NaN term, and so a NaN sum; an infinite x an infinite term, or NaN where the formula has {@code
 * Infinity - Infinity} or {@code 0 · Infinity}. -0 counts as 0, subnormal numbers as what they are.
 * A shape without elements has no terms: sum and mean are 0. Numbers that plans are given (margins,
 * weights) are rounded to float32.
 *
 * @see <a href="https://pytorch.org/docs/1.13/nn.functional.html#loss-functions">PyTorch 1.13</a>,
 *     whose definitions these are where it has the loss, unless something else is said
 */
public interface Losses {
  /** {@code (x - t)²}. */
  TensorLoss meanSquaredError(Shape shape, Reduction reduction);

  /** {@code |x - t|}; the slope is 0 where they are equal. */
  TensorLoss meanAbsoluteError(Shape shape, Reduction reduction);

  /**
   * {@code d² / 2} where {@code d = |x - t| <= delta}, else {@code delta · (d - delta / 2)} (Huber,
   * Robust Estimation of a Location Parameter, 1964).
   *
   * @param delta greater than 0, finite
   */
  TensorLoss huber(Shape shape, double delta, Reduction reduction);

  /**
   * {@link #huber} over beta: {@code d² / (2 · beta)}, or {@code d - beta / 2} (Girshick, Fast
   * R-CNN, 2015, §2.3).
   *
   * @param beta greater than 0, finite
   */
  TensorLoss smoothL1(Shape shape, double beta, Reduction reduction);

  /**
   * {@code max(0, margin - x · t)}, t being 1 or -1; the slope is 0 where the loss is.
   *
   * @param margin finite
   */
  TensorLoss hinge(Shape shape, double margin, Reduction reduction);

  /**
   * {@code max(0, margin - x · t)²}, t being 1 or -1.
   *
   * @param margin finite
   */
  TensorLoss squaredHinge(Shape shape, double margin, Reduction reduction);

  /**
   * {@code -(t · log x + (1 - t) · log(1 - x))} of probabilities, no logarithm below -100; the
   * slope is {@code (x - t) / max(x · (1 - x), 10^-12)}.
   */
  TensorLoss binaryCrossEntropy(Shape shape, Reduction reduction);

  /**
   * {@link #binaryCrossEntropy} of {@code σ(x)}: {@code (1 - t) · log(1 + e^x) + w · t · log(1 +
   * e^-x)}, which neither overflows nor cancels.
   *
   * @param positiveWeights w: [1] for one, [c] for one a channel of [n][c].., or null for 1
   */
  TensorLoss binaryCrossEntropyWithLogits(Shape shape, Tensor positiveWeights, Reduction reduction);

  /**
   * Kullback-Leibler divergence of probabilities t from those whose logarithms are x: {@code t ·
   * (log t - x)}, 0 where t is 0.
   *
   * @param logTarget whether targets are logarithms: {@code e^t · (t - x)}
   */
  TensorLoss klDivergence(Shape shape, boolean logTarget, Reduction reduction);

  /**
   * {@code alpha_t · (1 - p)^gamma · -log p}, p being the probability {@code σ(x)} or {@code 1 -
   * σ(x)} of the target t, 1 or 0, and alpha_t alpha or 1 - alpha (Lin et al., Focal Loss for Dense
   * Object Detection, 2017, §3); with {@code z = (1 - 2t) · x} that is {@code alpha_t · σ(z)^gamma
   * · log(1 + e^z)}.
   *
   * @param alpha in [0, 1]
   * @param gamma at least 0, finite
   */
  TensorLoss focal(Shape shape, double alpha, double gamma, Reduction reduction);

  /**
   * Cross-entropy of softmax over the classes c of a row or position with label y: {@code Σ over c
   * of w_c · q_c · -log softmax(x)_c}, where {@code q_c = smoothing / classes}, and {@code 1 -
   * smoothing} more for y. The mean is the sum over {@code Σ w_y}, 0 if that is 0 (PyTorch: NaN).
   */
  LabelLoss crossEntropy(Shape shape, LabelOptions options, Reduction reduction);

  /**
   * {@link #crossEntropy} against probabilities t instead of labels: {@code q_c = (1 - smoothing) ·
   * t_c + smoothing / classes}. The mean is that of rows or positions.
   */
  TensorLoss softCrossEntropy(Shape shape, LabelOptions options, Reduction reduction);

  /**
   * {@code -w_y · x_y} of logarithms x. The mean is the sum over {@code Σ w_y}, 0 if that is 0.
   *
   * @param options their smoothing must be 0
   */
  LabelLoss negativeLogLikelihood(Shape shape, LabelOptions options, Reduction reduction);

  /**
   * Multi-class hinge: {@code Σ over c other than y of w_y · max(0, margin - x_y + x_c)^power /
   * classes}. The mean is that of labels that are not passed over.
   *
   * @param margin finite
   * @param power 1 or 2
   * @param options their smoothing must be 0
   */
  LabelLoss multiClassHinge(
      Shape shape, double margin, int power, LabelOptions options, Reduction reduction);

  /**
   * {@link #tversky} with alpha = beta = 1/2 and half the smoothing: {@code 1 - (2·Σ x·t +
   * smoothing) / (Σ x + Σ t + smoothing)} (Milletari et al., V-Net, 2016, §3, without squares).
   */
  TensorLoss dice(Shape shape, double smoothing, Reduction reduction);

  /**
   * {@link #tversky} with alpha = beta = 1: {@code 1 - (Σ x·t + smoothing) / (Σ x + Σ t - Σ x·t +
   * smoothing)} (Rahman, Wang, Optimizing Intersection-Over-Union, 2016, §3.2).
   */
  TensorLoss jaccard(Shape shape, double smoothing, Reduction reduction);

  /**
   * For each channel of each image of [n][c].., sums over its positions: {@code 1 - (Σ x·t +
   * smoothing) / (Σ x·t + alpha · Σ x·(1-t) + beta · Σ (1-x)·t + smoothing)} (Salehi et al.,
   * Tversky loss function for image segmentation, 2017, §2). Terms are [n][c]; one whose divisor is
   * 0 is NaN.
   *
   * @param alpha at least 0, finite
   * @param beta at least 0, finite
   * @param smoothing at least 0, finite
   */
  TensorLoss tversky(Shape shape, double alpha, double beta, double smoothing, Reduction reduction);

  /**
   * Of rows a and b with cosine {@code s = Σ a·b / sqrt((Σ a² + 10^-12) · (Σ b² + 10^-12))}: {@code
   * 1 - s} if they should be alike, else {@code max(0, s - margin)}.
   *
   * @param shape [n][d]
   * @param margin finite
   */
  CosineEmbeddingLoss cosineEmbedding(Shape shape, double margin, Reduction reduction);

  /**
   * Of rows: {@code max(0, |anchor - positive| - |anchor - negative| + margin)} with {@code |a - b|
   * = sqrt(Σ (a - b + 10^-6)²)} (Schroff et al., FaceNet, 2015, §3.1, with distances not squared).
   *
   * @param shape [n][d]
   * @param margin finite
   * @param swap whether the negative's distance is that from anchor or positive, whichever is less
   *     (Balntas et al., Learning shallow convolutional feature descriptors, 2016)
   */
  TripletLoss tripletMargin(Shape shape, double margin, boolean swap, Reduction reduction);
}
