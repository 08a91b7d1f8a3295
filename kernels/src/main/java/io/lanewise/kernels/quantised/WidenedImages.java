package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.Arrays;

/**
 * Images of codes as channels-last floats, less their zero point, each slice of {@link ConvParts}
 * apart. Channels-first ones are widened plane by plane and transposed, {@value #TILE} pixels at a
 * time.
 */
final class WidenedImages {
  /** Pixels of a transposed tile. */
  static final int TILE = 64;

  private static final int TASK = 1 << 14; // elements

  private final ConvShape shape;
  private final Layout layout;
  private final Quantisation x;
  private final QuantisedKernels kernels;
  private final TransposeKernel turn;
  private final int step; // pixels of a task; of channels-first images they are one image's

  WidenedImages(ConvShape shape, Layout layout, Quantisation x, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.x = x;
    this.kernels = target.kernels().quantised();
    this.turn = target.kernels().transpose(TILE);
    this.step = layout == Layout.CHANNELS_LAST ? Math.max(1, TASK / shape.ic()) : TILE;
  }

  /** Floats that a worker needs for its tile. */
  int scratchFloats() {
    return layout == Layout.CHANNELS_LAST ? 0 : TILE * shape.ic();
  }

  int tasks() {
    return layout == Layout.CHANNELS_LAST
        ? Math.ceilDiv(shape.n() * shape.xPixels(), step)
        : shape.n() * Math.ceilDiv(shape.xPixels(), step);
  }

  /** Tasks of {@link #block} of so many pixels. */
  int tasks(int pixels) {
    return Math.ceilDiv(pixels, step);
  }

  /**
   * Widens some of the pixels from {@code first} to before {@code end}, channels last, in one
   * slice.
   *
   * @param ws [pixel][ic] from its shared part on, written
   */
  void block(int task, ByteTensor src, int first, int end, Workspace ws) {
    int skipped = task * step;
    int n = Math.min(step, end - first - skipped) * shape.ic();
    int to = ws.sharedOffset() + skipped * shape.ic();
    widen(n, src, (first + skipped) * shape.ic(), ws.array(), to);
  }

  /**
   * Widens some pixels.
   *
   * @param ws slices [n][id][ih][iw][groups][channels of a part] from its shared part on, written
   */
  void task(int task, int worker, ByteTensor src, ConvParts parts, Workspace ws) {
    int to = ws.sharedOffset();
    if (layout == Layout.CHANNELS_FIRST) {
      turned(task, src, parts, ws.array(), to, ws.workerOffset(worker));
      return;
    }
    int end = Math.min(shape.n() * shape.xPixels(), (task + 1) * step);
    int first = task * step;
    if (parts.slices() == 1) {
      int n = (end - first) * shape.ic();
      widen(n, src, first * shape.ic(), ws.array(), to + first * shape.ic());
      return;
    }
    int channels = parts.channels();
    for (int slice = 0; slice < parts.slices(); slice++) {
      int c0 = slice * channels;
      int n = Math.min(channels, shape.icg() - c0);
      for (int i = first * shape.groups(); i < end * shape.groups(); i++) {
        int at = to + slice * parts.sliceFloats() + i * channels;
        widen(n, src, i * shape.icg() + c0, ws.array(), at);
        Arrays.fill(ws.array(), at + n, at + channels, 0f);
      }
    }
  }

  private void widen(int n, ByteTensor src, int from, float[] dst, int to) {
    boolean signed = x.type().signed();
    kernels.widen(n, src.array(), src.offset() + from, signed, x.zeroPoint(0), dst, to);
  }

  private void turned(int task, ByteTensor src, ConvParts parts, float[] ws, int to, int tile) {
    int plane = shape.xPixels();
    int tiles = Math.ceilDiv(plane, step);
    int img = task / tiles;
    int pixel = task % tiles * step;
    int width = Math.min(step, plane - pixel);
    for (int c = 0; c < shape.ic(); c++) {
      widen(width, src, (img * shape.ic() + c) * plane + pixel, ws, tile + c * TILE);
    }
    boolean cut = parts.slices() > 1;
    int groups = cut ? shape.groups() : 1; // uncut, all groups' channels follow each other
    int icg = shape.ic() / groups;
    int channels = cut ? parts.channels() : icg;
    int ld = groups * channels;
    for (int slice = 0; slice < parts.slices(); slice++) {
      int c0 = slice * channels;
      int n = Math.min(channels, icg - c0);
      int image = to + slice * parts.sliceFloats() + (img * plane + pixel) * ld;
      for (int g = 0; g < groups; g++) {
        int at = image + g * channels;
        turn.run(ws, tile + (g * icg + c0) * TILE, n, width, ws, at, ld);
        for (int i = 0; n < channels && i < width; i++) {
          Arrays.fill(ws, at + i * ld + n, at + i * ld + channels, 0f);
        }
      }
    }
  }
}
