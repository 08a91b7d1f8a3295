package io.lanewise.kernels.conv;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A depthwise convolution and its neighbours, whose tensors between nobody else reads: a depthwise
 * separable convolution (Howard et al., MobileNets, 2017, §3.1) without expansion, an inverted
 * residual (Sandler et al., MobileNetV2, 2018, §3.3) with both, or the first two of three between
 * which and the third something else stands.
 *
 * @param expansion the 1x1 convolution of which the depthwise one reads the result; null for none
 * @param depthwise each channel by a filter of its own, in 1-D or 2-D
 * @param projection the 1x1 convolution that reads the depthwise one's result; null for none
 */
public record DepthwiseBlockShape(ConvShape expansion, ConvShape depthwise, ConvShape projection) {
  /** Checks that each convolution reads what the one before it writes. */
  public DepthwiseBlockShape {
    Objects.requireNonNull(depthwise, "depthwise");
    if (expansion == null && projection == null) {
      throw new IllegalArgumentException(
          "a depthwise block has an expansion, a projection or both, got " + depthwise + " alone");
    }
    boolean filterEach = depthwise.isDepthwise() && depthwise.ocg() == 1;
    if (!filterEach || depthwise.rank() > 2) {
      throw new IllegalArgumentException(
          "the depthwise convolution must have a filter for each channel, and lines or planes, got "
              + depthwise);
    }
    if (expansion != null) {
      requirePointwise(expansion, "expansion");
      requireEqual(depthwise.x(), "depthwise convolution reads", expansion.y(), "expansion");
    }
    if (projection != null) {
      requirePointwise(projection, "projection");
      requireEqual(projection.x(), "projection reads", depthwise.y(), "depthwise convolution");
    }
  }

  private static void requirePointwise(ConvShape s, String what) {
    if (!s.isPointwise()) {
      throw new IllegalArgumentException(
          "the " + what + " must be 1x1 without stride, padding and groups, got " + s);
    }
  }

  private static void requireEqual(Shape read, String reader, Shape written, String writer) {
    if (!read.equals(written)) {
      throw new IllegalArgumentException(
          "the " + reader + " " + read + ", but the " + writer + " writes " + written);
    }
  }

  /** The convolutions that there are, in their order: two or three. */
  public List<ConvShape> convolutions() {
    return Stream.of(expansion, depthwise, projection).filter(Objects::nonNull).toList();
  }

  /** The first one. */
  public ConvShape first() {
    return expansion == null ? depthwise : expansion;
  }

  /** The last one. */
  public ConvShape last() {
    return projection == null ? depthwise : projection;
  }

  /** Floating-point operations of all, two a multiply-add. */
  public long flops() {
    return convolutions().stream().mapToLong(ConvShape::flops).sum();
  }

  /** Floats of the tensors between, of one image. */
  public long floatsBetween() {
    long read = (long) depthwise.ic() * depthwise.xPixels();
    long written = (long) depthwise.oc() * depthwise.yPixels();
    return (expansion == null ? 0 : read) + (projection == null ? 0 : written);
  }

  /** Such as {@code n1 ic16 ih56 oc96 kh1, then n1 ic96 ih56 oc96 kh3 p1 g96}. */
  @Override
  public String toString() {
    return convolutions().stream().map(ConvShape::toString).collect(Collectors.joining(", then "));
  }
}
