package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.Consumer;

/** A plan with its operands and threads, ready to run. */
final class Run implements Prepared {
  private final ForkJoinTeam team;
  private final Parallel parallel;
  private final Consumer<Parallel> body;
  private final Tensor output;
  private final boolean accumulates;

  private Run(int threads, Tensor output, boolean accumulates, Consumer<Parallel> body) {
    this.team = threads == 1 ? null : ForkJoinTeam.of(threads);
    this.parallel = team == null ? Parallel.SEQUENTIAL : team;
    this.output = output;
    this.accumulates = accumulates;
    this.body = body;
  }

  /** A run that writes all of {@code output}. */
  static Run writing(Tensor output, int threads, Consumer<Parallel> body) {
    return new Run(threads, output, false, body);
  }

  /** A run that adds to {@code output}. */
  static Run addingTo(Tensor output, int threads, Consumer<Parallel> body) {
    return new Run(threads, output, true, body);
  }

  /** An output in which every element that a run leaves out shows. */
  static Tensor unwritten(Shape shape) {
    return unwritten(shape, Layout.CHANNELS_FIRST);
  }

  /** The same in a layout. */
  static Tensor unwritten(Shape shape, Layout layout) {
    return Tensor.zeros(shape, layout).fill(Float.NaN);
  }

  @Override
  public void run() {
    body.accept(parallel);
  }

  @Override
  public float[] output() {
    if (accumulates) { // what one run adds
      output.fill(0);
      run();
    }
    return output.copy(Layout.CHANNELS_FIRST).toArray();
  }

  @Override
  public void close() {
    if (team != null) {
      team.close();
    }
  }
}
