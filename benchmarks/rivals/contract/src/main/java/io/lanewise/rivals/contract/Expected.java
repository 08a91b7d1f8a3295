package io.lanewise.rivals.contract;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * What a task's output must be.
 *
 * <p>A sum of k products in float32, in any order, with or without FMA, is within {@code k u Σ|a b|
 * / (1 - k u)} of the exact one (Higham, Accuracy and Stability of Numerical Algorithms, §3.1), u =
 * 2^-24; two more u cover the reference's own rounding and the second order. exp and tanh are each
 * library's own: 16 u are allowed for them, of tanh's greatest value, as a tanh made from exp has
 * no relative accuracy near 0.
 */
final class Expected {
  private static final double U = Math.scalb(1.0, -24);
  private static final int TRANSCENDENTAL = 16;

  private final float[] values;
  private final double[] bounds;

  private Expected(float[] values, double[] bounds) {
    this.values = values;
    this.bounds = bounds;
  }

  /** Computes y from two operands. */
  private interface Product {
    void run(Tensor a, Tensor b, Tensor y);
  }

  static Expected of(Task task) {
    return switch (task.op()) {
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> conv(task);
      case GEMM -> {
        GemmShape s = task.gemm();
        Product p = (a, b, c) -> ReferenceMatrix.gemm(s, a, b, c);
        yield product(p, x(s.a()), w(s.b()), s.c(), s.k());
      }
      case LINEAR -> {
        LinearShape s = task.linear();
        Product p = (x, w, y) -> ReferenceMatrix.linear(s, x, w, null, y);
        yield product(p, x(s.x()), w(s.w()), s.y(), s.in());
      }
      case MAX_POOL -> {
        PoolShape s = task.pool();
        Tensor y = Tensor.zeros(s.y());
        ReferencePool.max(s, x(s.x()), y, new int[y.size()]);
        yield relative(y, 0);
      }
      case AVG_POOL -> {
        PoolShape s = task.pool();
        Product p = (x, none, y) -> ReferencePool.average(s, false, x, y);
        yield product(p, x(s.x()), x(s.x()), s.y(), s.kh() * s.kw() + 1);
      }
      case RELU -> relative(map(task.sizes(), Activation.RELU), 0);
      case TANH -> absolute(map(task.sizes(), Activation.TANH), TRANSCENDENTAL);
      case SOFTMAX -> {
        Tensor y = Tensor.zeros(task.sizes());
        ReferenceElementwise.softmax(x(task.sizes()), y);
        yield relative(y, TRANSCENDENTAL + task.sizes().dim(1));
      }
      default -> throw new IllegalArgumentException("no rival is measured on " + task);
    };
  }

  /**
   * Compares an output, element by element.
   *
   * @throws AssertionError naming the first element that is outside its bound
   */
  void requireClose(float[] got, String what) {
    if (got.length != values.length) {
      throw new AssertionError(
          what + ": expected " + values.length + " elements, got " + got.length);
    }
    for (int i = 0; i < got.length; i++) {
      if (!(Math.abs((double) got[i] - values[i]) <= bounds[i])) {
        throw new AssertionError(
            what
                + ": element "
                + i
                + " is "
                + got[i]
                + ", expected "
                + values[i]
                + " within "
                + bounds[i]);
      }
    }
  }

  private static Expected conv(Task task) {
    ConvShape s = task.conv();
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    return switch (task.op()) {
      case CONV -> {
        Product p = (x, w, y) -> ReferenceConv.forward(s, x, w, null, y);
        yield product(p, x(s.x()), w(s.w()), s.y(), s.reduction());
      }
      case CONV_BACKWARD_DATA -> {
        Product p = (g, w, dx) -> ReferenceConv.backwardData(s, g, w, dx);
        yield product(p, dy, w(s.w()), s.x(), s.ocg() * s.kh() * s.kw());
      }
      default -> {
        Tensor db = Tensor.zeros(s.bias());
        Product p = (x, g, dw) -> ReferenceConv.backwardWeights(s, x, g, dw, db);
        yield product(p, x(s.x()), dy, s.w(), s.n() * s.oh() * s.ow());
      }
    };
  }

  private static Expected product(Product p, Tensor a, Tensor b, Shape result, int k) {
    Tensor y = Tensor.zeros(result);
    Tensor absolute = Tensor.zeros(result);
    p.run(a, b, y);
    p.run(absolute(a), absolute(b), absolute);
    double[] bounds = new double[y.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = (k + 2) * U * absolute.array()[i];
    }
    return new Expected(y.toArray(), bounds);
  }

  private static Expected relative(Tensor y, int units) {
    double[] bounds = new double[y.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = units * U * Math.abs(y.array()[i]);
    }
    return new Expected(y.toArray(), bounds);
  }

  private static Expected absolute(Tensor y, int units) {
    double[] bounds = new double[y.size()];
    Arrays.fill(bounds, units * U);
    return new Expected(y.toArray(), bounds);
  }

  private static Tensor map(Shape shape, Activation kind) {
    Tensor y = x(shape);
    for (int i = 0; i < y.size(); i++) {
      y.array()[i] = (float) ReferenceElementwise.activate(kind, y.array()[i]);
    }
    return y;
  }

  private static Tensor absolute(Tensor t) {
    Tensor copy = t.copy();
    for (int i = 0; i < copy.size(); i++) {
      copy.array()[i] = Math.abs(copy.array()[i]);
    }
    return copy;
  }

  private static Tensor x(Shape shape) {
    return Task.uniform(shape, Task.SEED_X);
  }

  private static Tensor w(Shape shape) {
    return Task.uniform(shape, Task.SEED_W);
  }
}
