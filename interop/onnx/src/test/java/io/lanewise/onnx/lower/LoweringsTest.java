package io.lanewise.onnx.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TestModel;
import io.lanewise.onnx.conformance.Tolerance;
import io.lanewise.onnx.host.HostEvaluator;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lowering computes what the operator's host op does, on drawn shapes and attributes. */
class LoweringsTest {
  private static final int DRAWS = 8;

  /** Sums of float32 in another order than the host's doubles; inputs are below 2. */
  private static final Tolerance TOLERANCE = new Tolerance(2e-4, 2e-5);

  static Set<String> operators() {
    return Draws.BY_OPERATOR.keySet();
  }

  @Test
  void everyLoweringIsTested() {
    Set<String> names = new TreeSet<>(Lowerings.STANDARD.names());
    names.removeAll(operators());
    assertEquals(Set.of(), names);
  }

  @ParameterizedTest
  @MethodSource("operators")
  void agreesWithTheHost(String opType) {
    SplittableRandom random = new SplittableRandom(opType.hashCode());
    int lowered = 0;
    for (int i = 0; i < DRAWS; i++) {
      Draw draw = new Draw(opType, random);
      Draws.BY_OPERATOR.get(opType).accept(draw);
      lowered += check(draw) ? 1 : 0;
    }
    assertTrue(lowered >= DRAWS / 2, "only " + lowered + " of " + DRAWS + " were lowered");
  }

  /** True if no node of the compiled graph runs on the host. */
  private static boolean check(Draw draw) {
    OnnxModel model = draw.model();
    Map<String, HostValue> values = new LinkedHashMap<>();
    draw.inputs().forEach((name, t) -> values.put(name, HostValue.of(t)));
    Map<String, HostValue> expected = HostEvaluator.of(model).run(values);
    try (OnnxSession session =
        OnnxSession.of(model, SessionOptions.defaults().threads(1).strict())) {
      OnnxCall call = session.call();
      draw.inputs().forEach(call::input);
      call.run();
      expected.forEach(
          (name, value) -> {
            TypedTensor want = ((HostValue.OfTensor) value).tensor();
            Optional<String> wrong = TOLERANCE.difference(call.typed(name), want);
            assertFalse(wrong.isPresent(), () -> draw + " " + name + ": " + wrong.orElseThrow());
          });
      return !session.explain().contains("host ");
    }
  }

  /** One node, its inputs and attributes. */
  static final class Draw {
    private final String opType;
    private final SplittableRandom random;
    private final Map<String, TypedTensor> inputs = new LinkedHashMap<>();
    private final Map<String, TypedTensor> constants = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Object> attributes = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>(List.of("y"));
    private int opset = 17;

    Draw(String opType, SplittableRandom random) {
      this.opType = opType;
      this.random = random;
    }

    int between(int least, int most) {
      return random.nextInt(least, most + 1);
    }

    boolean coin() {
      return random.nextBoolean();
    }

    <T> T oneOf(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    /** A float input in [-2, 2). */
    Draw x(int... dims) {
      return floats(-2, 2, dims);
    }

    Draw floats(double least, double most, int... dims) {
      String name = "x" + names.size();
      inputs.put(name, tensor(least, most, dims));
      names.add(name);
      return this;
    }

    TypedTensor tensor(double least, double most, int... dims) {
      TypedTensor t = TypedTensor.zeros(ElementType.FLOAT, Shape.of(dims));
      for (int i = 0; i < t.size(); i++) {
        t.setDouble(i, random.nextDouble(least, most));
      }
      return t;
    }

    /** Weights, which are constants of the model. */
    Draw w(int... dims) {
      return constant(tensor(-1, 1, dims));
    }

    Draw constant(TypedTensor t) {
      String name = "c" + names.size();
      constants.put(name, t);
      names.add(name);
      return this;
    }

    Draw longs(long... values) {
      return constant(TypedTensor.vector(values));
    }

    Draw number(double value) {
      TypedTensor t = TypedTensor.zeros(ElementType.FLOAT, Shape.of());
      t.setDouble(0, value);
      return constant(t);
    }

    /** Indices below a bound, an input. */
    Draw indices(int bound, int... dims) {
      return integers(0, bound, dims);
    }

    Draw integers(int least, int bound, int... dims) {
      TypedTensor t = TypedTensor.zeros(ElementType.INT64, Shape.of(dims));
      for (int i = 0; i < t.size(); i++) {
        t.setLong(i, random.nextInt(least, bound));
      }
      return input(t);
    }

    Draw input(TypedTensor t) {
      String name = "x" + names.size();
      inputs.put(name, t);
      names.add(name);
      return this;
    }

    Draw leftOut() {
      names.add("-");
      return this;
    }

    Draw with(String attribute, Object value) {
      attributes.add(attribute);
      attributes.add(value);
      return this;
    }

    Draw opset(int version) {
      opset = version;
      return this;
    }

    int opset() {
      return opset;
    }

    Draw alsoOutput(String name) {
      outputs.add(name);
      return this;
    }

    Map<String, TypedTensor> inputs() {
      return inputs;
    }

    OnnxModel model() {
      TestModel m = TestModel.opset(opset);
      inputs.forEach((name, t) -> m.inputOf(name, t.type()));
      constants.forEach(m::constant);
      m.node(opType, String.join(" ", names), String.join(" ", outputs), attributes.toArray());
      outputs.forEach(m::outputs);
      return m.build();
    }

    @Override
    public String toString() {
      return opType + " opset " + opset + " " + inputs + " " + constants + " " + attributes;
    }
  }
}
