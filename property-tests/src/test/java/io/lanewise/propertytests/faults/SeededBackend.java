package io.lanewise.propertytests.faults;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.resample.Resampling;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import java.util.List;
import java.util.Optional;

/**
 * A backend that owes nothing to the production one and is right, but for at most one fault. Its
 * convolution has two algorithms; a fault may sit in the second. Its families of operations are the
 * reference's.
 */
final class SeededBackend implements Backend {
  private static final Backend RIGHT = new ReferenceBackend();

  private final Optional<Fault> fault;

  /** One that is right. */
  SeededBackend() {
    this.fault = Optional.empty();
  }

  /** One with a fault. */
  SeededBackend(Fault fault) {
    this.fault = Optional.of(fault);
  }

  private Mistake at(Place place) {
    return fault.filter(f -> f.place() == place).map(Fault::mistake).orElse(null);
  }

  @Override
  public String describe() {
    return fault.map(f -> "seeded with " + f).orElse("seeded with no fault");
  }

  @Override
  public Gemm gemm(GemmShape shape) {
    return new SeededGemm(shape, at(Place.GEMM));
  }

  @Override
  public ConvForward convForward(ConvShape shape, ConvOptions options) {
    return shape.rank() == 3
        ? new DeepConv(shape, at(Place.DEEP_CONV))
        : new DirectConv(shape, at(Place.DIRECT_CONV));
  }

  @Override
  public List<ConvForward> convForwardPlans(ConvShape shape, ConvOptions options) {
    ConvForward first = convForward(shape, options);
    return shape.rank() == 3
        ? List.of(first)
        : List.of(first, new Im2colConv(shape, at(Place.IM2COL_CONV)));
  }

  @Override
  public ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options) {
    requireFlat(shape);
    return new ScatterConvData(shape, at(Place.CONV_DATA));
  }

  @Override
  public ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options) {
    requireFlat(shape);
    return new TapConvWeights(shape, at(Place.CONV_WEIGHTS));
  }

  private static void requireFlat(ConvShape shape) {
    if (shape.rank() == 3) {
      throw new UnsupportedOperationException("gradients are seeded in 1-D and 2-D only");
    }
  }

  @Override
  public TransposedConvForward transposedConvForward(
      TransposedConvShape shape, ConvOptions options) {
    return new SeededTransposed(shape, at(Place.TRANSPOSED_CONV)).forward();
  }

  @Override
  public TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options) {
    return new SeededTransposed(shape, at(Place.TRANSPOSED_CONV)).data();
  }

  @Override
  public TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options) {
    return new SeededTransposed(shape, at(Place.TRANSPOSED_CONV)).weights();
  }

  @Override
  public LinearForward linearForward(LinearShape shape) {
    return new SeededLinear(shape, at(Place.LINEAR));
  }

  @Override
  public LinearBackwardData linearBackwardData(LinearShape shape) {
    return new SeededLinearGradients.Data(shape, at(Place.LINEAR_DATA));
  }

  @Override
  public LinearBackwardWeights linearBackwardWeights(LinearShape shape) {
    return new SeededLinearGradients.Weights(shape, at(Place.LINEAR_WEIGHTS));
  }

  @Override
  public MaxPool maxPool(PoolShape shape) {
    return new SeededMaxPool(shape, at(Place.MAX_POOL));
  }

  @Override
  public AvgPool avgPool(PoolShape shape, boolean countsPadding) {
    return new SeededAvgPool(shape, countsPadding, at(Place.AVG_POOL));
  }

  @Override
  public ActivationOp activation(Activation kind) {
    return new SeededActivation(kind, at(Place.ACTIVATION));
  }

  @Override
  public Softmax softmax() {
    return new SeededSoftmax(at(Place.SOFTMAX));
  }

  @Override
  public SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SeededSoftmax(at(Place.CROSS_ENTROPY));
  }

  /** The reference's, so that what is seeded is all that can be wrong. */
  private <F> F family(Place place, Class<F> type, F right) {
    return at(place) instanceof FamilyMistake m ? m.seam().in(type, right) : right;
  }

  @Override
  public Pooling pooling() {
    return family(Place.POOLING, Pooling.class, RIGHT.pooling());
  }

  @Override
  public Normalisations normalisations() {
    return family(Place.NORM, Normalisations.class, RIGHT.normalisations());
  }

  @Override
  public Arithmetic arithmetic() {
    return family(Place.ARITHMETIC, Arithmetic.class, RIGHT.arithmetic());
  }

  @Override
  public Movements movements() {
    return family(Place.MOVEMENT, Movements.class, RIGHT.movements());
  }

  @Override
  public Resampling resampling() {
    return family(Place.RESAMPLE, Resampling.class, RIGHT.resampling());
  }

  @Override
  public Dropouts dropouts() {
    return family(Place.DROPOUT, Dropouts.class, RIGHT.dropouts());
  }

  @Override
  public Losses losses() {
    return family(Place.LOSS, Losses.class, RIGHT.losses());
  }

  @Override
  public Quantised quantised() {
    return family(Place.QUANTISED, Quantised.class, RIGHT.quantised());
  }
}
