package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * ONNX's Relu, Tanh and Softmax. Their gradients are not operators of ONNX's, but the formulas of
 * our interfaces in other operators.
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

  record Nonlinearity(Activation activation) implements ActivationOp {
    @Override
    public void forward(Tensor x, Tensor y, Parallel par) {
      run(
          switch (activation.kind()) {
            case RELU -> "Relu";
            case TANH -> "Tanh";
            default -> throw unsupported();
          },
          x,
          y,
          par);
    }

    private UnsupportedOperationException unsupported() {
      return new UnsupportedOperationException("no graph for " + activation);
    }

    @Override
    public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
      OnnxGraph graph = gradient(y, dy, dx);
      switch (activation.kind()) {
        case RELU ->
            graph
                .constant("zero", Tensor.of(Shape.of(), 0f))
                .node("Greater", List.of("y", "zero"), List.of("on"))
                .node("Where", List.of("on", "dy", "zero"), List.of("dx"));
        case TANH ->
            graph
                .constant("one", Tensor.of(Shape.of(), 1f))
                .node("Mul", List.of("y", "y"), List.of("square"))
                .node("Sub", List.of("one", "square"), List.of("slope"))
                .node("Mul", List.of("dy", "slope"), List.of("dx"));
        default -> throw unsupported();
      }
      OrtRun.run(graph, "dx", dx, par);
    }
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
