package io.lanewise.propertytests.faults;

import io.lanewise.kernels.tensor.Tensor;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Spoils tensors, element by element in the order of memory. */
final class Values {
  private Values() {}

  static void change(Tensor t, DoubleUnaryOperator f) {
    for (int i = t.offset(); i < t.offset() + t.size(); i++) {
      t.array()[i] = (float) f.applyAsDouble(t.array()[i]);
    }
  }

  /** By another tensor of as many elements. */
  static void change(Tensor t, Tensor by, DoubleBinaryOperator f) {
    for (int i = 0; i < t.size(); i++) {
      float value = t.array()[t.offset() + i];
      t.array()[t.offset() + i] = (float) f.applyAsDouble(value, by.array()[by.offset() + i]);
    }
  }

  /** A changed copy. */
  static Tensor changed(Tensor t, DoubleUnaryOperator f) {
    Tensor copy = t.copy();
    change(copy, f);
    return copy;
  }

  /** A copy in the opposite order. */
  static Tensor turned(Tensor t) {
    Tensor copy = t.copy();
    for (int i = 0; i < t.size(); i++) {
      copy.array()[t.size() - 1 - i] = t.array()[t.offset() + i];
    }
    return copy;
  }

  static double greatest(Tensor t) {
    double greatest = 0;
    for (float v : t.toArray()) {
      greatest = Math.max(greatest, Math.abs(v));
    }
    return greatest;
  }
}
