package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** Fourier transforms, windows and mel filters. */
final class Signals {
  private Signals() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("HannWindow", 17, call -> window(call, 0.5, 0.5, 0));
    // 25/46 and 21/46, as the standard's own function has them
    table.add("HammingWindow", 17, call -> window(call, 25.0 / 46, 21.0 / 46, 0));
    table.add("BlackmanWindow", 17, call -> window(call, 0.42, 0.5, 0.08));
    table.add("DFT", 17, Signals::dft);
    table.add("STFT", 17, Signals::stft);
    table.add("MelWeightMatrix", 17, Signals::mel);
  }

  /** a - b cos(2πi/n) + c cos(4πi/n), for n of the size, or, symmetric, one less. */
  private static List<TypedTensor> window(HostCall call, double a, double b, double c) {
    Shape shape = call.shape(call.integer(0, 0));
    boolean periodic = call.node().intOr("periodic", 1) != 0;
    double[] y = new double[shape.size()];
    double n = Math.max(1, periodic ? y.length : y.length - 1);
    for (int i = 0; i < y.length; i++) {
      double angle = 2 * Math.PI * i / n;
      y[i] = a - b * Math.cos(angle) + c * Math.cos(2 * angle);
    }
    return Elements.one(call.type("output_datatype", ElementType.FLOAT), shape, y);
  }

  /** The last axis holds real numbers (size 1) or pairs of real and imaginary parts (2). */
  private static List<TypedTensor> dft(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int parts = x.shape().dim(-1);
    if (rank < 2 || parts < 1 || parts > 2) {
      throw call.wrong("expected real numbers or pairs on the last axis, got %s", x);
    }
    long given = call.opset() < 20 ? call.node().intOr("axis", 1) : call.integer(2, -2);
    int axis = call.axisOf(given, rank);
    int size = x.shape().dim(axis);
    int length = Math.toIntExact(call.integer(1, size));
    boolean inverse = call.node().intOr("inverse", 0) != 0;
    int kept = call.node().intOr("onesided", 0) != 0 ? length / 2 + 1 : length;
    int[] dims = x.shape().toArray();
    dims[axis] = kept;
    dims[rank - 1] = 2;
    Shape shape = Shape.of(dims);
    double[] y = new double[shape.size()];
    int inner = Elements.count(x.shape(), axis + 1, rank - 1);
    double[] signal = new double[2 * length];
    for (int row = 0; row < Elements.count(x.shape(), 0, axis) * inner; row++) {
      Arrays.fill(signal, 0);
      for (int i = 0; i < Math.min(size, length); i++) {
        int at = ((row / inner * size + i) * inner + row % inner) * parts;
        signal[2 * i] = x.doubleAt(at);
        signal[2 * i + 1] = parts == 2 ? x.doubleAt(at + 1) : 0;
      }
      for (int k = 0; k < kept; k++) {
        int to = ((row / inner * kept + k) * inner + row % inner) * 2;
        transform(signal, k, inverse, y, to);
      }
    }
    return Elements.one(x.type(), shape, y);
  }

  /** One frequency: Σ x · exp(∓2πi k t / n), divided by n if it is the inverse. */
  private static void transform(double[] signal, int k, boolean inverse, double[] y, int to) {
    int n = signal.length / 2;
    double real = 0;
    double imaginary = 0;
    for (int t = 0; t < n; t++) {
      double angle = (inverse ? 2 : -2) * Math.PI * ((long) k * t % n) / n;
      real += signal[2 * t] * Math.cos(angle) - signal[2 * t + 1] * Math.sin(angle);
      imaginary += signal[2 * t] * Math.sin(angle) + signal[2 * t + 1] * Math.cos(angle);
    }
    y[to] = inverse ? real / n : real;
    y[to + 1] = inverse ? imaginary / n : imaginary;
  }

  /** [batch][samples][1 or 2] to [batch][frames][frequencies][2]. */
  private static List<TypedTensor> stft(HostCall call) {
    TypedTensor x = call.input(0);
    int parts = x.shape().rank() == 3 ? x.shape().dim(2) : 1;
    int samples = x.shape().dim(1);
    int step = Math.toIntExact(call.integer(1, 1));
    int length = Math.toIntExact(call.integer(3, call.has(2) ? call.input(2).size() : samples));
    if (step < 1 || length < 1 || length > samples || parts < 1 || parts > 2) {
      throw call.wrong("frames of %d, %d apart, of %s", length, step, x);
    }
    if (call.has(2) && call.input(2).size() != length) {
      throw call.wrong("expected a window of %d, got %s", length, call.input(2));
    }
    int frames = (samples - length) / step + 1;
    boolean oneSided = call.node().intOr("onesided", 1) != 0;
    int kept = oneSided ? length / 2 + 1 : length;
    Shape shape = Shape.of(x.shape().dim(0), frames, kept, 2);
    double[] y = new double[shape.size()];
    double[] signal = new double[2 * length];
    for (int f = 0; f < x.shape().dim(0) * frames; f++) {
      for (int i = 0; i < length; i++) {
        int at = (f / frames * samples + f % frames * step + i) * parts;
        double weight = call.has(2) ? call.input(2).doubleAt(i) : 1;
        signal[2 * i] = weight * x.doubleAt(at);
        signal[2 * i + 1] = parts == 2 ? weight * x.doubleAt(at + 1) : 0;
      }
      for (int k = 0; k < kept; k++) {
        transform(signal, k, false, y, (f * kept + k) * 2);
      }
    }
    return Elements.one(x.type(), shape, y);
  }

  /** Triangles between frequencies that lie evenly on the mel scale, [bins][triangles]. */
  private static List<TypedTensor> mel(HostCall call) {
    int triangles = Math.toIntExact(call.integer(0, 0));
    long length = call.integer(1, 0);
    double rate = call.number(2, 0);
    double low = toMel(call.number(3, 0));
    double high = toMel(call.number(4, 0));
    int bins = Math.toIntExact(length / 2 + 1);
    Shape shape = call.shape(bins, triangles);
    long[] edges = new long[triangles + 2];
    for (int i = 0; i < edges.length; i++) {
      double mel = low + i * (high - low) / (triangles + 2);
      double hertz = 700 * (Math.pow(10, mel / 2595) - 1);
      edges[i] = (long) Math.floor((length + 1) * hertz / rate);
    }
    double[] y = new double[shape.size()];
    for (int t = 0; t < triangles; t++) {
      triangle(y, t, triangles, bins, edges);
    }
    return Elements.one(call.type("output_datatype", ElementType.FLOAT), shape, y);
  }

  private static void triangle(double[] y, int t, int triangles, int bins, long[] edges) {
    long start = edges[t];
    long centre = edges[t + 1];
    long end = edges[t + 2];
    for (int bin = 0; bin < bins; bin++) {
      double up =
          centre == start ? (bin == centre ? 1 : 0) : (double) (bin - start) / (centre - start);
      if (bin >= start && bin <= centre) {
        y[bin * triangles + t] = up;
      } else if (bin > centre && bin < end) {
        y[bin * triangles + t] = (double) (end - bin) / (end - centre);
      }
    }
  }

  private static double toMel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }
}
