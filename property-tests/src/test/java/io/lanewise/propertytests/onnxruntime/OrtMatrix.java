package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;

import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** ONNX's Gemm as matrix product and as fully connected layer. */
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
}
