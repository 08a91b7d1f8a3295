package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Plans operations on quantised tensors and on weights kept in fewer bits than 32. Forward only:
 * rounding has no gradient.
 */
public interface Quantised {
  /**
   * Floats to codes; QuantizeLinear of ONNX.
   *
   * @param layout of x and y
   * @throws IllegalArgumentException if {@code q} does not fit the shape
   */
  Quantise quantise(Shape shape, Layout layout, Quantisation q);

  /**
   * Codes to floats; DequantizeLinear of ONNX.
   *
   * @param layout of x and y
   * @throws IllegalArgumentException if {@code q} does not fit the shape
   */
  Dequantise dequantise(Shape shape, Layout layout, Quantisation q);

  /**
   * Convolution of codes by codes; QLinearConv and ConvInteger of ONNX.
   *
   * @param layout of x and y
   * @param x per tensor
   * @param w per tensor, or per output channel (axis 0)
   * @throws IllegalArgumentException if x is not per tensor or w is along another axis
   */
  QuantisedConv conv(ConvShape shape, Layout layout, Quantisation x, Quantisation w);

  /**
   * Matrix product of codes; QLinearMatMul and MatMulInteger of ONNX.
   *
   * @param shape one product of A as it lies, not scaled and not added to C
   * @param a per tensor
   * @param b per tensor, or per column of the product (the axis of n)
   * @throws IllegalArgumentException if the shape asks for more, or a or b is along another axis
   */
  QuantisedGemm gemm(GemmShape shape, Quantisation a, Quantisation b);

  /**
   * Fully connected layer of floats by codes, the floats quantised on the way, row by row.
   *
   * @param w symmetric, per tensor or per output (axis 0)
   * @throws IllegalArgumentException if w is affine or along another axis
   */
  DynamicLinear dynamicLinear(LinearShape shape, Quantisation w);

  /** Fully connected layer whose weights are kept in fewer bits and widened on the way. */
  NarrowLinear narrowLinear(LinearShape shape, WeightFormat format);

  /**
   * Convolution whose weights are kept in 16 bits and widened for each run.
   *
   * @param options as of the convolution of floats
   * @throws IllegalArgumentException if the format is {@link WeightFormat#INT8}, or if the
   *     algorithm that {@code options} forces cannot compute this shape
   */
  NarrowConv narrowConv(ConvShape shape, ConvOptions options, WeightFormat format);

  /** Transposed convolution whose weights are kept in 16 bits; throws as {@link #narrowConv}. */
  NarrowTransposedConv narrowTransposedConv(
      TransposedConvShape shape, ConvOptions options, WeightFormat format);
}
