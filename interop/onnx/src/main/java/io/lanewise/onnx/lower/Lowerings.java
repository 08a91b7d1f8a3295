package io.lanewise.onnx.lower;

import io.lanewise.layers.graph.Value;
import io.lanewise.onnx.model.OnnxNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every operator that has a lowering. */
public final class Lowerings {
  /** The standard's lowerings. */
  public static final Lowerings STANDARD = standard();

  private final Map<String, Entry> entries;

  /** A lowering and what it asks of its inputs. */
  private static final class Entry {
    private final Lowering lowering;
    private final int[] floats;

    /**
     * A lowering.
     *
     * @param floats which inputs must be float32; none are all; null if element types do not count
     */
    Entry(Lowering lowering, int[] floats) {
      this.lowering = lowering;
      this.floats = floats;
    }

    boolean accepts(LoweringCall call) {
      return floats == null || call.areFloats(floats);
    }
  }

  private Lowerings(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  private static Lowerings standard() {
    Builder table = new Builder();
    ConvLowerings.addTo(table);
    ProductLowerings.addTo(table);
    PoolLowerings.addTo(table);
    NormLowerings.addTo(table);
    ActivationLowerings.addTo(table);
    ArithmeticLowerings.addTo(table);
    ReduceLowerings.addTo(table);
    ViewLowerings.addTo(table);
    MovementLowerings.addTo(table);
    GatherLowerings.addTo(table);
    SamplingLowerings.addTo(table);
    return new Lowerings(table.entries);
  }

  /** True if there is a lowering for this node's operator. */
  public boolean has(OnnxNode node) {
    return entries.containsKey(key(node));
  }

  /** The operators, in order; with domain and a dot if that is not the standard's. */
  public Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  /**
   * Lowers a node.
   *
   * @return its outputs; empty if there is no lowering, or it leaves these inputs to the host op
   */
  public List<Value> lower(LoweringCall call) {
    Entry entry = entries.get(key(call.node()));
    return entry == null || !entry.accepts(call)
        ? LoweringCall.DECLINED
        : entry.lowering.lower(call);
  }

  private static String key(OnnxNode node) {
    return node.domain().isEmpty() ? node.opType() : node.domain() + "." + node.opType();
  }

  /** Collects lowerings. */
  static final class Builder {
    private final Map<String, Entry> entries = new TreeMap<>();

    /**
     * A lowering for float32.
     *
     * @param inputs those that must be float32; none for all
     */
    void floats(String opType, Lowering lowering, int... inputs) {
      add(opType, new Entry(lowering, inputs));
    }

    /** A lowering for any element types. */
    void any(String opType, Lowering lowering) {
      add(opType, new Entry(lowering, null));
    }

    private void add(String opType, Entry entry) {
      if (entries.put(opType, entry) != null) {
        throw new IllegalStateException("two lowerings of " + opType);
      }
    }
  }
}
