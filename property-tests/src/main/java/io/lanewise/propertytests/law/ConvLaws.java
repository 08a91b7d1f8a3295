package io.lanewise.propertytests.law;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.List;
import java.util.stream.Stream;

/**
 * Laws of the convolution and its two gradients, for every algorithm that a backend lists. Most are
 * stated once for all three passes, see {@link ConvPass}.
 */
public final class ConvLaws {
  /** All of them. */
  public static final List<Law<ConvShape>> ALL =
      Stream.of(
              ConvAgreementLaws.ALL,
              ConvAlgebraLaws.ALL,
              ConvPointwiseLaws.ALL,
              ConvFactorLaws.ALL,
              ConvGeometryLaws.ALL,
              ConvSamplingLaws.ALL,
              ConvImpulseLaws.ALL,
              ConvOrderLaws.ALL,
              ConvGroupLaws.ALL,
              ConvBitsLaws.ALL,
              ConvPackingLaws.ALL,
              ConvSpecialValueLaws.ALL,
              ConvEpilogueLaws.ALL)
          .flatMap(List::stream)
          .toList();

  private ConvLaws() {}

  /** The same convolution, to be changed. */
  static ConvShape.Builder like(ConvShape s) {
    return like(s, s.ih(), s.iw());
  }

  /** The same convolution of an input of another size, to be changed further. */
  static ConvShape.Builder like(ConvShape s, int ih, int iw) {
    return ConvShape.input(s.n(), s.ic(), ih, iw)
        .filters(s.oc(), s.kh(), s.kw())
        .stride(s.strideH(), s.strideW())
        .dilation(s.dilationH(), s.dilationW())
        .padding(s.padding())
        .groups(s.groups());
  }

  /** Refuses a result of nearly only zeros; a weight gradient of no images is all zeros. */
  static void requireAlive(Trial trial, ConvShape s, Tensor result) {
    if (s.n() > 0) {
      trial.requireAlive(result);
    }
  }
}
