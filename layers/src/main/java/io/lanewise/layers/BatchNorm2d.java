package io.lanewise.layers;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Batch normalisation of images [n][c][h][w]; the number of channels follows from the first input's
 * shape. Parameters: {@code weight} [c], which starts from 1, and {@code bias} [c], from 0.
 * Statistics: {@code running_mean} [c] and {@code running_var} [c], which are saved and loaded with
 * the parameters.
 *
 * <p>In a training context it normalises by the batch's own statistics, and the running ones follow
 * these; in an inference context by the running ones. Once its statistics are frozen it does the
 * latter in every context, nothing follows, and gradients hold the statistics constant: how a
 * network that came with its statistics is tuned by small batches. Weight and bias go on learning.
 */
public final class BatchNorm2d implements Layer {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final double epsilon;
  private final double momentum;
  private boolean frozen;
  private Parameter weight;
  private Parameter bias;
  private RunningStatistics running;

  BatchNorm2d() {
    this(EPSILON, MOMENTUM);
  }

  private BatchNorm2d(double epsilon, double momentum) {
    this.epsilon = epsilon;
    this.momentum = momentum;
  }

  /**
   * A new layer that adds {@code value} to the variance (default: 1e-5).
   *
   * @throws IllegalArgumentException if it is negative, NaN or infinite
   */
  public BatchNorm2d epsilon(double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("epsilon must be finite and at least 0, got " + value);
    }
    return new BatchNorm2d(value, momentum);
  }

  /**
   * A new layer whose running statistics give the newest batch this weight (default: 0.1).
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public BatchNorm2d momentum(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("momentum must be in [0, 1], got " + value);
    }
    return new BatchNorm2d(epsilon, value);
  }

  /**
   * From the next forward pass on this layer takes its statistics as they are; not while a run is
   * under way.
   *
   * @return this
   */
  public BatchNorm2d freezeStatistics() {
    frozen = true;
    return this;
  }

  /**
   * Undoes {@link #freezeStatistics}.
   *
   * @return this
   */
  public BatchNorm2d followStatistics() {
    frozen = false;
    return this;
  }

  /** What is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  /** True after {@link #freezeStatistics}. */
  public boolean isFrozen() {
    return frozen;
  }

  @Override
  public Shape outputShape(Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(this + " takes images [n, c, h, w], got " + x);
    }
    if (weight != null && weight.value().size() != x.dim(1)) {
      throw new IllegalArgumentException(
          this
              + " was built for "
              + weight.value().size()
              + " channels, but input "
              + x
              + " has "
              + x.dim(1));
    }
    return x;
  }

  @Override
  public void build(Shape x, RandomGenerator random) {
    Shape c = Shape.of(outputShape(x).dim(1));
    if (weight == null) {
      weight = new Parameter("weight", c);
      weight.value().fill(1);
      bias = new Parameter("bias", c);
      RunningStatistics start = RunningStatistics.start(c.dim(0));
      running = new RunningStatistics(start.mean(), start.variance(), momentum);
    }
  }

  @Override
  public List<Parameter> parameters() {
    return weight == null ? List.of() : List.of(weight, bias);
  }

  @Override
  public Map<String, Tensor> statistics() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    if (running != null) {
      named.put("running_mean", running.mean());
      named.put("running_var", running.variance());
    }
    return named;
  }

  /** A multiply-add for each element. */
  @Override
  public long flops(Shape x) {
    return 2L * outputShape(x).size();
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s = state(x.shape(), ctx);
    s.x = x;
    s.constant = frozen || !ctx.isTraining();
    if (s.constant) {
      s.plan.infer(
          x,
          weight.value(),
          bias.value(),
          running.mean(),
          running.variance(),
          s.y,
          ctx.workspace(s.plan.workspace()),
          ctx.parallel());
    } else {
      s.plan.forward(
          x,
          weight.value(),
          bias.value(),
          running,
          s.y,
          s.mean,
          s.r,
          ctx.workspace(s.plan.workspace()),
          ctx.parallel());
    }
    return s.y;
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    State s = ctx.state(this, State.class);
    if (s.dx == null) {
      s.dx = Tensor.zeros(s.y.shape());
    }
    if (s.constant) {
      s.plan.inferBackward(
          s.x,
          weight.value(),
          bias.value(),
          running.mean(),
          running.variance(),
          dy,
          s.dx,
          weight.grad(),
          bias.grad(),
          ctx.workspace(s.plan.workspace()),
          ctx.parallel());
    } else {
      s.plan.backward(
          s.x,
          weight.value(),
          bias.value(),
          s.mean,
          s.r,
          dy,
          s.dx,
          weight.grad(),
          bias.grad(),
          ctx.workspace(s.plan.workspace()),
          ctx.parallel());
    }
    return inputGradient ? s.dx : null;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    Built.require(weight, this);
    outputShape(x.shape()); // says what is wrong in the layer's words
    return graph.add(
        name,
        GraphOps.batchNorm(epsilon),
        x,
        weight.addTo(graph, name),
        bias.addTo(graph, name),
        graph.constant(name + ".running_mean", running.mean().copy()),
        graph.constant(name + ".running_var", running.variance().copy()));
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    state(x, ctx);
  }

  private State state(Shape x, Context ctx) {
    Built.require(weight, this);
    return ctx.state(this, x, () -> new State(outputShape(x), ctx.backend(), epsilon));
  }

  /** The plan and the buffers of one input shape. */
  private static final class State {
    private final BatchNorm plan;
    private final Tensor y;
    private final Tensor mean;
    private final Tensor r;
    private boolean constant; // the statistics of the latest forward pass
    private Tensor x;
    private Tensor dx;

    State(Shape x, Backend backend, double epsilon) {
      this.plan =
          backend
              .normalisations()
              .batchNorm(x, Layout.CHANNELS_FIRST, epsilon, Activation.identity());
      this.y = Tensor.zeros(x);
      this.mean = Tensor.zeros(x.dim(1));
      this.r = Tensor.zeros(x.dim(1));
    }
  }

  /** For example {@code BatchNorm2d(frozen)}. */
  @Override
  public String toString() {
    return frozen ? "BatchNorm2d(frozen)" : "BatchNorm2d";
  }
}
