package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link ReferenceTransposedConv} behind the plans' interfaces; "packed" weights are the weights.
 */
final class ReferenceTransposedConvPlans {
  private static final String NAME = "reference";
  private static final String PACKED = "transposed reference ";

  private ReferenceTransposedConvPlans() {}

  record Forward(TransposedConvShape shape, Layout layout) implements TransposedConvForward {
    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return new PackedWeights(PACKED + shape.w(), shape.w().size());
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      copy(shape, w, packed);
    }

    @Override
    public void run(
        Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), layout, "x");
      requireShape(y, shape.y(), layout, "y");
      requireDisjoint(y, "y", x, "x");
      if (epilogue.bias() != null) {
        requireShape(epilogue.bias(), shape.bias(), "bias");
        requireDisjoint(y, "y", epilogue.bias(), "bias");
      }
      if (epilogue.residual() != null) {
        requireShape(epilogue.residual(), shape.y(), layout, "residual");
        requireDisjoint(y, "y", epilogue.residual(), "residual");
      }
      w.require(PACKED + shape.w());
      ReferenceTransposedConv.fused(shape, x, Tensor.of(shape.w(), w.data()), epilogue, y);
    }
  }

  record Data(TransposedConvShape shape, Layout layout) implements TransposedConvBackwardData {
    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return new PackedWeights(PACKED + shape.w(), shape.w().size());
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      copy(shape, w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      requireShape(dy, shape.y(), layout, "dy");
      requireShape(dx, shape.x(), layout, "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      w.require(PACKED + shape.w());
      ReferenceTransposedConv.backwardData(shape, dy, Tensor.of(shape.w(), w.data()), dx);
    }
  }

  record Weights(TransposedConvShape shape, Layout layout)
      implements TransposedConvBackwardWeights {
    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), layout, "x");
      requireShape(dy, shape.y(), layout, "dy");
      requireShape(dw, shape.w(), "dw");
      requireDisjoint(dw, "dw", x, "x");
      requireDisjoint(dw, "dw", dy, "dy");
      if (db != null) {
        requireShape(db, shape.bias(), "db");
        requireDisjoint(db, "db", x, "x");
        requireDisjoint(db, "db", dy, "dy");
        requireDisjoint(db, "db", dw, "dw");
      }
      ReferenceTransposedConv.backwardWeights(shape, x, dy, dw, db);
    }
  }

  private static void copy(TransposedConvShape shape, Tensor w, PackedWeights packed) {
    requireShape(w, shape.w(), "w");
    packed.require(PACKED + shape.w());
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }
}
