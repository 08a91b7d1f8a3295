package io.lanewise.rivals.dl4j;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.factory.Nd4j;

/** One operation with its arrays, freed together. */
final class Nd4jRun implements Prepared {
  private final List<INDArray> owned = new ArrayList<>();
  private final INDArray result;
  private Runnable operation;

  /**
   * Allocates the result.
   *
   * @param order {@code 'c'} for rows next to each other in memory, {@code 'f'} for columns
   */
  Nd4jRun(Shape result, char order) {
    this.result = own(Nd4j.create(DataType.FLOAT, dims(result), order));
  }

  /** Uniform values of that seed. */
  INDArray uniform(Shape shape, long seed) {
    return own(Nd4j.create(Task.uniform(shape, seed).toArray(), dims(shape), 'c'));
  }

  /** Has {@code array} freed with the rest. */
  INDArray own(INDArray array) {
    owned.add(array);
    return array;
  }

  /** Where the operation puts its result. */
  INDArray result() {
    return result;
  }

  /** Sets what a run does. */
  Nd4jRun of(Op op) {
    return of(() -> Nd4j.exec(op));
  }

  /** Sets what a run does. */
  Nd4jRun of(CustomOp op) {
    return of(() -> Nd4j.exec(op));
  }

  /** Sets what a run does. */
  Nd4jRun of(Runnable run) {
    operation = run;
    return this;
  }

  private static long[] dims(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().toArray();
  }

  @Override
  public void run() {
    operation.run();
  }

  @Override
  public float[] output() {
    try (INDArray rows = result.dup('c')) {
      return rows.data().asFloat();
    }
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
  }
}
