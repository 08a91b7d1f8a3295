package io.lanewise.layers;

import io.lanewise.kernels.shape.Window;

/**
 * How much of the network's input one output sees (Araujo, Norris, Sim, Computing receptive fields
 * of convolutional neural networks, Distill 2019, §2).
 *
 * @param h rows seen
 * @param w columns seen
 * @param stepH rows of the network's input between two neighbouring outputs
 * @param stepW columns between them
 * @param all true if it sees the whole input
 */
public record ReceptiveField(int h, int w, int stepH, int stepW, boolean all) {
  /** Of the input itself. */
  public static final ReceptiveField INPUT = new ReceptiveField(1, 1, 1, 1, false);

  /** After a window over this: {@code h + (extent - 1) · step}, and the step times the stride. */
  public ReceptiveField window(
      int kh, int kw, int strideH, int strideW, int dilationH, int dilationW) {
    return new ReceptiveField(
        h + (Window.extent(kh, dilationH) - 1) * stepH,
        w + (Window.extent(kw, dilationW) - 1) * stepW,
        stepH * strideH,
        stepW * strideW,
        all);
  }

  /** After a layer that mixes every input. */
  public ReceptiveField whole() {
    return new ReceptiveField(h, w, stepH, stepW, true);
  }

  /** For example {@code 14x14}, or {@code all}. */
  @Override
  public String toString() {
    return all ? "all" : h + "x" + w;
  }
}
