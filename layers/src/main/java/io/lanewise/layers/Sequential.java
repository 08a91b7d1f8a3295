package io.lanewise.layers;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.WarmUpResult;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.CompileOptions;
import io.lanewise.layers.graph.CompiledGraph;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Layers one after the other. A sequence inside a sequence is taken apart, so every entry is a
 * single layer.
 */
public final class Sequential implements Layer {
  /**
   * A layer and its name in the network.
   *
   * @param name unique within the network; prefixes its parameters' names
   * @param layer never a sequence itself
   */
  public record Entry(String name, Layer layer) {}

  private final List<Entry> entries;

  private Sequential(List<Entry> entries) {
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, Layer> names = new LinkedHashMap<>();
    for (Entry e : entries) {
      if (!seen.add(e.layer)) {
        throw new IllegalArgumentException(
            e.layer + " comes twice: each place in a sequence needs a layer of its own");
      }
      if (names.put(e.name, e.layer) != null) {
        throw new IllegalArgumentException("two layers are named '" + e.name + "'");
      }
    }
    this.entries = List.copyOf(entries);
  }

  /** Layers named by their number: 0, 1, 2, ... */
  public static Sequential of(Layer... layers) {
    List<Entry> entries = new ArrayList<>();
    for (Layer layer : layers) {
      for (Layer single : singles(layer)) {
        entries.add(new Entry(String.valueOf(entries.size()), single));
      }
    }
    return new Sequential(entries);
  }

  private static List<Layer> singles(Layer layer) {
    return layer instanceof Sequential s ? s.layers() : List.of(layer);
  }

  /** Starts a sequence of named layers. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects named layers. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    private Builder() {}

    /**
     * Appends a layer; of a sequence, the first takes the name and the others get a number behind
     * it.
     */
    public Builder add(String name, Layer layer) {
      List<Layer> singles = singles(layer);
      for (int i = 0; i < singles.size(); i++) {
        entries.add(new Entry(i == 0 ? name : name + "-" + i, singles.get(i)));
      }
      return this;
    }

    private boolean hasName(String name) {
      return entries.stream().anyMatch(e -> e.name.equals(name));
    }

    /** The network. */
    public Sequential build() {
      return new Sequential(entries);
    }
  }

  /** The layers and their names. */
  public List<Entry> entries() {
    return entries;
  }

  /** The layers. */
  public List<Layer> layers() {
    return entries.stream().map(Entry::layer).toList();
  }

  @Override
  public Sequential then(Layer next) {
    Builder b = builder();
    b.entries.addAll(entries);
    for (Layer single : singles(next)) {
      int number = b.entries.size();
      while (b.hasName(String.valueOf(number))) {
        number++; // a name that was given by hand
      }
      b.entries.add(new Entry(String.valueOf(number), single));
    }
    return b.build();
  }

  @Override
  public Shape outputShape(Shape x) {
    Shape s = x;
    for (Entry e : entries) {
      s = outputShape(e, s);
    }
    return s;
  }

  /** One layer's output shape; an error names the layer. */
  static Shape outputShape(Entry e, Shape x) {
    try {
      return e.layer.outputShape(x);
    } catch (IllegalArgumentException cause) {
      throw new IllegalArgumentException("layer '" + e.name + "': " + cause.getMessage(), cause);
    }
  }

  @Override
  public void build(Shape x, RandomGenerator random) {
    Shape s = x;
    for (Entry e : entries) {
      Shape y = outputShape(e, s);
      e.layer.build(s, random);
      s = y;
    }
  }

  @Override
  public Tensor forward(Tensor x, Context ctx) {
    Tensor t = x;
    for (Entry e : entries) {
      t = e.layer.forward(t, ctx);
    }
    return t;
  }

  @Override
  public Value addTo(Graph.Builder graph, String name, Value x) {
    Value v = x;
    for (Entry e : entries) {
      outputShape(e, v.shape());
      v = e.layer.addTo(graph, e.name, v);
    }
    return v;
  }

  /**
   * The network as a graph for inference, with the weights of now: input {@code x}, output {@code
   * y}, nodes named as the layers.
   *
   * @param x the input's shape, batch included
   * @throws IllegalArgumentException if a layer cannot take its input's shape
   * @throws IllegalStateException if the network has no parameters yet
   */
  public Graph toGraph(Shape x) {
    Graph.Builder graph = Graph.builder();
    Value input = graph.input("x", x);
    return graph.output("y", addTo(graph, "", input)).build();
  }

  /**
   * The network compiled for inference with the weights of now: faster than {@link #forward}, since
   * operations are fused and images stay channels last.
   *
   * @param x the input's shape, batch included
   */
  public CompiledGraph compile(Shape x, CompileOptions options) {
    return toGraph(x).compile(options);
  }

  @Override
  public void prepare(Shape x, Context ctx, WarmUp warm) {
    Shape s = x;
    for (Entry e : entries) {
      Shape y = outputShape(e, s);
      e.layer.prepare(s, ctx, warm);
      s = y;
    }
  }

  /** {@link #warmUp(Shape, Context, Duration)} for at most {@link WarmUp#BUDGET}. */
  public WarmUpResult warmUp(Shape x, Context ctx) {
    return warmUp(x, ctx, WarmUp.BUDGET);
  }

  /**
   * Makes ready for the first {@link #forward} with this context: plans, packed weights, and
   * compiled code ({@link WarmUp}). For networks of some size that are loaded to answer many times;
   * a network as small as LeNet-5 has classified an image sooner than its kernels are compiled.
   *
   * @param x the input's shape, batch included
   * @param ctx for inference
   * @param budget what compiling may take
   * @throws IllegalArgumentException if a layer cannot take the shape, the context is for training
   *     or the budget is negative
   */
  public WarmUpResult warmUp(Shape x, Context ctx, Duration budget) {
    if (ctx.isTraining()) {
      throw new IllegalArgumentException(
          "a warm-up is for inference, got a context for training, whose forward pass it would replace");
    }
    WarmUp warm = WarmUp.of(ctx.backend());
    prepare(x, ctx, warm);
    return warm.run(budget);
  }

  @Override
  public Tensor backward(Tensor dy, boolean inputGradient, Context ctx) {
    Tensor t = dy;
    int first = inputGradient ? 0 : firstWithParameters();
    for (int i = entries.size() - 1; i >= first; i--) {
      t = entries.get(i).layer.backward(t, i > first || inputGradient, ctx);
    }
    return inputGradient ? t : null;
  }

  private int firstWithParameters() {
    int i = 0;
    while (i < entries.size() && entries.get(i).layer.parameters().isEmpty()) {
      i++;
    }
    return i;
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** The parameters by their names in the network, such as {@code c1.weight}, in order. */
  public Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = new LinkedHashMap<>();
    for (Entry e : entries) {
      for (Parameter p : e.layer.parameters()) {
        named.put(e.name + "." + p.name(), p);
      }
    }
    return named;
  }

  @Override
  public Map<String, Tensor> statistics() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (Entry e : entries) {
      e.layer.statistics().forEach((name, t) -> named.put(e.name + "." + name, t));
    }
    return named;
  }

  /**
   * All that makes up the trained network: each layer's parameters and then its {@link
   * #statistics}, by their names in the network. The tensors themselves; write to them by {@link
   * #load}.
   */
  public Map<String, Tensor> namedTensors() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (Entry e : entries) {
      for (Parameter p : e.layer.parameters()) {
        named.put(e.name + "." + p.name(), p.value());
      }
      e.layer.statistics().forEach((name, t) -> named.put(e.name + "." + name, t));
    }
    return named;
  }

  /** How many numbers it has learned. */
  public long parameterCount() {
    return parameters().stream().mapToLong(p -> p.value().size()).sum();
  }

  /** Sets every gradient to 0. */
  public void zeroGrad() {
    for (Parameter p : parameters()) {
      p.grad().fill(0f);
    }
  }

  /**
   * Replaces every parameter's value and every statistic.
   *
   * @param values by the names of {@link #namedTensors()}, neither more nor fewer
   * @throws IllegalArgumentException naming what is missing, left over or of another shape; then
   *     nothing was changed
   */
  public void load(Map<String, Tensor> values) {
    Map<String, Tensor> named = namedTensors();
    for (String name : values.keySet()) {
      if (!named.containsKey(name)) {
        throw new IllegalArgumentException("the network has no parameter '" + name + "'");
      }
    }
    for (Map.Entry<String, Tensor> e : named.entrySet()) {
      Tensor value = values.get(e.getKey());
      if (value == null) {
        throw new IllegalArgumentException("parameter '" + e.getKey() + "' is missing");
      }
      Tensor.requireShape(value, e.getValue().shape(), e.getKey());
    }
    named.forEach((name, t) -> t.copyFrom(values.get(name)));
    parameters().forEach(Parameter::changed);
  }

  @Override
  public long flops(Shape x) {
    long flops = 0;
    Shape s = x;
    for (Entry e : entries) {
      flops += e.layer.flops(s);
      s = outputShape(e, s);
    }
    return flops;
  }

  @Override
  public ReceptiveField receptiveField(ReceptiveField x) {
    ReceptiveField f = x;
    for (Entry e : entries) {
      f = e.layer.receptiveField(f);
    }
    return f;
  }

  @Override
  public String toString() {
    return "Sequential" + layers();
  }
}
