package io.lanewise.benchmarks;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelSession;
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
      case MODEL -> model(task);
      case LINEAR_INT8, LINEAR_BFLOAT16 ->
          narrow(task.linear(), task.op() == Op.LINEAR_INT8 ? 1 : 2);
      case CONV_INT8 -> {
        ConvShape s = task.conv();
        yield new TaskCost(s.flops(), cost(0, s.x(), s.w(), s.y()).bytes / Float.BYTES);
      }
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
      case LRN -> elements(task, 2 * Op.LRN_SIZE + 3, 2); // a multiply-add a tap; k, power, scale
      case BATCH_NORM_RELU -> elements(task, 3, 2);
      case ADD_RELU -> elements(task, 2, 3);
      case SIGMOID -> elements(task, 3, 2); // exp, add, divide
      case SILU, GELU -> elements(task, 4, 2);
      case LAYER_NORM, GROUP_NORM, INSTANCE_NORM -> elements(task, 7, 2); // mean, variance, scale
      case GLOBAL_AVG_POOL -> reduced(task, task.sizes().dim(0) * task.sizes().dim(1));
      case SUM_ROWS, ARGMAX -> reduced(task, task.sizes().dim(0));
      case SUM_COLUMNS -> reduced(task, task.sizes().dim(1));
      case CONCAT -> elements(task, 0, 4); // two images in, both out
      case TRANSPOSE, FLIP -> elements(task, 0, 2);
      case PAD -> moved(task, task.sizes().dim(2) + 2, task.sizes().dim(3) + 2);
      case SLICE -> // what is left out shares lines of the cache with what is not
          moved(task, task.sizes().dim(2), Math.ceilDiv(task.sizes().dim(3), 2));
      case RESIZE_NEAREST -> moved(task, 2 * task.sizes().dim(2), 2 * task.sizes().dim(3));
      case RESIZE_LINEAR -> { // along one axis, then along the other: two multiply-adds each
        TaskCost cost = moved(task, 2 * task.sizes().dim(2), 2 * task.sizes().dim(3));
        yield new TaskCost(4L * 6 * task.sizes().size(), cost.bytes);
      }
      case GRID_SAMPLE -> sampled(task.sizes());
      case DROPOUT -> elements(task, 1, 2);
      case QUANTISE, DEQUANTISE ->
          new TaskCost(2L * task.sizes().size(), 5L * task.sizes().size()); // 4 bytes and 1
    };
  }

  // A convolution, its gradients and its transposed one multiply the same pairs and touch the same
  // three tensors.
  private static TaskCost conv(ConvShape s) {
    return cost(s.flops(), s.x(), s.w(), s.y());
  }

  /** Takes a run, in which operations are counted node by node. */
  private static TaskCost model(Task task) {
    ModelSession.Cost cost = ModelSession.cost(task);
    return new TaskCost(cost.flops(), cost.bytes());
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

  private static TaskCost reduced(Task task, int results) {
    long size = task.sizes().size();
    return new TaskCost(size, Float.BYTES * (size + results));
  }

  /** Images in, images of another size out. */
  private static TaskCost moved(Task task, int oh, int ow) {
    Shape s = task.sizes();
    return cost(0, s, Shape.of(s.dim(0), s.dim(1), oh, ow));
  }

  /** Four taps a result; the grid has two numbers a pixel. */
  private static TaskCost sampled(Shape s) {
    return cost(8L * s.size(), s, s, Shape.of(s.dim(0), s.dim(2), s.dim(3), 2));
  }

  private static TaskCost narrow(LinearShape s, int weightBytes) {
    return new TaskCost(s.flops(), cost(0, s.x(), s.y()).bytes + (long) weightBytes * s.w().size());
  }

  private static TaskCost cost(long flops, Shape... moved) {
    long bytes = 0;
    for (Shape shape : moved) {
      bytes += (long) Float.BYTES * shape.size();
    }
    return new TaskCost(flops, bytes);
  }
}
