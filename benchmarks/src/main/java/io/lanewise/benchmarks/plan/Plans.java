package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Plans of operations of which a backend has one way, or one for each layout. */
public final class Plans {
  private static final List<Layout> BOTH = List.of(Layout.CHANNELS_LAST, Layout.CHANNELS_FIRST);
  private static final List<Layout> FIRST = List.of(Layout.CHANNELS_FIRST);

  private Plans() {}

  /** The layouts of images in which it can be planned; channels first alone if it has none. */
  public static List<Layout> layouts(Op op) {
    return switch (op) {
      case LRN,
          BATCH_NORM_RELU,
          GLOBAL_AVG_POOL,
          GROUP_NORM,
          INSTANCE_NORM,
          CONCAT,
          PAD,
          RESIZE_LINEAR,
          RESIZE_NEAREST,
          CONV_INT8 ->
          BOTH;
      default -> FIRST;
    };
  }

  /**
   * Plans a task.
   *
   * @param layout one of {@link #layouts}
   * @param threads at most so many run it
   * @throws IllegalArgumentException for operations that other classes plan
   */
  public static Planned of(Backend backend, Task task, Layout layout, int threads) {
    return switch (task.op()) {
      case LRN, BATCH_NORM_RELU, LAYER_NORM, GROUP_NORM, INSTANCE_NORM ->
          NormPlans.of(backend, task, layout, threads);
      case GLOBAL_AVG_POOL, SUM_ROWS, SUM_COLUMNS, ARGMAX ->
          ReductionPlans.of(backend, task, layout, threads);
      case ADD_RELU, SIGMOID, SILU, GELU, DROPOUT -> PointPlans.of(backend, task, threads);
      case CONCAT, TRANSPOSE, PAD, FLIP, SLICE -> MovePlans.of(backend, task, layout);
      case RESIZE_LINEAR, RESIZE_NEAREST, GRID_SAMPLE ->
          ResamplePlans.of(backend, task, layout, threads);
      case QUANTISE, DEQUANTISE, CONV_INT8 -> CodePlans.of(backend, task, layout, threads);
      default -> throw new IllegalArgumentException(task + " is planned elsewhere");
    };
  }

  /**
   * The magnitude of what an element of the result is rounded from, inputs being in [-1, 1): 0 if
   * the result has to be exact.
   */
  public static double scale(Task task) {
    return switch (task.op()) {
      case CONCAT, TRANSPOSE, PAD, FLIP, SLICE, RESIZE_NEAREST, ARGMAX, QUANTISE -> 0;
      case SUM_ROWS -> task.sizes().dim(1);
      case SUM_COLUMNS -> task.sizes().dim(0);
      // Numbers less their mean, over a deviation of about 1 / sqrt(3).
      case BATCH_NORM_RELU, LAYER_NORM, GROUP_NORM, INSTANCE_NORM -> 4;
      default -> 1;
    };
  }

  static Tensor x(Task task, Layout layout) {
    return Planned.input(Task.uniform(task.sizes(), Task.SEED_X), layout);
  }
}
