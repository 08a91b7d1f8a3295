package io.lanewise.kernels.reference;

import io.lanewise.kernels.loss.CosineEmbeddingLoss;
import io.lanewise.kernels.loss.LabelLoss;
import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.LossArguments;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.loss.TripletLoss;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Every loss by its formula, in float64. */
final class ReferenceLosses implements Losses {
  private static final double LEAST_LOGARITHM = -100;
  private static final double LEAST_DIVISOR = 1e-12;

  @Override
  public TensorLoss meanSquaredError(Shape shape, Reduction reduction) {
    return new ReferencePointLoss(
        shape, reduction, (x, t, i) -> (x - t) * (x - t), (x, t, i) -> 2 * (x - t));
  }

  @Override
  public TensorLoss meanAbsoluteError(Shape shape, Reduction reduction) {
    return new ReferencePointLoss(
        shape, reduction, (x, t, i) -> Math.abs(x - t), (x, t, i) -> Math.signum(x - t));
  }

  @Override
  public TensorLoss huber(Shape shape, double delta, Reduction reduction) {
    return huber(shape, LossArguments.positive("delta", delta), 1, reduction);
  }

  @Override
  public TensorLoss smoothL1(Shape shape, double beta, Reduction reduction) {
    double b = LossArguments.positive("beta", beta);
    return huber(shape, b, 1 / b, reduction);
  }

  private static TensorLoss huber(Shape shape, double delta, double factor, Reduction reduction) {
    return new ReferencePointLoss(
        shape,
        reduction,
        (x, t, i) -> {
          double d = Math.abs(x - t);
          return factor * (d <= delta ? d * d / 2 : delta * (d - delta / 2));
        },
        (x, t, i) -> factor * Math.min(delta, Math.max(-delta, x - t)));
  }

  @Override
  public TensorLoss hinge(Shape shape, double margin, Reduction reduction) {
    double m = LossArguments.finite("margin", margin);
    return new ReferencePointLoss(
        shape, reduction, (x, t, i) -> Math.max(0, m - x * t), (x, t, i) -> below(m - x * t) * -t);
  }

  @Override
  public TensorLoss squaredHinge(Shape shape, double margin, Reduction reduction) {
    double m = LossArguments.finite("margin", margin);
    return new ReferencePointLoss(
        shape,
        reduction,
        (x, t, i) -> Math.max(0, m - x * t) * Math.max(0, m - x * t),
        (x, t, i) -> -2 * t * Math.max(0, m - x * t));
  }

  /** 1 if the margin is kept by less than that, 0 if not, NaN of NaN. */
  private static double below(double lack) {
    return lack > 0 ? 1 : lack <= 0 ? 0 : lack;
  }

  @Override
  public TensorLoss binaryCrossEntropy(Shape shape, Reduction reduction) {
    return new ReferencePointLoss(
        shape,
        reduction,
        (x, t, i) ->
            -t * Math.max(LEAST_LOGARITHM, StrictMath.log(x))
                - (1 - t) * Math.max(LEAST_LOGARITHM, StrictMath.log1p(-x)),
        (x, t, i) -> (x - t) / Math.max(LEAST_DIVISOR, x * (1 - x)));
  }

  @Override
  public TensorLoss binaryCrossEntropyWithLogits(
      Shape shape, Tensor positiveWeights, Reduction reduction) {
    float[] weights = LossArguments.positiveWeights(shape, positiveWeights);
    int plane = LossArguments.plane(shape);
    return new ReferencePointLoss(
        shape,
        reduction,
        (x, t, i) -> (1 - t) * softplus(x) + weight(weights, i / plane) * t * softplus(-x),
        (x, t, i) -> (1 - t) * sigmoid(x) - weight(weights, i / plane) * t * sigmoid(-x));
  }

  private static double weight(float[] weights, int plane) {
    return weights == null ? 1 : weights[plane % weights.length];
  }

  private static double softplus(double x) {
    return Math.max(0, x) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  @Override
  public TensorLoss klDivergence(Shape shape, boolean logTarget, Reduction reduction) {
    return logTarget
        ? new ReferencePointLoss(
            shape,
            reduction,
            (x, t, i) -> StrictMath.exp(t) * (t - x),
            (x, t, i) -> -StrictMath.exp(t))
        : new ReferencePointLoss(
            shape,
            reduction,
            (x, t, i) -> t == 0 ? 0 : t * (StrictMath.log(t) - x),
            (x, t, i) -> -t);
  }

  @Override
  public TensorLoss focal(Shape shape, double alpha, double gamma, Reduction reduction) {
    double a = LossArguments.share("alpha", alpha);
    double g = LossArguments.atLeastZero("gamma", gamma);
    return new ReferencePointLoss(
        shape,
        reduction,
        (x, t, i) -> {
          double z = (1 - 2 * t) * x;
          return (a * t + (1 - a) * (1 - t)) * power(z, g) * softplus(z);
        },
        (x, t, i) -> {
          double z = (1 - 2 * t) * x;
          double slope = power(z, g) * (g * sigmoid(-z) * softplus(z) + sigmoid(z));
          return (a * t + (1 - a) * (1 - t)) * (1 - 2 * t) * slope;
        });
  }

  /** σ(z)^gamma. */
  private static double power(double z, double gamma) {
    return StrictMath.exp(-gamma * softplus(-z));
  }

  @Override
  public LabelLoss crossEntropy(Shape shape, LabelOptions options, Reduction reduction) {
    return new ReferenceLabelLoss(
        shape,
        options,
        reduction,
        true,
        new ReferenceLabelLoss.Row() {
          private double[] share(int label) {
            double[] q = new double[shape.dim(1)];
            for (int c = 0; c < q.length; c++) {
              double rest = options.smoothing() / q.length;
              q[c] = options.weight(c) * (c == label ? 1 - options.smoothing() + rest : rest);
            }
            return q;
          }

          @Override
          public double loss(double[] x, int label) {
            return ReferenceClassRows.crossEntropy(x, share(label));
          }

          @Override
          public double[] slope(double[] x, int label) {
            return ReferenceClassRows.crossEntropySlope(x, share(label));
          }
        });
  }

  @Override
  public TensorLoss softCrossEntropy(Shape shape, LabelOptions options, Reduction reduction) {
    return new ReferenceSoftCrossEntropy(shape, options, reduction);
  }

  @Override
  public LabelLoss negativeLogLikelihood(Shape shape, LabelOptions options, Reduction reduction) {
    LossArguments.requireUnsmoothed(options);
    return new ReferenceLabelLoss(
        shape,
        options,
        reduction,
        true,
        new ReferenceLabelLoss.Row() {
          @Override
          public double loss(double[] x, int label) {
            return -options.weight(label) * x[label];
          }

          @Override
          public double[] slope(double[] x, int label) {
            double[] dx = new double[x.length];
            dx[label] = -options.weight(label);
            return dx;
          }
        });
  }

  @Override
  public LabelLoss multiClassHinge(
      Shape shape, double margin, int power, LabelOptions options, Reduction reduction) {
    LossArguments.requireUnsmoothed(options);
    double m = LossArguments.finite("margin", margin);
    int p = LossArguments.power(power);
    return new ReferenceLabelLoss(
        shape,
        options,
        reduction,
        false,
        new ReferenceLabelLoss.Row() {
          @Override
          public double loss(double[] x, int label) {
            double sum = 0;
            for (int c = 0; c < x.length; c++) {
              double lack = Math.max(0, m - x[label] + x[c]);
              sum += c == label ? 0 : p == 1 ? lack : lack * lack;
            }
            return options.weight(label) * sum / x.length;
          }

          @Override
          public double[] slope(double[] x, int label) {
            double[] dx = new double[x.length];
            for (int c = 0; c < x.length; c++) {
              double lack = m - x[label] + x[c];
              double each = p == 1 ? below(lack) : 2 * Math.max(0, lack);
              if (c != label) {
                dx[c] = options.weight(label) * each / x.length;
                dx[label] -= dx[c];
              }
            }
            return dx;
          }
        });
  }

  @Override
  public TensorLoss dice(Shape shape, double smoothing, Reduction reduction) {
    return tversky(shape, 0.5, 0.5, smoothing / 2, reduction);
  }

  @Override
  public TensorLoss jaccard(Shape shape, double smoothing, Reduction reduction) {
    return tversky(shape, 1, 1, smoothing, reduction);
  }

  @Override
  public TensorLoss tversky(
      Shape shape, double alpha, double beta, double smoothing, Reduction reduction) {
    return new ReferenceTversky(shape, alpha, beta, smoothing, reduction);
  }

  @Override
  public CosineEmbeddingLoss cosineEmbedding(Shape shape, double margin, Reduction reduction) {
    return new ReferenceCosineEmbedding(shape, margin, reduction);
  }

  @Override
  public TripletLoss tripletMargin(Shape shape, double margin, boolean swap, Reduction reduction) {
    return new ReferenceTriplet(shape, margin, swap, reduction);
  }
}
