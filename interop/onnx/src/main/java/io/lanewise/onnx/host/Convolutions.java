package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** Conv and ConvTranspose in any number of spatial axes. */
final class Convolutions {
  private Convolutions() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Conv", Convolutions::conv);
    table.add("ConvTranspose", Convolutions::convTranspose);
  }

  private static List<TypedTensor> conv(HostCall call) {
    TypedTensor x = call.input(0);
    ConvGeometry g = ConvGeometry.of(call, x.shape(), call.input(1).shape());
    double[] y = forward(g, Elements.doubles(x), Elements.doubles(call.input(1)));
    addBias(call, g.y(), y);
    return Elements.one(x.type(), g.y(), y);
  }

  private static void addBias(HostCall call, Shape shape, double[] y) {
    if (!call.has(2)) {
      return;
    }
    TypedTensor bias = call.ranked(2, 1);
    if (bias.size() != shape.dim(1)) {
      throw call.wrong("expected %d biases, got %s", shape.dim(1), bias);
    }
    int pixels = Elements.count(shape, 2, shape.rank());
    for (int i = 0; i < y.length; i++) {
      y[i] += bias.doubleAt(i / pixels % bias.size());
    }
  }

  /** y[img][o][p] = Σ over c and taps of x[img][g · icg + c][source] · w[o][c][tap]. */
  static double[] forward(ConvGeometry g, double[] x, double[] w) {
    int icg = g.w().dim(1);
    int oc = g.w().dim(0);
    int ocg = oc / g.groups();
    int[][] taps = Windows.indices(g.windows().kernel());
    int[][] pixels = Windows.indices(Arrays.copyOfRange(g.y().toArray(), 2, g.y().rank()));
    int plane = Elements.count(g.x(), 2, g.x().rank());
    double[] y = new double[g.y().size()];
    for (int p = 0; p < pixels.length; p++) {
      for (int t = 0; t < taps.length; t++) {
        int source = g.windows().source(pixels[p], taps[t]);
        if (source < 0) {
          continue;
        }
        for (int img = 0; img < g.x().dim(0); img++) {
          for (int o = 0; o < oc; o++) {
            int first = (img * g.x().dim(1) + o / ocg * icg) * plane + source;
            double sum = 0;
            for (int c = 0; c < icg; c++) {
              sum += x[first + c * plane] * w[(o * icg + c) * taps.length + t];
            }
            y[(img * oc + o) * pixels.length + p] += sum;
          }
        }
      }
    }
    return y;
  }

  /** Weights are [ic][oc / groups][taps]; each input element adds its window to the output. */
  private static List<TypedTensor> convTranspose(HostCall call) {
    TypedTensor x = call.input(0);
    Shape w = call.input(1).shape();
    int groups = (int) call.node().intOr("group", 1);
    if (w.rank() != x.shape().rank()
        || w.rank() < 3
        || groups < 1
        || w.dim(0) != x.shape().dim(1)
        || w.dim(0) % groups != 0) {
      throw call.wrong("weights %s do not fit input %s and %d groups", w, x, groups);
    }
    Windows windows = TransposedWindows.of(call, x.shape(), w);
    int ocg = w.dim(1);
    int oc = Math.multiplyExact(ocg, groups);
    int[] dims = x.shape().toArray();
    dims[1] = oc;
    System.arraycopy(windows.in(), 0, dims, 2, windows.axes());
    Shape shape = Shape.of(dims);
    double[] y = new double[shape.size()];
    double[] xs = Elements.doubles(x);
    double[] ws = Elements.doubles(call.input(1));
    int[][] taps = Windows.indices(windows.kernel());
    int[][] pixels = Windows.indices(Arrays.copyOfRange(x.shape().toArray(), 2, x.shape().rank()));
    int plane = Elements.count(shape, 2, shape.rank());
    int ic = w.dim(0);
    for (int p = 0; p < pixels.length; p++) {
      for (int t = 0; t < taps.length; t++) {
        int to = windows.source(pixels[p], taps[t]);
        for (int i = 0; to >= 0 && i < x.shape().dim(0) * ic; i++) {
          int c = i % ic;
          int first = (i / ic * oc + c / (ic / groups) * ocg) * plane + to;
          for (int o = 0; o < ocg; o++) {
            y[first + o * plane] += xs[i * pixels.length + p] * ws[(c * ocg + o) * taps.length + t];
          }
        }
      }
    }
    addBias(call, shape, y);
    return Elements.one(x.type(), shape, y);
  }
}
