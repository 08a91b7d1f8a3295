package io.lanewise.kernels.reference;

import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.DynamicLinear;
import io.lanewise.kernels.quantised.NarrowConv;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.NarrowTransposedConv;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.Quantised;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedGemm;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/** Quantised operations in naive loops over integers. */
final class ReferenceQuantised implements Quantised {
  @Override
  public Quantise quantise(Shape shape, Layout layout, Quantisation q) {
    return new ReferenceCodes.Quantising(shape, layout, q);
  }

  @Override
  public Dequantise dequantise(Shape shape, Layout layout, Quantisation q) {
    return new ReferenceCodes.Dequantising(shape, layout, q);
  }

  @Override
  public QuantisedConv conv(ConvShape shape, Layout layout, Quantisation x, Quantisation w) {
    return new ReferenceQuantisedConv(shape, layout, x, w);
  }

  @Override
  public QuantisedGemm gemm(GemmShape shape, Quantisation a, Quantisation b) {
    return new ReferenceQuantisedGemm(shape, a, b);
  }

  @Override
  public DynamicLinear dynamicLinear(LinearShape shape, Quantisation w) {
    return new ReferenceDynamicLinear(shape, w);
  }

  @Override
  public NarrowLinear narrowLinear(LinearShape shape, WeightFormat format) {
    return new ReferenceNarrowLinear(shape, format);
  }

  @Override
  public NarrowConv narrowConv(ConvShape shape, ConvOptions options, WeightFormat format) {
    return new ReferenceNarrowConv(shape, options, format);
  }

  @Override
  public NarrowTransposedConv narrowTransposedConv(
      TransposedConvShape shape, ConvOptions options, WeightFormat format) {
    return new ReferenceNarrowTransposedConv(shape, options, format);
  }
}
