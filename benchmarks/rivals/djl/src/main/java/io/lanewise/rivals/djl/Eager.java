package io.lanewise.rivals.djl;

import ai.djl.ndarray.NDArray;
import io.lanewise.benchmarks.contender.Prepared;
import java.util.function.Supplier;

/** One call of PyTorch a run; each makes a new output, as there is no call without. */
final class Eager implements Prepared {
  private final Operands arrays;
  private final Supplier<NDArray> operation;
  private NDArray result;

  Eager(Operands arrays, Supplier<NDArray> operation) {
    this.arrays = arrays;
    this.operation = operation;
    result = operation.get();
  }

  @Override
  public void run() {
    result.close();
    result = operation.get();
  }

  @Override
  public float[] output() {
    return result.toFloatArray();
  }

  @Override
  public void close() {
    arrays.close();
  }
}
