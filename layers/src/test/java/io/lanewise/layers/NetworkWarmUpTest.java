package io.lanewise.layers;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.maxPool2d;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.WarmUpResult;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkWarmUpTest {
  private static final Shape X = Shape.of(2, 3, 12, 12);
  private static final Duration BRIEF = Duration.ofMillis(100);

  static List<Backend> backends() {
    return List.of(CpuBackend.best(), CpuBackend.scalar(), new ReferenceBackend());
  }

  private static Sequential built() {
    Sequential net =
        Sequential.of(
            conv2d(4, 3).tanh(),
            avgPool2d(2),
            conv2d(6, 3).relu(),
            maxPool2d(2),
            flatten(),
            linear(5));
    net.build(X, new SplittableRandom(1));
    return net;
  }

  private static Tensor input() {
    Tensor x = Tensor.zeros(X);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = i % 17 - 8;
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aWarmUpChangesNoBit(Backend backend) {
    Sequential net = built();
    Tensor cold = net.forward(input(), Context.inference(backend, Parallel.SEQUENTIAL)).copy();
    Context ctx = Context.inference(backend, Parallel.SEQUENTIAL);
    WarmUpResult result = net.warmUp(X, ctx, BRIEF);
    assertEquals(7, result.plans().size(), () -> result.plans().toString());
    assertTrue(cold.sameBits(net.forward(input(), ctx)));
    net.parameters().get(0).set(Tensor.zeros(net.parameters().get(0).value().shape()));
    assertFalse(
        cold.sameBits(net.forward(input(), ctx)), "weights are packed again when they change");
  }

  @Test
  void withoutABudgetItTakesTheUsualOne() {
    Context ctx = Context.inference(CpuBackend.best(), Parallel.SEQUENTIAL);
    WarmUpResult result = built().warmUp(X, ctx);
    assertTrue(
        result.plans().stream().allMatch(p -> p.runs() > 0), () -> result.plans().toString());
  }

  @Test
  void refusals() {
    Context training = Context.training(CpuBackend.best(), Parallel.SEQUENTIAL);
    assertEquals(
        "a warm-up is for inference, got a context for training, whose forward pass it would replace",
        assertThrows(IllegalArgumentException.class, () -> built().warmUp(X, training))
            .getMessage());
    Context ctx = Context.inference(CpuBackend.best(), Parallel.SEQUENTIAL);
    Shape wrong = Shape.of(1, 4, 12, 12);
    assertThrows(IllegalArgumentException.class, () -> built().warmUp(wrong, ctx));
    assertThrows(
        IllegalArgumentException.class, () -> built().warmUp(X, ctx, Duration.ofMillis(-1)));
    Sequential unbuilt = Sequential.of(conv2d(4, 3));
    assertThrows(IllegalStateException.class, () -> unbuilt.warmUp(X, ctx));
  }
}
