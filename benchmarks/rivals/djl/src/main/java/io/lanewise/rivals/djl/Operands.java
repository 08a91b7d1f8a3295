package io.lanewise.rivals.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtEngine;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;

/** PyTorch's arrays with a task's operands, freed together. */
final class Operands implements AutoCloseable {
  private final NDManager manager =
      PtEngine.getEngine(PtEngine.ENGINE_NAME).newBaseManager(Device.cpu());
  private final boolean channelsLast;

  /**
   * An empty set.
   *
   * @param channelsLast images have their channels innermost in memory, though not in their shape:
   *     PyTorch's own way to ask for that layout
   */
  Operands(boolean channelsLast) {
    this.channelsLast = channelsLast;
  }

  /**
   * Uniform values of that seed, in memory of PyTorch's own: an array made from Java's values stays
   * in a buffer of Java's, aligned as that is and gone when the array is closed, views or not.
   */
  NDArray uniform(io.lanewise.kernels.tensor.Shape shape, long seed) {
    Tensor t = Task.uniform(shape, seed);
    long[] dims = IntStream.of(shape.toArray()).asLongStream().toArray();
    try (NDArray plain = manager.create(t.array(), new Shape(dims))) {
      return channelsLast && dims.length == 4 ? channelsLast(plain) : plain.duplicate();
    }
  }

  /** A copy keeps the order in memory of the view that it is made of. */
  private NDArray channelsLast(NDArray plain) {
    try (NDArray moved = plain.transpose(0, 2, 3, 1);
        NDArray values = manager.create(moved.toFloatArray(), moved.getShape());
        NDArray view = values.transpose(0, 3, 1, 2)) {
      return view.duplicate();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
