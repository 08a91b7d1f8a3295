package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.RowsShape;
import java.util.SplittableRandom;

/**
 * Softmax with and without cross-entropy, run into fresh memory that holds NaN before, and how far
 * off its rows may be.
 */
final class Rows {
  /** Exponentials below e^-87 may be 0: about the least normal float. */
  static final double FLUSHED = 2e-38;

  /**
   * An exponential's error, in u of it: 2 ulp of up to 2u each, as kernels' ElementwiseKernels
   * says, and as much again for a backend that does not fuse its steps.
   */
  private static final double EXPONENTIAL = 8;

  private static final float[] SCALES = {1f, 1f, 20f, 300f};

  /** What softmax and cross-entropy in one step give. */
  record Loss(double mean, Tensor losses, Tensor probabilities) {}

  private Rows() {}

  static Tensor softmax(Backend backend, Tensor x) {
    Tensor y = Tensor.zeros(x.shape()).fill(Float.NaN);
    backend.softmax().forward(x, y, Parallel.SEQUENTIAL);
    return y;
  }

  static Tensor softmaxBackward(Backend backend, Tensor y, Tensor dy) {
    Tensor dx = Tensor.zeros(y.shape()).fill(Float.NaN);
    backend.softmax().backward(y, dy, dx, Parallel.SEQUENTIAL);
    return dx;
  }

  static Tensor reference(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    ReferenceElementwise.softmax(x, y);
    return y;
  }

  static Loss loss(Backend backend, Tensor x, int[] labels) {
    Tensor losses = Tensor.zeros(Shape.of(labels.length)).fill(Float.NaN);
    Tensor p = Tensor.zeros(x.shape()).fill(Float.NaN);
    double mean = backend.softmaxCrossEntropy().forward(x, labels, losses, p, Parallel.SEQUENTIAL);
    return new Loss(mean, losses, p);
  }

  static Tensor lossBackward(Backend backend, Tensor probabilities, int[] labels) {
    Tensor dx = Tensor.zeros(probabilities.shape()).fill(Float.NaN);
    backend.softmaxCrossEntropy().backward(probabilities, labels, dx, Parallel.SEQUENTIAL);
    return dx;
  }

  /** Logits of one of several sizes. */
  static Tensor logits(RowsShape s, Trial trial) {
    float scale = SCALES[trial.random().nextInt(SCALES.length)];
    Tensor x = Elements.times(trial.floats(s.shape()), scale);
    trial.requireAlive(x);
    return x;
  }

  /** A class number for each row. */
  static int[] labels(RowsShape s, SplittableRandom random) {
    return random.ints(s.n(), 0, s.classes()).toArray();
  }

  /**
   * What each probability of a row may be off by, as a share of it: the subtraction of the greatest
   * logit moves the exponent by u·|x - max|, and the exponential adds {@link #EXPONENTIAL}, both in
   * the numerator and in the sum; the sum adds a rounding a term; then the scaling two, the
   * reference one, and one is for products of errors.
   */
  static double relative(Tensor x, int row) {
    int classes = x.shape().dim(1);
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      max = Math.max(max, x.get(row, c));
      min = Math.min(min, x.get(row, c));
    }
    return U * (2 * (Math.min(max - min, 88) + EXPONENTIAL) + classes + 4);
  }

  /** Bounds of all probabilities. */
  static double[] bounds(Tensor x, Tensor y) {
    int classes = x.shape().dim(1);
    double[] bounds = new double[y.size()];
    double relative = 0;
    for (int i = 0; i < bounds.length; i++) {
      relative = i % classes == 0 ? relative(x, i / classes) : relative;
      bounds[i] = relative * at(y, i) + FLUSHED;
    }
    return bounds;
  }

  /** Bounds of all losses: what the logarithm makes of the sum's error, and two roundings. */
  static double[] lossBounds(Tensor x, Tensor losses) {
    double[] bounds = new double[losses.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = relative(x, i) + 2 * U * Math.abs(at(losses, i));
    }
    return bounds;
  }
}
