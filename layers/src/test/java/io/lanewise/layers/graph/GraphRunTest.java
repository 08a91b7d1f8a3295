package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of small graphs by hand, plain and optimised. */
class GraphRunTest {
  private static CompiledGraph compile(Graph.Builder b, boolean optimised) {
    CompileOptions options = CompileOptions.of(Backend.best());
    return b.build().compile(optimised ? options : options.plain());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConvolutionAndItsReluAreComputed(boolean optimised) {
    ConvShape shape = ConvShape.input(1, 1, 3, 3).filters(2, 2, 2).build();
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", shape.x());
    Value w = b.constant("w", Tensor.of(shape.w(), 1, 0, 0, 1, -1, 0, 0, 0));
    Value bias = b.constant("b", Tensor.of(Shape.of(2), 0.5f, 3));
    b.output("y", b.add("relu", GraphOps.relu(), b.add("conv", GraphOps.conv(shape), x, w, bias)));
    GraphRun run = compile(b, optimised).newRun();
    Tensor image = Tensor.of(shape.x(), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    float[] y = run.bind("x", image).run(Parallel.SEQUENTIAL).output("y").toArray();
    assertArrayEquals(new float[] {6.5f, 8.5f, 12.5f, 14.5f, 2, 1, 0, 0}, y);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void integersFlowBesideFloats(boolean optimised) {
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", Shape.of(2, 3));
    Value best = b.add("best", GraphOps.argMax(false, false, 1), x);
    Value rows = b.constant("rows", Tensor.of(Shape.of(3, 1), 10, 20, 30));
    b.output("best", best);
    b.output("picked", b.add("picked", GraphOps.gather(0), rows, best));
    HostFunction twice =
        in -> List.of(TypedTensor.vector(2 * in.get(0).longAt(0), 2 * in.get(0).longAt(1)));
    b.output(
        "twice",
        b.add("twice", GraphOps.host("twice", List.of(ValueType.longs(Shape.of(2))), twice), best));
    GraphRun run = compile(b, optimised).newRun();
    run.bind("x", Tensor.of(Shape.of(2, 3), 1, 5, 2, 9, 0, 1)).run(Parallel.SEQUENTIAL);
    assertArrayEquals(new long[] {1, 0}, run.typedOutput("best").longs());
    assertArrayEquals(new float[] {20, 10}, run.output("picked").toArray());
    assertArrayEquals(new long[] {2, 0}, run.typedOutput("twice").longs());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inputsConstantsAndOneValueTwiceAreOutputs(boolean optimised) {
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", Shape.of(2));
    Value y = b.add("y", GraphOps.binary(BinaryOp.ADD), x, x);
    b.output("x", x);
    b.output("c", b.constant("c", Tensor.of(Shape.of(1), 7)));
    b.output("a", y);
    b.output("b", y);
    b.output("view", b.add("view", GraphOps.reshape(Shape.of(2, 1)), y));
    Map<String, Tensor> out =
        compile(b, optimised)
            .newRun()
            .run(Map.of("x", Tensor.of(Shape.of(2), 1, 2)), Parallel.SEQUENTIAL);
    assertArrayEquals(new float[] {1, 2}, out.get("x").toArray());
    assertArrayEquals(new float[] {7}, out.get("c").toArray());
    assertArrayEquals(new float[] {2, 4}, out.get("a").toArray());
    assertArrayEquals(new float[] {2, 4}, out.get("b").toArray());
    assertEquals(Shape.of(2, 1), out.get("view").shape());
    assertArrayEquals(new float[] {2, 4}, out.get("view").toArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void viewsFollowTheInputThatIsBound(boolean optimised) {
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", Shape.of(4));
    Value matrix = b.add("matrix", GraphOps.reshape(Shape.of(2, 2)), x);
    b.output("y", b.add("sum", GraphOps.reduce(ReduceOp.SUM, false, 1), matrix));
    GraphRun run = compile(b, optimised).newRun();
    run.bind("x", Tensor.of(Shape.of(4), 1, 2, 3, 4)).run(Parallel.SEQUENTIAL);
    assertArrayEquals(new float[] {3, 7}, run.output("y").toArray());
    Tensor mine = Tensor.zeros(2);
    run.bind("x", Tensor.of(Shape.of(4), 5, 6, 7, 8)).bindOutput("y", mine);
    run.run(Parallel.SEQUENTIAL);
    assertArrayEquals(new float[] {11, 15}, mine.toArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunSaysWhatItLacksAndEndsWhenItIsCancelled(boolean optimised) {
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", Shape.of(2));
    b.input("i", ElementType.INT64, Shape.of(1));
    b.output("y", b.add("relu", GraphOps.relu(), x));
    GraphRun run = compile(b, optimised).newRun();
    assertThrows(IllegalStateException.class, () -> run.run(Parallel.SEQUENTIAL));
    assertThrows(IllegalArgumentException.class, () -> run.bind("z", Tensor.zeros(2)));
    assertThrows(IllegalArgumentException.class, () -> run.bind("x", Tensor.zeros(3)));
    assertThrows(IllegalArgumentException.class, () -> run.bind("i", Tensor.zeros(1)));
    assertThrows(IllegalArgumentException.class, () -> run.bindOutput("x", Tensor.zeros(2)));
    run.bind("x", Tensor.zeros(2)).bind("i", TypedTensor.vector(3));
    assertThrows(CancellationException.class, () -> run.run(Parallel.SEQUENTIAL, () -> true));
    run.measuring(true).run(Parallel.SEQUENTIAL);
    assertTrue(run.nanos()[0] > 0);
  }
}
