package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceElementwise.activate;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * What a convolution means: one loop an index, sums in float64, rounded once at the end. Never
 * optimised. See {@link ConvShape} for the letters, the formula and the tensors' shapes, which are
 * written here as in 3-D. Tensors may have either layout.
 */
public final class ReferenceConv {
  private ReferenceConv() {}

  /**
   * {@code y[img][o][oz][oy][ox] = bias[o] + Σ over c,kz,ky,kx of w[o][c][kz][ky][kx] ·
   * x[img][g·icg + c][iz][iy][ix]}.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param w [oc][ic/groups][kd][kh][kw], read
   * @param bias [oc], read, or null for none
   * @param y [n][oc][od][oh][ow], written
   */
  public static void forward(ConvShape s, Tensor x, Tensor w, Tensor bias, Tensor y) {
    fused(s, x, w, Epilogue.bias(bias), y);
  }

  /**
   * {@code y = f(Σ + bias + residual)}, the sum as above, all in float64.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param w [oc][ic/groups][kd][kh][kw], read
   * @param epilogue bias [oc], residual [n][oc][od][oh][ow] and f, read
   * @param y [n][oc][od][oh][ow], written; may be the residual
   */
  public static void fused(ConvShape s, Tensor x, Tensor w, Epilogue epilogue, Tensor y) {
    Tensor bias = epilogue.bias();
    Tensor residual = epilogue.residual();
    for (int img = 0; img < s.n(); img++) {
      for (int o = 0; o < s.oc(); o++) {
        for (int oz = 0; oz < s.od(); oz++) {
          for (int oy = 0; oy < s.oh(); oy++) {
            for (int ox = 0; ox < s.ow(); ox++) {
              double sum = bias == null ? 0 : bias.get(o);
              sum += window(s, x, w, img, o, oz, oy, ox);
              sum += residual == null ? 0 : get(residual, img, o, oz, oy, ox);
              set(y, (float) activate(epilogue.activation(), sum), img, o, oz, oy, ox);
            }
          }
        }
      }
    }
  }

  private static double window(
      ConvShape s, Tensor x, Tensor w, int img, int o, int oz, int oy, int ox) {
    int c0 = o / s.ocg() * s.icg();
    double sum = 0;
    for (int c = 0; c < s.icg(); c++) {
      for (int kz = 0; kz < s.kd(); kz++) {
        for (int ky = 0; ky < s.kh(); ky++) {
          for (int kx = 0; kx < s.kw(); kx++) {
            int iz = inputPlane(s, oz, kz);
            int iy = inputRow(s, oy, ky);
            int ix = inputColumn(s, ox, kx);
            if (isInside(s, iz, iy, ix)) {
              sum += (double) get(w, o, c, kz, ky, kx) * get(x, img, c0 + c, iz, iy, ix);
            }
          }
        }
      }
    }
    return sum;
  }

  /**
   * {@code dx[img][c][iz][iy][ix] = Σ over the outputs and taps that read this input of dy · w}.
   *
   * @param dy [n][oc][od][oh][ow], read
   * @param w [oc][ic/groups][kd][kh][kw], read
   * @param dx [n][ic][id][ih][iw], written
   */
  public static void backwardData(ConvShape s, Tensor dy, Tensor w, Tensor dx) {
    double[] sums = new double[dx.size()];
    for (int img = 0; img < s.n(); img++) {
      for (int o = 0; o < s.oc(); o++) {
        for (int oz = 0; oz < s.od(); oz++) {
          for (int oy = 0; oy < s.oh(); oy++) {
            for (int ox = 0; ox < s.ow(); ox++) {
              scatter(s, get(dy, img, o, oz, oy, ox), w, img, o, oz, oy, ox, sums);
            }
          }
        }
      }
    }
    int at = 0;
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.ic(); c++) {
        for (int iz = 0; iz < s.id(); iz++) {
          for (int iy = 0; iy < s.ih(); iy++) {
            for (int ix = 0; ix < s.iw(); ix++) {
              set(dx, (float) sums[at++], img, c, iz, iy, ix);
            }
          }
        }
      }
    }
  }

  private static void scatter(
      ConvShape s, double dy, Tensor w, int img, int o, int oz, int oy, int ox, double[] sums) {
    int c0 = o / s.ocg() * s.icg();
    for (int c = 0; c < s.icg(); c++) {
      for (int kz = 0; kz < s.kd(); kz++) {
        for (int ky = 0; ky < s.kh(); ky++) {
          for (int kx = 0; kx < s.kw(); kx++) {
            int iz = inputPlane(s, oz, kz);
            int iy = inputRow(s, oy, ky);
            int ix = inputColumn(s, ox, kx);
            if (isInside(s, iz, iy, ix)) {
              int plane = (img * s.ic() + c0 + c) * s.id() + iz;
              sums[(plane * s.ih() + iy) * s.iw() + ix] += dy * get(w, o, c, kz, ky, kx);
            }
          }
        }
      }
    }
  }

  /**
   * {@code dw[o][c][kz][ky][kx] += Σ over img,oz,oy,ox of dy[img][o][oz][oy][ox] · x[img][g·icg +
   * c][iz][iy][ix]} and {@code db[o] += Σ over img,oz,oy,ox of dy[img][o][oz][oy][ox]}.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param dy [n][oc][od][oh][ow], read
   * @param dw [oc][ic/groups][kd][kh][kw], added to
   * @param db [oc], added to, or null for none
   */
  public static void backwardWeights(ConvShape s, Tensor x, Tensor dy, Tensor dw, Tensor db) {
    for (int o = 0; o < s.oc(); o++) {
      for (int c = 0; c < s.icg(); c++) {
        for (int kz = 0; kz < s.kd(); kz++) {
          for (int ky = 0; ky < s.kh(); ky++) {
            for (int kx = 0; kx < s.kw(); kx++) {
              double sum = get(dw, o, c, kz, ky, kx) + tap(s, x, dy, o, c, kz, ky, kx);
              set(dw, (float) sum, o, c, kz, ky, kx);
            }
          }
        }
      }
      if (db != null) {
        double sum = db.get(o);
        for (int img = 0; img < s.n(); img++) {
          for (int oz = 0; oz < s.od(); oz++) {
            for (int oy = 0; oy < s.oh(); oy++) {
              for (int ox = 0; ox < s.ow(); ox++) {
                sum += get(dy, img, o, oz, oy, ox);
              }
            }
          }
        }
        db.set((float) sum, o);
      }
    }
  }

  private static double tap(
      ConvShape s, Tensor x, Tensor dy, int o, int c, int kz, int ky, int kx) {
    int c0 = o / s.ocg() * s.icg();
    double sum = 0;
    for (int img = 0; img < s.n(); img++) {
      for (int oz = 0; oz < s.od(); oz++) {
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            int iz = inputPlane(s, oz, kz);
            int iy = inputRow(s, oy, ky);
            int ix = inputColumn(s, ox, kx);
            if (isInside(s, iz, iy, ix)) {
              sum += (double) get(dy, img, o, oz, oy, ox) * get(x, img, c0 + c, iz, iy, ix);
            }
          }
        }
      }
    }
    return sum;
  }

  private static int inputPlane(ConvShape s, int oz, int kz) {
    return oz * s.strideD() - s.padding().front() + kz * s.dilationD();
  }

  private static int inputRow(ConvShape s, int oy, int ky) {
    return oy * s.strideH() - s.padding().top() + ky * s.dilationH();
  }

  private static int inputColumn(ConvShape s, int ox, int kx) {
    return ox * s.strideW() - s.padding().left() + kx * s.dilationW();
  }

  private static boolean isInside(ConvShape s, int iz, int iy, int ix) {
    return iz >= 0 && iz < s.id() && iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw();
  }

  /** An element of a tensor that has the last one, two or three of the axes z, y and x. */
  static float get(Tensor t, int first, int second, int z, int y, int x) {
    return switch (t.shape().rank()) {
      case 3 -> t.get(first, second, x);
      case 4 -> t.get(first, second, y, x);
      default -> t.get(first, second, z, y, x);
    };
  }

  /** Sets what {@link #get} gets. */
  static void set(Tensor t, float value, int first, int second, int z, int y, int x) {
    switch (t.shape().rank()) {
      case 3 -> t.set(value, first, second, x);
      case 4 -> t.set(value, first, second, y, x);
      default -> t.set(value, first, second, z, y, x);
    }
  }
}
