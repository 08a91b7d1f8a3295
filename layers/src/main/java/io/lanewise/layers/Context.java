package io.lanewise.layers;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Everything of a run that is not the network: backend, threads, scratch memory, and for each layer
 * its plans, buffers and what it saved for the backward pass. One call at a time; many threads may
 * run one network, each with a context of its own.
 *
 * <p>What a layer returns lies in these buffers and is overwritten by the next run with this
 * context at the same shape.
 */
public final class Context {
  private static final int SHAPES_PER_LAYER =
      8; // then all of a layer's states are dropped: image sizes may be many

  private final Backend backend;
  private final Parallel parallel;
  private final boolean training;
  private final IdentityHashMap<Layer, Map<Shape, Object>> states = new IdentityHashMap<>();
  private final IdentityHashMap<Layer, Object> current = new IdentityHashMap<>();
  private Workspace workspace = Workspace.NONE;

  private Context(Backend backend, Parallel parallel, boolean training) {
    this.backend = Objects.requireNonNull(backend, "backend");
    this.parallel = Objects.requireNonNull(parallel, "parallel");
    this.training = training;
  }

  /** For forward passes alone. */
  public static Context inference(Backend backend, Parallel parallel) {
    return new Context(backend, parallel, false);
  }

  /** For forward and backward passes. */
  public static Context training(Backend backend, Parallel parallel) {
    return new Context(backend, parallel, true);
  }

  /** What computes. */
  public Backend backend() {
    return backend;
  }

  /** On which threads. */
  public Parallel parallel() {
    return parallel;
  }

  /** True if layers must save what their backward pass needs. */
  public boolean isTraining() {
    return training;
  }

  /** Scratch memory that serves {@code spec}; what it held before is lost. */
  public Workspace workspace(WorkspaceSpec spec) {
    if (!workspace.fits(spec, parallel.workers())) {
      workspace = Workspace.allocate(spec.max(workspace.spec()), parallel.workers());
    }
    return workspace;
  }

  /**
   * A layer's state for an input shape, made at first use; {@link #state(Layer, Class)} gives it
   * again to the backward pass.
   */
  @SuppressWarnings("unchecked") // a layer stores one type under its own identity
  public <S> S state(Layer layer, Shape x, Supplier<S> create) {
    Map<Shape, Object> byShape = states.computeIfAbsent(layer, k -> new HashMap<>());
    Object state = byShape.get(x);
    if (state == null) {
      if (byShape.size() >= SHAPES_PER_LAYER) {
        byShape.clear();
      }
      state = create.get();
      byShape.put(x, state);
    }
    current.put(layer, state);
    return (S) state;
  }

  /**
   * The state of the layer's latest forward pass.
   *
   * @throws IllegalStateException if there was none, or this context does not train
   */
  public <S> S state(Layer layer, Class<S> type) {
    Object state = current.get(layer);
    if (!training || state == null) {
      throw new IllegalStateException(
          layer
              + " has no forward pass to go back through: run forward with a training context first");
    }
    return type.cast(state);
  }
}
