package io.lanewise.onnx.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostEvaluatorTest {
  private static OnnxNode node(String op, List<String> in, List<String> out) {
    return node("", op, in, out, Map.of());
  }

  private static OnnxNode node(
      String domain, String op, List<String> in, List<String> out, Map<String, Attribute> with) {
    return new OnnxNode(op.toLowerCase(Locale.ROOT), domain, op, in, out, with);
  }

  private static ValueInfo info(String name) {
    return new ValueInfo(name, new ValueType.Untold());
  }

  private static OnnxGraph graph(List<OnnxNode> nodes, List<String> in, List<String> out) {
    return new OnnxGraph(
        "g",
        nodes,
        Map.of(),
        in.stream().map(HostEvaluatorTest::info).toList(),
        out.stream().map(HostEvaluatorTest::info).toList(),
        Map.of());
  }

  private static OnnxModel model(OnnxGraph graph, OnnxFunction... functions) {
    Map<String, Long> opsets = Map.of("", 17L, "own", 1L);
    return new OnnxModel(8, "", "", opsets, graph, List.of(functions), Map.of());
  }

  private static float[] run(OnnxModel model, String output, Map<String, TypedTensor> inputs) {
    Map<String, HostValue> given =
        inputs.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> HostValue.of(e.getValue())));
    HostValue y = HostEvaluator.of(model).run(given).get(output);
    return ((HostValue.OfTensor) y).tensor().floats();
  }

  @Test
  void functionsTakeAttributesAndLeaveInputsOut() {
    Map<String, Attribute> reference =
        Map.of("alpha", new Attribute.Reference("slope", Attribute.OfFloat.class));
    OnnxFunction leaky =
        new OnnxFunction(
            "own",
            "Leaky",
            List.of("v", "bias"),
            List.of("z"),
            List.of(),
            Map.of("slope", new Attribute.OfFloat(0.5f)),
            Map.of("", 17L),
            List.of(
                node("", "LeakyRelu", List.of("v"), List.of("t"), reference),
                node("Sum", List.of("t", "t"), List.of("z"))));
    OnnxNode plain = node("own", "Leaky", List.of("x"), List.of("a"), Map.of());
    OnnxNode steep =
        node("own", "Leaky", List.of("a"), List.of("y"), Map.of("slope", new Attribute.OfFloat(2)));
    OnnxModel model = model(graph(List.of(plain, steep), List.of("x"), List.of("y")), leaky);
    assertArrayEquals(new float[] {-4, 4}, run(model, "y", Map.of("x", OpCase.floats(-1, 1))));
  }

  @Test
  void innerGraphsSeeWhatIsAround() {
    OnnxGraph twice =
        graph(List.of(node("Add", List.of("x", "x"), List.of("t"))), List.of(), List.of("t"));
    OnnxGraph same =
        graph(List.of(node("Identity", List.of("x"), List.of("t"))), List.of(), List.of("t"));
    Map<String, Attribute> branches =
        Map.of(
            "then_branch",
            new Attribute.OfGraph(twice),
            "else_branch",
            new Attribute.OfGraph(same));
    OnnxNode choice = node("", "If", List.of("c"), List.of("y"), branches);
    OnnxModel model = model(graph(List.of(choice), List.of("c", "x"), List.of("y")));
    TypedTensor x = OpCase.floats(3);
    TypedTensor yes = OpCase.integers(ElementType.BOOL, 1);
    TypedTensor no = OpCase.integers(ElementType.BOOL, 0);
    assertArrayEquals(new float[] {6}, run(model, "y", Map.of("c", yes, "x", x)));
    assertArrayEquals(new float[] {3}, run(model, "y", Map.of("c", no, "x", x)));
  }

  /** The scan output's shape is the declared one. */
  @Test
  void loopsThatNeverRun() {
    ValueType row =
        new ValueType.OfTensor(ElementType.FLOAT, Optional.of(List.of(ValueType.Dimension.of(2))));
    OnnxGraph body =
        new OnnxGraph(
            "body",
            List.of(
                node("Identity", List.of("go"), List.of("on")),
                node("Add", List.of("v", "v"), List.of("w")),
                node("Identity", List.of("w"), List.of("s"))),
            Map.of(),
            List.of(info("i"), info("go"), info("v")),
            List.of(info("on"), info("w"), new ValueInfo("s", row)),
            Map.of());
    OnnxNode loop =
        node(
            "",
            "Loop",
            List.of("n", "", "x"),
            List.of("last", "all"),
            Map.of("body", new Attribute.OfGraph(body)));
    OnnxModel model = model(graph(List.of(loop), List.of("n", "x"), List.of("last", "all")));
    HostEvaluator evaluator = HostEvaluator.of(model);
    HostValue x = HostValue.of(OpCase.floats(1, -1));
    Map<String, HostValue> none =
        evaluator.run(Map.of("n", HostValue.of(TypedTensor.scalar(0)), "x", x));
    assertEquals(x, none.get("last"));
    assertEquals(Shape.of(0, 2), ((HostValue.OfTensor) none.get("all")).tensor().shape());
    Map<String, HostValue> three =
        evaluator.run(Map.of("n", HostValue.of(TypedTensor.scalar(3)), "x", x));
    assertArrayEquals(
        new float[] {2, -2, 4, -4, 8, -8},
        ((HostValue.OfTensor) three.get("all")).tensor().floats());
  }

  @Test
  void everyMissingOperatorIsNamed() {
    OnnxGraph inner =
        graph(List.of(node("Inner", List.of(), List.of("t"))), List.of(), List.of("t"));
    OnnxNode choice =
        node(
            "",
            "If",
            List.of("x"),
            List.of("y"),
            Map.of(
                "then_branch",
                new Attribute.OfGraph(inner),
                "else_branch",
                new Attribute.OfGraph(inner)));
    OnnxNode alien = node("own", "Alien", List.of("x"), List.of("z"), Map.of());
    OnnxModel model = model(graph(List.of(choice, alien), List.of("x"), List.of("y", "z")));
    OnnxException e = assertThrows(OnnxUnsupportedException.class, () -> HostEvaluator.of(model));
    assertEquals(
        "operators that are not supported: node 'inner' (Inner) of the standard's opset 17,"
            + " node 'alien' (own.Alien) of 'own' opset 1",
        e.getMessage());
  }

  @Test
  void inputsAreCheckedByName() {
    OnnxModel model =
        model(graph(List.of(node("Abs", List.of("x"), List.of("y"))), List.of("x"), List.of("y")));
    HostEvaluator evaluator = HostEvaluator.of(model);
    HostValue one = HostValue.of(OpCase.floats(1));
    OnnxException missing = assertThrows(OnnxException.class, () -> evaluator.run(Map.of()));
    assertEquals("missing input 'x', got []", missing.getMessage());
    OnnxException unknown =
        assertThrows(OnnxException.class, () -> evaluator.run(Map.of("x", one, "z", one)));
    assertEquals("unknown input 'z', expected [x]", unknown.getMessage());
  }
}
