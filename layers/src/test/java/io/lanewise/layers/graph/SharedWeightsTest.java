package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What compilations share, and what they must not. */
class SharedWeightsTest {
  private static PackedWeights packed(SharedWeights shared, Value w, Object operand, String how) {
    return shared
        .packed(w, operand, () -> new PackedWeights(how, 1), (from, to) -> to.data()[0]++)
        .weights();
  }

  @Test
  void oneTensorPackedOneWayIsPackedOnce() {
    SharedWeights shared = new SharedWeights();
    Value w = Value.constant("w", Tensor.zeros(2));
    PackedWeights first = packed(shared, w, "b", "panels");
    assertSame(first, packed(shared, w, "b", "panels"));
    assertNotSame(first, packed(shared, w, "a", "panels"));
    assertNotSame(first, packed(shared, w, "b", "rows"));
    assertNotSame(first, packed(shared, Value.constant("w", Tensor.zeros(2)), "b", "panels"));
  }

  @Test
  void whoeverFinishesAPackingDoesItOnce() {
    SharedWeights shared = new SharedWeights();
    Value w = Value.constant("w", Tensor.zeros(1));
    for (int i = 0; i < 2; i++) {
      SharedWeights.Packing packing =
          shared.packed(w, "b", () -> new PackedWeights("rows", 1), (x, to) -> to.data()[0]++);
      assertEquals(i, packing.weights().data()[0]);
      packing.finish();
      assertEquals(1, packing.weights().data()[0]);
    }
  }

  @Test
  void whatLiesOutsideIsPackedAndStaysThere() {
    SharedWeights shared = new SharedWeights();
    TypedTensor outside = TypedTensor.later(Shape.of(2), dst -> Arrays.fill(dst, 0, 2, 7));
    for (int i = 0; i < 2; i++) {
      PackedWeights now =
          shared.packed(Value.constant("w", outside), "a", w -> weights(w.toArray()));
      assertArrayEquals(new float[] {7, 7}, now.data());
      SharedWeights.Packing later =
          shared.packed(
              Value.constant("w", outside),
              "b",
              () -> new PackedWeights("rows", 2),
              (w, to) -> to.data()[1] += w.get(1));
      later.finish();
      assertArrayEquals(new float[] {0, 7}, later.weights().data());
      shared.rest();
    }
    assertTrue(outside.isOutside());
  }

  private static PackedWeights weights(float... values) {
    PackedWeights packed = new PackedWeights("panels", values.length);
    System.arraycopy(values, 0, packed.data(), 0, values.length);
    return packed;
  }

  @Test
  void whatIsDerivedOfTheSameTensorsIsComputedOnce() {
    SharedWeights shared = new SharedWeights();
    Tensor w = Tensor.zeros(2);
    List<Tensor> first = shared.derived("twice", List.of(w), () -> List.of(w.copy()));
    assertSame(first, shared.derived("twice", List.of(w), () -> List.of(w.copy())));
    assertNotSame(first, shared.derived("half", List.of(w), () -> List.of(w.copy())));
    assertNotSame(first, shared.derived("twice", List.of(w.copy()), () -> List.of(w.copy())));
  }

  @Test
  void aMatrixAndItsTransposeAreTwoOperands() {
    Tensor w = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", Shape.of(1, 2));
    Value m = b.constant("w", w);
    b.output("plain", b.add("plain", GraphOps.gemm(false, false, 1, 1), x, m));
    b.output("turned", b.add("turned", GraphOps.gemm(false, true, 1, 1), x, m));
    Map<String, Tensor> y =
        b.build()
            .compile(CompileOptions.of(Backend.best()))
            .newRun()
            .run(Map.of("x", Tensor.of(Shape.of(1, 2), 1, 1)), Parallel.SEQUENTIAL);
    assertArrayEquals(new float[] {4, 6}, y.get("plain").toArray());
    assertArrayEquals(new float[] {3, 7}, y.get("turned").toArray());
  }

  @Test
  void twoShapesOfAModelShareWhatWasFolded() {
    SharedWeights shared = new SharedWeights();
    CompileOptions options = CompileOptions.of(Backend.best()).sharing(shared);
    RandomGraph.Drawn drawn = RandomGraph.of(5, 12);
    Map<String, Tensor> once =
        drawn.graph().compile(options).newRun().run(drawn.inputs(), Parallel.SEQUENTIAL);
    Map<String, Tensor> again =
        drawn.graph().compile(options).newRun().run(drawn.inputs(), Parallel.SEQUENTIAL);
    once.forEach((name, t) -> assertEquals(true, t.sameBits(again.get(name)), name));
  }
}
