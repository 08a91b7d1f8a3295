package io.lanewise.layers.graph;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Weights that graphs compiled from the same constants share: what was folded into them, and packed
 * in the order of a plan. Hand one to all compilations of a model for different shapes ({@link
 * CompileOptions#sharing}). Constants are told apart by identity. Safe for many threads.
 */
public final class SharedWeights {
  private final Map<Key, Packing> packed = new HashMap<>();
  private final Map<Derivation, List<Tensor>> derived = new HashMap<>();

  /** A tensor as an operand of an operation, in the order of a plan. */
  private record Key(Identity tensor, Object operand, String layout) {}

  /** What was computed of constants. */
  private record Derivation(Object how, List<Identity> from) {}

  /** A tensor, equal to itself alone. */
  private record Identity(Tensor tensor) {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is the point
    public boolean equals(Object o) {
      return o instanceof Identity other && other.tensor == tensor;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(tensor);
    }
  }

  /** Nothing yet. */
  public SharedWeights() {}

  /** Weights that are packed, or are to be. */
  static final class Packing {
    private final PackedWeights weights;
    private Runnable fill;

    Packing(PackedWeights weights, Runnable fill) {
      this.weights = weights;
      this.fill = fill;
    }

    /** The memory; to be read after {@link #finish}. */
    PackedWeights weights() {
      return weights;
    }

    /** Packs, if nobody did so before; then nothing holds what it was packed from. */
    synchronized void finish() {
      if (fill != null) {
        fill.run();
        fill = null;
      }
    }
  }

  /**
   * Weights in a plan's order; plans whose packed weights have one layout share them.
   *
   * @param operand equal where equal layouts mean equal packing
   */
  synchronized Packing packed(
      Tensor w,
      Object operand,
      Supplier<PackedWeights> empty,
      BiConsumer<Tensor, PackedWeights> pack) {
    PackedWeights fresh = empty.get();
    Key key = new Key(new Identity(w), operand, fresh.layout());
    return packed.computeIfAbsent(key, k -> new Packing(fresh, () -> pack.accept(w, fresh)));
  }

  /**
   * What is computed of constants, once.
   *
   * @param how equal for equal computations
   * @return the same tensors for the same {@code from}
   */
  public List<Tensor> derived(Object how, List<Tensor> from, Supplier<List<Tensor>> computation) {
    Derivation key = new Derivation(how, from.stream().map(Identity::new).toList());
    synchronized (this) {
      List<Tensor> known = derived.get(key);
      if (known != null) {
        return known;
      }
    }
    List<Tensor> fresh = List.copyOf(computation.get()); // may itself ask for others
    synchronized (this) {
      List<Tensor> other = derived.putIfAbsent(key, fresh);
      return other == null ? fresh : other;
    }
  }
}
