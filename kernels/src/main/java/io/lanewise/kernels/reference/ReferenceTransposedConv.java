package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceElementwise.activate;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * What a transposed convolution means: each input pixel times each tap of each filter goes to one
 * output, if that exists. One loop an index, sums in float64, rounded once at the end; never
 * optimised, and nothing of it is a convolution's code. Tensors may have either layout; their
 * shapes are written here as in 3-D.
 */
public final class ReferenceTransposedConv {
  private ReferenceTransposedConv() {}

  /** One product of the definition: positions in x, w and y, channels first. */
  private interface Product {
    void at(int x, int w, int y);
  }

  /**
   * {@code y[img][o][oz][oy][ox] = bias[o] + Σ over the inputs and taps that reach it of x · w}.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param w [ic][oc/groups][kd][kh][kw], read
   * @param bias [oc], read, or null for none
   * @param y [n][oc][od][oh][ow], written
   */
  public static void forward(TransposedConvShape s, Tensor x, Tensor w, Tensor bias, Tensor y) {
    fused(s, x, w, Epilogue.bias(bias), y);
  }

  /**
   * {@code y = f(Σ + bias + residual)}, the sum as above, all in float64.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param w [ic][oc/groups][kd][kh][kw], read
   * @param epilogue bias [oc], residual [n][oc][od][oh][ow] and f, read
   * @param y [n][oc][od][oh][ow], written; may be the residual
   */
  public static void fused(TransposedConvShape s, Tensor x, Tensor w, Epilogue epilogue, Tensor y) {
    float[] in = first(x);
    float[] weights = first(w);
    Tensor bias = epilogue.bias();
    double[] sums = new double[y.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = bias == null ? 0 : bias.get(i / s.yPixels() % s.oc());
    }
    forEachProduct(s, (xAt, wAt, yAt) -> sums[yAt] += (double) in[xAt] * weights[wAt]);
    float[] residual =
        epilogue.residual() == null ? new float[y.size()] : first(epilogue.residual());
    for (int i = 0; i < sums.length; i++) {
      sums[i] = activate(epilogue.activation(), sums[i] + residual[i]);
    }
    store(sums, y);
  }

  /**
   * {@code dx[img][c][iz][iy][ix] = Σ over the taps and the outputs that they reach of dy · w}.
   *
   * @param dy [n][oc][od][oh][ow], read
   * @param w [ic][oc/groups][kd][kh][kw], read
   * @param dx [n][ic][id][ih][iw], written
   */
  public static void backwardData(TransposedConvShape s, Tensor dy, Tensor w, Tensor dx) {
    float[] out = first(dy);
    float[] weights = first(w);
    double[] sums = new double[dx.size()];
    forEachProduct(s, (xAt, wAt, yAt) -> sums[xAt] += (double) out[yAt] * weights[wAt]);
    store(sums, dx);
  }

  /**
   * {@code dw[c][o][kz][ky][kx] += Σ over the inputs and the outputs that they reach of x · dy} and
   * {@code db[o] += Σ over img,oz,oy,ox of dy[img][o][oz][oy][ox]}.
   *
   * @param x [n][ic][id][ih][iw], read
   * @param dy [n][oc][od][oh][ow], read
   * @param dw [ic][oc/groups][kd][kh][kw], added to
   * @param db [oc], added to, or null for none
   */
  public static void backwardWeights(
      TransposedConvShape s, Tensor x, Tensor dy, Tensor dw, Tensor db) {
    float[] in = first(x);
    float[] out = first(dy);
    float[] before = first(dw);
    double[] sums = new double[dw.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = before[i];
    }
    forEachProduct(s, (xAt, wAt, yAt) -> sums[wAt] += (double) in[xAt] * out[yAt]);
    store(sums, dw);
    if (db != null) {
      for (int o = 0; o < s.oc(); o++) {
        double sum = db.get(o);
        for (int i = 0; i < out.length; i++) {
          sum += i / s.yPixels() % s.oc() == o ? out[i] : 0;
        }
        db.set((float) sum, o);
      }
    }
  }

  private static void forEachProduct(TransposedConvShape s, Product product) {
    ConvShape v = s.conv(); // od oh ow are the sizes of x here, id ih iw those of y
    for (int img = 0; img < s.n(); img++) {
      for (int c = 0; c < s.ic(); c++) {
        for (int iz = 0; iz < v.od(); iz++) {
          for (int iy = 0; iy < v.oh(); iy++) {
            for (int ix = 0; ix < v.ow(); ix++) {
              int xAt = (((img * s.ic() + c) * v.od() + iz) * v.oh() + iy) * v.ow() + ix;
              forEachTap(s, img, c, iz, iy, ix, xAt, product);
            }
          }
        }
      }
    }
  }

  private static void forEachTap(
      TransposedConvShape s, int img, int c, int iz, int iy, int ix, int xAt, Product product) {
    ConvShape v = s.conv();
    for (int j = 0; j < s.ocg(); j++) {
      int o = c / s.icg() * s.ocg() + j;
      for (int kz = 0; kz < v.kd(); kz++) {
        for (int ky = 0; ky < v.kh(); ky++) {
          for (int kx = 0; kx < v.kw(); kx++) {
            int oz = iz * v.strideD() - v.padding().front() + kz * v.dilationD();
            int oy = iy * v.strideH() - v.padding().top() + ky * v.dilationH();
            int ox = ix * v.strideW() - v.padding().left() + kx * v.dilationW();
            boolean deep = oz >= 0 && oz < v.id();
            if (deep && oy >= 0 && oy < v.ih() && ox >= 0 && ox < v.iw()) {
              int wAt = (((c * s.ocg() + j) * v.kd() + kz) * v.kh() + ky) * v.kw() + kx;
              int yAt = (((img * s.oc() + o) * v.id() + oz) * v.ih() + oy) * v.iw() + ox;
              product.at(xAt, wAt, yAt);
            }
          }
        }
      }
    }
  }

  /** The elements, channels first. */
  private static float[] first(Tensor t) {
    return t.copy(Layout.CHANNELS_FIRST).array();
  }

  private static void store(double[] sums, Tensor dst) {
    Tensor rounded = Tensor.zeros(dst.shape());
    for (int i = 0; i < sums.length; i++) {
      rounded.array()[i] = (float) sums[i];
    }
    dst.copyFrom(rounded.copy(dst.layout()));
  }
}
