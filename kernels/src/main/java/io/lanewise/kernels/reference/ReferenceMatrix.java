package io.lanewise.kernels.reference;

import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * What a matrix product and a fully connected layer mean: sums in float64, rounded once. Never
 * optimised.
 */
public final class ReferenceMatrix {
  private ReferenceMatrix() {}

  /**
   * {@code C = alpha·op(A)·op(B) + beta·C} for each product of a batch; C is not read if beta is 0.
   *
   * @param a {@link GemmShape#a()}, read
   * @param b {@link GemmShape#b()}, read
   * @param c {@link GemmShape#c()}, written or added to
   */
  public static void gemm(GemmShape s, Tensor a, Tensor b, Tensor c) {
    for (int q = 0; q < s.batch(); q++) {
      for (int i = 0; i < s.m(); i++) {
        for (int j = 0; j < s.n(); j++) {
          double sum = s.accumulate() ? (double) s.beta() * c.get(at(s, q, i, j)) : 0;
          for (int p = 0; p < s.k(); p++) {
            float left = s.transposeA() ? a.get(at(s, q, p, i)) : a.get(at(s, q, i, p));
            float right = s.transposeB() ? b.get(at(s, q, j, p)) : b.get(at(s, q, p, j));
            sum += (double) s.alpha() * left * right;
          }
          c.set((float) sum, at(s, q, i, j));
        }
      }
    }
  }

  /** Where an element is: a batch of one has no dimension of its own. */
  private static int[] at(GemmShape s, int q, int row, int column) {
    return s.batch() == 1 ? new int[] {row, column} : new int[] {q, row, column};
  }

  /**
   * {@code y[img][o] = bias[o] + Σ over c of w[o][c] · x[img][c]}.
   *
   * @param x [n][in], read
   * @param w [out][in], read
   * @param bias [out], read, or null for none
   * @param y [n][out], written
   */
  public static void linear(LinearShape s, Tensor x, Tensor w, Tensor bias, Tensor y) {
    for (int img = 0; img < s.n(); img++) {
      for (int o = 0; o < s.out(); o++) {
        double sum = bias == null ? 0 : bias.get(o);
        for (int c = 0; c < s.in(); c++) {
          sum += (double) w.get(o, c) * x.get(img, c);
        }
        y.set((float) sum, img, o);
      }
    }
  }

  /**
   * {@code dx[img][c] = Σ over o of dy[img][o] · w[o][c]}.
   *
   * @param dy [n][out], read
   * @param w [out][in], read
   * @param dx [n][in], written
   */
  public static void linearBackwardData(LinearShape s, Tensor dy, Tensor w, Tensor dx) {
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.in(); c++) {
        double sum = 0;
        for (int o = 0; o < s.out(); o++) {
          sum += (double) dy.get(img, o) * w.get(o, c);
        }
        dx.set((float) sum, img, c);
      }
    }
  }

  /**
   * {@code dw[o][c] += Σ over img of dy[img][o] · x[img][c]} and {@code db[o] += Σ over img of
   * dy[img][o]}.
   *
   * @param x [n][in], read
   * @param dy [n][out], read
   * @param dw [out][in], added to
   * @param db [out], added to, or null for none
   */
  public static void linearBackwardWeights(
      LinearShape s, Tensor x, Tensor dy, Tensor dw, Tensor db) {
    for (int o = 0; o < s.out(); o++) {
      for (int c = 0; c < s.in(); c++) {
        double sum = dw.get(o, c);
        for (int img = 0; img < s.n(); img++) {
          sum += (double) dy.get(img, o) * x.get(img, c);
        }
        dw.set((float) sum, o, c);
      }
      if (db != null) {
        double sum = db.get(o);
        for (int img = 0; img < s.n(); img++) {
          sum += dy.get(img, o);
        }
        db.set((float) sum, o);
      }
    }
  }
}
