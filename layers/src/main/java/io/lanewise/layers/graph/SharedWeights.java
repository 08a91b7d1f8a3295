package io.lanewise.layers.graph;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Weights that graphs compiled from the same constants share: what was folded into them, and packed
 * in the order of a plan. Hand one to all compilations of a model for different shapes ({@link
 * CompileOptions#sharing}). Constants are told apart by identity. Safe for many threads.
 */
public final class SharedWeights {
  private final Map<Key, Packing> packed = new HashMap<>();
  private final Map<Derivation, List<Tensor>> derived = new HashMap<>();
  private final Room room = new Room();

  /** Where constants that are not in memory are read to. */
  private static final class Room {
    private float[] floats = {};
  }

  /** A tensor as an operand of an operation, in the order of a plan. */
  private record Key(Identity origin, Object operand, String layout) {}

  /** What was computed of constants. */
  private record Derivation(Object how, List<Identity> from) {}

  /** An object that is equal to itself alone. */
  private record Identity(Object of) {
    @Override
    @SuppressWarnings("ReferenceEquality") // identity is the point
    public boolean equals(Object o) {
      return o instanceof Identity other && other.of == of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
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
      Value w,
      Object operand,
      Supplier<PackedWeights> empty,
      BiConsumer<Tensor, PackedWeights> pack) {
    PackedWeights fresh = empty.get();
    Key key = new Key(new Identity(w.origin()), operand, fresh.layout());
    return packed.computeIfAbsent(
        key, k -> new Packing(fresh, () -> lend(w, t -> pack.accept(t, fresh))));
  }

  /** As above, at once. */
  PackedWeights packed(Value w, Object operand, Function<Tensor, PackedWeights> pack) {
    PackedWeights[] made = new PackedWeights[1];
    lend(w, t -> made[0] = pack.apply(t));
    return packed(w, operand, () -> made[0], (from, to) -> {}).weights();
  }

  /** Hands over a constant's floats, which are read first, one constant at a time, if outside. */
  private void lend(Value w, Consumer<Tensor> user) {
    if (!w.isOutside()) {
      user.accept(w.tensor());
      return;
    }
    synchronized (room) {
      if (room.floats.length < w.shape().size()) {
        room.floats = new float[w.shape().size()];
      }
      user.accept(w.copiedTo(room.floats));
    }
  }

  /** Lets go of the memory into which constants were read. */
  void rest() {
    synchronized (room) {
      room.floats = new float[0];
    }
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
