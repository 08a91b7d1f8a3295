package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** Normalisations by mean and variance, by a norm, and across channels. */
final class Normalisations {
  private Normalisations() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("InstanceNormalization", Normalisations::instance);
    table.add("GroupNormalization", 18, Normalisations::group);
    table.add("LayerNormalization", 17, Normalisations::layer);
    table.add("MeanVarianceNormalization", 9, Normalisations::meanVariance);
    table.add("LpNormalization", Normalisations::lp);
    table.add("LRN", Normalisations::lrn);
  }

  /** Mean and 1 / sqrt(variance + epsilon) of elements that lie together. */
  private record Moments(double mean, double inverseDeviation) {
    static Moments of(double[] x, int start, int count, double epsilon) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += x[start + i];
      }
      double mean = sum / count;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        squares += (x[start + i] - mean) * (x[start + i] - mean);
      }
      return new Moments(mean, 1 / Math.sqrt(squares / count + epsilon));
    }

    double of(double v) {
      return (v - mean) * inverseDeviation;
    }
  }

  private static List<TypedTensor> instance(HostCall call) {
    TypedTensor x = call.input(0);
    if (x.shape().rank() < 3) {
      throw call.wrong("expected images, got %s", x);
    }
    return grouped(call, x.shape().dim(1), false);
  }

  /** Scale and bias are one a group in version 18, one a channel since 21. */
  private static List<TypedTensor> group(HostCall call) {
    int channels = call.input(0).shape().dim(1);
    int groups = (int) call.node().intOr("num_groups", 0);
    if (groups < 1 || channels % groups != 0) {
      throw call.wrong("%d groups of %d channels", groups, channels);
    }
    return grouped(call, groups, call.opset() < 21);
  }

  private static List<TypedTensor> grouped(HostCall call, int groups, boolean perGroup) {
    TypedTensor x = call.input(0);
    int channels = x.shape().dim(1);
    int parameters = perGroup ? groups : channels;
    if (call.input(1).size() != parameters || call.input(2).size() != parameters) {
      throw call.wrong(
          "expected %d scales and biases, got %s and %s", parameters, call.input(1), call.input(2));
    }
    int plane = Elements.count(x.shape(), 2, x.shape().rank());
    int length = channels / groups * plane;
    double[] y = Elements.doubles(x).clone();
    for (int start = 0; length > 0 && start < y.length; start += length) {
      Moments m = Moments.of(y, start, length, call.node().floatOr("epsilon", 1e-5f));
      for (int i = start; i < start + length; i++) {
        int p = perGroup ? i / length % groups : i / plane % channels;
        y[i] = m.of(y[i]) * call.input(1).doubleAt(p) + call.input(2).doubleAt(p);
      }
    }
    return Elements.one(x.type(), x.shape(), y);
  }

  /** The outputs are y, the means, and the inverse standard deviations. */
  private static List<TypedTensor> layer(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    int axis = call.axis(-1, rank);
    int rows = Elements.count(x.shape(), 0, axis);
    int length = Elements.count(x.shape(), axis, rank);
    double[] y = Elements.doubles(x).clone();
    double[] means = new double[rows];
    double[] inverses = new double[rows];
    TypedTensor scale = Broadcast.to(call.input(1), x.shape());
    TypedTensor bias = call.has(2) ? Broadcast.to(call.input(2), x.shape()) : null;
    for (int row = 0; row < rows; row++) {
      Moments m = Moments.of(y, row * length, length, call.node().floatOr("epsilon", 1e-5f));
      means[row] = m.mean();
      inverses[row] = m.inverseDeviation();
      for (int i = row * length; i < (row + 1) * length; i++) {
        y[i] = m.of(y[i]) * scale.doubleAt(i) + (bias == null ? 0 : bias.doubleAt(i));
      }
    }
    int[] dims = x.shape().toArray();
    Arrays.fill(dims, axis, rank, 1);
    ElementType stash = call.type("stash_type", ElementType.FLOAT);
    return List.of(
        Elements.of(x.type(), x.shape(), y),
        Elements.of(stash, Shape.of(dims), means),
        Elements.of(stash, Shape.of(dims), inverses));
  }

  /** (x - mean) / (standard deviation + 1e-9) over axes, by default all but channels. */
  private static List<TypedTensor> meanVariance(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    long[] given = call.node().ints("axes").orElse(new long[] {0, 2, 3});
    int[] axes = Arrays.stream(given).mapToInt(a -> call.axisOf(a, rank)).toArray();
    double count =
        Arrays.stream(axes).mapToDouble(a -> x.shape().dim(a)).reduce(1, (a, b) -> a * b);
    double[] sums = Reductions.reduce(x, axes, 0, Double::sum);
    int[] strides = IndexWalk.strides(Reductions.shape(x.shape(), axes, true), x.shape());
    double[] y = Elements.doubles(x).clone();
    double[] squares = new double[sums.length];
    for (IndexWalk w = new IndexWalk(x.shape(), strides); w.hasNext(); w.advance()) {
      y[w.position()] -= sums[w.at(0)] / count;
      squares[w.at(0)] += y[w.position()] * y[w.position()];
    }
    for (IndexWalk w = new IndexWalk(x.shape(), strides); w.hasNext(); w.advance()) {
      y[w.position()] /= Math.sqrt(squares[w.at(0)] / count) + 1e-9;
    }
    return Elements.one(x.type(), x.shape(), y);
  }

  /** x / (Σ |x|^p)^(1/p) over one axis, for p of 1 or 2; zeros stay. */
  private static List<TypedTensor> lp(HostCall call) {
    TypedTensor x = call.input(0);
    int[] axes = {call.axis(-1, x.shape().rank())};
    long p = call.node().intOr("p", 2);
    double[] norms = Reductions.reduce(x, axes, 0, (s, v) -> s + (p == 1 ? Math.abs(v) : v * v));
    int[] strides = IndexWalk.strides(Reductions.shape(x.shape(), axes, true), x.shape());
    double[] y = Elements.doubles(x).clone();
    for (IndexWalk w = new IndexWalk(x.shape(), strides); w.hasNext(); w.advance()) {
      double norm = p == 1 ? norms[w.at(0)] : Math.sqrt(norms[w.at(0)]);
      y[w.position()] = norm == 0 ? 0 : y[w.position()] / norm;
    }
    return Elements.one(x.type(), x.shape(), y);
  }

  /** x / (bias + alpha / size · Σ x²)^beta over {@code size} channels around each. */
  private static List<TypedTensor> lrn(HostCall call) {
    TypedTensor x = call.input(0);
    int size = (int) call.node().intOr("size", 0);
    if (size < 1 || x.shape().rank() < 2) {
      throw call.wrong("expected a size of at least 1 and channels, got %d and %s", size, x);
    }
    double alpha = call.node().floatOr("alpha", 1e-4f);
    double beta = call.node().floatOr("beta", 0.75f);
    double bias = call.node().floatOr("bias", 1);
    int channels = x.shape().dim(1);
    int plane = Elements.count(x.shape(), 2, x.shape().rank());
    double[] xs = Elements.doubles(x);
    double[] y = new double[xs.length];
    for (int i = 0; i < y.length; i++) {
      int c = i / plane % channels;
      double squares = 0;
      int last = Math.min(channels - 1, c + size / 2);
      for (int k = Math.max(0, c - (size - 1) / 2); k <= last; k++) {
        double v = xs[i + (k - c) * plane];
        squares += v * v;
      }
      y[i] = xs[i] / Math.pow(bias + alpha / size * squares, beta);
    }
    return Elements.one(x.type(), x.shape(), y);
  }
}
