package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;

/**
 * For each index of a resized axis the input's indices that it is made of.
 *
 * @param sources indices, cut to the axis
 * @param weights what each counts; null where the index lies outside of a region
 * @param outside what stands outside
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ResizeTaps(int[][] sources, double[][] weights, double outside) {
  static ResizeTaps of(ResizeRule rule, int in, int out, double scale, double start, double end) {
    int[][] sources = new int[out][];
    double[][] weights = new double[out][];
    for (int o = 0; o < out; o++) {
      double x = rule.coordinate(o, out, in, scale, start, end);
      boolean crop = rule.coordinates().equals("tf_crop_and_resize");
      if (crop && (x < 0 || x > in - 1)) {
        continue;
      }
      if (rule.mode().equals("nearest")) {
        sources[o] = new int[] {Math.clamp(rule.round(x), 0, in - 1)};
        weights[o] = new double[] {1};
      } else {
        curve(rule, in, scale, x, o, sources, weights);
      }
    }
    return new ResizeTaps(sources, weights, rule.extrapolation());
  }

  /** Weights sum to 1 where the curve was widened or cut. */
  private static void curve(
      ResizeRule rule, int in, double scale, double x, int o, int[][] sources, double[][] weights) {
    double narrow = rule.antialias() ? Math.min(scale, 1) : 1;
    int first = (int) Math.floor(x) - (int) Math.ceil(rule.reach() / narrow) + 1;
    int count = 2 * (int) Math.ceil(rule.reach() / narrow);
    sources[o] = new int[count];
    weights[o] = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      int at = first + i;
      boolean counts = !rule.excludeOutside() || (at >= 0 && at < in);
      sources[o][i] = Math.clamp(at, 0, in - 1);
      weights[o][i] = counts ? rule.weight((at - x) * narrow) : 0;
      sum += weights[o][i];
    }
    for (int i = 0; i < count; i++) {
      weights[o][i] /= sum;
    }
  }

  /** Resamples one axis. */
  double[] apply(double[] x, Shape shape, int axis) {
    int outer = Elements.count(shape, 0, axis);
    int inner = Elements.count(shape, axis + 1, shape.rank());
    int in = shape.dim(axis);
    int out = sources.length;
    double[] y = new double[Math.toIntExact((long) outer * out * inner)];
    for (int i = 0; i < y.length; i++) {
      int o = i / inner % out;
      if (weights[o] == null) {
        y[i] = outside;
        continue;
      }
      int start = i / inner / out * in * inner + i % inner;
      double sum = 0;
      for (int t = 0; t < weights[o].length; t++) {
        sum += weights[o][t] * x[start + sources[o][t] * inner];
      }
      y[i] = sum;
    }
    return y;
  }
}
