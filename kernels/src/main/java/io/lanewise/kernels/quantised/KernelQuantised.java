package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * {@link Quantised} on a machine's kernels.
 *
 * @param target what plans are made for
 */
public record KernelQuantised(Target target) implements Quantised {
  @Override
  public Quantise quantise(Shape shape, Layout layout, Quantisation q) {
    return new KernelQuantise(shape, layout, q, target);
  }

  @Override
  public Dequantise dequantise(Shape shape, Layout layout, Quantisation q) {
    return new KernelDequantise(shape, layout, q, target);
  }

  @Override
  public QuantisedConv conv(ConvShape shape, Layout layout, Quantisation x, Quantisation w) {
    return new KernelQuantisedConv(shape, layout, x, w, target);
  }

  @Override
  public QuantisedGemm gemm(GemmShape shape, Quantisation a, Quantisation b) {
    return new KernelQuantisedGemm(shape, a, b, target);
  }

  @Override
  public DynamicLinear dynamicLinear(LinearShape shape, Quantisation w) {
    return new KernelDynamicLinear(shape, w, target);
  }

  @Override
  public NarrowLinear narrowLinear(LinearShape shape, WeightFormat format) {
    return new KernelNarrowLinear(shape, format, target);
  }

  @Override
  public NarrowConv narrowConv(ConvShape shape, ConvOptions options, WeightFormat format) {
    return new KernelNarrowConv(shape, options, format, target);
  }

  @Override
  public NarrowTransposedConv narrowTransposedConv(
      TransposedConvShape shape, ConvOptions options, WeightFormat format) {
    return new KernelNarrowTransposedConv(shape, options, format, target);
  }
}
