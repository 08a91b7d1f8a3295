package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.CopyKernel;
import java.util.Arrays;

/**
 * Copies pixels of some groups of channels, each group to n lanes of its own; lanes without a
 * channel are 0.
 *
 * @param all channels of a pixel
 * @param group channels of a group, at most n
 * @param lanes of a copied pixel
 */
record Lanes(CopyKernel copy, int all, int group, int n, int lanes) implements PaddedLines.Pixels {
  @Override
  public void copy(float[] x, int from, int channels, int count, float[] dst, int to) {
    if (group < n || channels < lanes) {
      Arrays.fill(dst, to, to + count * lanes, 0f);
    }
    if (group == n) {
      copy.run(x, from, all, count, channels, dst, to, lanes);
      return;
    }
    for (int g = 0; g * group < channels; g++) {
      copy.run(x, from + g * group, all, count, group, dst, to + g * n, lanes);
    }
  }
}
