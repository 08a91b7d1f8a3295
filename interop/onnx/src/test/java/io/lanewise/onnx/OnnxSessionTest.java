package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnnxSessionTest {
  private static final SessionOptions OPTIONS = SessionOptions.defaults().threads(1);

  /** y = relu(x + b), x [n][3]. */
  private static OnnxSession session() {
    return OnnxSession.of(
        TestModel.opset(17)
            .input("x", -1, 3)
            .constant("b", TypedTensor.of(Tensor.of(Shape.of(3), 1, -1, 0)))
            .node("Add", "x b", "sum")
            .node("Relu", "sum", "y")
            .outputs("y")
            .build(),
        OPTIONS);
  }

  private static final float[] X = {1, 2, 3, -4, 5, -6};
  private static final float[] Y = {2, 1, 3, 0, 4, 0};

  @Test
  void inputsAndOutputsAreTold() {
    OnnxSession s = session();
    assertEquals("[x: float[s1, 3]]", s.inputs().toString());
    assertEquals("y", s.outputs().getFirst().name());
  }

  @Test
  void everyKindOfInputGivesTheSame() {
    OnnxSession s = session();
    Tensor x = Tensor.of(Shape.of(2, 3), X);
    assertArrayEquals(Y, s.run(Map.of("x", x)).get("y").toArray());
    assertArrayEquals(Y, s.runTyped(Map.of("x", TypedTensor.of(x))).get("y").tensor().toArray());
    assertArrayEquals(Y, s.call().input("x", X, 2, 3).run().tensor("y").toArray());
    FloatBuffer floats = FloatBuffer.wrap(new float[] {9, 1, 2, 3, -4, 5, -6}).position(1);
    assertArrayEquals(Y, s.call().input("x", floats, 2, 3).run().tensor("y").toArray());
    assertEquals(1, floats.position());
    ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(X);
    assertArrayEquals(
        Y, s.call().input("x", bytes, ElementType.FLOAT, 2, 3).run().tensor("y").toArray());
    Tensor window = Tensor.wrap(Shape.of(1, 3), X, 3);
    assertArrayEquals(new float[] {0, 4, 0}, s.run(Map.of("x", window)).get("y").toArray());
  }

  @Test
  void channelsLastImagesAreTaken() {
    OnnxSession s =
        OnnxSession.of(
            TestModel.opset(17).input("x", 1, 2, 2, 2).node("Neg", "x", "y").outputs("y").build(),
            OPTIONS);
    Tensor first = Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Tensor last = first.copy(Layout.CHANNELS_LAST);
    assertArrayEquals(
        s.run(Map.of("x", first)).get("y").toArray(), s.run(Map.of("x", last)).get("y").toArray());
  }

  @Test
  void outputsGoWhereTheyAreWanted() {
    OnnxSession s = session();
    float[] array = new float[8];
    array[0] = 7;
    Tensor y = Tensor.wrap(Shape.of(2, 3), array, 1);
    s.run(Map.of("x", Tensor.of(Shape.of(2, 3), X)), Map.of("y", y));
    assertArrayEquals(new float[] {7, 2, 1, 3, 0, 4, 0, 0}, array);
    OnnxCall call = s.call().input("x", X, 2, 3).output("y", y);
    assertSame(y, call.run().tensor("y"));
    OnnxException e =
        assertThrows(OnnxException.class, () -> call.input("x", new float[3], 1, 3).run());
    assertTrue(
        e.getMessage().contains("'y' is float[1, 3], got room for float[2, 3]"), e::getMessage);
  }

  @Test
  void aCallThatKeepsNoOutputsTakesOtherShapes() {
    OnnxCall call = session().call().input("x", X, 2, 3);
    Tensor first = call.run().tensor("y");
    assertSame(first, call.run().tensor("y"));
    call.input("x", new float[] {-1, 2, 3}, 1, 3).run();
    assertArrayEquals(new float[] {0, 1, 3}, call.tensor("y").toArray());
    assertArrayEquals(Y, first.toArray());
  }

  private static void refused(Runnable call, String... parts) {
    OnnxException e = assertThrows(OnnxException.class, call::run);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e::getMessage);
    }
  }

  @Test
  void mistakesAreNamed() {
    OnnxSession s = session();
    Tensor x = Tensor.zeros(2, 3);
    refused(() -> s.run(Map.of("X", x)), "no input 'X'", "[x]");
    refused(() -> s.run(Map.of()), "input 'x: float[s1, 3]' is missing");
    refused(() -> s.run(Map.of("x", Tensor.zeros(3))), "float[s1, 3]", "float[3]");
    refused(() -> s.run(Map.of("x", Tensor.zeros(2, 4))), "float[s1, 3]", "float[2, 4]");
    refused(() -> s.runTyped(Map.of("x", TypedTensor.vector(1, 2, 3))), "float[s1, 3]", "int64[3]");
    refused(() -> s.call().input("x", X, 2, 3).run().tensor("z"), "no output 'z'", "[y]");
    refused(() -> s.run(Map.of("x", x, "z", x), Map.of("y", x)), "inputs are named [x]", "z");
    refused(() -> s.run(Map.of("x", x), Map.of("q", x)), "outputs are named [y]", "q");
    refused(() -> s.call().input("x", FloatBuffer.allocate(5), 2, 3), "needs 6 values", "of 5");
    refused(
        () -> s.call().input("x", ByteBuffer.allocate(5), ElementType.FLOAT, 2, 3),
        "needs 24 bytes",
        "of 5");
    assertThrows(IllegalStateException.class, () -> s.call().tensor("y"));
  }

  @Test
  void unsupportedOperatorsAreAllNamedAtLoad() {
    OnnxUnsupportedException e =
        assertThrows(
            OnnxUnsupportedException.class,
            () ->
                OnnxSession.of(
                    TestModel.opset(17)
                        .input("x", 1)
                        .node("Frobnicate", "x", "a")
                        .node(TestModel.nodeOf("own", "Gadget", "a", "b"))
                        .node("Relu", "b", "y")
                        .outputs("y")
                        .build(),
                    OPTIONS));
    assertTrue(
        e.getMessage().contains("(Frobnicate) of domain '', opset 17")
            && e.getMessage().contains("(own.Gadget) of domain 'own', opset 1"),
        e::getMessage);
  }

  @Test
  void aDefaultMayBeOverridden() {
    OnnxSession s =
        OnnxSession.of(
            TestModel.opset(17)
                .input("x", 2)
                .input("b", 2)
                .constant("b", TypedTensor.of(Tensor.of(Shape.of(2), 10, 20)))
                .node("Add", "x b", "y")
                .outputs("y")
                .build(),
            OPTIONS);
    assertTrue(s.inputs().get(1).isOptional());
    Tensor x = Tensor.of(Shape.of(2), 1, 2);
    assertArrayEquals(new float[] {11, 22}, s.run(Map.of("x", x)).get("y").toArray());
    assertArrayEquals(new float[] {2, 4}, s.run(Map.of("x", x, "b", x)).get("y").toArray());
    assertArrayEquals(new float[] {11, 22}, s.run(Map.of("x", x)).get("y").toArray());
  }

  @Test
  void aRunCanBeCancelled() {
    OnnxSession s = session();
    OnnxCall call = s.call().input("x", X, 2, 3);
    call.run();
    AtomicInteger asked = new AtomicInteger();
    call.cancelledBy(() -> asked.incrementAndGet() > 0);
    assertThrows(CancellationException.class, call::run);
    assertThrows(IllegalStateException.class, () -> call.tensor("y"));
    call.cancelledBy(() -> false);
    assertArrayEquals(Y, call.run().tensor("y").toArray());
  }

  @Test
  void aClosedSessionRefuses() {
    OnnxSession s = session();
    s.close();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> s.run(Map.of("x", Tensor.zeros(2, 3))));
    assertEquals("the session is closed", e.getMessage());
  }

  @Test
  void aProfileHasTheNodesThatRan() {
    OnnxProfile profile = session().call().input("x", X, 2, 3).profile();
    assertTrue(!profile.nodes().isEmpty() && profile.nodes().size() <= 2, profile::toString);
    assertTrue(profile.nanos() >= profile.nodes().getFirst().nanos());
    assertTrue(profile.nodes().getFirst().bytes() >= 2 * 6 * 4, profile::toString);
  }

  @Test
  void explainTellsWhatWasCompiled() {
    OnnxSession s = session();
    assertEquals("", s.explain());
    s.prepare(Map.of("x", Shape.of(4, 3)));
    assertTrue(s.explain().contains("x: float[4, 3]"), s::explain);
  }

  @Test
  void theLeastRecentlyUsedShapeGoes() {
    OnnxSession s =
        OnnxSession.of(
            TestModel.opset(17).input("x", -1).node("Neg", "x", "y").outputs("y").build(),
            OPTIONS.keptShapes(2));
    for (int n : new int[] {1, 2, 1, 3}) {
      s.run(Map.of("x", Tensor.zeros(n)));
    }
    String kept = s.explain();
    assertTrue(
        kept.contains("float[1]") && kept.contains("float[3]") && !kept.contains("float[2]"), kept);
  }
}
