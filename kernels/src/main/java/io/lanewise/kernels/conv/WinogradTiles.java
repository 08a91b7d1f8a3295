package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.shape.ConvShape;
import java.util.Arrays;

/**
 * The tiles of F(m x m, 3 x 3): m x m outputs each, in lines of {@code ceil(ow / m)}, image after
 * image. Takes patches of the image to products and products to the image, with its border.
 */
final class WinogradTiles {
  private final ConvShape shape;
  private final WinogradKernels kernels;
  private final Ending ending;
  private final int m;
  private final int patch;
  private final int across;
  private final int ofImage;
  private final int count;

  WinogradTiles(ConvShape shape, WinogradKernels kernels, Ending ending) {
    this.shape = shape;
    this.kernels = kernels;
    this.ending = ending;
    this.m = kernels.m();
    this.patch = kernels.patch();
    this.across = Math.ceilDiv(shape.ow(), m);
    this.ofImage = Math.ceilDiv(shape.oh(), m) * across;
    this.count = Math.multiplyExact(shape.n(), ofImage);
  }

  /** All of them. */
  int count() {
    return count;
  }

  /** Products of a tile: (m + 2)². */
  int products() {
    return patch * patch;
  }

  /** Scratch floats of one transform of up to so many input and output channels. */
  int scratchFloats(int ic, int oc) {
    return kernels.scratchFloats() + Math.max(patch * patch * ic, m * m * oc);
  }

  /**
   * Transforms channels [c, c + channels) of one tile's patch; a patch that crosses the border is
   * copied first.
   *
   * @param v products {@code vStep} apart from {@code vOff} on, which is where channel 0 goes
   * @param a scratch from {@code own} on
   */
  void input(
      int tile,
      int c,
      int channels,
      float[] x,
      int xOff,
      float[] v,
      int vOff,
      int vStep,
      float[] a,
      int own) {
    int ic = shape.ic();
    int iy = tile % ofImage / across * m - shape.padding().top();
    int ix = tile % across * m - shape.padding().left();
    int image = xOff + tile / ofImage * shape.ih() * shape.iw() * ic + c;
    int to = vOff + c;
    boolean inside = iy >= 0 && ix >= 0 && iy + patch <= shape.ih() && ix + patch <= shape.iw();
    if (inside) {
      int from = image + (iy * shape.iw() + ix) * ic;
      kernels.input(channels, x, from, shape.iw() * ic, ic, v, to, vStep, a, own);
    } else {
      int copy = own + kernels.scratchFloats();
      copyPatch(x, image, channels, iy, ix, a, copy);
      int row = patch * channels;
      kernels.input(channels, a, copy, row, channels, v, to, vStep, a, own);
    }
  }

  private void copyPatch(float[] x, int image, int channels, int iy, int ix, float[] a, int to) {
    int first = Math.clamp(-ix, 0, patch);
    int end = Math.clamp(shape.iw() - ix, first, patch);
    Arrays.fill(a, to, to + patch * patch * channels, 0f);
    for (int i = 0; i < patch; i++) {
      if (iy + i >= 0 && iy + i < shape.ih()) {
        int from = image + ((iy + i) * shape.iw() + ix) * shape.ic();
        for (int j = first; j < end; j++) {
          int at = to + (i * patch + j) * channels;
          System.arraycopy(x, from + j * shape.ic(), a, at, channels);
        }
      }
    }
  }

  /**
   * Transforms back output channels [o, o + channels) of one tile, in scratch memory if it crosses
   * the border, to be cut to what exists, or waits for a residual.
   *
   * @param p products {@code pStep} apart from {@code pOff} on, which is where channel o lies
   * @param bias [oc] from {@code biasOff}, read
   * @param r residual as y from {@code rOff}, or null for none
   * @param a scratch from {@code own} on
   */
  void output(
      int tile,
      int o,
      int channels,
      float[] p,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      Activation activation,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      float[] a,
      int own) {
    int oc = shape.oc();
    int oy = tile % ofImage / across * m;
    int ox = tile % across * m;
    int rows = Math.min(m, shape.oh() - oy);
    int columns = Math.min(m, shape.ow() - ox);
    int line = shape.ow() * oc;
    int to = yOff + (tile / ofImage * shape.oh() + oy) * line + ox * oc + o;
    float[] sums = y;
    int at = to;
    int pixel = oc;
    int ld = line;
    if (rows < m || columns < m || r != null) {
      sums = a;
      at = own + kernels.scratchFloats();
      pixel = channels;
      ld = m * channels;
    }
    kernels.output(channels, p, pOff, pStep, bias, biasOff + o, sums, at, ld, pixel, a, own);
    int residual = rOff + to - yOff;
    if (channels == oc) {
      ending.run(activation, rows, columns * oc, r, residual, sums, at, ld, y, to, line);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int s = at + i * ld;
      int d = i * line;
      ending.run(activation, columns, channels, r, residual + d, sums, s, pixel, y, to + d, oc);
    }
  }
}
