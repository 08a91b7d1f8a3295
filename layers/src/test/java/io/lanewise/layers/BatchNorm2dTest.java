package io.lanewise.layers;

import static io.lanewise.layers.Layers.batchNorm2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Batch norm as a layer: whose statistics it takes, what follows them, and their gradients. */
class BatchNorm2dTest {
  private static final Shape INPUT = Shape.of(4, 2, 5, 6);
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  private static Tensor random(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return t;
  }

  /** With statistics other than those of any batch. */
  private static Sequential net() {
    Sequential net =
        Sequential.of(conv2d(3, 3).padding(1).noBias(), batchNorm2d().tanh(), flatten(), linear(3));
    net.build(INPUT, new SplittableRandom(7));
    float[] mean = {0.25f, -0.5f, 0.125f};
    float[] variance = {0.5f, 2, 1.25f};
    for (int c = 0; c < 3; c++) {
      norm(net).statistics().get("running_mean").array()[c] = mean[c];
      norm(net).statistics().get("running_var").array()[c] = variance[c];
      norm(net).parameters().get(0).value().array()[c] = 1 + 0.25f * c;
      norm(net).parameters().get(1).value().array()[c] = 0.5f - 0.25f * c;
    }
    return net;
  }

  private static BatchNorm2d norm(Sequential net) {
    return (BatchNorm2d) net.layers().get(1);
  }

  private static double loss(Sequential net, Tensor x, Tensor r, Context ctx) {
    Tensor y = net.forward(x, ctx);
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) r.array()[i] * y.array()[y.offset() + i];
    }
    return sum;
  }

  /**
   * Central differences; the tolerance is that of {@link GradientTest}, with a scale of at most 1.5
   * / sqrt(0.5) in between.
   */
  private static void requireSlopes(Sequential net, Context slopes, Context moved) {
    Tensor x = random(INPUT, 1);
    Tensor r = random(net.outputShape(INPUT), 2);
    net.zeroGrad();
    net.forward(x, slopes);
    Tensor dx = net.backward(r, true, slopes).copy();
    Map<Tensor, Tensor> gradients = new LinkedHashMap<>();
    net.parameters().forEach(p -> gradients.put(p.value(), p.grad()));
    gradients.put(x, dx);
    int checked = 0;
    float step = 1f / 256;
    for (Map.Entry<Tensor, Tensor> e : gradients.entrySet()) {
      Tensor t = e.getKey();
      for (int i = 0; i < t.size(); i += Math.max(1, t.size() / 20)) {
        float before = t.array()[i];
        t.array()[i] = before + step;
        net.parameters().forEach(Parameter::changed);
        double up = loss(net, x, r, moved);
        t.array()[i] = before - step;
        net.parameters().forEach(Parameter::changed);
        double down = loss(net, x, r, moved);
        t.array()[i] = before;
        net.parameters().forEach(Parameter::changed);
        double slope = (up - down) / (2 * step);
        double tolerance = 2e-3 + 4e-3 * Math.abs(slope);
        assertEquals(slope, e.getValue().array()[i], tolerance, t.shape() + " element " + i);
        checked++;
      }
    }
    assertTrue(checked > 60, "too few elements checked");
  }

  private static List<Context> trainings() {
    return List.of(
        Context.training(new ReferenceBackend(), ONE), Context.training(Backend.best(), ONE));
  }

  @Test
  void gradientsOfTrainingMoveTheStatistics() {
    for (Context ctx : trainings()) {
      requireSlopes(net(), ctx, Context.training(new ReferenceBackend(), ONE));
    }
  }

  /** Its gradients are the slopes of inference, and its statistics stay. */
  @Test
  void gradientsOfFrozenStatisticsAreThoseOfInference() {
    for (Context ctx : trainings()) {
      Sequential net = net();
      assertFalse(norm(net).isFrozen());
      assertEquals(norm(net), norm(net).freezeStatistics());
      assertTrue(norm(net).isFrozen());
      Tensor mean = norm(net).statistics().get("running_mean").copy();
      Tensor variance = norm(net).statistics().get("running_var").copy();
      requireSlopes(net, ctx, Context.inference(new ReferenceBackend(), ONE));
      assertTrue(mean.sameBits(norm(net).statistics().get("running_mean")));
      assertTrue(variance.sameBits(norm(net).statistics().get("running_var")));
      assertNotEquals(0, net.layers().get(1).parameters().get(0).grad().get(1));
      Tensor x = random(INPUT, 1);
      Tensor want = net.forward(x, Context.inference(Backend.best(), ONE)).copy();
      assertTrue(want.sameBits(net.forward(x, Context.training(Backend.best(), ONE))));
      norm(net).followStatistics();
      assertFalse(want.sameBits(net.forward(x, Context.training(Backend.best(), ONE))));
      assertFalse(mean.sameBits(norm(net).statistics().get("running_mean")));
    }
  }

  /** 1, 2, 3, 6 of two images: mean 3, variance 3.5, unbiased 14/3. */
  @Test
  void statisticsFollowTheBatchInTrainingAlone() {
    BatchNorm2d layer = batchNorm2d().momentum(0.25).epsilon(0.5);
    assertEquals(0.5, layer.epsilon());
    Shape s = Shape.of(2, 1, 1, 2);
    assertEquals(Map.of(), layer.statistics());
    layer.build(s, new SplittableRandom(1));
    Tensor x = Tensor.of(s, 1, 2, 3, 6);
    Tensor y = layer.forward(x, Context.training(Backend.best(), ONE));
    assertEquals(-1, y.get(0, 0, 0, 0));
    assertEquals(1.5f, y.get(1, 0, 0, 1));
    assertEquals(0.75f, layer.statistics().get("running_mean").get(0));
    assertEquals((float) (0.75 + 0.25 * 14 / 3), layer.statistics().get("running_var").get(0));
    Tensor z = layer.forward(x, Context.inference(Backend.best(), ONE));
    assertEquals(0.75f, layer.statistics().get("running_mean").get(0));
    double scale = 1 / Math.sqrt(0.75 + 0.25 * 14 / 3 + 0.5);
    assertEquals((6 - 0.75) * scale, z.get(1, 0, 0, 1), 1e-6);
  }

  @Test
  void theInputsGradientMayBeLeftOut() {
    Sequential net = Sequential.of(batchNorm2d());
    net.build(INPUT, new SplittableRandom(1));
    Context ctx = Context.training(Backend.best(), ONE);
    net.forward(random(INPUT, 1), ctx);
    assertNull(net.backward(random(INPUT, 2), false, ctx));
    assertNotEquals(0, net.parameters().get(1).grad().get(0));
  }

  /** Folded into the convolution before it, or as it is. */
  @Test
  void aGraphTakesTheRunningStatistics() {
    Sequential net = net();
    Tensor x = random(INPUT, 1);
    Tensor want = net.forward(x, Context.inference(new ReferenceBackend(), ONE));
    for (CompileOptions options :
        List.of(
            CompileOptions.of(Backend.best()), CompileOptions.of(new ReferenceBackend()).plain())) {
      Tensor got = net.compile(INPUT, options).newRun().run(Map.of("x", x), ONE).get("y");
      for (int i = 0; i < want.size(); i++) {
        assertEquals(want.array()[i], got.array()[got.offset() + i], 1e-5f, options.toString());
      }
    }
  }

  @Test
  void statisticsAreSavedAndLoadedWithTheParameters() {
    Sequential net = net();
    assertEquals(
        List.of(
            "0.weight",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "4.weight",
            "4.bias"),
        List.copyOf(net.namedTensors().keySet()));
    assertEquals(
        List.of("1.running_mean", "1.running_var"), List.copyOf(net.statistics().keySet()));
    assertEquals(3 * 2 * 9 + 6 + 90 * 3 + 3, net.parameterCount());
    Sequential other =
        Sequential.of(conv2d(3, 3).padding(1).noBias(), batchNorm2d().tanh(), flatten(), linear(3));
    other.build(INPUT, new SplittableRandom(8));
    Tensor x = random(INPUT, 1);
    Context ctx = Context.inference(Backend.best(), ONE);
    Tensor want = net.forward(x, ctx).copy();
    assertFalse(want.sameBits(other.forward(x, ctx)));
    Map<String, Tensor> values = new LinkedHashMap<>(net.namedTensors());
    values.remove("1.running_var");
    refused(
        IllegalArgumentException.class,
        "parameter '1.running_var' is missing",
        () -> other.load(values));
    other.load(net.namedTensors());
    assertTrue(want.sameBits(other.forward(x, ctx)));
    net.statistics().get("1.running_mean").fill(9);
    assertEquals(0.25f, other.statistics().get("1.running_mean").get(0), "loaded as a copy");
  }

  private static void refused(Class<? extends Exception> type, String part, Executable call) {
    String message = assertThrows(type, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Class<IllegalArgumentException> bad = IllegalArgumentException.class;
    BatchNorm2d layer = batchNorm2d();
    refused(bad, "takes images [n, c, h, w], got [3, 4]", () -> layer.outputShape(Shape.of(3, 4)));
    refused(bad, "got -1.0", () -> layer.epsilon(-1));
    refused(bad, "got NaN", () -> layer.epsilon(Double.NaN));
    refused(bad, "[0, 1], got 1.5", () -> layer.momentum(1.5));
    Context ctx = Context.training(Backend.best(), ONE);
    refused(
        IllegalStateException.class,
        "no parameters yet",
        () -> layer.forward(random(INPUT, 1), ctx));
    layer.build(INPUT, new SplittableRandom(1));
    refused(
        bad,
        "built for 2 channels, but input [4, 3, 5, 6] has 3",
        () -> layer.forward(random(Shape.of(4, 3, 5, 6), 1), ctx));
    refused(
        IllegalStateException.class,
        "no forward pass",
        () -> layer.backward(random(INPUT, 1), true, Context.inference(Backend.best(), ONE)));
    assertEquals("BatchNorm2d", layer.toString());
    assertEquals("BatchNorm2d(frozen)", layer.freezeStatistics().toString());
    assertEquals(2 * 240, layer.flops(INPUT));
  }
}
