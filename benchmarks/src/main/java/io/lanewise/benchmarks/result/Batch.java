package io.lanewise.benchmarks.result;

import io.lanewise.benchmarks.contender.Task;
import java.util.OptionalInt;

/** How many images, or rows, a task computes at once. */
public final class Batch {
  private Batch() {}

  /** Empty for matrix products and for elementwise operations, whose sizes do not tell. */
  public static OptionalInt of(Task task) {
    return switch (task.op().forward()) {
      case CONV -> OptionalInt.of(task.conv().n());
      case CONV_SEQUENCE -> OptionalInt.of(task.sequence().n());
      case LINEAR -> OptionalInt.of(task.linear().n());
      case MAX_POOL, AVG_POOL -> OptionalInt.of(task.pool().n());
      case SOFTMAX -> OptionalInt.of(task.sizes().dim(0));
      default -> OptionalInt.empty();
    };
  }
}
