package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.NormOperands;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Local response normalisation across channels, pixel by pixel: the reference looks through all
 * elements for each one's window, so it is given one pixel's channels at a time.
 */
final class LrnExpectation {
  private static final int MOST = 64;
  private static final long FLOPS = 64; // of an element and the others of its pixel, roughly

  private LrnExpectation() {}

  /** Of y [n][c][h][w]. */
  static Expectation of(Task task) {
    Shape s = task.sizes();
    Tensor x = Task.uniform(s, Task.SEED_X);
    int c = s.dim(1);
    int plane = s.dim(2) * s.dim(3);
    List<Part> parts = new ArrayList<>();
    for (int pixel : Spread.over(s.dim(0) * plane, FLOPS * s.size(), MOST)) {
      int at = pixel / plane * c * plane + pixel % plane;
      parts.add(part(x.array(), at, plane, c));
    }
    return new Expectation(task.toString(), s.size(), parts);
  }

  private static Part part(float[] x, int at, int step, int c) {
    Tensor channels = Tensor.zeros(1, c, 1, 1);
    for (int i = 0; i < c; i++) {
      channels.array()[i] = x[at + i * step];
    }
    Tensor y = Tensor.zeros(channels.shape());
    new ReferenceBackend()
        .normalisations()
        .lrnAcrossChannels(channels.shape(), Layout.CHANNELS_FIRST, NormOperands.lrn())
        .forward(channels, y, Workspace.NONE, Parallel.SEQUENTIAL);
    double[] bounds = new double[c];
    for (int i = 0; i < c; i++) {
      bounds[i] = Part.FACTOR * Part.EPSILON * Math.abs(channels.array()[i]);
    }
    return new Part("pixel at " + at, at, step, y.array(), bounds);
  }
}
