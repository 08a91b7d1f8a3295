package io.lanewise.kernels.quantised;

import io.lanewise.kernels.conv.ArrayConv;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;

/**
 * A pointwise convolution cut into blocks of pixels whose floats, widened codes and sums, stay in
 * L2 from one step to the next: of all pixels at once the passes around the convolution took 0.3 to
 * 0.4 of its time where that was 4 MB. The blocks share the packed weights.
 */
final class PixelBlocks {
  private static final int FLOATS = 1 << 18; // 1 MB, whatever the machine has
  private static final int ROWS = 48; // a multiple of register tiles' rows

  private final int pixels;
  private final int step;
  private final ArrayConv conv;
  private final ArrayConv last;

  private PixelBlocks(ConvShape s, int step, Target target) {
    this.pixels = s.n() * s.yPixels();
    this.step = step;
    this.conv = block(s, step, target);
    int left = (pixels - 1) % step + 1;
    this.last = left == step ? conv : block(s, left, target);
  }

  /** Blocks of a convolution of channels-last images; null if it is better done in one. */
  static PixelBlocks of(ConvShape s, Target target) {
    int pixels = s.n() * s.yPixels();
    int most = FLOATS / (s.ic() + s.oc()) / ROWS * ROWS;
    if (!s.isPointwise() || most == 0 || pixels <= most + most / 2) {
      return null;
    }
    int even = Math.ceilDiv(pixels, Math.ceilDiv(pixels, most));
    return new PixelBlocks(s, Math.ceilDiv(even, ROWS) * ROWS, target);
  }

  private static ArrayConv block(ConvShape s, int pixels, Target target) {
    ConvShape line = ConvShape.input(1, s.ic(), 1, pixels).filters(s.oc(), 1, 1).build();
    return ArrayConv.of(line, target);
  }

  int pixels() {
    return pixels;
  }

  /** Pixels of each block but the last. */
  int step() {
    return step;
  }

  /** The convolution of the block that begins with a pixel. */
  ArrayConv conv(int first) {
    return first + step <= pixels ? conv : last;
  }

  WorkspaceSpec workspace() {
    return conv.workspace().max(last.workspace());
  }
}
