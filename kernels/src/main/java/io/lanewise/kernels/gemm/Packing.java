package io.lanewise.kernels.gemm;

import java.util.Arrays;

/**
 * Puts an operand into panels: {@code dst[panel][p][lane]}, {@code width} lanes a panel, {@code kc}
 * steps of the sum in each; lanes past the matrix are 0, so that the micro-kernel never sees a
 * border.
 *
 * <p>A lane is a row of A or a column of B. The operand's element for lane j and step p lies at
 * {@code srcOff + j·laneStep + p·stepStep}.
 *
 * @param width lanes of a panel: mr for A, nr for B
 * @param laneStep distance in src between lanes
 * @param stepStep distance in src between steps of the sum
 */
public record Packing(int width, int laneStep, int stepStep) {

  /** Packing of A, stored [m][k] or, transposed, [k][m], with rows {@code ld} apart. */
  public static Packing ofA(int mr, boolean transposed, int ld) {
    return transposed ? new Packing(mr, 1, ld) : new Packing(mr, ld, 1);
  }

  /** Packing of B, stored [k][n] or, transposed, [n][k], with rows {@code ld} apart. */
  public static Packing ofB(int nr, boolean transposed, int ld) {
    return transposed ? new Packing(nr, ld, 1) : new Packing(nr, 1, ld);
  }

  /**
   * Packs lanes [lane0, lane0 + lanes) and steps [p0, p0 + kc).
   *
   * @param dst [ceil(lanes / width)][kc][width] from {@code dstOff}, written
   */
  public void pack(
      float[] src, int srcOff, int lane0, int lanes, int p0, int kc, float[] dst, int dstOff) {
    int base = srcOff + lane0 * laneStep + p0 * stepStep;
    for (int j = 0; j < lanes; j += width) {
      int here = Math.min(width, lanes - j);
      int panel = dstOff + j * kc;
      if (here < width) {
        Arrays.fill(dst, panel, panel + kc * width, 0f);
      }
      if (laneStep == 1) {
        for (int p = 0; p < kc; p++) {
          System.arraycopy(src, base + j + p * stepStep, dst, panel + p * width, here);
        }
      } else {
        for (int lane = 0; lane < here; lane++) {
          int from = base + (j + lane) * laneStep;
          for (int p = 0; p < kc; p++) {
            dst[panel + p * width + lane] = src[from + p * stepStep];
          }
        }
      }
    }
  }

  /**
   * Packs a whole operand, panel blocks of {@code kc} steps one after the other: where {@link
   * GemmLoops} looks for an operand packed beforehand.
   *
   * @param dst [ceil(k / kc)][ceil(lanes / width)][kc][width] from {@code dstOff}, written
   */
  public void packAll(float[] src, int srcOff, int lanes, int k, int kc, float[] dst, int dstOff) {
    int padded = GemmBlocking.roundUp(lanes, width);
    for (int pc = 0; pc < k; pc += kc) {
      pack(src, srcOff, 0, lanes, pc, Math.min(kc, k - pc), dst, dstOff + pc * padded);
    }
  }
}
