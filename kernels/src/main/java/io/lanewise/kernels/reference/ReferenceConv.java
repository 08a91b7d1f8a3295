package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceElementwise.activate;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * What a convolution means: one loop an index, sums in float64, rounded once at the end. Never
 * optimised. See {@link ConvShape} for the letters and the formula. Tensors may have either layout.
 */
public final class ReferenceConv {
  private ReferenceConv() {}

  /**
   * {@code y[img][o][oy][ox] = bias[o] + Σ over c,ky,kx of w[o][c][ky][kx] · x[img][g·icg +
   * c][iy][ix]}.
   *
   * @param x [n][ic][ih][iw], read
   * @param w [oc][ic/groups][kh][kw], read
   * @param bias [oc], read, or null for none
   * @param y [n][oc][oh][ow], written
   */
  public static void forward(ConvShape s, Tensor x, Tensor w, Tensor bias, Tensor y) {
    fused(s, x, w, Epilogue.bias(bias), y);
  }

  /**
   * {@code y = f(Σ + bias + residual)}, the sum as above, all in float64.
   *
   * @param x [n][ic][ih][iw], read
   * @param w [oc][ic/groups][kh][kw], read
   * @param epilogue bias [oc], residual [n][oc][oh][ow] and f, read
   * @param y [n][oc][oh][ow], written; may be the residual
   */
  public static void fused(ConvShape s, Tensor x, Tensor w, Epilogue epilogue, Tensor y) {
    Tensor bias = epilogue.bias();
    Tensor residual = epilogue.residual();
    for (int img = 0; img < s.n(); img++) {
      for (int o = 0; o < s.oc(); o++) {
        int g = o / s.ocg();
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            double sum = bias == null ? 0 : bias.get(o);
            for (int c = 0; c < s.icg(); c++) {
              for (int ky = 0; ky < s.kh(); ky++) {
                for (int kx = 0; kx < s.kw(); kx++) {
                  int iy = inputRow(s, oy, ky);
                  int ix = inputColumn(s, ox, kx);
                  if (isInside(s, iy, ix)) {
                    sum += (double) w.get(o, c, ky, kx) * x.get(img, g * s.icg() + c, iy, ix);
                  }
                }
              }
            }
            sum += residual == null ? 0 : residual.get(img, o, oy, ox);
            y.set((float) activate(epilogue.activation(), sum), img, o, oy, ox);
          }
        }
      }
    }
  }

  /**
   * {@code dx[img][c][iy][ix] = Σ over the outputs and taps that read this input of dy · w}.
   *
   * @param dy [n][oc][oh][ow], read
   * @param w [oc][ic/groups][kh][kw], read
   * @param dx [n][ic][ih][iw], written
   */
  public static void backwardData(ConvShape s, Tensor dy, Tensor w, Tensor dx) {
    double[] sums = new double[dx.size()];
    for (int img = 0; img < s.n(); img++) {
      for (int o = 0; o < s.oc(); o++) {
        int g = o / s.ocg();
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            for (int c = 0; c < s.icg(); c++) {
              for (int ky = 0; ky < s.kh(); ky++) {
                for (int kx = 0; kx < s.kw(); kx++) {
                  int iy = inputRow(s, oy, ky);
                  int ix = inputColumn(s, ox, kx);
                  if (isInside(s, iy, ix)) {
                    int at = ((img * s.ic() + g * s.icg() + c) * s.ih() + iy) * s.iw() + ix;
                    sums[at] += (double) dy.get(img, o, oy, ox) * w.get(o, c, ky, kx);
                  }
                }
              }
            }
          }
        }
      }
    }
    int at = 0;
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.ic(); c++) {
        for (int iy = 0; iy < s.ih(); iy++) {
          for (int ix = 0; ix < s.iw(); ix++) {
            dx.set((float) sums[at++], img, c, iy, ix);
          }
        }
      }
    }
  }

  /**
   * {@code dw[o][c][ky][kx] += Σ over img,oy,ox of dy[img][o][oy][ox] · x[img][g·icg + c][iy][ix]}
   * and {@code db[o] += Σ over img,oy,ox of dy[img][o][oy][ox]}.
   *
   * @param x [n][ic][ih][iw], read
   * @param dy [n][oc][oh][ow], read
   * @param dw [oc][ic/groups][kh][kw], added to
   * @param db [oc], added to, or null for none
   */
  public static void backwardWeights(ConvShape s, Tensor x, Tensor dy, Tensor dw, Tensor db) {
    for (int o = 0; o < s.oc(); o++) {
      int g = o / s.ocg();
      for (int c = 0; c < s.icg(); c++) {
        for (int ky = 0; ky < s.kh(); ky++) {
          for (int kx = 0; kx < s.kw(); kx++) {
            double sum = dw.get(o, c, ky, kx);
            for (int img = 0; img < s.n(); img++) {
              for (int oy = 0; oy < s.oh(); oy++) {
                for (int ox = 0; ox < s.ow(); ox++) {
                  int iy = inputRow(s, oy, ky);
                  int ix = inputColumn(s, ox, kx);
                  if (isInside(s, iy, ix)) {
                    sum += (double) dy.get(img, o, oy, ox) * x.get(img, g * s.icg() + c, iy, ix);
                  }
                }
              }
            }
            dw.set((float) sum, o, c, ky, kx);
          }
        }
      }
      if (db != null) {
        double sum = db.get(o);
        for (int img = 0; img < s.n(); img++) {
          for (int oy = 0; oy < s.oh(); oy++) {
            for (int ox = 0; ox < s.ow(); ox++) {
              sum += dy.get(img, o, oy, ox);
            }
          }
        }
        db.set((float) sum, o);
      }
    }
  }

  private static int inputRow(ConvShape s, int oy, int ky) {
    return oy * s.strideH() - s.padding().top() + ky * s.dilationH();
  }

  private static int inputColumn(ConvShape s, int ox, int kx) {
    return ox * s.strideW() - s.padding().left() + kx * s.dilationW();
  }

  private static boolean isInside(ConvShape s, int iy, int ix) {
    return iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw();
  }
}
