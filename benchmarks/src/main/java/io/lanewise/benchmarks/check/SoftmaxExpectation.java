package io.lanewise.benchmarks.check;

import static io.lanewise.benchmarks.check.Part.magnitudes;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Softmax, its gradient and that of the cross-entropy, row by row. */
final class SoftmaxExpectation {
  private static final int ROWS = 16;
  private static final long FLOPS = 16; // of a function in float64, roughly

  private SoftmaxExpectation() {}

  /** Of y or dx [n][classes]. */
  static Expectation of(Task task) {
    Shape s = task.sizes();
    Tensor x = Task.uniform(s, Task.SEED_X);
    Tensor dy = Task.uniform(s, Task.SEED_DY);
    List<Part> parts = new ArrayList<>();
    for (int row : Spread.over(s.dim(0), FLOPS * s.size(), ROWS)) {
      parts.add(part(task.op(), x.slice(row, row + 1), dy.slice(row, row + 1), row, s.dim(0)));
    }
    return new Expectation(task.toString(), s.size(), parts);
  }

  private static Part part(Op op, Tensor x, Tensor dy, int row, int rows) {
    int classes = x.shape().dim(1);
    Tensor y = Tensor.zeros(x.shape());
    ReferenceElementwise.softmax(x, y);
    Tensor want = y;
    Tensor scales = y;
    if (op == Op.SOFTMAX_BACKWARD) {
      want = Tensor.zeros(x.shape());
      ReferenceElementwise.softmaxBackward(y, dy, want);
      scales = backwardScales(y, magnitudes(dy));
    } else if (op == Op.SOFTMAX_CROSS_ENTROPY) {
      want = y.copy();
      scales = y.copy();
      int label = Task.label(row, classes);
      want.set(want.get(0, label) - 1, 0, label);
      scales.set(scales.get(0, label) + 1, 0, label);
      divide(want, rows);
      divide(scales, rows);
    }
    return Part.scaled("row " + row, row * classes, want, scales);
  }

  /** {@code y · (|dy| + Σ |dy| · y)}: the magnitudes that the gradient's difference is made of. */
  private static Tensor backwardScales(Tensor y, Tensor dy) {
    double dot = 0;
    for (int c = 0; c < y.size(); c++) {
      dot += (double) dy.get(0, c) * y.get(0, c);
    }
    Tensor scales = Tensor.zeros(y.shape());
    for (int c = 0; c < y.size(); c++) {
      scales.set((float) (y.get(0, c) * (dy.get(0, c) + dot)), 0, c);
    }
    return scales;
  }

  private static void divide(Tensor t, int by) {
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] /= by;
    }
  }
}
