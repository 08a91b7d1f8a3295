package io.lanewise.layers;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.maxPool2d;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of whole small networks: by central differences on the reference backend, and reference
 * against production.
 */
class GradientTest {
  private static final Shape INPUT = Shape.of(3, 2, 9, 8);

  private static Sequential net(String name) {
    Sequential net =
        switch (name) {
          case "lenet-like" ->
              Sequential.of(
                  conv2d(4, 3).padding(1).tanh(),
                  avgPool2d(2),
                  conv2d(6, 3).stride(2).padding(1).tanh(),
                  flatten(),
                  linear(5).tanh(),
                  linear(3));
          case "dilated, grouped, no bias" ->
              Sequential.of(
                  conv2d(4, 3).dilation(2).padding(2).groups(2).noBias(),
                  avgPool2d(3, 2, 1).excludePadding(),
                  conv2d(4, 2).tanh(),
                  flatten(),
                  linear(3).noBias());
          case "max pool, relu" ->
              Sequential.of(
                  conv2d(4, 3).relu(),
                  maxPool2d(3, 2, 1),
                  conv2d(3, 2).relu(),
                  flatten(),
                  linear(3));
          case "pool first" ->
              Sequential.of(avgPool2d(2), conv2d(3, 2).tanh(), flatten(), linear(3));
          default -> throw new IllegalArgumentException(name);
        };
    net.build(INPUT, new SplittableRandom(7));
    return net;
  }

  /** Loss = Σ r · y with fixed random r, in float64. */
  private static double loss(Sequential net, Tensor x, Tensor r, Backend backend) {
    Tensor y = net.forward(x, Context.inference(backend, Parallel.SEQUENTIAL));
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) r.array()[i] * y.array()[y.offset() + i];
    }
    return sum;
  }

  private static Tensor random(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return t;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lenet-like", "dilated, grouped, no bias", "max pool, relu", "pool first"})
  void centralDifferencesAgree(String name) {
    Sequential net = net(name);
    Backend backend = new ReferenceBackend();
    Tensor x = random(INPUT, 1);
    Tensor r = random(net.outputShape(INPUT), 2);
    Context ctx = Context.training(backend, Parallel.SEQUENTIAL);
    net.forward(x, ctx);
    Tensor dx = net.backward(r, true, ctx).copy();

    int checked = 0;
    for (Parameter p : net.parameters()) {
      for (int i = 0; i < p.value().size(); i += Math.max(1, p.value().size() / 12)) {
        check(name, net, x, r, backend, p, p.value(), i, p.grad().array()[i]);
        checked++;
      }
    }
    for (int i = 0; i < x.size(); i += 17) {
      check(name, net, x, r, backend, null, x, i, dx.array()[dx.offset() + i]);
      checked++;
    }
    assertTrue(checked > 40, () -> "too few elements checked");
  }

  /**
   * The network is smooth but for a few kinks, its outputs are rounded to float (about 20 of them,
   * below 4 in size: an error of 20 · 4 · 2^-24 in the loss, over 2·step), and the difference
   * quotient is off by step² times the third derivative.
   */
  private static void check(
      String name,
      Sequential net,
      Tensor x,
      Tensor r,
      Backend backend,
      Parameter p,
      Tensor changed,
      int i,
      float analytic) {
    float step = 1f / 256;
    float before = changed.array()[i];
    double up = lossAt(net, x, r, backend, p, changed, i, before + step);
    double down = lossAt(net, x, r, backend, p, changed, i, before - step);
    lossAt(net, x, r, backend, p, changed, i, before);
    double quotient = (up - down) / (2 * step);
    double tolerance = 20 * 4 * 0x1p-24 / (2 * step) + 60 * step * step;
    assertEquals(quotient, analytic, tolerance + 1e-3 * Math.abs(quotient), name + " element " + i);
  }

  private static double lossAt(
      Sequential net,
      Tensor x,
      Tensor r,
      Backend backend,
      Parameter p,
      Tensor changed,
      int i,
      float value) {
    changed.array()[i] = value;
    if (p != null) {
      p.changed();
    }
    return loss(net, x, r, backend);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lenet-like", "dilated, grouped, no bias", "max pool, relu", "pool first"})
  void productionAgreesWithReference(String name) {
    Tensor x = random(INPUT, 1);
    Sequential a = net(name);
    Sequential b = net(name);
    Tensor r = random(a.outputShape(INPUT), 2);
    Context reference = Context.training(new ReferenceBackend(), Parallel.SEQUENTIAL);
    Context production = Context.training(Backend.best(), Parallel.SEQUENTIAL);
    assertClose(a.forward(x, reference), b.forward(x, production), name + " output");
    assertClose(a.backward(r, true, reference), b.backward(r, true, production), name + " dx");
    for (int i = 0; i < a.parameters().size(); i++) {
      assertClose(
          a.parameters().get(i).grad(), b.parameters().get(i).grad(), name + " parameter " + i);
    }
  }

  /** Chains of some 100 roundings at most in all, on values of the tensor's own size. */
  private static void assertClose(Tensor want, Tensor got, String what) {
    assertEquals(want.shape(), got.shape(), what);
    double size = 0;
    for (float v : want.toArray()) {
      size = Math.max(size, Math.abs(v));
    }
    for (int i = 0; i < want.size(); i++) {
      assertEquals(
          want.toArray()[i], got.toArray()[i], 100 * 0x1p-24 * Math.max(size, 1), what + " " + i);
    }
  }
}
