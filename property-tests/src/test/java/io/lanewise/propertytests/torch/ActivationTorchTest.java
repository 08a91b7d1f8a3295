package io.lanewise.propertytests.torch;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

class ActivationTorchTest extends TorchAgreement {
  private static final List<String> NAMES =
      List.of(
          "relu",
          "relu6",
          "clamp",
          "leaky-relu",
          "hard-sigmoid",
          "hard-swish",
          "sigmoid",
          "silu",
          "tanh",
          "step",
          "threshold",
          "elu",
          "selu",
          "celu",
          "gelu",
          "gelu-tanh",
          "mish",
          "softplus",
          "softsign");

  ActivationTorchTest() {
    super("activation", ops());
  }

  private static Map<String, Consumer<TorchRun>> ops() {
    Map<String, Consumer<TorchRun>> ops = new TreeMap<>();
    NAMES.forEach(name -> ops.put(name, ActivationTorchTest::activation));
    ops.put("prelu", ActivationTorchTest::prelu);
    return ops;
  }

  private static void activation(TorchRun run) {
    Activation f = Activation.parse(run.text("f"));
    ActivationOp op = run.backend().activation(f);
    Tensor x = run.input("x");
    Tensor y = run.blank(x.shape());
    op.forward(x, y, Parallel.SEQUENTIAL);
    run.agrees("y", y);
    Tensor dx = run.blank(x.shape());
    op.backward(f.needsInput() ? x : y, run.input("dy"), dx, Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }

  private static void prelu(TorchRun run) {
    Tensor slope = run.input("slope");
    Shape shape = run.input("x").shape();
    for (Layout layout : Layout.values()) {
      PRelu op = run.backend().prelu(shape, layout, slope.size());
      Workspace ws = run.workspace(op.workspace());
      Tensor x = run.input("x").copy(layout);
      Tensor y = x.copy();
      op.forward(y, slope, y, ws, Parallel.SEQUENTIAL);
      run.agrees("y", y.copy(Layout.CHANNELS_FIRST));
      Tensor dx = run.input("dy").copy(layout);
      Tensor dslope = Tensor.zeros(slope.shape());
      op.backward(x, slope, dx, dx, dslope, ws, Parallel.SEQUENTIAL);
      run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST));
      run.agrees("dslope", dslope);
    }
  }
}
