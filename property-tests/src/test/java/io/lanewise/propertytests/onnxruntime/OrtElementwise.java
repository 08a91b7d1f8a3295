package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * ONNX's Softmax. Its gradient is not an operator of ONNX's, but our interface's formula in others.
 */
final class OrtElementwise {
  private OrtElementwise() {}

  private static void run(
      String op, Tensor x, Tensor y, Parallel par, AttributeProto... attributes) {
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    OnnxGraph graph = new OnnxGraph().feed("x", x).node(op, List.of("x"), List.of("y"), attributes);
    OrtRun.run(graph, "y", y, par);
  }

  private static OnnxGraph gradient(Tensor y, Tensor dy, Tensor dx) {
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    return new OnnxGraph().feed("y", y).feed("dy", dy);
  }

  record Rows() implements Softmax {
    @Override
    public void forward(Tensor x, Tensor y, Parallel par) {
      run("Softmax", x, y, par, integer("axis", -1));
    }

    @Override
    public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
      OnnxGraph graph =
          gradient(y, dy, dx)
              .constant("axis", 1L)
              .node("Mul", List.of("y", "dy"), List.of("products"))
              .node("ReduceSum", List.of("products", "axis"), List.of("dot"))
              .node("Sub", List.of("dy", "dot"), List.of("rest"))
              .node("Mul", List.of("y", "rest"), List.of("dx"));
      OrtRun.run(graph, "dx", dx, par);
    }
  }
}
