package io.lanewise.benchmarks;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;

/**
 * What a task costs whoever computes it.
 *
 * @param flops floating-point operations of the direct algorithm: a multiply-add is two; an
 *     addition, a comparison or a function such as exp is one
 * @param bytes that must move at least: every input, weight and output once
 */
public record TaskCost(long flops, long bytes) {

  /** Counts a task's. */
  public static TaskCost of(Task task) {
    return switch (task.op()) {
      case GEMM -> gemm(task.gemm());
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> conv(task.conv());
      case CONV_SEQUENCE -> sequence(ConvSequence.of(task));
      case CONV_TRANSPOSED -> conv(task.transposedConv().conv());
      case LINEAR, LINEAR_BACKWARD_DATA, LINEAR_BACKWARD_WEIGHTS -> linear(task.linear());
      case MAX_POOL, AVG_POOL, AVG_POOL_BACKWARD -> {
        PoolShape s = task.pool();
        yield cost(s.y().size() * s.area(), s.x(), s.y());
      }
      case MAX_POOL_BACKWARD -> { // an index beside each element of dy
        PoolShape s = task.pool();
        yield cost(s.y().size(), s.x(), s.y(), s.y());
      }
      case RELU, TANH -> elements(task, 1, 2);
      case RELU_BACKWARD -> elements(task, 1, 3);
      case TANH_BACKWARD -> elements(task, 3, 3); // dy · (1 - y · y)
      case SOFTMAX -> elements(task, 5, 2); // max, subtract, exp, add, scale
      case SOFTMAX_BACKWARD -> elements(task, 4, 3); // multiply, add; subtract, multiply
      case SOFTMAX_CROSS_ENTROPY -> elements(task, 6, 2); // softmax, and a scale
    };
  }

  // A convolution, its gradients and its transposed one multiply the same pairs and touch the same
  // three tensors.
  private static TaskCost conv(ConvShape s) {
    return cost(s.flops(), s.x(), s.w(), s.y());
  }

  private static TaskCost sequence(ConvSequence s) {
    long flops = 0;
    long bytes = 0;
    for (ShapeFile.Entry<ConvShape> layer : s.layers()) {
      TaskCost one = conv(layer.shape());
      flops = Math.addExact(flops, layer.count() * one.flops);
      bytes += layer.count() * one.bytes;
    }
    return new TaskCost(flops, bytes);
  }

  private static TaskCost gemm(GemmShape s) {
    return cost(s.flops(), s.a(), s.b(), s.c());
  }

  private static TaskCost linear(LinearShape s) {
    return cost(s.flops(), s.x(), s.w(), s.y());
  }

  private static TaskCost elements(Task task, long flopsEach, int tensors) {
    long size = task.sizes().size();
    return new TaskCost(flopsEach * size, (long) tensors * Float.BYTES * size);
  }

  private static TaskCost cost(long flops, Shape... moved) {
    long bytes = 0;
    for (Shape shape : moved) {
      bytes += (long) Float.BYTES * shape.size();
    }
    return new TaskCost(flops, bytes);
  }
}
