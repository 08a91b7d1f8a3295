package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import java.util.List;

/**
 * A backend whose convolutions compute channels last, though they take and give channels first:
 * each call reorders copies. So every law about numbers holds the channels-last plans to account;
 * the contracts of memory and arguments are the inner backend's, not its.
 */
public final class ChannelsLastBackend implements Backend {
  private final Backend inner;

  /** Asks {@code inner} for channels-last plans. */
  public ChannelsLastBackend(Backend inner) {
    this.inner = inner;
  }

  @Override
  public String describe() {
    return inner.describe() + ", convolutions channels last";
  }

  @Override
  public ConvForward convForward(ConvShape shape, ConvOptions options) {
    return new ChannelsLastPlans.Forward(inner.convForward(shape, options.channelsLast()));
  }

  @Override
  public List<ConvForward> convForwardPlans(ConvShape shape, ConvOptions options) {
    return inner.convForwardPlans(shape, options.channelsLast()).stream()
        .<ConvForward>map(ChannelsLastPlans.Forward::new)
        .toList();
  }

  @Override
  public ConvBackwardData convBackwardData(ConvShape shape, ConvOptions options) {
    return new ChannelsLastPlans.Data(inner.convBackwardData(shape, options.channelsLast()));
  }

  @Override
  public List<ConvBackwardData> convBackwardDataPlans(ConvShape shape, ConvOptions options) {
    return inner.convBackwardDataPlans(shape, options.channelsLast()).stream()
        .<ConvBackwardData>map(ChannelsLastPlans.Data::new)
        .toList();
  }

  @Override
  public ConvBackwardWeights convBackwardWeights(ConvShape shape, ConvOptions options) {
    return new ChannelsLastPlans.Weights(inner.convBackwardWeights(shape, options.channelsLast()));
  }

  @Override
  public List<ConvBackwardWeights> convBackwardWeightsPlans(ConvShape shape, ConvOptions options) {
    return inner.convBackwardWeightsPlans(shape, options.channelsLast()).stream()
        .<ConvBackwardWeights>map(ChannelsLastPlans.Weights::new)
        .toList();
  }

  @Override
  public TransposedConvForward transposedConvForward(
      TransposedConvShape shape, ConvOptions options) {
    return new ChannelsLastTransposed.Forward(
        inner.transposedConvForward(shape, options.channelsLast()));
  }

  @Override
  public List<TransposedConvForward> transposedConvForwardPlans(
      TransposedConvShape shape, ConvOptions options) {
    return inner.transposedConvForwardPlans(shape, options.channelsLast()).stream()
        .<TransposedConvForward>map(ChannelsLastTransposed.Forward::new)
        .toList();
  }

  @Override
  public TransposedConvBackwardData transposedConvBackwardData(
      TransposedConvShape shape, ConvOptions options) {
    return new ChannelsLastTransposed.Data(
        inner.transposedConvBackwardData(shape, options.channelsLast()));
  }

  @Override
  public List<TransposedConvBackwardData> transposedConvBackwardDataPlans(
      TransposedConvShape shape, ConvOptions options) {
    return inner.transposedConvBackwardDataPlans(shape, options.channelsLast()).stream()
        .<TransposedConvBackwardData>map(ChannelsLastTransposed.Data::new)
        .toList();
  }

  @Override
  public TransposedConvBackwardWeights transposedConvBackwardWeights(
      TransposedConvShape shape, ConvOptions options) {
    return new ChannelsLastTransposed.Weights(
        inner.transposedConvBackwardWeights(shape, options.channelsLast()));
  }

  @Override
  public List<TransposedConvBackwardWeights> transposedConvBackwardWeightsPlans(
      TransposedConvShape shape, ConvOptions options) {
    return inner.transposedConvBackwardWeightsPlans(shape, options.channelsLast()).stream()
        .<TransposedConvBackwardWeights>map(ChannelsLastTransposed.Weights::new)
        .toList();
  }

  @Override
  public Gemm gemm(GemmShape shape) {
    return inner.gemm(shape);
  }

  @Override
  public LinearForward linearForward(LinearShape shape) {
    return inner.linearForward(shape);
  }

  @Override
  public LinearBackwardData linearBackwardData(LinearShape shape) {
    return inner.linearBackwardData(shape);
  }

  @Override
  public LinearBackwardWeights linearBackwardWeights(LinearShape shape) {
    return inner.linearBackwardWeights(shape);
  }

  @Override
  public MaxPool maxPool(PoolShape shape) {
    return inner.maxPool(shape);
  }

  @Override
  public AvgPool avgPool(PoolShape shape, boolean countsPadding) {
    return inner.avgPool(shape, countsPadding);
  }

  @Override
  public ActivationOp activation(Activation activation) {
    return inner.activation(activation);
  }

  @Override
  public Softmax softmax() {
    return inner.softmax();
  }

  @Override
  public SoftmaxCrossEntropy softmaxCrossEntropy() {
    return inner.softmaxCrossEntropy();
  }
}
