package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each pass does to small graphs, and where it must not. */
class PassesTest {
  private static final ConvShape CONV =
      ConvShape.input(1, 2, 4, 4).filters(2, 3, 3).padding(1).build();

  private final Graph.Builder b = Graph.builder();

  private static Tensor numbers(Shape shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (i * 7) % 5 - 2;
    }
    return t;
  }

  private Value constant(int... dims) {
    return b.constant("c", numbers(Shape.of(dims)));
  }

  private Value conv(Value x) {
    return b.add("conv", GraphOps.conv(CONV), x, b.constant("w", numbers(CONV.w())));
  }

  private Value input() {
    return b.input("x", CONV.x());
  }

  private Value binary(BinaryOp op, Value x, Value y) {
    return b.add("op", GraphOps.binary(op), x, y);
  }

  private Value norm(Value x) {
    Tensor variance = Tensor.of(Shape.of(2), 1, 4);
    return b.add(
        "norm",
        GraphOps.batchNorm(0),
        x,
        constant(2),
        constant(2),
        constant(2),
        b.constant("variance", variance));
  }

  /** The compiled operations but for reorderings, after checking that they compute the same. */
  private List<String> compiled() {
    return compiled(b.build());
  }

  private static List<String> compiled(Graph graph) {
    CompileOptions options = CompileOptions.of(Backend.best()).strict();
    CompiledGraph compiled = graph.compile(options);
    Map<String, Tensor> inputs = new HashMap<>();
    graph.inputs().forEach((name, v) -> inputs.put(name, numbers(v.shape())));
    Map<String, Tensor> expected =
        graph.compile(options.plain()).newRun().run(inputs, Parallel.SEQUENTIAL);
    Map<String, Tensor> got = compiled.newRun().run(inputs, Parallel.SEQUENTIAL);
    expected.forEach(
        (name, t) -> assertArrayEquals(t.toArray(), got.get(name).toArray(), 1e-6f, name));
    return compiled.nodes().stream()
        .map(n -> n.node().op().toString())
        .filter(op -> !op.startsWith("reorder"))
        .toList();
  }

  private void output(Value v) {
    b.output("y" + b.build().outputs().size(), v);
  }

  @Test
  void aBatchNormIsFoldedIntoTheConvolutionBeforeIt() {
    output(b.add("relu", GraphOps.relu(), norm(conv(input()))));
    assertEquals(List.of("convolution " + CONV + ", relu"), compiled());
  }

  /** Of one group, of two with several outputs each, and of one channel each. */
  @Test
  void aBatchNormIsFoldedIntoTheTransposedConvolutionBeforeIt() {
    for (String text :
        List.of("ic3 ih4 oc2 kh3 s2", "ic4 ih3 oc6 kh2 s2 p1 g2", "ic4 iw5 oc4 kw3 g4")) {
      TransposedConvShape s = TransposedConvShape.parse(text);
      Graph.Builder g = Graph.builder();
      Value w = g.constant("w", numbers(s.w()));
      Value bias = g.constant("bias", numbers(s.bias()));
      Value y = g.add("up", GraphOps.transposedConv(s), g.input("x", s.x()), w, bias);
      Tensor c = Tensor.zeros(s.oc());
      Tensor variance = Tensor.zeros(s.oc());
      for (int i = 0; i < s.oc(); i++) {
        c.array()[i] = i + 1;
        variance.array()[i] = i % 2 == 0 ? 4 : 0.25f;
      }
      Value gamma = g.constant("gamma", c);
      Value v = g.constant("variance", variance);
      y = g.add("norm", GraphOps.batchNorm(0), y, gamma, gamma, gamma, v);
      g.output("y", g.add("relu", GraphOps.relu(), y));
      assertEquals(List.of("transposed convolution " + s + ", relu"), compiled(g.build()), text);
    }
  }

  @Test
  void aBatchNormBehindATransposedConvolutionsActivationStays() {
    TransposedConvShape s = TransposedConvShape.parse("ic2 ih4 oc2 kh2 g2");
    Value y = b.add("up", GraphOps.transposedConv(s), b.input("x", s.x()), constant(2, 1, 2, 2));
    output(norm(b.add("relu", GraphOps.relu(), y)));
    assertEquals(
        List.of("transposed convolution " + s + ", relu", "batch norm epsilon=0.0"), compiled());
  }

  @Test
  void aBatchNormIsNotFoldedIntoAConvolutionThatIsUsedTwice() {
    Value y = conv(input());
    output(norm(y));
    output(b.add("neg", GraphOps.relu(), y));
    assertEquals(3, compiled().size());
  }

  @Test
  void aBatchNormIsNotFoldedIntoAConvolutionThatIsAnOutput() {
    Value y = conv(input());
    output(y);
    output(norm(y));
    assertEquals(2, compiled().size());
  }

  @Test
  void aBatchNormWhoseNumbersAreInputsStays() {
    Value c = b.input("c", Shape.of(2));
    Value one = b.constant("one", Tensor.zeros(2).fill(1));
    output(b.add("norm", GraphOps.batchNorm(0), conv(input()), c, c, c, one));
    assertEquals(List.of("convolution " + CONV, "batch norm epsilon=0.0"), compiled());
  }

  @Test
  void aBatchNormBeforeAConvolutionStaysAndTakesItsActivation() {
    output(conv(b.add("relu", GraphOps.relu(), norm(input()))));
    assertEquals(List.of("batch norm epsilon=0.0, relu", "convolution " + CONV), compiled());
  }

  @Test
  void scalesAndShiftsOfChannelsAreFolded() {
    Value y = binary(BinaryOp.MUL, conv(input()), constant(2, 1, 1));
    y = binary(BinaryOp.ADD, constant(1, 2, 1, 1), y);
    y = binary(BinaryOp.SUB, y, constant(1));
    output(
        binary(
            BinaryOp.DIV,
            binary(BinaryOp.SUB, constant(), y),
            b.constant("d", Tensor.zeros(1).fill(2))));
    assertEquals(List.of("convolution " + CONV), compiled());
  }

  @Test
  void whatVariesOverPixelsIsNotFolded() {
    output(binary(BinaryOp.MUL, conv(input()), constant(4, 4)));
    assertEquals(List.of("convolution " + CONV, "mul"), compiled());
  }

  @Test
  void aDivisorThatIsZeroIsNotFolded() {
    Value y = binary(BinaryOp.DIV, conv(input()), b.constant("zero", Tensor.zeros(1)));
    output(b.add("step", GraphOps.binary(BinaryOp.EQUAL), y, y));
    assertEquals(List.of("convolution " + CONV, "div", "equal"), compiled());
  }

  @Test
  void aResidualIsAddedByTheLaterConvolution() {
    Value x = input();
    Value first = conv(x);
    Value second = conv(b.add("relu", GraphOps.relu(), first));
    Value third =
        b.add("conv3", GraphOps.conv(CONV), x, b.constant("w", numbers(CONV.w()).fill(1)));
    output(b.add("relu", GraphOps.relu(), binary(BinaryOp.ADD, third, second)));
    output(first);
    List<String> ops = compiled();
    assertEquals(4, ops.size(), ops.toString());
    assertEquals("convolution " + CONV + ", relu", ops.get(3));
  }

  @Test
  void aResidualOfAnotherShapeAndASumOfAConvolutionWithItselfAreNotFused() {
    Value y = conv(input());
    output(binary(BinaryOp.ADD, y, y));
    assertEquals(List.of("convolution " + CONV, "add"), compiled());
  }

  @Test
  void aSumBehindAnActivationIsNotAResidual() {
    Value x = input();
    output(binary(BinaryOp.ADD, b.add("relu", GraphOps.relu(), conv(x)), x));
    assertEquals(List.of("convolution " + CONV + ", relu", "add"), compiled());
  }

  @Test
  void activationsEndSumsProductsAndNorms() {
    Value x = b.input("m", Shape.of(3, 4));
    Value y = b.add("product", GraphOps.matMul(), x, constant(4, 2));
    y = binary(BinaryOp.ADD, y, constant(2));
    output(b.add("f", GraphOps.activation(Activation.clamp(-1, 2)), y));
    output(b.add("clip", GraphOps.clip(0, 3), binary(BinaryOp.ADD, x, x)));
    assertEquals(
        List.of("matrix product with broadcasting, clamp(-1.0,2.0)", "add, clamp(0.0,3.0)"),
        compiled());
  }

  @Test
  void paddingIsLeftToTheWindow() {
    int[] one = {0, 0, 1, 2};
    Value padded = b.add("pad", GraphOps.pad(one, one, 0), input());
    ConvShape c = ConvShape.input(1, 2, 6, 8).filters(2, 3, 3).padding(1).build();
    Value y = b.add("conv", GraphOps.conv(c), padded, b.constant("w", numbers(c.w())));
    y = b.add("pad", GraphOps.pad(one, one, 0), y);
    PoolShape p = PoolShape.input(y.shape()).window(2).build();
    y = b.add("average", GraphOps.avgPool(p, false), y);
    y = b.add("pad", GraphOps.pad(one, one, Float.NEGATIVE_INFINITY), y);
    p = PoolShape.input(y.shape()).window(3).build();
    output(b.add("max", GraphOps.maxPool(p), y));
    assertEquals(
        List.of(
            "convolution n1 ic2 ih4 oc2 kh3 pt2 pb2 pl3 pr3",
            "average pooling n1 c2 ih6 iw8 kh2 pt1 pb1 pl2 pr2, padding counts",
            "max pooling n1 c2 ih7 iw11 kh3 pt1 pb1 pl2 pr2"),
        compiled());
  }

  @Test
  void paddingOfAnotherValueOrOfChannelsStays() {
    int[] one = {0, 0, 1, 1};
    int[] channels = {0, 1, 0, 0};
    int[] none = {0, 0, 0, 0};
    Value x = input();
    Value a = b.add("pad", GraphOps.pad(one, one, 1), x);
    output(
        b.add(
            "conv",
            GraphOps.conv(ConvShape.input(1, 2, 6, 6).filters(1, 3, 3).build()),
            a,
            constant(1, 2, 3, 3)));
    Value c = b.add("pad", GraphOps.pad(channels, none, 0), x);
    output(b.add("max", GraphOps.maxPool(PoolShape.input(c.shape()).window(2).build()), c));
    Value z = b.add("pad", GraphOps.pad(one, one, 0), x);
    output(b.add("max", GraphOps.maxPool(PoolShape.input(z.shape()).window(2).build()), z));
    assertEquals(6, compiled().size());
  }

  @Test
  void equalNodesAreComputedOnceAndUnusedOnesNever() {
    Value x = input();
    Value w = b.constant("w", numbers(CONV.w()));
    Value one = b.add("a", GraphOps.conv(CONV), x, w);
    Value two = b.add("b", GraphOps.conv(CONV), x, w);
    b.add("unused", GraphOps.relu(), x);
    output(binary(BinaryOp.MUL, one, two));
    assertEquals(List.of("convolution " + CONV, "mul"), compiled());
  }

  @Test
  void identitiesGoAndConstantsAreComputedAhead() {
    Value x = input();
    Value w =
        b.add("twice", GraphOps.binary(BinaryOp.ADD), constant(2, 2, 3, 3), constant(2, 2, 3, 3));
    Value y = b.add("drop", GraphOps.dropout(), x);
    y = b.add("same", GraphOps.transpose(0, 1, 2, 3), y);
    y = b.add("conv", GraphOps.conv(CONV), y, w);
    y = b.add("one", GraphOps.reshape(Shape.of(2, 16)), y);
    output(b.add("two", GraphOps.reshape(Shape.of(32)), y));
    assertEquals(List.of("convolution " + CONV, "reshape to [32]"), compiled());
  }

  @Test
  void nothingIsReorderedInsideNetworks() {
    for (Graph g : List.of(Networks.resnet50(1, 32, 8), Networks.mobilenetV2(1, 32))) {
      CompiledGraph c = g.compile(CompileOptions.of(Backend.best()));
      long moved =
          c.nodes().stream()
              .filter(n -> n.node().op().toString().startsWith("reorder"))
              .filter(n -> !n.kernel().isView())
              .count();
      assertEquals(1, moved, c.explain()); // the input
      assertTrue(c.nodes().stream().noneMatch(n -> n.node().op().toString().contains("norm")));
      assertTrue(c.nodes().stream().noneMatch(n -> n.node().op().name().equals("add")));
      assertTrue(c.arenaFloats() * 3 < c.memory().sumOfFloats(), c.explain());
    }
  }
}
