package io.lanewise.onnx.stage;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.layers.graph.CompiledGraph;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.GraphRun;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A part of a model, compiled for one set of input shapes. What it gives is computed by its graph,
 * known beforehand, or one of its inputs. Safe for many threads.
 */
public final class Stage {
  private final ValueType[] types;
  private final TypedTensor[] keys;
  private final List<String> names;
  private final List<Source> sources;
  private final List<String> graphInputs;
  private final CompiledGraph graph;
  private final RunPool runs;
  private final Optional<Ending> ending;
  private volatile long lastUsed = System.nanoTime();

  /**
   * Where an output comes from: the graph, unless one of the others is told.
   *
   * @param constant its value, or null
   * @param input number of the input that it is, or -1
   */
  private record Source(ValueType type, TypedTensor constant, int input) {
    boolean isComputed() {
      return constant == null && input < 0;
    }
  }

  private Stage(
      List<ValueType> types,
      List<TypedTensor> keys,
      List<String> names,
      List<Source> sources,
      List<String> graphInputs,
      CompiledGraph graph,
      Optional<Ending> ending) {
    this.types = types.toArray(new ValueType[0]);
    this.keys = keys.toArray(new TypedTensor[0]);
    this.names = names;
    this.sources = sources;
    this.graphInputs = graphInputs;
    this.graph = graph;
    this.runs = graph == null ? null : new RunPool(graph);
    this.ending = ending;
  }

  /**
   * Compiles a stage.
   *
   * @param inputs names of the inputs, in order
   * @param types their types
   * @param keys values of those by which the stage is chosen
   * @param builder the graph so far, whose inputs are the other ones
   * @param given what the stage gives, by name
   */
  static Stage of(
      Compiling compiling,
      List<String> inputs,
      List<ValueType> types,
      Map<String, TypedTensor> keys,
      Graph.Builder builder,
      Map<String, Value> given,
      Optional<Ending> ending) {
    List<Value> graphInputs = new ArrayList<>(builder.build().inputs().values());
    List<String> names = new ArrayList<>();
    List<Source> sources = new ArrayList<>();
    boolean computes = false;
    for (Map.Entry<String, Value> e : given.entrySet()) {
      Value v = e.getValue();
      boolean isInput = graphInputs.stream().anyMatch(in -> in.equals(v));
      names.add(e.getKey());
      sources.add(
          new Source(
              v.type(),
              v.isConstant() ? v.typed() : null,
              isInput ? inputs.indexOf(v.name()) : -1));
      if (!v.isConstant() && !isInput) {
        builder.output(e.getKey(), v);
        computes = true;
      }
    }
    CompiledGraph graph = computes ? builder.build().compile(compiling.options()) : null;
    List<String> bound =
        inputs.stream().map(n -> graph != null && graph.inputs().containsKey(n) ? n : "").toList();
    List<TypedTensor> byNumber = new ArrayList<>();
    inputs.forEach(n -> byNumber.add(keys.get(n)));
    return new Stage(types, byNumber, names, sources, bound, graph, ending);
  }

  /** True if it is for inputs of these shapes and, where they count, values. */
  boolean accepts(Feed feed) {
    for (int i = 0; i < types.length; i++) {
      if (!feed.isOf(i, types[i]) || (keys[i] != null && !feed.equals(i, keys[i]))) {
        return false;
      }
    }
    return true;
  }

  long lastUsed() {
    return lastUsed;
  }

  /** How many values it gives. */
  public int outputs() {
    return names.size();
  }

  /** Name of value {@code i} that it gives. */
  public String outputName(int i) {
    return names.get(i);
  }

  /** Type of value {@code i} that it gives. */
  public ValueType outputType(int i) {
    return sources.get(i).type();
  }

  /** Why it ends before the model does; empty if it does not. */
  Optional<Ending> ending() {
    return ending;
  }

  /** The graph; empty if there is nothing to compute. */
  public Optional<CompiledGraph> graph() {
    return Optional.ofNullable(graph);
  }

  /**
   * Runs.
   *
   * @param in the inputs
   * @param out where the outputs go, all set, of the types told, channels first
   * @param measured takes what each node took, in nanoseconds; null if nobody wants to know
   */
  void run(Feed in, Feed out, Parallel par, BooleanSupplier cancelled, List<long[]> measured) {
    lastUsed = System.nanoTime();
    if (graph != null) {
      GraphRun run = runs.take();
      bind(run, in, out);
      run.measuring(measured != null).run(par, cancelled);
      if (measured != null) {
        measured.add(run.nanos());
      }
      runs.giveBack(run); // one that failed is left to the collector
    }
    for (int i = 0; i < names.size(); i++) {
      Source source = sources.get(i);
      if (source.constant() != null) {
        out.copyFrom(i, source.constant());
      } else if (source.input() >= 0) {
        out.copyFrom(i, in.typed(source.input()));
      }
    }
  }

  private void bind(GraphRun run, Feed in, Feed out) {
    for (int i = 0; i < types.length; i++) {
      String name = graphInputs.get(i);
      if (!name.isEmpty() && in.tensor(i) != null) {
        run.bind(name, in.tensor(i));
      } else if (!name.isEmpty()) {
        run.bind(name, in.other(i));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      if (sources.get(i).isComputed() && out.tensor(i) != null) {
        run.bindOutput(names.get(i), out.tensor(i));
      } else if (sources.get(i).isComputed()) {
        run.bindOutput(names.get(i), out.other(i));
      }
    }
  }

  /** Appends what was compiled, this stage first, then those that follow. */
  void explain(List<String> inputs, StringBuilder text) {
    text.append("for");
    for (int i = 0; i < types.length; i++) {
      text.append(' ').append(inputs.get(i)).append(": ").append(types[i]);
    }
    text.append('\n');
    if (graph != null) {
      text.append(graph.explain().stripTrailing()).append('\n');
    }
    ending.ifPresent(
        e -> {
          text.append("ends at ").append(e.reason()).append('\n');
          e.next().explain(text);
        });
  }
}
