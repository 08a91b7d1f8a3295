package io.lanewise.layers.graph;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.maxPool2d;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Sequential;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Networks of layers, compiled. */
class SequentialGraphTest {
  private static final Shape X = Shape.of(2, 3, 13, 14);

  private static Sequential network() {
    Sequential net =
        Sequential.of(
            conv2d(6, 5).tanh(),
            avgPool2d(2),
            conv2d(8, 3).padding(1).noBias().relu(),
            maxPool2d(2),
            flatten(),
            linear(12).relu(),
            linear(10));
    net.build(X, new Random(3));
    return net;
  }

  private static Tensor input() {
    Random random = new Random(4);
    Tensor x = Tensor.zeros(X);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] run(CompiledGraph compiled) {
    return compiled.newRun().run(Map.of("x", input()), Parallel.SEQUENTIAL).get("y").toArray();
  }

  @Test
  void aCompiledNetworkComputesWhatItsLayersDo() {
    Sequential net = network();
    Backend backend = Backend.best();
    float[] expected =
        net.forward(input(), Context.inference(backend, Parallel.SEQUENTIAL)).toArray();
    CompiledGraph compiled = net.compile(X, CompileOptions.of(backend));
    // Sums of at most 5 · 5 · 6 terms in two orders: 150 · 2^-24 of sums below 10, twice.
    assertArrayEquals(expected, run(compiled), 2e-4f);
    assertTrue(compiled.explain().contains("tanh"), compiled::explain);
    List<String> names =
        compiled.nodes().stream()
            .map(n -> n.node().op().name())
            .filter(n -> n.equals("activation"))
            .toList();
    assertEquals(List.of(), names, compiled.explain());
  }

  @Test
  void itKeepsTheWeightsOfThen() {
    Sequential net = network();
    CompiledGraph compiled = net.compile(X, CompileOptions.of(Backend.best()));
    float[] before = run(compiled);
    net.parameters().forEach(p -> p.value().fill(0));
    assertArrayEquals(before, run(compiled));
  }

  @Test
  void itSaysWhatIsMissing() {
    Sequential unbuilt = Sequential.of(conv2d(6, 5));
    assertThrows(IllegalStateException.class, () -> unbuilt.toGraph(X));
    Sequential net = network();
    Shape small = Shape.of(1, 3, 4, 4);
    String message =
        assertThrows(IllegalArgumentException.class, () -> net.toGraph(small)).getMessage();
    assertTrue(message.contains("layer '0'"), message);
    Layer own =
        new Layer() {
          @Override
          public Shape outputShape(Shape x) {
            return x;
          }

          @Override
          public Tensor forward(Tensor x, Context ctx) {
            return x;
          }

          @Override
          public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
            return dy;
          }
        };
    Sequential with = Sequential.of(own);
    assertThrows(UnsupportedOperationException.class, () -> with.toGraph(X));
  }
}
