package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Activations, in pieces of a few thousand elements. */
final class ElementwiseExpectation {
  private static final int PIECE = 4096;
  private static final int MOST = 16;
  private static final long FLOPS = 16; // of a function in float64, roughly

  private ElementwiseExpectation() {}

  /** Of y or dx, in the sizes of x. */
  static Expectation of(Task task) {
    Tensor x = Task.uniform(task.sizes(), Task.SEED_X);
    Tensor dy = Task.uniform(task.sizes(), Task.SEED_DY);
    int pieces = Math.ceilDiv(x.size(), PIECE);
    List<Part> parts = new ArrayList<>();
    for (int piece : Spread.over(pieces, FLOPS * x.size(), MOST)) {
      int from = piece * PIECE;
      int length = Math.min(PIECE, x.size() - from);
      parts.add(part(task.op(), x.array(), dy.array(), from, length));
    }
    return new Expectation(task.toString(), x.size(), parts);
  }

  private static Part part(Op op, float[] x, float[] dy, int from, int length) {
    Activation kind = op.forward() == Op.RELU ? Activation.relu() : Activation.tanh();
    boolean forward = op == op.forward();
    Tensor want = Tensor.zeros(Shape.of(length));
    Tensor scales = Tensor.zeros(want.shape());
    for (int i = 0; i < length; i++) {
      double y = ReferenceElementwise.activate(kind, x[from + i]);
      double result = forward ? y : dy[from + i] * ReferenceElementwise.slope(kind, y);
      want.array()[i] = (float) result;
      if (kind.equals(Activation.tanh())) {
        // A tanh made from exp is as exact as its greatest value, 1, not as itself near 0. And 1 -
        // y² loses what y lost: a gradient is as exact as dy.
        scales.array()[i] = forward ? 1 : Math.abs(dy[from + i]);
      }
    }
    return Part.scaled("from " + from + " on", from, want, scales);
  }
}
