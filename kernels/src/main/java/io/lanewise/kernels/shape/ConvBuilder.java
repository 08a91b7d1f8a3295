package io.lanewise.kernels.shape;

import java.util.Arrays;

/**
 * Collects what a convolution and a transposed convolution have in common; everything but the
 * filters has a default.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ConvBuilder<B extends ConvBuilder<B>>
    permits ConvShape.Builder, TransposedConvShape.Builder {
  final int rank;
  final int n;
  final int ic;
  final int[] in; // depth, height, width, as all that follow
  int oc;
  int[] k = {1, 1, 1};
  int[] stride = {1, 1, 1};
  int[] dilation = {1, 1, 1};
  Padding padding = Padding.NONE;
  int groups = 1;

  ConvBuilder(int rank, int n, int ic, int... in) {
    this.rank = rank;
    this.n = n;
    this.ic = ic;
    this.in = in;
  }

  abstract B self();

  /** What {@code t} says, but for the input's sizes. */
  B read(ConvText t) {
    oc = t.need("oc");
    k = t.kernel();
    stride = t.along("s");
    dilation = t.along("d");
    padding = t.padding();
    groups = t.get("g", 1);
    return self();
  }

  /**
   * Depth, height and width from as many numbers as there are axes, or one for all; {@code
   * otherwise} for an axis that is not there.
   */
  int[] axes(String what, int otherwise, int... given) {
    return axes(what + " of a " + rank + "-D convolution", rank, otherwise, given);
  }

  static int[] axes(String what, int rank, int otherwise, int... given) {
    if (given.length != 1 && given.length != rank) {
      throw new IllegalArgumentException(
          "%s takes %s, got %s"
              .formatted(
                  what,
                  rank == 1 ? "one number" : "one number or " + rank,
                  Arrays.toString(given)));
    }
    int[] all = {otherwise, otherwise, otherwise};
    for (int i = 0; i < rank; i++) {
      all[3 - rank + i] = given[given.length == 1 ? 0 : i];
    }
    return all;
  }

  /**
   * Number of filters (output channels) and their extent: kw, or kh and kw, or kd, kh and kw; one
   * number for the same extent along all axes.
   */
  public B filters(int oc, int... extent) {
    this.oc = oc;
    this.k = axes("the kernel", 1, extent);
    return self();
  }

  /** Stride along each axis (depth, height, width), or the same along all. */
  public B stride(int... steps) {
    this.stride = axes("the stride", 1, steps);
    return self();
  }

  /** Dilation along each axis (depth, height, width), or the same along all. */
  public B dilation(int... distances) {
    this.dilation = axes("the dilation", 1, distances);
    return self();
  }

  /** Padding before and after, along each axis (depth, height, width) or the same along all. */
  public B padding(int... both) {
    int[] p = axes("the padding", 0, both);
    return padding(Padding.of(p[0], p[1], p[2]));
  }

  /** Padding side by side. */
  public B padding(Padding p) {
    this.padding = p;
    return self();
  }

  /** Number of groups. */
  public B groups(int g) {
    this.groups = g;
    return self();
  }
}
