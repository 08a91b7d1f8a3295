package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.Step;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A kernel put together from its parts. Immutable; each method that changes one gives a new one.
 */
record Planned(
    WorkspaceSpec workspace,
    Function<Binding, Step> binder,
    String algorithm,
    long overwritten,
    long unread,
    Consumer<WarmUp> warming)
    implements Kernel {

  static Planned of(WorkspaceSpec workspace, Function<Binding, Step> binder) {
    return new Planned(workspace, binder, "", 0, 0, warm -> {});
  }

  static Planned of(Function<Binding, Step> binder) {
    return of(WorkspaceSpec.NONE, binder);
  }

  /** Of which the first output may lie where this input lies. */
  Planned overwriting(int input) {
    return new Planned(workspace, binder, algorithm, overwritten | 1L << input, unread, warming);
  }

  /** Whose runs do not read this input. */
  Planned notReading(int input) {
    return new Planned(workspace, binder, algorithm, overwritten, unread | 1L << input, warming);
  }

  Planned named(String name) {
    return new Planned(workspace, binder, name, overwritten, unread, warming);
  }

  Planned warmedBy(Consumer<WarmUp> adding) {
    return new Planned(workspace, binder, algorithm, overwritten, unread, adding);
  }

  @Override
  public boolean mayOverwrite(int input) {
    return input < Long.SIZE && (overwritten >> input & 1) != 0;
  }

  @Override
  public boolean reads(int input) {
    return input >= Long.SIZE || (unread >> input & 1) == 0;
  }

  @Override
  public void addTo(WarmUp warm) {
    warming.accept(warm);
  }

  @Override
  public Step bind(Binding memory) {
    return binder.apply(memory);
  }
}
