package io.lanewise.layers;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Convolution of images [n][inChannels][h][w]. The number of input channels follows from the first
 * input's shape. Parameters: {@code weight} [outChannels][inChannels/groups][kernel][kernel] and
 * {@code bias} [outChannels]. The methods that set an option return a new layer without parameters.
 */
public final class Conv2d implements Layer {
  private static final int H = 0;
  private static final int W = 1;

  private final int outChannels;
  private int[] kernel;
  private int[] stride = {1, 1};
  private int[] dilation = {1, 1};
  private Padding padding = Padding.NONE;
  private int groups = 1;
  private boolean hasBias = true;
  private Initializer initializer = Initializer.heUniform();
  private Parameter weight;
  private Parameter bias;

  Conv2d(int outChannels, int kernelH, int kernelW) {
    if (outChannels < 1 || kernelH < 1 || kernelW < 1) {
      throw new IllegalArgumentException(
          "a convolution needs outChannels >= 1 and kernelSize >= 1, got outChannels="
              + outChannels
              + " kernel="
              + kernelH
              + "x"
              + kernelW);
    }
    this.outChannels = outChannels;
    this.kernel = new int[] {kernelH, kernelW};
  }

  private Conv2d changed(Consumer<Conv2d> change) {
    Conv2d c = new Conv2d(outChannels, kernel[H], kernel[W]);
    c.stride = stride;
    c.dilation = dilation;
    c.padding = padding;
    c.groups = groups;
    c.hasBias = hasBias;
    c.initializer = initializer;
    change.accept(c);
    return c;
  }

  /** With a stride. */
  public Conv2d stride(int both) {
    return stride(both, both);
  }

  /** With a stride down and across. */
  public Conv2d stride(int h, int w) {
    return changed(c -> c.stride = new int[] {h, w});
  }

  /** With a dilation. */
  public Conv2d dilation(int both) {
    return dilation(both, both);
  }

  /** With a dilation down and across. */
  public Conv2d dilation(int h, int w) {
    return changed(c -> c.dilation = new int[] {h, w});
  }

  /** With the same padding on all sides. */
  public Conv2d padding(int all) {
    return padding(Padding.of(all));
  }

  /** With padding side by side. */
  public Conv2d padding(Padding sides) {
    return changed(c -> c.padding = sides);
  }

  /** With groups of channels that do not see each other. */
  public Conv2d groups(int count) {
    return changed(c -> c.groups = count);
  }

  /** Without a bias. */
  public Conv2d noBias() {
    return changed(c -> c.hasBias = false);
  }

  /**
   * With weights initialised by {@code init} (default: {@link Initializer#heUniform()}; the bias
   * starts from 0).
   */
  public Conv2d initializer(Initializer init) {
    return changed(c -> c.initializer = init);
  }

  /**
   * The convolution of images of one shape: kernel, stride, padding and the rest.
   *
   * @throws IllegalArgumentException if the layer cannot take this shape, saying why
   */
  public ConvShape shape(Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(this + " takes images [n, c, h, w], got " + x);
    }
    ConvShape s =
        new ConvShape(
            x.dim(0),
            x.dim(1),
            x.dim(2),
            x.dim(3),
            outChannels,
            kernel[H],
            kernel[W],
            stride[H],
            stride[W],
            dilation[H],
            dilation[W],
            padding,
            groups);
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
    ConvShape s = shape(x);
    if (weight == null) {
      weight = new Parameter("weight", s.w());
      int area = s.kh() * s.kw();
      initializer.fill(weight.value(), s.icg() * area, s.ocg() * area, random);
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
    return x.window(kernel[H], kernel[W], stride[H], stride[W], dilation[H], dilation[W]);
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    State s = state(x.shape(), ctx);
    s.x = x;
    Epilogue epilogue = Epilogue.bias(bias == null ? null : bias.value());
    s.forward.run(
        x, s.weights.packed(), epilogue, s.y, ctx.workspace(s.forward.workspace()), ctx.parallel());
    return s.y;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    Built.require(weight, this);
    outputShape(x.shape()); // says what is wrong in the layer's words
    Value w = weight.addTo(graph, name);
    return bias == null
        ? graph.add(name, GraphOps.conv(shape(x.shape())), x, w)
        : graph.add(name, GraphOps.conv(shape(x.shape())), x, w, bias.addTo(graph, name));
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
    ConvBackwardWeights back = s.backwardWeights();
    back.run(
        s.x,
        dy,
        weight.grad(),
        bias == null ? null : bias.grad(),
        ctx.workspace(back.workspace()),
        ctx.parallel());
    if (!inputGradient) {
      return null;
    }
    ConvBackwardData data = s.backwardData();
    s.dataWeights.update(weight);
    data.run(dy, s.dataWeights.packed(), s.dx, ctx.workspace(data.workspace()), ctx.parallel());
    return s.dx;
  }

  /**
   * Plans, packed weights and buffers of one input shape; those of the backward pass made when
   * first asked for.
   */
  private static final class State {
    private final ConvShape shape;
    private final Backend backend;
    private final ConvForward forward;
    private final PackedParameter weights;
    private final Tensor y;
    private ConvBackwardWeights backwardWeights;
    private ConvBackwardData backwardData;
    private PackedParameter dataWeights;
    private Tensor dx;
    private Tensor x;

    State(ConvShape shape, Backend backend) {
      this.shape = shape;
      this.backend = backend;
      this.forward = backend.convForward(shape);
      this.weights = new PackedParameter(forward.newWeights(), forward::pack);
      this.y = Tensor.zeros(shape.y());
    }

    ConvBackwardWeights backwardWeights() {
      if (backwardWeights == null) {
        backwardWeights = backend.convBackwardWeights(shape);
      }
      return backwardWeights;
    }

    ConvBackwardData backwardData() {
      if (backwardData == null) {
        backwardData = backend.convBackwardData(shape);
        dataWeights = new PackedParameter(backwardData.newWeights(), backwardData::pack);
        dx = Tensor.zeros(shape.x());
      }
      return backwardData;
    }
  }

  /** For example {@code Conv2d(16, 5x5, padding 2)}. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("Conv2d(").append(outChannels);
    s.append(", ").append(kernel[H]).append('x').append(kernel[W]);
    option(s, "stride", stride[H], stride[W]);
    option(s, "dilation", dilation[H], dilation[W]);
    if (!padding.isNone()) {
      boolean even = padding.equals(Padding.of(padding.top()));
      s.append(", padding ").append(even ? String.valueOf(padding.top()) : padding);
    }
    option(s, "groups", groups, groups);
    return s.append(hasBias ? ")" : ", no bias)").toString();
  }

  private static void option(StringBuilder s, String name, int h, int w) {
    if (h != 1 || w != 1) {
      s.append(", ").append(name).append(' ').append(h == w ? String.valueOf(h) : h + "x" + w);
    }
  }
}
