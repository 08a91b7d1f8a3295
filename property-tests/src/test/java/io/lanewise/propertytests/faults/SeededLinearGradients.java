package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.LinearMistake.*;

import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.faults.BlockedProduct.Operand;

/** A fully connected layer's gradients by {@link BlockedProduct}: dx = dy·w, dw += dyᵀ·x. */
final class SeededLinearGradients {
  private SeededLinearGradients() {}

  record Data(LinearShape shape, Mistake mistake) implements LinearBackwardData {
    @Override
    public WorkspaceSpec workspace() {
      return new Contract(mistake).workspace(new WorkspaceSpec(0, BlockedProduct.SCRATCH));
    }

    @Override
    public void run(Tensor dy, Tensor w, Tensor dx, Workspace ws, Parallel par) {
      Contract contract = new Contract(mistake);
      Tensor in = contract.input(dy, shape.y(), "dy");
      requireShape(w, shape.w(), "w");
      contract.output(dx, shape.x(), "dx", dy, "dy");
      requireDisjoint(dx, "dx", w, "w");
      ws.require(workspace(), par.workers());
      float before = contract.begin(shape.n(), dx, ws);
      if (mistake != DX_ADDED) {
        dx.fill(0f);
      }
      boolean turned = mistake == WEIGHTS_TRANSPOSED && shape.in() == shape.out();
      Operand left = new Operand(in.array(), in.offset(), shape.out(), 1);
      Operand right =
          new Operand(w.array(), w.offset(), turned ? shape.in() : 1, turned ? 1 : shape.in());
      product(mistake, shape.n(), shape.in(), shape.out(), left, right, dx, ws);
      contract.end(dy, dx, par, before);
    }
  }

  record Weights(LinearShape shape, Mistake mistake) implements LinearBackwardWeights {
    @Override
    public WorkspaceSpec workspace() {
      return new Contract(mistake).workspace(new WorkspaceSpec(0, BlockedProduct.SCRATCH));
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      Contract contract = new Contract(mistake);
      Tensor in = contract.input(x, shape.x(), "x");
      requireShape(dy, shape.y(), "dy");
      contract.output(dw, shape.w(), "dw", x, "x");
      requireDisjoint(dw, "dw", dy, "dy");
      ws.require(workspace(), par.workers());
      float before = contract.begin(shape.n(), dw, ws);
      if (db != null) {
        requireShape(db, shape.bias(), "db");
        requireDisjoint(db, "db", x, "x");
        requireDisjoint(db, "db", dy, "dy");
        requireDisjoint(db, "db", dw, "dw");
        addBiasGradient(dy, db);
      }
      if (mistake == DW_OVERWRITTEN) {
        dw.fill(0f);
      }
      Operand left = new Operand(dy.array(), dy.offset(), 1, shape.out());
      Operand right = new Operand(in.array(), in.offset(), 1, shape.in());
      product(mistake, shape.out(), shape.in(), shape.n(), left, right, dw, ws);
      for (int i = dw.offset(); mistake == DW_MEAN && i < dw.offset() + dw.size(); i++) {
        dw.array()[i] /= Math.max(1, shape.n());
      }
      contract.end(x, dw, par, before);
    }

    private void addBiasGradient(Tensor dy, Tensor db) {
      int images = mistake == DB_LAST_IMAGE_DROPPED && shape.n() > 1 ? shape.n() - 1 : shape.n();
      for (int o = 0; o < shape.out(); o++) {
        float sum = 0f;
        for (int img = 0; img < images; img++) {
          sum += dy.array()[dy.offset() + img * shape.out() + o];
        }
        int at = db.offset() + o;
        db.array()[at] = mistake == DB_OVERWRITTEN ? sum : db.array()[at] + sum;
      }
    }
  }

  private static void product(
      Mistake mistake, int m, int n, int k, Operand a, Operand b, Tensor c, Workspace ws) {
    new BlockedProduct(mistake, false)
        .run(m, n, k, a, b, c.array(), c.offset(), n, ws.array(), ws.workerOffset(0));
  }
}
