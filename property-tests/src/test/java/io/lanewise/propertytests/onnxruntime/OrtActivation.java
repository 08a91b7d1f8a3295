package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.number;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * Activations as ONNX's operators. Their gradients are not operators of ONNX's, but the formulas of
 * our interfaces in other operators.
 */
record OrtActivation(Activation activation) implements ActivationOp {
  /** Adds the nodes for {@code y = f(x)}. */
  static void node(OnnxGraph graph, Activation f, String x, String y) {
    List<String> in = List.of(x);
    List<String> out = List.of(y);
    switch (f.kind()) {
      case IDENTITY -> graph.node("Identity", in, out);
      case RELU -> graph.node("Relu", in, out);
      case CLAMP ->
          graph
              .scalar("min", f.first())
              .scalar("max", f.second())
              .node("Clip", List.of(x, "min", "max"), out);
      case LEAKY_RELU -> graph.node("LeakyRelu", in, out, number("alpha", f.first()));
      case HARD_SIGMOID ->
          graph.node(
              "HardSigmoid", in, out, number("alpha", f.first()), number("beta", f.second()));
      case HARD_SWISH -> graph.node("HardSwish", in, out);
      case SIGMOID -> graph.node("Sigmoid", in, out);
      case SILU -> graph.node("Sigmoid", in, List.of("gate")).node("Mul", List.of(x, "gate"), out);
      case TANH -> graph.node("Tanh", in, out);
      default -> throw new UnsupportedOperationException("not wrapped: " + f);
    }
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    OnnxGraph graph = new OnnxGraph().feed("x", x);
    node(graph, activation, "x", "y");
    OrtRun.run(graph, "y", y, par);
  }

  @Override
  public void backward(Tensor saved, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, saved.shape(), "dy");
    requireShape(dx, saved.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", saved, "saved");
    OnnxGraph graph = new OnnxGraph().feed("s", saved).feed("dy", dy);
    slope(graph.scalar("zero", 0f).scalar("one", 1f));
    graph.node("Mul", List.of("dy", "slope"), List.of("dx"));
    OrtRun.run(graph, "dx", dx, par);
  }

  private void slope(OnnxGraph g) {
    switch (activation.kind()) {
      case IDENTITY -> g.node("Identity", List.of("one"), List.of("slope"));
      case RELU ->
          where(g.node("Greater", List.of("s", "zero"), List.of("on")), "on", "one", "zero");
      case CLAMP -> piece(g, activation.first(), activation.second(), 1f);
      case HARD_SIGMOID -> piece(g, 0f, 1f, activation.first());
      case LEAKY_RELU ->
          where(
              g.scalar("left", activation.first())
                  .node("Greater", List.of("s", "zero"), List.of("on")),
              "on",
              "one",
              "left");
      case HARD_SWISH ->
          where(
              g.scalar("three", 3f)
                  .scalar("minus-three", -3f)
                  .scalar("half", 1.5f)
                  .scalar("third", 1f / 3)
                  .node("Add", List.of("s", "half"), List.of("moved"))
                  .node("Mul", List.of("moved", "third"), List.of("middle"))
                  .node("GreaterOrEqual", List.of("s", "three"), List.of("right"))
                  .node("Where", List.of("right", "one", "middle"), List.of("upper"))
                  .node("LessOrEqual", List.of("s", "minus-three"), List.of("left")),
              "left",
              "zero",
              "upper");
      case SIGMOID ->
          g.node("Sub", List.of("one", "s"), List.of("rest"))
              .node("Mul", List.of("s", "rest"), List.of("slope"));
      case SILU ->
          g.node("Sigmoid", List.of("s"), List.of("gate"))
              .node("Neg", List.of("s"), List.of("minus"))
              .node("Sigmoid", List.of("minus"), List.of("rest"))
              .node("Mul", List.of("s", "rest"), List.of("part"))
              .node("Add", List.of("one", "part"), List.of("factor"))
              .node("Mul", List.of("gate", "factor"), List.of("slope"));
      case TANH ->
          g.node("Mul", List.of("s", "s"), List.of("square"))
              .node("Sub", List.of("one", "square"), List.of("slope"));
      default -> throw new UnsupportedOperationException("not wrapped: " + activation);
    }
  }

  private static void piece(OnnxGraph g, float min, float max, float slope) {
    where(
        g.scalar("min", min)
            .scalar("max", max)
            .scalar("steep", slope)
            .node("Greater", List.of("s", "min"), List.of("above"))
            .node("Less", List.of("s", "max"), List.of("below"))
            .node("And", List.of("above", "below"), List.of("on")),
        "on",
        "steep",
        "zero");
  }

  private static void where(OnnxGraph g, String condition, String yes, String no) {
    g.node("Where", List.of(condition, yes, no), List.of("slope"));
  }
}
