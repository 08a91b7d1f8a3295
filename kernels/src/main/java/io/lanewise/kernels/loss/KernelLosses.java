package io.lanewise.kernels.loss;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.micro.PairStep;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** {@link Losses} by the kernels. */
public final class KernelLosses implements Losses {
  private final KernelSet kernels;

  /** Of a target's kernels. */
  public KernelLosses(Target target) {
    this.kernels = target.kernels();
  }

  private TensorLoss point(Shape shape, Reduction reduction, PointFormula formula) {
    return new KernelPointLoss(shape, reduction, formula, kernels);
  }

  private TensorLoss step(
      Shape shape, Reduction reduction, PairStep loss, PairStep slope, float number) {
    return point(shape, reduction, new StepFormula(kernels, loss, slope, number, 1, 1));
  }

  @Override
  public TensorLoss meanSquaredError(Shape shape, Reduction reduction) {
    PointFormula formula = new StepFormula(kernels, PairStep.SQUARE, PairStep.DIFFERENCE, 0, 1, 2);
    return point(shape, reduction, formula);
  }

  @Override
  public TensorLoss meanAbsoluteError(Shape shape, Reduction reduction) {
    return step(shape, reduction, PairStep.ABSOLUTE, PairStep.SIGN, 0);
  }

  @Override
  public TensorLoss huber(Shape shape, double delta, Reduction reduction) {
    float number = LossArguments.positive("delta", delta);
    return step(shape, reduction, PairStep.HUBER, PairStep.HUBER_SLOPE, number);
  }

  @Override
  public TensorLoss smoothL1(Shape shape, double beta, Reduction reduction) {
    float number = LossArguments.positive("beta", beta);
    float by = 1 / number;
    return point(
        shape,
        reduction,
        new StepFormula(kernels, PairStep.HUBER, PairStep.HUBER_SLOPE, number, by, by));
  }

  @Override
  public TensorLoss hinge(Shape shape, double margin, Reduction reduction) {
    float number = LossArguments.finite("margin", margin);
    return step(shape, reduction, PairStep.HINGE, PairStep.HINGE_SLOPE, number);
  }

  @Override
  public TensorLoss squaredHinge(Shape shape, double margin, Reduction reduction) {
    float number = LossArguments.finite("margin", margin);
    return point(shape, reduction, new SquaredHinge(kernels, number));
  }

  @Override
  public TensorLoss binaryCrossEntropy(Shape shape, Reduction reduction) {
    return point(shape, reduction, new BinaryCrossEntropy(kernels));
  }

  @Override
  public TensorLoss binaryCrossEntropyWithLogits(
      Shape shape, Tensor positiveWeights, Reduction reduction) {
    float[] weights = LossArguments.positiveWeights(shape, positiveWeights);
    int plane = LossArguments.plane(shape);
    return point(shape, reduction, new LogitCrossEntropy(kernels, weights, plane));
  }

  @Override
  public TensorLoss klDivergence(Shape shape, boolean logTarget, Reduction reduction) {
    return point(shape, reduction, new KlDivergence(kernels, logTarget));
  }

  @Override
  public TensorLoss focal(Shape shape, double alpha, double gamma, Reduction reduction) {
    float a = LossArguments.share("alpha", alpha);
    float g = LossArguments.atLeastZero("gamma", gamma);
    return point(shape, reduction, new FocalLoss(kernels, a, g));
  }

  @Override
  public LabelLoss crossEntropy(Shape shape, LabelOptions options, Reduction reduction) {
    options.require(shape);
    RowFormula formula = new CrossEntropyRows(kernels, options, shape.dim(1));
    return new KernelLabelLoss(shape, options, reduction, true, formula, kernels);
  }

  @Override
  public TensorLoss softCrossEntropy(Shape shape, LabelOptions options, Reduction reduction) {
    return new KernelSoftCrossEntropy(shape, options, reduction, kernels);
  }

  @Override
  public LabelLoss negativeLogLikelihood(Shape shape, LabelOptions options, Reduction reduction) {
    options.require(shape);
    LossArguments.requireUnsmoothed(options);
    RowFormula formula = new LikelihoodRows(options, shape.dim(1));
    return new KernelLabelLoss(shape, options, reduction, true, formula, kernels);
  }

  @Override
  public LabelLoss multiClassHinge(
      Shape shape, double margin, int power, LabelOptions options, Reduction reduction) {
    options.require(shape);
    LossArguments.requireUnsmoothed(options);
    float m = LossArguments.finite("margin", margin);
    boolean squared = LossArguments.power(power) == 2;
    RowFormula formula = new HingeRows(options, shape.dim(1), m, squared);
    return new KernelLabelLoss(shape, options, reduction, false, formula, kernels);
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
    return new KernelTversky(shape, alpha, beta, smoothing, reduction, kernels);
  }

  @Override
  public CosineEmbeddingLoss cosineEmbedding(Shape shape, double margin, Reduction reduction) {
    return new KernelCosineEmbedding(shape, margin, reduction, kernels);
  }

  @Override
  public TripletLoss tripletMargin(Shape shape, double margin, boolean swap, Reduction reduction) {
    return new KernelTriplet(shape, margin, swap, reduction, kernels);
  }
}
