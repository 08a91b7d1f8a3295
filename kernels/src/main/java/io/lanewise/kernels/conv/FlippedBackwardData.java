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
 * kernel turned by 180 degrees, input and output channels exchanged, padded by what the window
 * reaches beyond the first padding (Goodfellow, Bengio, Courville, Deep Learning, 2016, §9.5). So
 * each forward algorithm serves here, too.
 */
final class FlippedBackwardData implements ConvBackwardData {
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
    if (s.strideH() != 1 || s.strideW() != 1) {
      return Optional.of("the stride is not 1");
    }
    Padding p = s.padding();
    int reachH = Window.extent(s.kh(), s.dilationH()) - 1;
    int reachW = Window.extent(s.kw(), s.dilationW()) - 1;
    boolean within =
        Math.max(p.top(), p.bottom()) <= reachH && Math.max(p.left(), p.right()) <= reachW;
    return within ? Optional.empty() : Optional.of("whole windows lie in the padding");
  }

  /** The convolution that turns dy into dx. */
  static ConvShape flipped(ConvShape s) {
    Padding p = s.padding();
    int reachH = Window.extent(s.kh(), s.dilationH()) - 1;
    int reachW = Window.extent(s.kw(), s.dilationW()) - 1;
    return ConvShape.input(s.n(), s.oc(), s.oh(), s.ow())
        .filters(s.ic(), s.kh(), s.kw())
        .dilation(s.dilationH(), s.dilationW())
        .padding(
            new Padding(
                reachH - p.top(), reachH - p.bottom(), reachW - p.left(), reachW - p.right()))
        .groups(s.groups())
        .build();
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

  /** [oc][icg][kh][kw] to [ic][ocg][kh][kw], each kernel turned by 180 degrees. */
  private Tensor flip(Tensor w) {
    int area = shape.kh() * shape.kw();
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
  public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    forward.run(dy, w, Epilogue.none(), dx, ws, par);
  }
}
