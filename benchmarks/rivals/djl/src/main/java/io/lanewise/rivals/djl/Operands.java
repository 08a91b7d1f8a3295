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

  /** Uniform values of that seed. */
  NDArray uniform(io.lanewise.kernels.tensor.Shape shape, long seed) {
    Tensor t = Task.uniform(shape, seed);
    long[] dims = IntStream.of(shape.toArray()).asLongStream().toArray();
    NDArray plain = manager.create(t.array(), new Shape(dims));
    return channelsLast && dims.length == 4 ? channelsLast(plain) : plain;
  }

  private static NDArray channelsLast(NDArray plain) {
    NDArray moved = plain.transpose(0, 2, 3, 1);
    NDArray copy = moved.getManager().create(moved.toFloatArray(), moved.getShape());
    NDArray view = copy.transpose(0, 3, 1, 2);
    copy.close();
    moved.close();
    plain.close();
    return view;
  }

  @Override
  public void close() {
    manager.close();
  }
}
