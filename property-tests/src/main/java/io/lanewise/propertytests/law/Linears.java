package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;

/** Passes of a fully connected layer, run into fresh memory that holds NaN before. */
final class Linears {
  /** What the weights' pass adds to. */
  record Gradients(Tensor dw, Tensor db) {
    Gradients copy() {
      return new Gradients(dw.copy(), db == null ? null : db.copy());
    }
  }

  /** A layer's tensors, of small whole numbers or of any floats. */
  record Data(Tensor x, Tensor w, Tensor bias, Tensor dy) {
    static Data integers(LinearShape s, Trial trial) {
      Data d =
          new Data(
              trial.integers(s.x()),
              trial.integers(s.w()),
              trial.integers(s.bias()),
              trial.integers(s.y()));
      d.requireAlive(s, trial);
      return d;
    }

    static Data wideRange(LinearShape s, Trial trial) {
      Data d =
          new Data(
              trial.wideRange(s.x()),
              trial.wideRange(s.w()),
              trial.wideRange(s.bias()),
              trial.wideRange(s.y()));
      d.requireAlive(s, trial);
      return d;
    }

    private void requireAlive(LinearShape s, Trial trial) {
      Tensor y = Tensor.zeros(s.y());
      ReferenceMatrix.linear(s, x, w, null, y);
      trial.requireAlive(y);
    }
  }

  private Linears() {}

  static Tensor forward(Backend backend, LinearShape s, Tensor x, Tensor w, Tensor bias) {
    LinearForward plan = backend.linearForward(s);
    PackedWeights packed = plan.newWeights();
    plan.pack(w, packed);
    return forward(plan, x, packed, bias);
  }

  static Tensor forward(LinearForward plan, Tensor x, PackedWeights packed, Tensor bias) {
    Tensor y = Tensor.zeros(plan.shape().y()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, packed, bias, y, ws, Parallel.SEQUENTIAL);
    return y;
  }

  static Tensor backwardData(Backend backend, LinearShape s, Tensor dy, Tensor w) {
    LinearBackwardData plan = backend.linearBackwardData(s);
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    plan.run(dy, w, dx, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
    return dx;
  }

  /** Added to zeros. */
  static Gradients backwardWeights(Backend backend, LinearShape s, Tensor x, Tensor dy) {
    Gradients zeros = new Gradients(Tensor.zeros(s.w()), Tensor.zeros(s.bias()));
    return backwardWeights(backend, s, x, dy, zeros);
  }

  /** Added to copies. */
  static Gradients backwardWeights(
      Backend backend, LinearShape s, Tensor x, Tensor dy, Gradients start) {
    LinearBackwardWeights plan = backend.linearBackwardWeights(s);
    Gradients sums = start.copy();
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, dy, sums.dw, sums.db, ws, Parallel.SEQUENTIAL);
    return sums;
  }
}
