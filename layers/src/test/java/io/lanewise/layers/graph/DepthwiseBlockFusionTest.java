package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which convolutions are computed together, and that it changes no bit. */
class DepthwiseBlockFusionTest {
  /** Large enough for any second-level cache below 32 MB. */
  private static final int SIZE = 128;

  private static final int WIDE = 128;

  private final Graph.Builder b = Graph.builder();
  private final Random random = new Random(7);

  private Tensor tensor(Shape shape) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = random.nextFloat() - 0.5f;
    }
    return t;
  }

  private Value input() {
    return b.input("x", Shape.of(1, 2, SIZE, SIZE));
  }

  private Value conv(String name, Value x, int oc, int k, int groups) {
    ConvShape s =
        ConvShape.input(1, x.shape().dim(1), SIZE, SIZE)
            .filters(oc, k, k)
            .padding(k / 2)
            .groups(groups)
            .build();
    Value w = b.constant(name + ".w", tensor(s.w()));
    return b.add(name, GraphOps.conv(s), x, w, b.constant(name + ".b", tensor(s.bias())));
  }

  private Value relu6(Value x) {
    return b.add("relu6", GraphOps.activation(Activation.relu6()), x);
  }

  private Value expand(Value x) {
    return relu6(conv("expand", x, WIDE, 1, 1));
  }

  private Value depthwise(Value x) {
    return conv("depthwise", x, WIDE, 3, WIDE);
  }

  private Value project(Value x) {
    return conv("project", x, 2, 1, 1);
  }

  private Value add(Value x, Value y) {
    return b.add("add", GraphOps.binary(BinaryOp.ADD), x, y);
  }

  /** The best backend, without blocks. */
  private static Backend separating() {
    Backend best = Backend.best();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("depthwiseBlock")) {
            return Optional.empty();
          }
          try {
            return method.invoke(best, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, handler);
  }

  private static Map<String, Tensor> run(CompiledGraph graph, Parallel par) {
    Random random = new Random(3);
    Map<String, Tensor> inputs = new HashMap<>();
    graph
        .inputs()
        .forEach(
            (name, type) -> {
              Tensor t = Tensor.zeros(type.shape());
              for (int i = 0; i < t.size(); i++) {
                t.array()[i] = random.nextFloat() - 0.5f;
              }
              inputs.put(name, t);
            });
    return graph.newRun().run(inputs, par);
  }

  /** Names of the compiled nodes but for reorderings, after checking that all bits are the same. */
  private static List<String> compiled(Graph graph) {
    CompiledGraph together = graph.compile(CompileOptions.of(Backend.best()));
    CompiledGraph apart = graph.compile(CompileOptions.of(separating()));
    Map<String, Tensor> expected = run(apart, Parallel.SEQUENTIAL);
    try (ForkJoinTeam team = ForkJoinTeam.of(3)) {
      for (Parallel par : List.of(Parallel.SEQUENTIAL, team)) {
        Map<String, Tensor> got = run(together, par);
        expected.forEach((name, y) -> assertArrayEquals(y.toArray(), got.get(name).toArray()));
      }
    }
    assertTrue(apart.nodes().stream().noneMatch(n -> n.node().name().contains(" + ")));
    return together.nodes().stream()
        .map(n -> n.node().name())
        .filter(name -> !name.endsWith("reordered"))
        .toList();
  }

  @Test
  void anInvertedResidualIsOneNode() {
    Value x = input();
    b.output("y", add(x, project(relu6(depthwise(expand(x))))));
    Graph graph = b.build();
    assertEquals(List.of("expand + depthwise + project"), compiled(graph));
    String text = graph.compile(CompileOptions.of(Backend.best())).explain();
    String line =
        "convolutions n1 ic2 ih128 oc128 kh1, relu6, then n1 ic128 ih128 oc128 kh3 p1 g128, relu6,"
            + " then n1 ic128 ih128 oc2 kh1  by strips";
    assertTrue(text.contains(line), text);
  }

  @Test
  void whatIsReadElsewhereStays() {
    Value y = depthwise(expand(input()));
    b.output("squeezed", add(y, y));
    b.output("y", project(y));
    assertEquals(List.of("expand + depthwise", "add", "project"), compiled(b.build()));
  }

  @Test
  void anExpansionThatIsAnOutputStays() {
    Value wide = expand(input());
    b.output("wide", wide);
    b.output("y", project(depthwise(wide)));
    assertEquals(List.of("expand", "depthwise + project"), compiled(b.build()));
  }

  @Test
  void aDepthwiseConvolutionWithAResidualStays() {
    Value wide = expand(input());
    b.output("wide", wide);
    b.output("y", project(add(wide, depthwise(wide))));
    assertEquals(List.of("expand", "depthwise", "project"), compiled(b.build()));
  }

  @Test
  void anExpansionWithAResidualStays() {
    Value x = input();
    Value other = b.input("other", Shape.of(1, WIDE, SIZE, SIZE));
    b.output("y", depthwise(add(conv("expand", x, WIDE, 1, 1), other)));
    assertEquals(List.of("expand", "depthwise"), compiled(b.build()));
  }

  @Test
  void aWindowThatIsNotDepthwiseStays() {
    b.output("y", project(conv("dense", expand(input()), WIDE, 3, 2)));
    assertEquals(List.of("expand", "dense", "project"), compiled(b.build()));
  }

  @Test
  void blocksFollowEachOther() {
    b.output("y", project(depthwise(expand(project(depthwise(expand(input())))))));
    String name = "expand + depthwise + project";
    assertEquals(List.of(name, name), compiled(b.build()));
  }

  @Test
  void mobileNetHasBlocksAndTheSameBits() {
    long blocks =
        compiled(Networks.mobilenetV2(1, 224)).stream().filter(n -> n.contains(" + ")).count();
    assertTrue(blocks >= 2, () -> "blocks " + blocks);
  }
}
