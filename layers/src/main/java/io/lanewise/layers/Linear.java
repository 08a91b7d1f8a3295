package io.lanewise.layers;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Fully connected layer on features [n][inFeatures]; their number follows from the first input's
 * shape. Parameters: {@code weight} [outFeatures][inFeatures] and {@code bias} [outFeatures].
 */
public final class Linear implements Layer {
  private final int outFeatures;
  private final boolean hasBias;
  private final Initializer initializer;
  private Parameter weight;
  private Parameter bias;

  Linear(int outFeatures) {
    this(outFeatures, true, Initializer.heUniform());
    if (outFeatures < 1) {
      throw new IllegalArgumentException(
          "a linear layer needs outFeatures >= 1, got " + outFeatures);
    }
  }

  private Linear(int outFeatures, boolean hasBias, Initializer initializer) {
    this.outFeatures = outFeatures;
    this.hasBias = hasBias;
    this.initializer = initializer;
  }

  /** A new layer without a bias. */
  public Linear noBias() {
    return new Linear(outFeatures, false, initializer);
  }

  /**
   * A new layer with weights initialised by {@code init} (default: {@link
   * Initializer#heUniform()}).
   */
  public Linear initializer(Initializer init) {
    return new Linear(outFeatures, hasBias, init);
  }

  private LinearShape shape(Shape x) {
    if (x.rank() != 2) {
      throw new IllegalArgumentException(
          this
              + " takes features [n, c], got "
              + x
              + (x.rank() > 2 ? ": put flatten() before it" : ""));
    }
    LinearShape s = new LinearShape(x.dim(0), x.dim(1), outFeatures);
    if (weight != null && !s.w().equals(weight.value().shape())) {
      throw new IllegalArgumentException(
          this
              + " was built for weights "
              + weight.value().shape()
              + ", but input "
              + x
              + " needs "
              + s.w());
    }
    return s;
  }

  @Override
  public Shape outputShape(Shape x) {
    return shape(x).y();
  }

  @Override
  public void build(Shape x, RandomGenerator random) {
    LinearShape s = shape(x);
    if (weight == null) {
      weight = new Parameter("weight", s.w());
      initializer.fill(weight.value(), s.in(), s.out(), random);
      bias = hasBias ? new Parameter("bias", s.bias()) : null;
    }
  }

  @Override
  public List<Parameter> parameters() {
    return weight == null ? List.of() : bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public long flops(Shape x) {
    return shape(x).flops();
  }

  @Override
  public ReceptiveField receptiveField(ReceptiveField x) {
    return x.whole();
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s = state(x.shape(), ctx);
    s.x = x;
    s.forward.run(
        x,
        s.weights.packed(),
        bias == null ? null : bias.value(),
        s.y,
        ctx.workspace(s.forward.workspace()),
        ctx.parallel());
    return s.y;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    Built.require(weight, this);
    outputShape(x.shape()); // says what is wrong in the layer's words
    Value w = weight.addTo(graph, name);
    return bias == null
        ? graph.add(name, GraphOps.linear(), x, w)
        : graph.add(name, GraphOps.linear(), x, w, bias.addTo(graph, name));
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    warm.add(state(x, ctx).forward);
  }

  private State state(Shape x, Context ctx) {
    Built.require(weight, this);
    State s = ctx.state(this, x, () -> new State(shape(x), ctx.backend()));
    s.weights.update(weight);
    return s;
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    State s = ctx.state(this, State.class);
    s.planBackward(inputGradient);
    s.backwardWeights.run(
        s.x,
        dy,
        weight.grad(),
        bias == null ? null : bias.grad(),
        ctx.workspace(s.backwardWeights.workspace()),
        ctx.parallel());
    if (!inputGradient) {
      return null;
    }
    s.backwardData.run(
        dy, weight.value(), s.dx, ctx.workspace(s.backwardData.workspace()), ctx.parallel());
    return s.dx;
  }

  /** Plans, packed weights and buffers of one input shape. */
  private static final class State {
    private final LinearShape shape;
    private final Backend backend;
    private final LinearForward forward;
    private final PackedParameter weights;
    private final Tensor y;
    private LinearBackwardWeights backwardWeights;
    private LinearBackwardData backwardData;
    private Tensor dx;
    private Tensor x;

    State(LinearShape shape, Backend backend) {
      this.shape = shape;
      this.backend = backend;
      this.forward = backend.linearForward(shape);
      this.weights = new PackedParameter(forward.newWeights(), forward::pack);
      this.y = Tensor.zeros(shape.y());
    }

    void planBackward(boolean inputGradient) {
      if (backwardWeights == null) {
        backwardWeights = backend.linearBackwardWeights(shape);
      }
      if (inputGradient && backwardData == null) {
        backwardData = backend.linearBackwardData(shape);
        dx = Tensor.zeros(shape.x());
      }
    }
  }

  /** For example {@code Linear(120)}. */
  @Override
  public String toString() {
    return "Linear(" + outFeatures + (hasBias ? ")" : ", no bias)");
  }
}
