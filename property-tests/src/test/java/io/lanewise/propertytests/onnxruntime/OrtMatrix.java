package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.number;

import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** ONNX's Gemm as matrix product and as fully connected layer, with its gradients. */
final class OrtMatrix {
  private OrtMatrix() {}

  record Product(GemmShape shape) implements Gemm {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
      requireShape(a, shape.a(), "a");
      requireShape(b, shape.b(), "b");
      requireShape(c, shape.c(), "c");
      requireDisjoint(c, "c", a, "a");
      requireDisjoint(c, "c", b, "b");
      GemmShape one = shape.withBatch(1);
      for (int q = 0; q < shape.batch(); q++) {
        runOne(one, part(a, one.a(), q), part(b, one.b(), q), part(c, one.c(), q), par);
      }
    }

    private static Tensor part(Tensor batch, Shape one, int q) {
      return Tensor.wrap(one, batch.array(), batch.offset() + q * one.size());
    }

    private static void runOne(GemmShape shape, Tensor a, Tensor b, Tensor c, Parallel par) {
      OnnxGraph graph = new OnnxGraph().feed("a", a).feed("b", b);
      List<String> in = new ArrayList<>(List.of("a", "b"));
      if (shape.accumulate()) {
        graph.feed("c", c);
        in.add("c");
      }
      graph.node(
          "Gemm",
          in,
          List.of("y"),
          number("alpha", shape.alpha()),
          number("beta", shape.accumulate() ? shape.beta() : 1f),
          integer("transA", shape.transposeA() ? 1 : 0),
          integer("transB", shape.transposeB() ? 1 : 0));
      OrtRun.run(graph, "y", c, par);
    }
  }

  record Linear(LinearShape shape) implements LinearForward {
    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    private String layout() {
      return "onnxruntime" + shape.w();
    }

    @Override
    public PackedWeights newWeights() {
      return new PackedWeights(layout(), shape.w().size());
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      requireShape(w, shape.w(), "w");
      packed.require(layout());
      System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
    }

    @Override
    public void run(
        Tensor x, PackedWeights packed, Tensor bias, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      packed.require(layout());
      OnnxGraph graph =
          new OnnxGraph().feed("x", x).constant("w", Tensor.of(shape.w(), packed.data()));
      List<String> in = new ArrayList<>(List.of("x", "w"));
      if (bias != null) {
        requireShape(bias, shape.bias(), "bias");
        requireDisjoint(y, "y", bias, "bias");
        graph.constant("b", bias);
        in.add("b");
      }
      graph.node("Gemm", in, List.of("y"), integer("transB", 1));
      OrtRun.run(graph, "y", y, par);
    }
  }

  record LinearData(LinearShape shape) implements LinearBackwardData {
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
      OnnxGraph graph = new OnnxGraph().feed("dy", dy).feed("w", w);
      graph.node("Gemm", List.of("dy", "w"), List.of("dx"));
      OrtRun.run(graph, "dx", dx, par);
    }
  }

  record LinearWeights(LinearShape shape) implements LinearBackwardWeights {
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
      OnnxGraph weights = new OnnxGraph().feed("x", x).feed("dy", dy).feed("dw", dw);
      weights.node("Gemm", List.of("dy", "x", "dw"), List.of("sum"), integer("transA", 1));
      OrtRun.run(weights, "sum", dw, par);
      if (db != null) {
        OnnxGraph bias = new OnnxGraph().feed("dy", dy).feed("db", db).constant("axis", 0L);
        bias.node("ReduceSum", List.of("dy", "axis"), List.of("own"), integer("keepdims", 0));
        bias.node("Add", List.of("own", "db"), List.of("sum"));
        OrtRun.run(bias, "sum", db, par);
      }
    }
  }
}
