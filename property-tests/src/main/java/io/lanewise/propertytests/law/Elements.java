package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on all elements of tensors, for laws to state what they compare. */
final class Elements {
  /** One element of a result. */
  interface Unary {
    float of(float x);
  }

  /** One element of a result. */
  interface Binary {
    float of(float a, float b);
  }

  private Elements() {}

  static float at(Tensor t, int i) {
    return t.array()[t.offset() + i];
  }

  static Tensor map(Tensor x, Unary f) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.array()[i] = f.of(at(x, i));
    }
    return y;
  }

  static Tensor map(Tensor a, Tensor b, Binary f) {
    Tensor y = Tensor.zeros(a.shape());
    for (int i = 0; i < y.size(); i++) {
      y.array()[i] = f.of(at(a, i), at(b, i));
    }
    return y;
  }

  static Tensor plus(Tensor a, Tensor b) {
    return map(a, b, (x, y) -> x + y);
  }

  static Tensor minus(Tensor a, Tensor b) {
    return map(a, b, (x, y) -> x - y);
  }

  static Tensor times(Tensor x, float factor) {
    return map(x, v -> v * factor);
  }

  /** Σ a·b in float64: exact for small whole numbers. */
  static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) at(a, i) * at(b, i);
    }
    return sum;
  }

  /** Σ x in float64. */
  static double sum(Tensor x) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += at(x, i);
    }
    return sum;
  }

  /** The greatest magnitude; 0 of none. */
  static double greatest(Tensor x) {
    double greatest = 0;
    for (int i = 0; i < x.size(); i++) {
      greatest = Math.max(greatest, Math.abs(at(x, i)));
    }
    return greatest;
  }

  /** One number an element, from the elements. */
  static double[] bounds(Tensor x, DoubleUnaryOperator f) {
    double[] bounds = new double[x.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = f.applyAsDouble(at(x, i));
    }
    return bounds;
  }

  /** The same with one bit pattern for every NaN, so that bits can be compared. */
  static Tensor oneNan(Tensor x) {
    return map(x, v -> Float.isNaN(v) ? Float.NaN : v);
  }
}
