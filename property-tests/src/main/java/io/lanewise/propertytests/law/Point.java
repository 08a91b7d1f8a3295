package io.lanewise.propertytests.law;

import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An input and parameters in float64: where a network is evaluated, or a direction to go from
 * there.
 */
final class Point {
  private final double[] x;
  private final List<double[]> parameters;

  /**
   * A place or a direction.
   *
   * @param x the input, or how it moves
   * @param parameters in the network's order, or how they move
   */
  private Point(double[] x, List<double[]> parameters) {
    this.x = x;
    this.parameters = parameters;
  }

  double[] x() {
    return x;
  }

  List<double[]> parameters() {
    return parameters;
  }

  static Point of(NetworkData data) {
    return new Point(doubles(data.x()), data.parameters().stream().map(Point::doubles).toList());
  }

  /** A direction: each number moves by up to 1, most of them up. */
  static Point random(NetworkData data, Trial trial) {
    return of(data).map(v -> 1.25 * trial.random().nextDouble() - 0.25);
  }

  Point magnitudes() {
    return map(Math::abs);
  }

  private Point map(DoubleUnaryOperator f) {
    List<double[]> mapped = new ArrayList<>();
    for (double[] p : parameters) {
      mapped.add(map(p, f));
    }
    return new Point(map(x, f), mapped);
  }

  private static double[] map(double[] values, DoubleUnaryOperator f) {
    double[] mapped = new double[values.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = f.applyAsDouble(values[i]);
    }
    return mapped;
  }

  /** A step from here. */
  Point plus(Point direction, double step) {
    List<double[]> moved = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      moved.add(plus(parameters.get(i), direction.parameters.get(i), step));
    }
    return new Point(plus(x, direction.x, step), moved);
  }

  private static double[] plus(double[] a, double[] b, double step) {
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + step * b[i];
    }
    return sum;
  }

  /** This direction's part of a gradient. */
  double dot(Tensor dx, List<Tensor> gradients) {
    double sum = dot(dx, x);
    for (int i = 0; i < parameters.size(); i++) {
      sum += dot(gradients.get(i), parameters.get(i));
    }
    return sum;
  }

  static double dot(Tensor a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += Elements.at(a, i) * b[i];
    }
    return sum;
  }

  private static double[] doubles(Tensor t) {
    double[] values = new double[t.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Elements.at(t, i);
    }
    return values;
  }
}
