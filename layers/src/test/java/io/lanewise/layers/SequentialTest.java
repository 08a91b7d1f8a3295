package io.lanewise.layers;

import static io.lanewise.layers.Layers.avgPool2d;
import static io.lanewise.layers.Layers.conv2d;
import static io.lanewise.layers.Layers.flatten;
import static io.lanewise.layers.Layers.linear;
import static io.lanewise.layers.Layers.maxPool2d;
import static io.lanewise.layers.Layers.relu;
import static io.lanewise.layers.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static Sequential small() {
    Sequential net = Sequential.of(conv2d(2, 3).tanh(), flatten(), linear(4));
    net.build(Shape.of(1, 1, 5, 5), new SplittableRandom(1));
    return net;
  }

  @Test
  void takesNestedSequencesApartAndNamesByNumber() {
    Sequential net = small();
    assertEquals(
        List.of("0", "1", "2", "3"), net.entries().stream().map(Sequential.Entry::name).toList());
    assertEquals(
        List.of("0.weight", "0.bias", "3.weight", "3.bias"),
        List.copyOf(net.namedParameters().keySet()));
    assertEquals(2 * 9 + 2 + 18 * 4 + 4, net.parameterCount());
  }

  @Test
  void namesOfANestedSequence() {
    Sequential net = Sequential.builder().add("c1", conv2d(2, 3).relu()).add("p", tanh()).build();
    assertEquals(
        List.of("c1", "c1-1", "p"), net.entries().stream().map(Sequential.Entry::name).toList());
  }

  @Test
  void refusesOneLayerTwiceAndOneNameTwice() {
    Layer layer = conv2d(2, 3);
    assertEquals(
        layer + " comes twice: each place in a sequence needs a layer of its own",
        assertThrows(IllegalArgumentException.class, () -> Sequential.of(layer, layer))
            .getMessage());
    assertEquals(
        "two layers are named 'a'",
        assertThrows(
                IllegalArgumentException.class,
                () -> Sequential.builder().add("a", tanh()).add("a", relu()).build())
            .getMessage());
  }

  @Test
  void errorsNameTheLayer() {
    Sequential net = Sequential.of(conv2d(2, 3), linear(4));
    assertEquals(
        "layer '1': Linear(4) takes features [n, c], got [1, 2, 3, 3]: put flatten() before it",
        assertThrows(IllegalArgumentException.class, () -> net.outputShape(Shape.of(1, 1, 5, 5)))
            .getMessage());
    String tooSmall =
        assertThrows(IllegalArgumentException.class, () -> net.outputShape(Shape.of(1, 1, 2, 5)))
            .getMessage();
    assertTrue(tooSmall.startsWith("layer '0': the window spans 3 along height"), tooSmall);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> net.outputShape(Shape.of(1, 5)))
            .getMessage()
            .contains("takes images [n, c, h, w], got [1, 5]"));
  }

  @Test
  void refusesAnotherNumberOfChannelsOnceBuilt() {
    Sequential net = small();
    String message =
        assertThrows(IllegalArgumentException.class, () -> net.outputShape(Shape.of(1, 2, 5, 5)))
            .getMessage();
    assertTrue(message.contains("was built for weights [2, 1, 3, 3]"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> net.outputShape(Shape.of(1, 1, 6, 5)))
            .getMessage();
    assertTrue(message.contains("was built for weights [4, 18]"), message);
  }

  @Test
  void runsOnlyOnceBuiltAndGoesBackOnlyAfterATrainingForward() {
    Sequential fresh = Sequential.of(linear(2));
    Context ctx = Context.inference(Backend.best(), Parallel.SEQUENTIAL);
    Tensor x = Tensor.zeros(1, 3);
    assertTrue(
        assertThrows(IllegalStateException.class, () -> fresh.forward(x, ctx))
            .getMessage()
            .contains("call build"));
    fresh.build(x.shape(), new SplittableRandom(1));
    fresh.forward(x, ctx);
    assertTrue(
        assertThrows(
                IllegalStateException.class, () -> fresh.backward(Tensor.zeros(1, 2), true, ctx))
            .getMessage()
            .contains("training context"));
  }

  @Test
  void buildingAgainKeepsTheWeights() {
    Sequential net = small();
    float[] before = net.parameters().get(0).value().toArray();
    net.build(Shape.of(7, 1, 5, 5), new SplittableRandom(2));
    assertArrayEquals(before, net.parameters().get(0).value().toArray());
  }

  @Test
  void oneSeedGivesOneSetOfWeights() {
    for (int i = 0; i < 4; i++) {
      assertTrue(small().parameters().get(i).value().sameBits(small().parameters().get(i).value()));
    }
  }

  @Test
  void backwardSkipsWhatNobodyNeeds() {
    Sequential net = Sequential.of(avgPool2d(2), conv2d(2, 2), flatten(), linear(2));
    net.build(Shape.of(1, 1, 6, 6), new SplittableRandom(1));
    Context ctx = Context.training(Backend.best(), Parallel.SEQUENTIAL);
    net.forward(Tensor.zeros(1, 1, 6, 6), ctx);
    assertNull(net.backward(Tensor.zeros(1, 2), false, ctx));
    net.forward(Tensor.zeros(1, 1, 6, 6), ctx);
    assertEquals(Shape.of(1, 1, 6, 6), net.backward(Tensor.zeros(1, 2), true, ctx).shape());
  }

  @Test
  void gradientsAddUpUntilZeroed() {
    Sequential net = Sequential.of(linear(1));
    net.build(Shape.of(1, 1), new SplittableRandom(1));
    Context ctx = Context.training(Backend.best(), Parallel.SEQUENTIAL);
    Tensor x = Tensor.of(Shape.of(1, 1), 3f);
    Tensor dy = Tensor.of(Shape.of(1, 1), 2f);
    for (int i = 0; i < 2; i++) {
      net.forward(x, ctx);
      net.backward(dy, false, ctx);
    }
    assertEquals(12f, net.parameters().get(0).grad().get(0, 0));
    assertEquals(4f, net.parameters().get(1).grad().get(0));
    net.zeroGrad();
    assertEquals(0f, net.parameters().get(0).grad().get(0, 0));
  }

  @Test
  void loadTakesAllOrNothing() {
    Sequential net = small();
    Map<String, Tensor> values = new LinkedHashMap<>();
    net.namedParameters()
        .forEach((name, p) -> values.put(name, Tensor.zeros(p.value().shape()).fill(5f)));
    float before = net.parameters().get(0).value().array()[0];

    Map<String, Tensor> missing = new LinkedHashMap<>(values);
    missing.remove("3.bias");
    assertEquals(
        "parameter '3.bias' is missing",
        assertThrows(IllegalArgumentException.class, () -> net.load(missing)).getMessage());
    Map<String, Tensor> more = new LinkedHashMap<>(values);
    more.put("x", Tensor.zeros(1));
    assertEquals(
        "the network has no parameter 'x'",
        assertThrows(IllegalArgumentException.class, () -> net.load(more)).getMessage());
    Map<String, Tensor> other = new LinkedHashMap<>(values);
    other.put("3.bias", Tensor.zeros(5));
    assertEquals(
        "3.bias must have shape [4], got [5]",
        assertThrows(IllegalArgumentException.class, () -> net.load(other)).getMessage());
    assertEquals(before, net.parameters().get(0).value().array()[0]);

    net.load(values);
    assertEquals(5f, net.parameters().get(0).value().array()[0]);
  }

  @Test
  void seesChangedWeights() {
    Sequential net = Sequential.of(linear(1).noBias());
    net.build(Shape.of(1, 1), new SplittableRandom(1));
    Context ctx = Context.inference(Backend.best(), Parallel.SEQUENTIAL);
    Tensor x = Tensor.of(Shape.of(1, 1), 1f);
    net.parameters().get(0).set(Tensor.of(Shape.of(1, 1), 2f));
    assertEquals(2f, net.forward(x, ctx).get(0, 0));
    net.parameters().get(0).set(Tensor.of(Shape.of(1, 1), 3f));
    assertEquals(3f, net.forward(x, ctx).get(0, 0));
  }

  @Test
  void contextsServeManyShapes() {
    Sequential net = small();
    Context ctx = Context.inference(Backend.best(), Parallel.SEQUENTIAL);
    for (int round = 0; round < 2; round++) {
      for (int n = 0; n <= 12; n++) {
        assertEquals(Shape.of(n, 4), net.forward(Tensor.zeros(n, 1, 5, 5), ctx).shape());
      }
    }
  }

  @Test
  void wrongOptionsAreRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> conv2d(0, 3));
    assertThrows(IllegalArgumentException.class, () -> conv2d(1, 0));
    assertThrows(IllegalArgumentException.class, () -> linear(0));
    assertThrows(IllegalArgumentException.class, () -> avgPool2d(0));
    assertThrows(IllegalArgumentException.class, () -> maxPool2d(2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> maxPool2d(2, 1, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> conv2d(4, 3).groups(3).outputShape(Shape.of(1, 4, 5, 5)));
  }

  @Test
  void layersDescribeThemselves() {
    assertEquals("Conv2d(6, 5x5)", conv2d(6, 5).toString());
    assertEquals(
        "Conv2d(6, 3x3, stride 2, dilation 1x2, padding 1, groups 2, no bias)",
        conv2d(6, 3).stride(2).dilation(1, 2).padding(1).groups(2).noBias().toString());
    assertEquals("Linear(3)", linear(3).toString());
    assertEquals("AvgPool2d(2x2, stride 2)", avgPool2d(2).toString());
    assertEquals("MaxPool2d(3x3, stride 2, padding 1)", maxPool2d(3, 2, 1).toString());
    assertEquals("Tanh", tanh().toString());
    assertFalse(Sequential.of(relu()).toString().isBlank());
  }

  @Test
  void backwardGivesNothingThatNobodyAskedFor() {
    Sequential net = Sequential.of(tanh());
    Context ctx = Context.training(Backend.best(), Parallel.SEQUENTIAL);
    net.forward(Tensor.zeros(1, 2), ctx);
    assertNull(net.backward(Tensor.zeros(1, 2), false, ctx));
  }

  @Test
  void appendedLayersTakeAFreeNumber() {
    Sequential net = Sequential.builder().add("1", linear(3)).build().relu();
    assertEquals(List.of("1", "2"), net.entries().stream().map(Sequential.Entry::name).toList());
  }
}
