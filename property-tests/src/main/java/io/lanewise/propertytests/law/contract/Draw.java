package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.FamilyCase;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What a case of a family leaves open: parameters, which its variant picks, and data. The same
 * calls in the same order give the same, whatever backend is then asked.
 */
final class Draw {
  /** What results are held to, and what makes the inputs of backward passes. */
  static final Backend REFERENCE = new ReferenceBackend();

  private final FamilyCase of;
  private final SplittableRandom parameters;
  private final Calls.Data data;

  Draw(FamilyCase of, Calls.Data data) {
    this.of = of;
    this.parameters = of.parameters();
    this.data = data;
  }

  Shape shape() {
    return of.x();
  }

  Layout layout() {
    return of.layout();
  }

  /** A parameter in [least, most]. */
  int between(int least, int most) {
    return parameters.nextInt(least, most + 1);
  }

  boolean either() {
    return parameters.nextBoolean();
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[parameters.nextInt(choices.length)];
  }

  /** One parameter for each of {@code n}. */
  int[] each(int n, int least, int most) {
    return IntStream.range(0, n).map(i -> between(least, most)).toArray();
  }

  /** The numbers below {@code n} in some order. */
  int[] order(int n) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int at = between(0, i);
      int value = order[i];
      order[i] = order[at];
      order[at] = value;
    }
    return order;
  }

  /** Data of magnitude up to 1, or small whole numbers: what the law asks for. */
  Tensor of(Shape s) {
    return data.of(s);
  }

  /** The same in a layout. */
  Tensor of(Shape s, Layout layout) {
    return Tensor.wrap(s, layout, data.of(s).array(), 0);
  }

  /** Even in [0, 1), through a function; not what the law asks for. */
  Tensor through(Shape s, Layout layout, DoubleUnaryOperator f) {
    Tensor t = Tensor.zeros(s, layout);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) f.applyAsDouble(data.random().nextDouble());
    }
    return t;
  }

  /** Multiples of 1/4 in [-1, 1]: many are equal, some are 0. */
  Tensor coarse(Shape s, Layout layout) {
    return through(s, layout, v -> Math.floor(9 * v) / 4 - 1);
  }

  /** Of either sign and a magnitude in [1/4, 5/4). */
  Tensor apartFromZero(Shape s, Layout layout) {
    return through(s, layout, v -> v < 0.5 ? -0.25 - 2 * v : 2 * v - 0.75);
  }

  /** In [least, most). */
  Tensor inside(Shape s, Layout layout, double least, double most) {
    return through(s, layout, v -> least + (most - least) * v);
  }

  int[] numbers(int n, int least, int below) {
    return data.random().ints(n, least, below).toArray();
  }

  static Tensor ones(Shape s, Layout layout) {
    return Tensor.zeros(s, layout).fill(1);
  }

  static Tensor like(Shape s) {
    return Tensor.zeros(s);
  }

  static Tensor like(Shape s, Layout layout) {
    return Tensor.zeros(s, layout);
  }

  static double greatest(Tensor t) {
    double greatest = 0;
    for (float v : t.toArray()) {
      greatest = Math.max(greatest, Math.abs(v));
    }
    return greatest;
  }

  static List<Call> calls(Call... calls) {
    return List.of(calls);
  }
}
