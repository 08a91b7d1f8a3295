package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Activations that are written as several operations become one, and only those. */
class CurvesTest {
  private static final int N = 41;

  private Graph.Builder b = Graph.builder();

  private Value number(double v) {
    return b.constant("number", Tensor.of(Shape.of(), (float) v));
  }

  private Value binary(BinaryOp op, Value x, Value y) {
    return b.add("op", GraphOps.binary(op), x, y);
  }

  private Value mul(Value x, Value y) {
    return binary(BinaryOp.MUL, x, y);
  }

  private Value f(Activation f, Value x) {
    return b.add("f", GraphOps.activation(f), x);
  }

  /** x + 3 between 0 and 6. */
  private Value six(Value x) {
    return b.add("clip", GraphOps.clip(0, 6), binary(BinaryOp.ADD, number(3), x));
  }

  /** 1 + erf(x / sqrt 2). */
  private Value erf(Value x) {
    Value scaled = binary(BinaryOp.DIV, x, number(Math.sqrt(2)));
    return binary(BinaryOp.ADD, b.add("erf", GraphOps.unary(UnaryOp.ERF), scaled), number(1));
  }

  /** Nodes after compilation, after checking that it computes what it did before. */
  private int nodes(UnaryOperator<Value> curve) {
    b = Graph.builder();
    b.output("y", curve.apply(b.input("x", Shape.of(N))));
    Graph graph = b.build();
    CompileOptions options = CompileOptions.of(Backend.best());
    CompiledGraph compiled = graph.compile(options);
    Tensor x = Tensor.zeros(N);
    for (int i = 0; i < N; i++) {
      x.array()[i] = (i - 20) / 4f;
    }
    Tensor y = y(compiled, x);
    Tensor plain = y(graph.compile(options.plain()), x);
    for (int i = 0; i < N; i++) {
      assertEquals(plain.get(i), y.get(i), 2e-6, "at " + x.get(i));
    }
    return compiled.nodes().size();
  }

  private static Tensor y(CompiledGraph graph, Tensor x) {
    return graph.newRun().run(Map.of("x", x), Parallel.SEQUENTIAL).get("y");
  }

  @Test
  void knownOnesBecomeOneNode() {
    assertEquals(1, nodes(x -> mul(x, f(Activation.sigmoid(), x))));
    assertEquals(1, nodes(x -> mul(f(Activation.sigmoid(), x), x)));
    assertEquals(1, nodes(x -> mul(x, f(Activation.hardSigmoid(), x))));
    assertEquals(1, nodes(x -> mul(x, f(Activation.tanh(), f(Activation.softplus(), x)))));
    assertEquals(1, nodes(x -> binary(BinaryOp.DIV, mul(x, six(x)), number(6))));
    assertEquals(1, nodes(x -> mul(x, binary(BinaryOp.DIV, six(x), number(6)))));
    assertEquals(1, nodes(x -> mul(number(1.0 / 6), mul(six(x), x))));
    assertEquals(1, nodes(x -> mul(mul(x, erf(x)), number(0.5))));
    assertEquals(1, nodes(x -> mul(mul(x, number(0.5)), erf(x))));
    assertEquals(1, nodes(x -> mul(x, mul(number(0.5), erf(x)))));
  }

  @Test
  void othersStay() {
    assertTrue(nodes(x -> mul(f(Activation.relu(), x), f(Activation.sigmoid(), x))) > 1);
    assertTrue(nodes(x -> mul(x, f(Activation.hardSigmoid(0.2f, 0.5f), x))) > 1);
    assertTrue(nodes(x -> binary(BinaryOp.DIV, mul(x, six(x)), number(5))) > 1);
    assertTrue(nodes(x -> mul(mul(x, erf(x)), number(0.4))) > 1);
    assertTrue(nodes(x -> binary(BinaryOp.ADD, x, f(Activation.sigmoid(), x))) > 1);
  }

  @Test
  void whatIsUsedElsewhereStays() {
    int nodes =
        nodes(
            x -> {
              Value s = f(Activation.sigmoid(), x);
              b.output("s", s);
              return mul(x, s);
            });
    assertEquals(2, nodes);
  }
}
