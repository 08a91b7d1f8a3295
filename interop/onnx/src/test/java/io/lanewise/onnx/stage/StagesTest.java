package io.lanewise.onnx.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TestModel;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Values that decide shapes, branches, loops, functions. */
class StagesTest {
  private static OnnxSession session(TestModel model) {
    return OnnxSession.of(model.build(), SessionOptions.defaults().threads(1));
  }

  private static TypedTensor floats(float... values) {
    return TypedTensor.of(Tensor.of(Shape.of(values.length), values));
  }

  private static TypedTensor bool(boolean value) {
    return TypedTensor.of(ElementType.BOOL, Shape.of(), new byte[] {(byte) (value ? 1 : 0)});
  }

  private static long stages(OnnxSession s) {
    return s.explain().lines().filter(l -> l.startsWith("for")).count();
  }

  /** The shape is an input: each of its values has a stage, and that is compiled once. */
  @Test
  void aShapeMayBeAnInput() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .input("shape", ElementType.INT64, -2)
                .node("Reshape", "x shape", "r")
                .node("Neg", "r", "y")
                .outputs("y"));
    TypedTensor x = floats(1, 2, 3, 4, 5, 6);
    for (int round = 0; round < 2; round++) {
      for (long rows : new long[] {2, 3}) {
        TypedTensor y = s.runTyped(Map.of("x", x, "shape", TypedTensor.vector(rows, -1))).get("y");
        assertEquals(Shape.of((int) rows, (int) (6 / rows)), y.shape());
        assertEquals(-6, y.floats()[5]);
      }
      assertEquals(2, stages(s), s::explain);
    }
    assertFalse(s.explain().contains("ends at"), s::explain);
  }

  /** The size of an image follows from its pixels: the stage ends, and goes on with the value. */
  @Test
  void aShapeMayBeComputedFromFloats() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .node("ReduceMax", "x", "m", "keepdims", 1)
                .node("Cast", "m", "n", "to", 7)
                .node("Neg", "x", "z")
                .node("Tile", "z n", "t")
                .node("Abs", "t", "y")
                .outputs("y"));
    for (int round = 0; round < 2; round++) {
      assertArrayEquals(
          new float[] {1, 2, 1, 2}, s.runTyped(Map.of("x", floats(1, 2))).get("y").floats());
      assertArrayEquals(
          new float[] {3, 1, 3, 1, 3, 1}, s.runTyped(Map.of("x", floats(3, 1))).get("y").floats());
    }
    assertEquals(3, stages(s), s::explain);
    assertTrue(s.explain().contains("decides shapes"), s::explain);
  }

  @Test
  void outputsMayBeAsManyAsTheyAre() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .node("Relu", "x", "r")
                .node("NonZero", "r", "at")
                .node("Transpose", "at", "y")
                .node("Neg", "r", "z")
                .output("y", ElementType.INT64)
                .outputs("z"));
    Map<String, TypedTensor> y = s.runTyped(Map.of("x", floats(-1, 2, 0, 4)));
    assertArrayEquals(new long[] {1, 3}, y.get("y").longs());
    assertArrayEquals(new float[] {-0f, -2, -0f, -4}, y.get("z").floats());
    assertEquals(Shape.of(0, 1), s.runTyped(Map.of("x", floats(-1))).get("y").shape());
  }

  private static OnnxGraph branch(String op) {
    return TestModel.opset(17).node(op, "x", "b").outputs("b").graph();
  }

  @Test
  void aBranchIsChosenAtRunTime() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .input("c", ElementType.BOOL)
                .node("If", "c", "i", "then_branch", branch("Neg"), "else_branch", branch("Abs"))
                .node("Exp", "i", "y")
                .outputs("y"));
    TypedTensor x = floats(-1);
    float yes = s.runTyped(Map.of("x", x, "c", bool(true))).get("y").floats()[0];
    float no = s.runTyped(Map.of("x", floats(-2), "c", bool(false))).get("y").floats()[0];
    assertEquals(Math.E, yes, 1e-6);
    assertEquals(Math.E * Math.E, no, 1e-5);
    assertEquals(2, stages(s), s::explain);
  }

  /** carried = carried + x, scanned = carried. */
  private static OnnxGraph sums(boolean stops) {
    TestModel m =
        TestModel.opset(17)
            .input("i", ElementType.INT64)
            .input("go", ElementType.BOOL)
            .input("v", -1)
            .node("Add", "v x", "w");
    if (stops) {
      m.node("ReduceSum", "w", "s", "keepdims", 0)
          .constant("most", TypedTensor.of(Tensor.of(Shape.of(), 5)))
          .node("Less", "s most", "more");
    } else {
      m.node("Identity", "go", "more");
    }
    return m.node("Identity", "w", "each")
        .output("more", ElementType.BOOL)
        .outputs("w", "each")
        .graph();
  }

  private static TestModel loop(OnnxGraph body) {
    return TestModel.opset(17)
        .input("x", -1)
        .constant("trips", TypedTensor.scalar(4))
        .constant("always", bool(true))
        .node("Neg", "x", "start")
        .node("Loop", "trips always start", "last all", "body", body)
        .node("Relu", "last", "y")
        .outputs("y", "all");
  }

  @Test
  void aLoopOfKnownLengthIsUnrolled() {
    OnnxSession s = session(loop(sums(false)));
    Map<String, TypedTensor> y = s.runTyped(Map.of("x", floats(1, -2)));
    assertArrayEquals(new float[] {3, 0}, y.get("y").floats());
    assertEquals(Shape.of(4, 2), y.get("all").shape());
    assertArrayEquals(new float[] {0, 0, 1, -2, 2, -4, 3, -6}, y.get("all").floats());
    assertFalse(s.explain().contains("ends at"), s::explain);
  }

  @Test
  void aLoopThatStopsByItselfRunsOnTheHost() {
    OnnxSession s = session(loop(sums(true)));
    Map<String, TypedTensor> y = s.runTyped(Map.of("x", floats(2, 1)));
    assertArrayEquals(new float[] {4, 2}, y.get("y").floats());
    assertEquals(Shape.of(3, 2), y.get("all").shape());
    assertTrue(s.explain().contains("ends at node 'loop' (Loop)"), s::explain);
  }

  @Test
  void aLoopWithoutEndCanBeCancelled() {
    OnnxGraph forever =
        TestModel.opset(17)
            .input("i", ElementType.INT64)
            .input("go", ElementType.BOOL)
            .input("v", -1)
            .node("Identity", "go", "more")
            .node("Neg", "v", "w")
            .output("more", ElementType.BOOL)
            .outputs("w")
            .graph();
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .constant("always", bool(true))
                .node("Neg", "x", "start")
                .node("Loop", "- always start", "y", "body", forever)
                .outputs("y"));
    AtomicInteger asked = new AtomicInteger();
    OnnxCall call =
        s.call().input("x", floats(1)).cancelledBy(() -> asked.incrementAndGet() == 100);
    assertThrows(CancellationException.class, call::run);
    assertEquals(100, asked.get());
  }

  /** own.Twice(a, k) = k · a + a, with k from the call's attribute. */
  private static OnnxFunction twice() {
    return new OnnxFunction(
        "own",
        "Twice",
        List.of("a"),
        List.of("b"),
        List.of("k"),
        Map.of(),
        Map.of("", 17L),
        List.of(
            TestModel.nodeOf("", "Constant", "", "k", "value_float", reference()),
            TestModel.nodeOf("", "Mul", "a k", "t"),
            TestModel.nodeOf("", "Add", "t a", "b")));
  }

  private static Attribute reference() {
    return new Attribute.Reference("k", Attribute.OfFloat.class);
  }

  @Test
  void functionsAreInlined() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", 2)
                .function(twice())
                .node(TestModel.nodeOf("own", "Twice", "x", "t", "k", 2f))
                .node(TestModel.nodeOf("own", "Twice", "t", "y", "k", 10f))
                .outputs("y"));
    assertArrayEquals(
        new float[] {33, -66}, s.runTyped(Map.of("x", floats(1, -2))).get("y").floats());
  }

  @Test
  void functionsThatCallThemselvesAreRefused() {
    OnnxFunction endless =
        new OnnxFunction(
            "own",
            "Twice",
            List.of("a"),
            List.of("b"),
            List.of(),
            Map.of(),
            Map.of("own", 1L),
            List.of(
                TestModel.nodeOf("own", "Twice", "a", "t"),
                TestModel.nodeOf("own", "Twice", "t", "b")));
    TestModel model =
        TestModel.opset(17)
            .input("x", 2)
            .function(endless)
            .node(TestModel.nodeOf("own", "Twice", "x", "y"))
            .outputs("y");
    OnnxException e = assertThrows(OnnxException.class, () -> session(model));
    assertTrue(e.getMessage().contains("functions may be"), e::getMessage);
  }

  /** A sequence goes no further than the host; what comes before it is compiled. */
  @Test
  void sequencesStayOnTheHost() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .node("Neg", "x", "n")
                .node("SequenceConstruct", "n x", "s")
                .node("ConcatFromSequence", "s", "y", "axis", 0)
                .outputs("y", "n"));
    Map<String, TypedTensor> y = s.runTyped(Map.of("x", floats(1, 2)));
    assertArrayEquals(new float[] {-1, -2, 1, 2}, y.get("y").floats());
    assertArrayEquals(new float[] {-1, -2}, y.get("n").floats());
  }

  @Test
  void outputsMayBeConstantsAndInputs() {
    OnnxSession s =
        session(
            TestModel.opset(17)
                .input("x", -1)
                .node("Shape", "x", "size")
                .node("Identity", "x", "same")
                .output("size", ElementType.INT64)
                .outputs("same"));
    Map<String, TypedTensor> y = s.runTyped(Map.of("x", floats(1, 2, 3)));
    assertArrayEquals(new long[] {3}, y.get("size").longs());
    assertArrayEquals(new float[] {1, 2, 3}, y.get("same").floats());
  }
}
