package io.lanewise.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.models.LeNet5;
import io.lanewise.layers.weights.Safetensors;
import io.lanewise.layers.weights.SafetensorsFile;
import io.lanewise.training.optim.Adam;
import io.lanewise.training.optim.Optimizer;
import io.lanewise.training.optim.Sgd;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * LeNet-5's training step against PyTorch's, in float64, on the same weights, images and labels:
 * logits, loss, every gradient, and the weights after three steps. Relative to the greatest element
 * of each tensor, they agree to 1e-5. The numbers are made by tools/make-pytorch-step.
 */
class PyTorchStepTest {
  private static final double RELATIVE = 1e-5;
  private static final int[] LABELS = {3, 1, 4, 1, 5, 9, 2, 6};
  private static final Map<String, Float> SCALES =
      Map.of("c1", 1f, "c3", 0.25f, "c5", 0.125f, "f6", 0.25f, "output", 0.5f);

  private static SafetensorsFile want;

  @BeforeAll
  static void read() throws Exception {
    want =
        Safetensors.read(
            Path.of(PyTorchStepTest.class.getResource("pytorch-step.safetensors").toURI()));
  }

  /** The same multiples of 2^-24 in [-0.5, 0.5) that the script makes. */
  private static void hash(int salt, float scale, Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      int h = (int) (i * 2654435761L + salt * 40503L);
      h ^= h >>> 15;
      h *= (int) 2246822519L;
      h ^= h >>> 13;
      t.array()[i] = ((h >>> 8) * 0x1p-24f - 0.5f) * scale;
    }
  }

  private static Sequential net() {
    Sequential net = LeNet5.create(10);
    net.build(LeNet5.inputShape(LABELS.length), new SplittableRandom(0));
    int salt = 1;
    for (Map.Entry<String, Parameter> e : net.namedParameters().entrySet()) {
      String layer = e.getKey().substring(0, e.getKey().indexOf('.'));
      boolean bias = e.getKey().endsWith("bias");
      hash(salt++, bias ? 0.25f : SCALES.get(layer), e.getValue().value());
      e.getValue().changed();
    }
    return net;
  }

  private static Tensor images() {
    Tensor x = Tensor.zeros(LeNet5.inputShape(LABELS.length));
    hash(100, 4f, x);
    return x;
  }

  private static void assertAgrees(String name, Tensor got) {
    assertAgrees(name, got, 0);
  }

  private static void assertAgrees(String name, Tensor got, double more) {
    Tensor expected = want.tensors().get(name);
    assertEquals(expected.shape(), got.shape(), name);
    double size = 0;
    for (float v : expected.toArray()) {
      size = Math.max(size, Math.abs(v));
    }
    assertTrue(size > 0, name + " is not all zero");
    for (int i = 0; i < got.size(); i++) {
      assertEquals(
          expected.toArray()[i],
          got.array()[got.offset() + i],
          RELATIVE * size + more,
          name + " element " + i);
    }
  }

  private static double step(Sequential net, Context ctx, boolean compare) {
    net.zeroGrad();
    Tensor logits = net.forward(images(), ctx);
    if (compare) {
      assertAgrees("logits", logits);
    }
    Tensor d = Tensor.zeros(logits.shape());
    double loss = Loss.crossEntropy().evaluate(logits, LABELS, d, ctx);
    Tensor dx = net.backward(d, compare, ctx);
    if (compare) {
      assertAgrees("grad.input", dx);
    }
    return loss;
  }

  private static Context context() {
    return Context.training(Backend.best(), Parallel.SEQUENTIAL);
  }

  @Test
  void logitsLossAndEveryGradient() {
    Sequential net = net();
    double loss = step(net, context(), true);
    assertAgrees("loss", Tensor.of(Shape.of(1), (float) loss));
    net.namedParameters().forEach((name, p) -> assertAgrees("grad." + name, p.grad()));
    assertEquals(10, net.namedParameters().size());
  }

  @Test
  void threeStepsOfSgdWithMomentumAndDecay() {
    steps("sgd", Sgd.withLearningRate(0.05).momentum(0.9).weightDecay(0.01), 0);
  }

  /**
   * Adam divides each gradient by its own size, and so shows the rounding of the smallest as if
   * they were large: within 1 % of the length of a step.
   */
  @Test
  void threeStepsOfAdam() {
    steps("adam", Adam.withLearningRate(0.001), 0.01 * 0.001);
  }

  private static void steps(String kind, Optimizer optimizer, double more) {
    Sequential net = net();
    Context ctx = context();
    for (int i = 0; i < 3; i++) {
      step(net, ctx, i == 0);
      optimizer.step(net.parameters(), 1);
      net.parameters().forEach(Parameter::changed);
    }
    Map<String, Parameter> named = net.namedParameters();
    for (String layer : new String[] {"c1", "c3", "output"}) {
      for (String part : new String[] {".weight", ".bias"}) {
        assertAgrees(kind + "." + layer + part, named.get(layer + part).value(), more);
      }
    }
  }
}
