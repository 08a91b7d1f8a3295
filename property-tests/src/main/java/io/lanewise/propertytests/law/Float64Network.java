package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.propertytests.subject.LayerCase;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import io.lanewise.propertytests.subject.NetworkCase;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network's forward pass in float64, written a second time and from the formulas alone, to take
 * differences of: it shares no line with layers, kernels or reference. Or its majorant, the network
 * of the magnitudes without activations and with sums for maxima: a polynomial with no negative
 * coefficient that bounds every value, and whose derivatives bound every derivative.
 */
final class Float64Network {
  private final NetworkCase net;
  private final boolean majorant;
  private double gap = Double.POSITIVE_INFINITY;
  private double greatest;

  Float64Network(NetworkCase net, boolean majorant) {
    this.net = net;
    this.majorant = majorant;
  }

  /** How near a forward pass came to where ReLU or a maximum bends. */
  double gap() {
    return gap;
  }

  /** The greatest magnitude in any layer so far. */
  double greatest() {
    return greatest;
  }

  /**
   * The output.
   *
   * @param at input and parameters; of a majorant, their magnitudes
   */
  double[] forward(Point at) {
    List<double[]> parameters = at.parameters();
    double[] value = at.x();
    int next = 0;
    for (int i = 0; i < net.layers().size(); i++) {
      LayerCase l = net.layers().get(i);
      Shape in = net.shapes().get(i);
      Shape out = net.shapes().get(i + 1);
      boolean learns = l.kind() == Kind.CONV || l.kind() == Kind.LINEAR;
      double[] w = learns ? parameters.get(next++) : null;
      double[] b = learns && l.plain() ? parameters.get(next++) : new double[l.out()];
      value =
          switch (l.kind()) {
            case CONV -> conv(l, in, out, value, w, b);
            case LINEAR -> linear(in, out, value, w, b);
            case MAXPOOL, AVGPOOL -> pool(l, in, out, value);
            case RELU, TANH -> activation(l.kind(), value);
            case FLATTEN -> value;
          };
      for (double v : value) {
        greatest = Math.max(greatest, Math.abs(v));
      }
    }
    return value;
  }

  private static double[] linear(Shape in, Shape out, double[] x, double[] w, double[] b) {
    int features = in.dim(1);
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      int o = i % out.dim(1);
      y[i] = b[o];
      for (int c = 0; c < features; c++) {
        y[i] += w[o * features + c] * x[i / out.dim(1) * features + c];
      }
    }
    return y;
  }

  private static double[] conv(
      LayerCase l, Shape in, Shape out, double[] x, double[] w, double[] b) {
    int icg = in.dim(1) / l.g();
    int ocg = out.dim(1) / l.g();
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      int o = i / (out.dim(2) * out.dim(3)) % out.dim(1);
      int img = i / (out.dim(1) * out.dim(2) * out.dim(3));
      y[i] = b[o];
      for (int c = 0; c < icg; c++) {
        int plane = img * in.dim(1) + o / ocg * icg + c;
        for (int tap = 0; tap < l.k() * l.k(); tap++) {
          int at = position(l, in, out, i, plane, tap);
          y[i] += at < 0 ? 0 : w[(o * icg + c) * l.k() * l.k() + tap] * x[at];
        }
      }
    }
    return y;
  }

  /** Where a window's tap lies in the input, or -1 in the padding. */
  private static int position(LayerCase l, Shape in, Shape out, int i, int plane, int tap) {
    int iy = i / out.dim(3) % out.dim(2) * l.s() - l.p() + tap / l.k() * l.d();
    int ix = i % out.dim(3) * l.s() - l.p() + tap % l.k() * l.d();
    boolean inside = iy >= 0 && iy < in.dim(2) && ix >= 0 && ix < in.dim(3);
    return inside ? (plane * in.dim(2) + iy) * in.dim(3) + ix : -1;
  }

  private double[] pool(LayerCase l, Shape in, Shape out, double[] x) {
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      int output = i;
      int plane = i / (out.dim(2) * out.dim(3));
      double[] window =
          IntStream.range(0, l.k() * l.k())
              .map(tap -> position(l, in, out, output, plane, tap))
              .filter(at -> at >= 0)
              .mapToDouble(at -> x[at])
              .sorted()
              .toArray();
      int inside = window.length;
      double sum = 0;
      for (double v : window) {
        sum += v;
      }
      if (l.kind() == Kind.AVGPOOL) {
        y[i] = sum / (l.plain() ? l.k() * l.k() : inside);
      } else {
        y[i] = majorant ? sum : window[inside - 1];
        if (inside > 1) {
          bend(window[inside - 1] - window[inside - 2]);
        }
      }
    }
    return y;
  }

  private double[] activation(Kind kind, double[] x) {
    if (majorant) {
      return x;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      if (kind == Kind.RELU) {
        bend(x[i]);
      }
      y[i] = kind == Kind.RELU ? Math.max(x[i], 0) : StrictMath.tanh(x[i]);
    }
    return y;
  }

  /** Exactly 0 is no coincidence: padding alone, or ReLU's zeros, whose slopes are equal. */
  private void bend(double distance) {
    if (distance != 0) {
      gap = Math.min(gap, Math.abs(distance));
    }
  }
}
