package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link ReferenceMatrix}'s fully connected layer behind the plans' interfaces; "packed" weights
 * are the weights.
 */
final class ReferenceLinearPlans {
  private static final String NAME = "reference";

  private ReferenceLinearPlans() {}

  record Forward(LinearShape shape) implements LinearForward {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return new PackedWeights(NAME + shape.w(), shape.w().size());
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      requireShape(w, shape.w(), "w");
      packed.require(NAME + shape.w());
      System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
    }

    @Override
    public void run(
        Tensor x, PackedWeights packed, Tensor bias, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      if (bias != null) {
        requireShape(bias, shape.bias(), "bias");
        requireDisjoint(y, "y", bias, "bias");
      }
      packed.require(NAME + shape.w());
      ReferenceMatrix.linear(shape, x, Tensor.of(shape.w(), packed.data()), bias, y);
    }
  }

  record Data(LinearShape shape) implements LinearBackwardData {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void run(Tensor dy, Tensor w, Tensor dx, Workspace ws, Parallel par) {
      requireShape(dy, shape.y(), "dy");
      requireShape(w, shape.w(), "w");
      requireShape(dx, shape.x(), "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      requireDisjoint(dx, "dx", w, "w");
      ReferenceMatrix.linearBackwardData(shape, dy, w, dx);
    }
  }

  record Weights(LinearShape shape) implements LinearBackwardWeights {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(dy, shape.y(), "dy");
      requireShape(dw, shape.w(), "dw");
      requireDisjoint(dw, "dw", x, "x");
      requireDisjoint(dw, "dw", dy, "dy");
      if (db != null) {
        requireShape(db, shape.bias(), "db");
        requireDisjoint(db, "db", x, "x");
        requireDisjoint(db, "db", dy, "dy");
        requireDisjoint(db, "db", dw, "dw");
      }
      ReferenceMatrix.linearBackwardWeights(shape, x, dy, dw, db);
    }
  }
}
