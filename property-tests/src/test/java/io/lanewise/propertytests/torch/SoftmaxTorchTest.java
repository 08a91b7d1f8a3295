package io.lanewise.propertytests.torch;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;

class SoftmaxTorchTest extends TorchAgreement {
  SoftmaxTorchTest() {
    super(
        "softmax",
        Map.of(
            "softmax",
            run -> along(run, run.backend().softmax(shape(run), run.integer("axis"))),
            "log-softmax",
            run -> along(run, run.backend().logSoftmax(shape(run), run.integer("axis"))),
            "softmax-rows",
            SoftmaxTorchTest::rows,
            "cross-entropy",
            SoftmaxTorchTest::crossEntropy));
  }

  private static Shape shape(TorchRun run) {
    return run.input("x").shape();
  }

  private static void along(TorchRun run, AxisSoftmax softmax) {
    Tensor y = run.blank(softmax.shape());
    softmax.forward(run.input("x"), y, run.workspace(softmax.workspace()), Parallel.SEQUENTIAL);
    run.agrees("y", y);
    Tensor dx = run.blank(softmax.shape());
    softmax.backward(
        y, run.input("dy"), dx, run.workspace(softmax.workspace()), Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }

  private static void rows(TorchRun run) {
    Softmax softmax = run.backend().softmax();
    Tensor y = run.blank(shape(run));
    softmax.forward(run.input("x"), y, Parallel.SEQUENTIAL);
    run.agrees("y", y);
    Tensor dx = run.blank(shape(run));
    softmax.backward(y, run.input("dy"), dx, Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }

  private static void crossEntropy(TorchRun run) {
    SoftmaxCrossEntropy loss = run.backend().softmaxCrossEntropy();
    Tensor x = run.input("x");
    int[] labels = run.integers("labels");
    Tensor losses = run.blank(Shape.of(labels.length));
    Tensor probabilities = run.blank(x.shape());
    run.agrees("loss", loss.forward(x, labels, losses, probabilities, Parallel.SEQUENTIAL));
    run.agrees("losses", losses);
    Tensor dx = run.blank(x.shape());
    loss.backward(probabilities, labels, dx, Parallel.SEQUENTIAL);
    run.agrees("dx", dx);
  }
}
