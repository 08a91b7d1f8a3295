package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A forward convolution on channels-last images that lie anywhere in arrays, for operations that
 * are made of one: by the first direct algorithm that can compute the shape, so that each output is
 * one chain of multiply-adds, or on integers by Winograd's. Trusts its arguments.
 */
public final class ArrayConv {
  private static final ConvOptions OPTIONS = ConvOptions.DEFAULT.channelsLast().strict();
  private static final List<CoreConv> DIRECT =
      List.of(
          new DepthwiseConv(),
          new GroupedConv(),
          new PointwiseConv(),
          new DirectConv(),
          new StripsConv(),
          new Im2rowConv());

  private static final CoreConv WINOGRAD = new WinogradConv(2, 8);

  private final ForwardCore core;

  private ArrayConv(ForwardCore core) {
    this.core = core;
  }

  /** Plans a convolution. */
  public static ArrayConv of(ConvShape shape, Target target) {
    boolean planes = shape.rank() == 3 && shape.isPlaneByPlane();
    ConvShape flat = planes ? shape.planes() : shape;
    for (CoreConv conv : DIRECT) {
      if (conv.cannot(flat, OPTIONS, target).isEmpty()
          && conv.declines(flat, OPTIONS, target).isEmpty()) {
        return new ArrayConv(conv.core(flat, target));
      }
    }
    throw new AssertionError("im2row or pointwise computes every shape: " + shape);
  }

  /**
   * Plans a convolution of integers by F(2 x 2, 3 x 3), which is exact under the conditions of
   * {@code KernelSet.exactWinograd}; empty where that is not faster.
   */
  public static Optional<ArrayConv> exactWinograd(ConvShape shape, Target target) {
    boolean planes = shape.rank() == 3 && shape.isPlaneByPlane();
    ConvShape flat = planes ? shape.planes() : shape;
    boolean suits =
        WINOGRAD.cannot(flat, ConvOptions.DEFAULT.channelsLast(), target).isEmpty()
            && WINOGRAD.declines(flat, ConvOptions.DEFAULT.channelsLast(), target).isEmpty();
    return suits
        ? Optional.of(
            new ArrayConv(WinogradConv.core(flat, target.kernels().exactWinograd(), target)))
        : Optional.empty();
  }

  /** The algorithm's name. */
  public String algorithm() {
    return core.algorithm();
  }

  /** Scratch memory of one run; the shared part may lie anywhere in the workspace's. */
  public WorkspaceSpec workspace() {
    return core.workspace();
  }

  /**
   * Packs weights into new memory.
   *
   * @param w [oc][ic/groups][kh][kw], read; of a shape with planes of their own, without the axis
   *     of depth or with it
   */
  public PackedWeights pack(Tensor w) {
    Tensor.requireShape(w, w.shape(), Layout.CHANNELS_FIRST, "w");
    PackedWeights packed = new PackedWeights(core.layout(), core.packedFloats());
    core.pack(w, packed.data());
    return packed;
  }

  /**
   * Computes the convolution, without a bias.
   *
   * @param x [n][id][ih][iw][ic] from {@code xOff}, read
   * @param w from {@link #pack}, read
   * @param y [n][od][oh][ow][oc] from {@code yOff}, written
   * @param sharedOff where this plan's shared part of {@code ws} begins
   */
  public void run(
      float[] x,
      int xOff,
      PackedWeights w,
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par) {
    core.run(x, xOff, w.data(), Epilogue.none(), null, 0, y, yOff, ws, sharedOff, par);
  }
}
