package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Task;
import java.util.OptionalInt;

/** How many images, or rows, a task computes at once. */
public final class Batch {
  private Batch() {}

  /** Empty for matrix products and for elementwise operations, whose sizes do not tell. */
  public static OptionalInt of(Task task) {
    return switch (task.op().forward()) {
      case CONV, CONV_INT8 -> OptionalInt.of(task.conv().n());
      case MODEL -> OptionalInt.of(task.model().x().dim(0));
      case CONV_SEQUENCE -> OptionalInt.of(task.sequence().n());
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> OptionalInt.of(task.linear().n());
      case MAX_POOL, AVG_POOL -> OptionalInt.of(task.pool().n());
      default ->
          task.op().forward().axes() == 0
              ? OptionalInt.empty()
              : OptionalInt.of(task.sizes().dim(0));
    };
  }
}
