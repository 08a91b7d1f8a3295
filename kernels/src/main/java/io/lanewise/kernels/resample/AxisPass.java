package io.lanewise.kernels.resample;

import io.lanewise.kernels.micro.ResampleKernels;

/**
 * A table applied along one axis of slices [in][inner]. Lines of at least {@value #LINE} floats are
 * summed as lines; shorter ones element by element, from a table of all elements of a slice, or of
 * several slices where one is short, whose missing taps have weight 0.
 */
final class AxisPass {
  private static final int LINE = 16;
  private static final int GROUP = 512;
  private static final int SPARSE = 4; // padded taps for each real one that are still worth it

  private final AxisTable table;
  private final int inner;
  private final ResampleKernels kernels;
  private final boolean byElement;
  private final boolean picks;
  private final int group; // slices in the table of elements
  private final int taps;
  private final int[] index; // [taps][group][out][inner]
  private final float[] weight; // the same; -0 where an element has no taps at all

  AxisPass(AxisTable table, int inner, ResampleKernels kernels) {
    this.table = table;
    this.inner = inner;
    this.kernels = kernels;
    this.taps = Math.max(1, table.mostTaps());
    long padded = (long) taps * table.out();
    this.byElement = inner < LINE && padded <= SPARSE * (table.start()[table.out()] + 64L);
    this.picks = table.picks();
    this.group = byElement ? Math.max(1, GROUP / (table.out() * inner)) : 0;
    this.index = new int[taps * group * table.out() * inner];
    this.weight = new float[index.length];
    for (int slice = 0; slice < group; slice++) {
      fill(slice);
    }
  }

  private void fill(int slice) {
    int used = 0; // an input that is read anyway
    for (int o = 0; o < table.out(); o++) {
      int first = table.start()[o];
      for (int t = 0; t < taps; t++) {
        boolean real = t < table.taps(o);
        used = real ? table.index()[first + t] : used;
        // 0 · -0 added to a sum leaves it as it is, -0 too; alone it is 0 if both factors are -0.
        float w = real ? table.weight()[first + t] : table.taps(o) == 0 && t == 0 ? -0f : 0f;
        int at = ((t * group + slice) * table.out() + o) * inner;
        for (int j = 0; j < inner; j++) {
          index[at + j] = (slice * table.in() + used) * inner + j;
          weight[at + j] = w;
        }
      }
    }
  }

  boolean isByElement() {
    return byElement;
  }

  boolean isIdentity() {
    return table.isIdentity();
  }

  /** Of all of {@code slices}. */
  void run(int slices, float[] src, int srcOff, float[] dst, int dstOff) {
    int step = byElement ? group : 1;
    for (int s = 0; s < slices; s += step) {
      int from = srcOff + s * table.in() * inner;
      int to = dstOff + s * table.out() * inner;
      if (byElement) {
        elements(Math.min(group, slices - s), src, from, dst, to);
      } else {
        rows(0, table.out(), src, from, dst, to);
      }
    }
  }

  private void elements(int slices, float[] src, int from, float[] dst, int to) {
    int n = slices * table.out() * inner;
    if (picks) {
      kernels.pick(index, 0, src, from, dst, to, n);
    } else {
      kernels.gather(taps, index, 0, weight, 0, index.length / taps, src, from, dst, to, n);
    }
  }

  /**
   * Outputs [from, to) of one slice that is not taken by element.
   *
   * @param srcOff where input 0 lies or, if only later ones are there, would
   */
  void rows(int from, int to, float[] src, int srcOff, float[] dst, int dstOff) {
    kernels.lines(
        from, to, table.start(), table.index(), table.weight(), src, srcOff, inner, dst, dstOff);
  }
}
