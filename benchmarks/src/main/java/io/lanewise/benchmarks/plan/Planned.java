package io.lanewise.benchmarks.plan;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A plan with its operands.
 *
 * @param run computes it once
 * @param output what the last run computed, a copy, channels first
 */
public record Planned(Consumer<Parallel> run, Supplier<float[]> output) {
  /** One whose result is a tensor. */
  static Planned of(Tensor y, Consumer<Parallel> run) {
    return new Planned(run, () -> y.copy(Layout.CHANNELS_FIRST).toArray());
  }

  /** One whose result are codes, unsigned, of a tensor's elements in that layout. */
  static Planned ofCodes(ByteTensor y, Consumer<Parallel> run) {
    return new Planned(
        run,
        () -> {
          Tensor t = Tensor.zeros(y.shape(), y.layout());
          for (int i = 0; i < t.size(); i++) {
            t.array()[i] = y.array()[y.offset() + i] & 0xff;
          }
          return t.copy(Layout.CHANNELS_FIRST).toArray();
        });
  }

  /** A result in which every element that a run leaves out shows. */
  static Tensor unwritten(Shape shape, Layout layout) {
    return Tensor.aligned(shape, layout).fill(Float.NaN);
  }

  /** The same elements in a layout, on cache lines. */
  static Tensor input(Tensor t, Layout layout) {
    return Tensor.aligned(t.shape(), layout).copyFrom(t.copy(layout));
  }
}
