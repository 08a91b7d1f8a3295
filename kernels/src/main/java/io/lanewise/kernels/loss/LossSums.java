package io.lanewise.kernels.loss;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Sums of tasks in float64, each kept as two floats of shared scratch memory until all are there:
 * they are added in the order of the tasks, whichever thread ran them.
 */
final class LossSums {
  private LossSums() {}

  /** Shared scratch memory for so many tasks. */
  static long floats(long tasks) {
    return 2 * tasks;
  }

  /** Keeps a task's sum. */
  static void put(Workspace ws, int task, double sum) {
    int at = ws.sharedOffset() + 2 * task;
    float high = (float) sum;
    ws.array()[at] = high;
    // Beside NaN or an infinity the difference is none.
    ws.array()[at + 1] = Float.isFinite(high) ? (float) (sum - high) : 0;
  }

  /** Writes {@code Σ / divisor}; 0 if the divisor is 0. */
  static void write(Workspace ws, int tasks, double divisor, Tensor loss) {
    double sum = 0;
    for (int task = 0; task < tasks; task++) {
      int at = ws.sharedOffset() + 2 * task;
      sum += (double) ws.array()[at] + ws.array()[at + 1];
    }
    loss.array()[loss.offset()] = (float) (divisor == 0 ? 0 : sum / divisor);
  }

  /** How a reduced loss changes with one of its terms, times dloss. */
  static double factor(Tensor dloss, Reduction reduction, double divisor) {
    float slope = dloss.array()[dloss.offset()];
    return reduction == Reduction.SUM ? slope : divisor == 0 ? 0 : slope / divisor;
  }
}
