package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.PanelKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Panels of two vectors; columns that do not fill one, and other panels, go to {@code rest}. */
final class VectorPanels implements PanelKernel {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private final PanelKernel rest;

  VectorPanels(PanelKernel rest) {
    this.rest = rest;
  }

  @Override
  public void run(
      float[] src,
      int srcOff,
      int lds,
      int rows,
      int columns,
      int lanes,
      float[] dst,
      int dstOff,
      int panel) {
    int whole = lanes == 2 * L ? columns / lanes : 0;
    for (int i = 0; i < rows; i++) {
      row(src, srcOff + i * lds, whole, dst, dstOff + i * lanes, panel);
    }
    int done = whole * lanes;
    if (done < columns) {
      int to = dstOff + whole * panel;
      rest.run(src, srcOff + done, lds, rows, columns - done, lanes, dst, to, panel);
    }
  }

  private static void row(float[] src, int from, int panels, float[] dst, int to, int panel) {
    for (int q = 0; q < panels; q++) {
      int at = to + q * panel;
      FloatVector.fromArray(V, src, from + q * 2 * L).intoArray(dst, at);
      FloatVector.fromArray(V, src, from + q * 2 * L + L).intoArray(dst, at + L);
    }
  }
}
