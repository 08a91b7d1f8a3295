package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that are still to be run, and a stage for each of the shapes for which they were. Safe for
 * many threads: a stage is compiled by one while others run those that are there.
 */
public final class Program {
  private static final Stage[] NONE = {};

  private final Compiling compiling;
  private final List<BoundNode> nodes;
  private final Map<String, Value> constants;
  private final List<String> inputs;
  private final List<String> outputs;
  private volatile Set<String> byValue;
  private volatile Stage[] stages = NONE;

  /**
   * A program.
   *
   * @param nodes in an order in which they can run; those that no output needs are dropped
   * @param constants values that are known, by name
   * @param inputs names of values that a run gives
   * @param outputs names of values that are wanted
   * @param byValue inputs whose values choose the stage, as their shapes do
   */
  Program(
      Compiling compiling,
      List<BoundNode> nodes,
      Map<String, Value> constants,
      List<String> inputs,
      List<String> outputs,
      Set<String> byValue) {
    this.compiling = compiling;
    this.nodes = needed(nodes, outputs);
    Set<String> read = reads(this.nodes, outputs);
    this.constants = new HashMap<>(constants);
    this.constants.keySet().retainAll(read);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.byValue = Set.copyOf(byValue);
  }

  private static List<BoundNode> needed(List<BoundNode> nodes, List<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<BoundNode> kept = new ArrayList<>();
    for (BoundNode n : nodes.reversed()) {
      if (n.node().outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(Captures.reads(n.node()));
        kept.add(n);
      }
    }
    return kept.reversed();
  }

  /** Everything that nodes read or that is wanted in the end. */
  static Set<String> reads(Iterable<BoundNode> nodes, List<String> outputs) {
    Set<String> names = new HashSet<>(outputs);
    nodes.forEach(n -> names.addAll(Captures.reads(n.node())));
    return names;
  }

  /** Versions that the model's inner graphs mean. */
  Map<String, Long> opsets() {
    return compiling.opsets();
  }

  List<BoundNode> nodes() {
    return nodes;
  }

  Map<String, Value> constants() {
    return constants;
  }

  /** Names of what a run gives. */
  public List<String> inputs() {
    return inputs;
  }

  /** Names of what is wanted. */
  public List<String> outputs() {
    return outputs;
  }

  Set<String> byValue() {
    return byValue;
  }

  /** The stage for these inputs; compiled if there is none. */
  public Stage stage(Feed feed) {
    Stage known = known(feed);
    return known != null ? known : compile(feed);
  }

  private Stage known(Feed feed) {
    for (Stage stage : stages) {
      if (stage.accepts(feed)) {
        return stage;
      }
    }
    return null;
  }

  private synchronized Stage compile(Feed feed) {
    Stage known = known(feed);
    if (known != null) {
      return known;
    }
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      types.add(feed.type(i));
    }
    Stage stage = compile(types, feed);
    List<Stage> next = new ArrayList<>(List.of(stages));
    if (next.size() == compiling.mostStages()) {
      next.remove(Collections.min(next, Comparator.comparingLong(Stage::lastUsed)));
    }
    next.add(stage);
    stages = next.toArray(NONE);
    return stage;
  }

  /** Inputs turn out to be needed by value at most once each, so this ends. */
  private Stage compile(List<ValueType> types, Feed feed) {
    while (true) {
      Map<String, TypedTensor> values = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        if (byValue.contains(inputs.get(i))) {
          values.put(inputs.get(i), feed.copy(i));
        }
      }
      StageCompiler compiler = new StageCompiler(compiling, this, types, values);
      Stage stage = compiler.compile();
      if (stage != null) {
        return stage;
      }
      Set<String> more = new HashSet<>(byValue);
      more.addAll(compiler.neededInputs());
      byValue = Set.copyOf(more);
    }
  }

  /** The stages that are kept now. */
  public List<Stage> stages() {
    return List.of(stages);
  }

  /** Appends what was compiled. */
  public void explain(StringBuilder text) {
    for (Stage stage : stages) {
      stage.explain(inputs, text);
    }
  }
}
