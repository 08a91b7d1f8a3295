package io.lanewise.onnx.stage;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.host.HostOps;
import io.lanewise.onnx.lower.LoweringCall;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one stage: walks a program's nodes in order, with the shapes of all values known. What
 * depends on constants and shapes alone is computed at once, on the host; the other nodes are
 * lowered to a graph's operations, or become host operations of it.
 */
final class StageCompiler {
  /** An input of more elements does not choose a stage by its value. */
  private static final int LARGEST_KEY = 256;

  private final Compiling compiling;
  private final Program program;
  private final List<ValueType> types;
  private final Map<String, TypedTensor> keys;
  private final Graph.Builder builder = Graph.builder();
  private final Map<String, Value> values;
  private final Map<String, Set<String>> origins = new HashMap<>();
  private final Deque<BoundNode> todo;
  private final Bodies bodies = new Bodies();
  private Set<String> neededInputs = Set.of();
  private Ending ending;

  /**
   * A compiler for one use.
   *
   * @param types of the program's inputs
   * @param keys values of those inputs that choose the stage by value
   */
  StageCompiler(
      Compiling compiling, Program program, List<ValueType> types, Map<String, TypedTensor> keys) {
    this.compiling = compiling;
    this.program = program;
    this.types = types;
    this.keys = keys;
    this.values = new HashMap<>(program.constants());
    this.todo = new ArrayDeque<>(program.nodes());
  }

  /** The stage; null if {@link #neededInputs} must be known by value first. */
  Stage compile() {
    for (int i = 0; i < types.size(); i++) {
      bindInput(program.inputs().get(i), types.get(i));
    }
    while (ending == null && !todo.isEmpty()) {
      step(todo.poll());
      if (!neededInputs.isEmpty()) {
        return null;
      }
    }
    return stage();
  }

  /** Inputs whose values decide shapes, and are not known yet. */
  Set<String> neededInputs() {
    return neededInputs;
  }

  private void bindInput(String name, ValueType type) {
    TypedTensor key = keys.get(name);
    if (key != null) {
      values.put(name, Value.constant(name, key));
      return;
    }
    values.put(name, builder.input(name, type.type(), type.shape()));
    if (!type.isFloat() && type.shape().size() <= LARGEST_KEY) {
      origins.put(name, Set.of(name));
    }
  }

  private void step(BoundNode bound) {
    OnnxNode node = bound.node();
    if (!Captures.graphs(node).isEmpty()) {
      control(bound);
      return;
    }
    boolean onTensors =
        HostOps.find(node.domain(), node.opType(), bound.opset()).isPresent()
            || compiling.lowerings().has(node);
    if (!onTensors) {
      endOnHost(bound);
      return;
    }
    List<Value> inputs = inputs(node);
    if (isShape(node)) {
      bind(node, List.of(shape(node, inputs.getFirst().shape())));
    } else if (isComputable(bound, inputs)) {
      bind(node, computed(bound, inputs));
    } else if (!endsForValue(bound, inputs)) {
      if (ShapeInputs.byData(node)) {
        end("the size of its outputs is not known", bound, Optional.of(bound), Set.of());
      } else {
        bind(node, operations(bound, inputs));
      }
    }
  }

  private List<Value> inputs(OnnxNode node) {
    List<Value> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? null : value(node, name));
    }
    return inputs;
  }

  private Value value(OnnxNode node, String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new OnnxException(node.describe() + ": nothing makes its input '" + name + "'");
    }
    return value;
  }

  private void bind(OnnxNode node, List<Value> outputs) {
    Set<String> origin = origin(node);
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i);
      if (!name.isEmpty()) {
        if (i >= outputs.size()) {
          throw new OnnxException(node.describe() + ": there is no output " + i);
        }
        values.put(name, outputs.get(i));
        if (origin != null) {
          origins.put(name, origin);
        }
      }
    }
  }

  /** The inputs from which the node's outputs follow; null if one of them is no possible key. */
  private Set<String> origin(OnnxNode node) {
    Set<String> all = new HashSet<>();
    for (String name : Captures.reads(node)) {
      Value value = values.get(name);
      if (value != null && !value.isConstant()) {
        Set<String> own = origins.get(name);
        if (own == null) {
          return null;
        }
        all.addAll(own);
      }
    }
    return all;
  }

  private static boolean isComputable(BoundNode bound, List<Value> inputs) {
    OnnxNode node = bound.node();
    return inputs.stream().allMatch(v -> v == null || v.isConstant())
        && HostOps.find(node.domain(), node.opType(), bound.opset()).isPresent();
  }

  private static boolean isShape(OnnxNode node) {
    return node.domain().isEmpty()
        && (node.opType().equals("Shape") || node.opType().equals("Size"))
        && node.hasInput(0);
  }

  /** Shape, of axes {@code start} to {@code end} since version 15, and Size. */
  private static Value shape(OnnxNode node, Shape x) {
    String name = node.outputs().getFirst();
    if (node.opType().equals("Size")) {
      return Value.constant(name, TypedTensor.scalar(x.size()));
    }
    int rank = x.rank();
    long start = node.intOr("start", 0);
    long end = node.intOr("end", rank);
    int from = Math.clamp(start < 0 ? start + rank : start, 0, rank);
    int to = Math.clamp(end < 0 ? end + rank : end, from, rank);
    long[] dims = new long[to - from];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.dim(from + i);
    }
    return Value.constant(name, TypedTensor.vector(dims));
  }

  private static List<Value> computed(BoundNode bound, List<Value> inputs) {
    List<TypedTensor> given = inputs.stream().map(v -> v == null ? null : v.typed()).toList();
    return HostOps.evaluate(bound.node(), bound.opset(), given).stream()
        .map(t -> Value.constant(bound.node().outputs().getFirst(), t))
        .toList();
  }

  /** Ends the stage, or asks for inputs by value, if a value that decides shapes is not known. */
  private boolean endsForValue(BoundNode bound, List<Value> inputs) {
    Set<String> unknown = new HashSet<>();
    for (int i : ShapeInputs.byValue(bound.node())) {
      if (i < inputs.size() && inputs.get(i) != null && !inputs.get(i).isConstant()) {
        unknown.add(bound.node().inputs().get(i));
      }
    }
    return !unknown.isEmpty() && need(bound, unknown);
  }

  /** Always true. */
  private boolean need(BoundNode bound, Set<String> unknown) {
    if (unknown.stream().allMatch(origins::containsKey)) {
      Set<String> needed = new HashSet<>();
      unknown.forEach(name -> needed.addAll(origins.get(name)));
      neededInputs = needed;
    } else {
      end("the value of " + unknown + " decides shapes", bound, Optional.empty(), unknown);
    }
    return true;
  }

  private List<Value> operations(BoundNode bound, List<Value> inputs) {
    OnnxNode node = bound.node();
    String name = node.name().isEmpty() ? node.outputs().getFirst() : node.name();
    LoweringCall call = new LoweringCall(node, bound.opset(), inputs, builder, name);
    List<Value> lowered;
    try {
      lowered = compiling.lowerings().lower(call);
    } catch (IllegalArgumentException e) {
      throw new OnnxException(node.describe() + ": " + e.getMessage(), e);
    }
    return lowered.isEmpty() ? HostSteps.add(builder, bound, inputs, name) : lowered;
  }

  private void control(BoundNode bound) {
    OnnxNode node = bound.node();
    for (String name : Captures.reads(node)) {
      value(node, name);
    }
    if (node.opType().equals("If") && node.domain().isEmpty()) {
      Value condition = value(node, node.inputs().getFirst());
      if (condition.isConstant()) {
        splice(bodies.branch(bound, condition.typed()));
      } else {
        need(bound, Set.of(node.inputs().getFirst()));
      }
    } else if (node.opType().equals("Loop")
        && node.domain().isEmpty()
        && bodies.canUnroll(node, values)) {
      splice(bodies.unrolled(bound, values));
    } else {
      end("a body runs as often as its data say", bound, Optional.of(bound), Set.of());
    }
  }

  /**
   * Leaves this node and all that follow to the host: values that are no tensors, such as
   * sequences, go no further than that.
   */
  private void endOnHost(BoundNode first) {
    List<OnnxNode> left = new ArrayList<>(List.of(first.node()));
    todo.forEach(n -> left.add(n.node()));
    todo.clear();
    BoundNode rest = Bodies.ofAll(left, program.outputs(), values);
    end("it does not work on tensors", rest, Optional.of(rest), Set.of());
  }

  private void splice(Bodies.Body body) {
    values.putAll(body.constants());
    body.nodes().reversed().forEach(todo::addFirst);
  }

  private void end(String reason, BoundNode at, Optional<BoundNode> onHost, Set<String> byValue) {
    List<BoundNode> left = new ArrayList<>();
    onHost.ifPresentOrElse(n -> {}, () -> left.add(at));
    left.addAll(todo);
    Set<String> made = new HashSet<>();
    onHost.ifPresent(n -> made.addAll(n.node().outputs()));
    made.remove("");
    Set<String> live = new HashSet<>(Program.reads(left, program.outputs()));
    live.removeIf(name -> made.contains(name) ? false : isConstantOrLater(name));
    Map<String, Value> constants = new HashMap<>();
    values.forEach((name, v) -> addIfConstant(constants, name, v));
    Program next =
        new Program(
            compiling,
            left,
            constants,
            live.stream().sorted().toList(),
            program.outputs(),
            byValue);
    ending = new Ending(at.node().describe() + ": " + reason, onHost, next);
  }

  private boolean isConstantOrLater(String name) {
    Value value = values.get(name);
    return value == null || value.isConstant();
  }

  private static void addIfConstant(Map<String, Value> constants, String name, Value v) {
    if (v.isConstant()) {
      constants.put(name, v);
    }
  }

  private Stage stage() {
    Set<String> wanted = new LinkedHashSet<>();
    if (ending == null) {
      wanted.addAll(program.outputs());
    } else {
      wanted.addAll(ending.next().inputs());
      ending
          .onHost()
          .ifPresent(
              n -> {
                wanted.removeAll(n.node().outputs());
                wanted.addAll(Captures.reads(n.node()));
              });
    }
    Map<String, Value> given = new LinkedHashMap<>();
    for (String name : wanted) {
      Value value = values.get(name);
      if (value == null) {
        throw new OnnxException("nothing makes the output '" + name + "'");
      }
      given.put(name, value);
    }
    return Stage.of(
        compiling, program.inputs(), types, keys, builder, given, Optional.ofNullable(ending));
  }
}
