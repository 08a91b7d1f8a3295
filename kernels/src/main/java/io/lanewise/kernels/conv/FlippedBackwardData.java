package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Optional;

/**
 * The input gradient of a convolution of stride 1, which is a convolution itself: of dy by the
 * kernel turned by 180 degrees (reversed along each axis), input and output channels exchanged,
 * padded by what the window reaches beyond the first padding (Goodfellow, Bengio, Courville, Deep
 * Learning, 2016, §9.5). So each forward algorithm serves here, too.
 */
final class FlippedBackwardData implements EndedBackwardData {
  private final ConvShape shape;
  private final ConvForward forward;
  private final ConvArguments arguments;

  /** {@code forward} is a plan of {@link #flipped} whose packed weights nobody else reads. */
  FlippedBackwardData(ConvShape shape, ConvForward forward) {
    this.shape = shape;
    this.forward = forward;
    this.arguments = new ConvArguments(shape, forward.layout());
  }

  /** Why the gradient is not a convolution; empty if it is. */
  static Optional<String> cannot(ConvShape s) {
    if (s.strideD() != 1 || s.strideH() != 1 || s.strideW() != 1) {
      return Optional.of("the stride is not 1");
    }
    Padding p = s.padding();
    boolean within =
        Math.max(p.front(), p.back()) <= reach(s.kd(), s.dilationD())
            && Math.max(p.top(), p.bottom()) <= reach(s.kh(), s.dilationH())
            && Math.max(p.left(), p.right()) <= reach(s.kw(), s.dilationW());
    return within ? Optional.empty() : Optional.of("whole windows lie in the padding");
  }

  /** The convolution that turns dy into dx. */
  static ConvShape flipped(ConvShape s) {
    Padding p = s.padding();
    int d = reach(s.kd(), s.dilationD());
    int h = reach(s.kh(), s.dilationH());
    int w = reach(s.kw(), s.dilationW());
    return new ConvShape(
        s.rank(),
        s.n(),
        s.oc(),
        s.od(),
        s.oh(),
        s.ow(),
        s.ic(),
        s.kd(),
        s.kh(),
        s.kw(),
        1,
        1,
        1,
        s.dilationD(),
        s.dilationH(),
        s.dilationW(),
        new Padding(
            d - p.front(), d - p.back(), h - p.top(), h - p.bottom(), w - p.left(), w - p.right()),
        s.groups());
  }

  /** Positions from a window's first tap to its last. */
  private static int reach(int k, int dilation) {
    return Window.extent(k, dilation) - 1;
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return forward.layout();
  }

  @Override
  public String algorithm() {
    return forward.algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return forward.workspace();
  }

  @Override
  public PackedWeights newWeights() {
    return forward.newWeights();
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    forward.pack(flip(w), packed);
  }

  /** [oc][icg][taps] to [ic][ocg][taps], each kernel's taps in reverse. */
  private Tensor flip(Tensor w) {
    int area = shape.area();
    int icg = shape.icg();
    int ocg = shape.ocg();
    Tensor turned = Tensor.zeros(forward.shape().w());
    for (int o = 0; o < shape.oc(); o++) {
      int g = o / ocg;
      for (int c = 0; c < icg; c++) {
        int from = w.offset() + (o * icg + c) * area;
        int to = ((g * icg + c) * ocg + o % ocg) * area + area - 1;
        for (int tap = 0; tap < area; tap++) {
          turned.array()[to - tap] = w.array()[from + tap];
        }
      }
    }
    return turned;
  }

  @Override
  public void run(
      Tensor dy, PackedWeights w, Epilogue epilogue, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    forward.run(dy, w, epilogue, dx, ws, par);
  }
}
