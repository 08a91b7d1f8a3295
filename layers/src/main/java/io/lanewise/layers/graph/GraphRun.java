package io.lanewise.layers.graph;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.CacheLine;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The memory of runs of a compiled graph. One run at a time; each thread that calls needs its own.
 * A run allocates nothing, but for its first with more workers than before, and host operations.
 *
 * <pre>{@code
 * GraphRun run = compiled.newRun();
 * Tensor logits = run.bind("x", image).run(parallel).output("y");
 * }</pre>
 */
public final class GraphRun {
  private final CompiledGraph graph;
  private final MemoryPlan memory;
  private final int[] inputs;
  private final int[] outputs;
  private final Object[] own; // memory of outputs
  private final Slot[] slots;
  private final Step[] steps;
  private final long[] nanos;
  private final AtomicBoolean running = new AtomicBoolean();
  private Workspace workspace = Workspace.NONE;
  private boolean measures;

  GraphRun(CompiledGraph graph) {
    this.graph = graph;
    this.memory = graph.memory();
    this.inputs = graph.inputValues().values().stream().mapToInt(memory::number).toArray();
    this.outputs = graph.outputValues().values().stream().mapToInt(memory::number).toArray();
    this.own = new Object[outputs.length];
    List<Value> values = memory.values();
    this.slots = new Slot[values.size()];
    float[] arena = new float[CacheLine.START + (int) memory.arenaFloats()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot();
      fill(i, arena);
    }
    List<CompiledNode> nodes = graph.nodes();
    this.steps = new Step[nodes.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = step(nodes.get(i));
    }
    this.nanos = new long[steps.length];
  }

  private void fill(int number, float[] arena) {
    Value v = memory.values().get(number);
    MemoryPlan.Place place = memory.place(number);
    Slot slot = slots[number];
    switch (place.kind()) {
      case INPUT, OUTPUT -> {}
      case CONSTANT -> {
        if (v.type().isFloat()) {
          slot.set(v.tensor());
        } else {
          slot.set(v.typed());
        }
      }
      case ARENA -> {
        int at = CacheLine.START + place.block().offset();
        slot.set(Tensor.wrap(v.shape(), place.layout(), arena, at));
      }
      case VIEW -> show(number);
      case TYPED -> slot.set(TypedTensor.zeros(v.type().type(), v.shape()));
    }
  }

  /** Lets a view show what it shows. */
  private void show(int number) {
    MemoryPlan.Place place = memory.place(number);
    Tensor source = slots[place.source()].tensor();
    if (source != null) {
      Value v = memory.values().get(number);
      slots[number].set(Tensor.wrap(v.shape(), place.layout(), source.array(), source.offset()));
    }
  }

  /** Null if there is nothing to do. */
  private Step step(CompiledNode n) {
    Node node = n.node();
    boolean isShown =
        memory.place(memory.number(node.outputs().get(0))).kind() == MemoryPlan.Kind.VIEW;
    return isShown ? null : n.kernel().bind(new NodeMemory(node));
  }

  /** A node's slots. */
  private final class NodeMemory implements Binding {
    private final Node node;

    NodeMemory(Node node) {
      this.node = node;
    }

    @Override
    public int inputs() {
      return node.inputs().size();
    }

    @Override
    public Slot input(int i) {
      return slots[memory.number(node.inputs().get(i))];
    }

    @Override
    public Slot output(int i) {
      return slots[memory.number(node.outputs().get(i))];
    }
  }

  /** What it runs. */
  public CompiledGraph graph() {
    return graph;
  }

  /**
   * Sets an input of floats for the following runs.
   *
   * @param x channels first, not copied; read by runs
   * @return this
   * @throws IllegalArgumentException if there is no such input, or it is of another type or shape
   */
  public GraphRun bind(String name, Tensor x) {
    Value v = value(name, graph.inputValues(), "input");
    requireFits(x, v, "input", name);
    set(v, x);
    return this;
  }

  /**
   * Sets an input for the following runs.
   *
   * @param x not copied; read by runs
   * @return this
   * @throws IllegalArgumentException if there is no such input, or it is of another type or shape
   */
  public GraphRun bind(String name, TypedTensor x) {
    Value v = value(name, graph.inputValues(), "input");
    requireSame(x, v, "input", name);
    if (v.type().isFloat()) {
      set(v, x.tensor());
    } else {
      slots[memory.number(v)].set(x);
    }
    return this;
  }

  /**
   * Sets where the following runs write an output.
   *
   * @param y channels first; shares no element with an input or another output
   * @return this
   * @throws IllegalArgumentException if there is no such output, or it is of another type or shape
   */
  public GraphRun bindOutput(String name, Tensor y) {
    Value v = value(name, graph.outputValues(), "output");
    requireFits(y, v, "output", name);
    set(v, y);
    return this;
  }

  /** As {@link #bindOutput(String, Tensor)}, of any element type. */
  public GraphRun bindOutput(String name, TypedTensor y) {
    Value v = value(name, graph.outputValues(), "output");
    requireSame(y, v, "output", name);
    if (v.type().isFloat()) {
      set(v, y.tensor());
    } else {
      slots[memory.number(v)].set(y);
    }
    return this;
  }

  @SuppressWarnings("ReferenceEquality") // the same tensor, not an equal one, changes nothing
  private void set(Value v, Tensor t) {
    int number = memory.number(v);
    if (slots[number].tensor() == t) {
      return;
    }
    slots[number].set(t);
    for (int i = number + 1; i < slots.length; i++) {
      if (shows(i, number)) {
        show(i);
      }
    }
  }

  /** True of a view of a value, be it through others. */
  private boolean shows(int view, int number) {
    int source = view;
    while (memory.place(source).kind() == MemoryPlan.Kind.VIEW) {
      source = memory.place(source).source();
    }
    return source == number && source != view;
  }

  private static Value value(String name, Map<String, Value> values, String what) {
    Value v = values.get(name);
    if (v == null) {
      throw new IllegalArgumentException(
          "there is no " + what + " '" + name + "', but " + values.keySet());
    }
    return v;
  }

  private static void requireType(Value v, boolean isFloat, String what) {
    if (v.type().isFloat() != isFloat) {
      throw new IllegalArgumentException(what + " must be " + v.type() + ", got floats");
    }
  }

  /** The message is made only if it is needed. */
  private static void requireFits(Tensor t, Value v, String what, String name) {
    boolean fits =
        v.type().isFloat() && t.shape().equals(v.shape()) && t.layout() == Layout.CHANNELS_FIRST;
    if (!fits) {
      requireType(v, true, what + " '" + name + "'");
      Tensor.requireShape(t, v.shape(), what + " '" + name + "'");
    }
  }

  private static void requireSame(TypedTensor t, Value v, String what, String name) {
    if (t.type() != v.type().type() || !t.shape().equals(v.shape())) {
      throw new IllegalArgumentException(
          what + " '" + name + "' must be " + v.type() + ", got " + t);
    }
  }

  /** Runs. */
  public GraphRun run(Parallel par) {
    return run(par, GraphRun::never);
  }

  /**
   * Runs.
   *
   * @param cancelled asked before each node; once it says yes, the run ends
   * @return this
   * @throws IllegalStateException if an input is not bound, or a run is going on
   * @throws CancellationException if it was cancelled; outputs then hold nothing of meaning
   */
  public GraphRun run(Parallel par, BooleanSupplier cancelled) {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("a run is going on: each thread needs a GraphRun of its own");
    }
    try {
      requireInputs();
      provideOutputs();
      if (!workspace.fits(graph.workspace(), par.workers())) {
        workspace = Workspace.allocate(graph.workspace(), par.workers());
      }
      if (measures) {
        runMeasured(par, cancelled);
      } else {
        runAll(par, cancelled);
      }
    } finally {
      running.set(false);
    }
    return this;
  }

  /** Gives memory to outputs for which nobody has. */
  private void provideOutputs() {
    for (int i = 0; i < outputs.length; i++) {
      Slot slot = slots[outputs[i]];
      if (slot.tensor() != null || slot.typed() != null) {
        continue;
      }
      Value v = memory.values().get(outputs[i]);
      if (v.type().isFloat()) {
        own[i] = own[i] == null ? Tensor.zeros(v.shape()) : own[i];
        set(v, (Tensor) own[i]);
      } else {
        own[i] = own[i] == null ? TypedTensor.zeros(v.type().type(), v.shape()) : own[i];
        slot.set((TypedTensor) own[i]);
      }
    }
  }

  /** Forgets all inputs and outputs that were bound. */
  public void unbind() {
    for (int number : inputs) {
      clear(number);
    }
    for (int number : outputs) {
      clear(number);
    }
  }

  private void clear(int number) {
    slots[number].set((Tensor) null);
    slots[number].set((TypedTensor) null);
  }

  private static boolean never() {
    return false;
  }

  private void runAll(Parallel par, BooleanSupplier cancelled) {
    for (Step step : steps) {
      if (step != null) {
        requireWanted(cancelled);
        step.run(workspace, par);
      }
    }
  }

  private void runMeasured(Parallel par, BooleanSupplier cancelled) {
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] != null) {
        requireWanted(cancelled);
        long start = System.nanoTime();
        steps[i].run(workspace, par);
        nanos[i] = System.nanoTime() - start;
      }
    }
  }

  private static void requireWanted(BooleanSupplier cancelled) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("the run was cancelled");
    }
  }

  private void requireInputs() {
    for (int number : inputs) {
      if (slots[number].tensor() == null && slots[number].typed() == null) {
        throw new IllegalStateException("input " + memory.values().get(number) + " is not bound");
      }
    }
  }

  /**
   * An output of floats; the next run overwrites it.
   *
   * @throws IllegalArgumentException if there is no such output, or it is of another type
   * @throws IllegalStateException if there was no run yet
   */
  public Tensor output(String name) {
    Value v = value(name, graph.outputValues(), "output");
    requireType(v, true, "output '" + name + "'");
    return slot(v).tensor();
  }

  private Slot slot(Value output) {
    Slot slot = slots[memory.number(output)];
    if (slot.tensor() == null && slot.typed() == null) {
      throw new IllegalStateException("output " + output + " comes with the first run");
    }
    return slot;
  }

  /** An output of any type; the next run overwrites it. */
  public TypedTensor typedOutput(String name) {
    Value v = value(name, graph.outputValues(), "output");
    Slot slot = slot(v);
    return v.type().isFloat() ? TypedTensor.of(slot.tensor()) : slot.typed();
  }

  /**
   * Binds all inputs, runs, and copies all outputs of floats; for callers who do not mind the
   * copies.
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Parallel par) {
    inputs.forEach(this::bind);
    run(par);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph
        .outputValues()
        .forEach(
            (name, v) -> {
              if (v.type().isFloat()) {
                outputs.put(name, output(name).copy(Layout.CHANNELS_FIRST));
              }
            });
    return outputs;
  }

  /** Whether the following runs take the time of each node. */
  public GraphRun measuring(boolean on) {
    measures = on;
    return this;
  }

  /**
   * What each node of {@link CompiledGraph#nodes()} took in the latest measured run, in
   * nanoseconds.
   */
  public long[] nanos() {
    return nanos.clone();
  }
}
