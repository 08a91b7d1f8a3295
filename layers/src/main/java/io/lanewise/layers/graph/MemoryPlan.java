package io.lanewise.layers.graph;

import io.lanewise.kernels.platform.CacheLine;
import io.lanewise.kernels.tensor.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where every value of a run lies. Floats that nodes make lie in one arena, those at one place that
 * are not needed at the same time: greatest first, each in the smallest gap that holds it
 * (Pisarchyk, Lee, Efficient Memory Management for Deep Neural Net Inference, 2020, §5.2).
 */
final class MemoryPlan {
  private final List<Value> values = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private long arenaFloats;
  private long sumOfFloats;

  /** How a value's memory comes about. */
  enum Kind {
    /** Bound by the caller. */
    INPUT,
    /** The graph's. */
    CONSTANT,
    /** Of the run's own, or bound by the caller. */
    OUTPUT,
    /** In the arena. */
    ARENA,
    /** Another value's. */
    VIEW,
    /** An array of its own: elements that are no floats. */
    TYPED
  }

  /**
   * Where a value lies.
   *
   * @param layout of floats
   * @param source number of the value whose memory a view shows
   * @param block in the arena
   */
  record Place(Kind kind, Layout layout, int source, Block block) {}

  /**
   * A part of the arena, and when it is needed: from the node that writes it to the last reader.
   */
  static final class Block {
    private final long floats;
    private final int first;
    private int last;
    private long offset = -1;

    Block(long floats, int first) {
      this.floats = floats;
      this.first = first;
      this.last = first;
    }

    int offset() {
      return (int) offset;
    }

    private boolean meets(Block other) {
      return first <= other.last && other.first <= last;
    }
  }

  private MemoryPlan() {}

  static MemoryPlan of(Graph graph, List<CompiledNode> nodes, boolean shares) {
    MemoryPlan plan = new MemoryPlan();
    Set<Value> outputs = new HashSet<>(graph.outputs().values());
    graph
        .inputs()
        .values()
        .forEach(v -> plan.add(v, new Place(Kind.INPUT, Layout.CHANNELS_FIRST, -1, null)));
    plan.number(nodes, outputs, shares);
    plan.lay(shares);
    return plan;
  }

  private int add(Value value, Place place) {
    int number = values.size();
    values.add(value);
    numbers.put(value, number);
    places.add(place);
    return number;
  }

  /** Gives all values their numbers and places. */
  private void number(List<CompiledNode> nodes, Set<Value> outputs, boolean shares) {
    Map<Value, Integer> lastUses = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (Value in : nodes.get(i).readInputs()) {
        lastUses.put(in, i);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      CompiledNode n = nodes.get(i);
      for (Value in : n.readInputs()) {
        if (in.isConstant() && !numbers.containsKey(in)) {
          add(in, new Place(Kind.CONSTANT, Layout.CHANNELS_FIRST, -1, null));
        }
      }
      for (int o = 0; o < n.node().outputs().size(); o++) {
        Value out = n.node().outputs().get(o);
        add(out, place(n, o, i, outputs, lastUses, shares));
      }
    }
  }

  private Place place(
      CompiledNode n,
      int o,
      int at,
      Set<Value> outputs,
      Map<Value, Integer> lastUses,
      boolean shares) {
    Value out = n.node().outputs().get(o);
    Layout layout = n.layouts().outputs().get(o);
    if (outputs.contains(out)) {
      return new Place(Kind.OUTPUT, layout, -1, null);
    }
    if (!out.type().isFloat()) {
      return new Place(Kind.TYPED, layout, -1, null);
    }
    int use = Math.max(at, lastUses.getOrDefault(out, at));
    if (n.kernel().isView()) {
      int source = numbers.get(n.node().inputs().get(0));
      extend(source, use);
      return new Place(Kind.VIEW, layout, source, null);
    }
    Block inherited = shares && o == 0 ? overwritten(n, at) : null;
    if (inherited != null) {
      inherited.last = Math.max(inherited.last, use);
      return new Place(Kind.ARENA, layout, -1, inherited);
    }
    Block block = new Block(out.shape().size(), at);
    block.last = use;
    blocks.add(block);
    return new Place(Kind.ARENA, layout, -1, block);
  }

  private Block block(Value v) {
    Integer number = numbers.get(v);
    return number == null ? null : root(number);
  }

  /** The block under a value, through views; null if it lies elsewhere. */
  private Block root(int number) {
    Place p = places.get(number);
    return p.kind() == Kind.VIEW ? root(p.source()) : p.block();
  }

  private void extend(int number, int use) {
    Block block = root(number);
    if (block != null) {
      block.last = Math.max(block.last, use);
    }
  }

  /** The block of an input that nobody reads after this node, if the output may take it. */
  private Block overwritten(CompiledNode n, int at) {
    List<Value> inputs = n.node().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Block block = n.kernel().mayOverwrite(i) ? block(inputs.get(i)) : null;
      if (block != null
          && block.last == at
          && block.floats == n.node().outputs().get(0).shape().size()
          && inputs.get(i).shape().size() == block.floats
          && isAlone(inputs, i, block)) {
        return block;
      }
    }
    return null;
  }

  private boolean isAlone(List<Value> inputs, int i, Block block) {
    for (int j = 0; j < inputs.size(); j++) {
      if (j != i && block(inputs.get(j)) == block) {
        return false;
      }
    }
    return true;
  }

  private void lay(boolean shares) {
    List<Block> sorted = new ArrayList<>(blocks);
    sorted.sort(Comparator.comparingLong((Block b) -> -b.floats).thenComparingInt(b -> b.first));
    List<Block> laid = new ArrayList<>();
    for (Block b : sorted) {
      b.offset = shares ? gap(b, laid) : arenaFloats;
      laid.add(b);
      sumOfFloats += CacheLine.room(b.floats);
      arenaFloats = Math.max(arenaFloats, b.offset + CacheLine.room(b.floats));
    }
    if (arenaFloats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the values of a run take less than 2^31 floats, got " + arenaFloats);
    }
  }

  /** The start of the smallest gap between blocks needed at the same time. */
  private static long gap(Block block, List<Block> laid) {
    List<Block> near = new ArrayList<>();
    for (Block other : laid) {
      if (other.meets(block)) {
        near.add(other);
      }
    }
    near.sort(Comparator.comparingLong((Block b) -> b.offset));
    long best = -1;
    long bestRoom = Long.MAX_VALUE;
    long end = 0;
    for (Block other : near) {
      long room = other.offset - end;
      if (room >= CacheLine.room(block.floats) && room < bestRoom) {
        best = end;
        bestRoom = room;
      }
      end = Math.max(end, other.offset + CacheLine.room(other.floats));
    }
    return best < 0 ? end : best;
  }

  /** All values, in an order in which a view comes after what it shows. */
  List<Value> values() {
    return values;
  }

  int number(Value value) {
    return numbers.get(value);
  }

  Place place(int number) {
    return places.get(number);
  }

  /** Floats of the arena. */
  long arenaFloats() {
    return arenaFloats;
  }

  /** Floats that the arena would have without sharing places. */
  long sumOfFloats() {
    return sumOfFloats;
  }
}
