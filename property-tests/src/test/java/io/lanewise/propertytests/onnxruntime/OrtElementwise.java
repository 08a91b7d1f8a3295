package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** ONNX's Relu, Tanh and Softmax; forward only. */
final class OrtElementwise {
  private OrtElementwise() {}

  private static void run(
      String op, Tensor x, Tensor y, Parallel par, AttributeProto... attributes) {
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    OnnxGraph graph = new OnnxGraph().feed("x", x).node(op, List.of("x"), List.of("y"), attributes);
    OrtRun.run(graph, "y", y, par);
  }

  record Nonlinearity(Activation kind) implements ActivationOp {
    @Override
    public void forward(Tensor x, Tensor y, Parallel par) {
      run(
          switch (kind) {
            case RELU -> "Relu";
            case TANH -> "Tanh";
          },
          x,
          y,
          par);
    }

    @Override
    public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
      throw OnnxRuntimeBackend.noGradient("activations");
    }
  }

  record Rows() implements Softmax {
    @Override
    public void forward(Tensor x, Tensor y, Parallel par) {
      run("Softmax", x, y, par, integer("axis", -1));
    }

    @Override
    public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
      throw OnnxRuntimeBackend.noGradient("softmax");
    }
  }
}
