package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.plan.Planned;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A plan with its operands and threads, ready to run. */
final class Run implements Prepared {
  private final ForkJoinTeam team;
  private final Parallel parallel;
  private final Consumer<Parallel> body;
  private final Supplier<float[]> output;

  private Run(int threads, Supplier<float[]> output, Consumer<Parallel> body) {
    this.team = threads == 1 ? null : ForkJoinTeam.of(threads);
    this.parallel = team == null ? Parallel.SEQUENTIAL : team;
    this.output = output;
    this.body = body;
  }

  /** A run whose result is asked for. */
  static Run of(int threads, Supplier<float[]> output, Consumer<Parallel> body) {
    return new Run(threads, output, body);
  }

  /** A run of what is planned. */
  static Run of(Planned planned, int threads) {
    return new Run(threads, planned.output(), planned.run());
  }

  /** A run that writes all of {@code output}. */
  static Run writing(Tensor output, int threads, Consumer<Parallel> body) {
    return new Run(threads, () -> plain(output), body);
  }

  /** A run that adds to {@code output}. */
  static Run addingTo(Tensor output, int threads, Consumer<Parallel> body) {
    return new Run(
        threads,
        () -> {
          output.fill(0);
          body.accept(Parallel.SEQUENTIAL);
          return plain(output);
        },
        body);
  }

  private static float[] plain(Tensor output) {
    return output.copy(Layout.CHANNELS_FIRST).toArray();
  }

  /** An output in which every element that a run leaves out shows. */
  static Tensor unwritten(Shape shape) {
    return unwritten(shape, Layout.CHANNELS_FIRST);
  }

  /** The same in a layout. */
  static Tensor unwritten(Shape shape, Layout layout) {
    return Tensor.aligned(shape, layout).fill(Float.NaN);
  }

  /** The same elements in a layout, on cache lines. */
  static Tensor input(Tensor t, Layout layout) {
    return Tensor.aligned(t.shape(), layout).copyFrom(t.copy(layout));
  }

  @Override
  public void run() {
    body.accept(parallel);
  }

  @Override
  public float[] output() {
    return output.get();
  }

  @Override
  public void close() {
    if (team != null) {
      team.close();
    }
  }
}
