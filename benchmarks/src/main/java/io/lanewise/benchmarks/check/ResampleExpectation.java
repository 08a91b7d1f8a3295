package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.ResampleOperands;
import io.lanewise.kernels.reference.ReferenceResize;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Images read between their pixels, plane by plane: by the reference's weights along each axis,
 * since the reference itself looks through the whole plane for each output, or by the four pixels
 * around a place.
 */
final class ResampleExpectation {
  private ResampleExpectation() {}

  /** Of y [n][c][oh][ow]. */
  static Expectation of(Task task) {
    Shape s = task.sizes();
    float[] x = Task.uniform(s, Task.SEED_X).array();
    boolean grid = task.op() == Op.GRID_SAMPLE;
    double[][][] weights = grid ? null : weights(task);
    Tensor places = grid ? ResampleOperands.grid(s) : null;
    int planes = s.dim(0) * s.dim(1);
    int size = 0;
    List<Part> parts = new ArrayList<>();
    for (int p : Spread.three(planes, 64L * s.size())) {
      float[] want = grid ? sampled(s, x, p, places) : resized(s, x, p, weights);
      size = want.length;
      parts.add(part(task, want, p));
    }
    return new Expectation(task.toString(), planes * size, parts);
  }

  private static Part part(Task task, float[] want, int p) {
    boolean exact = task.op() == Op.RESIZE_NEAREST;
    Tensor scales = Tensor.zeros(want.length).fill(exact ? 0 : 1);
    Tensor values = Tensor.of(Shape.of(want.length), want);
    return Part.scaled("plane " + p, p * want.length, values, scales);
  }

  private static double[][][] weights(Task task) {
    ResizeShape shape = ResampleOperands.resize(task);
    return new ReferenceResize(shape, Layout.CHANNELS_FIRST).weights();
  }

  private static float[] resized(Shape s, float[] x, int p, double[][][] weights) {
    int h = s.dim(2);
    int w = s.dim(3);
    int oh = weights[0].length;
    int ow = weights[1].length;
    double[][] rows = new double[h][ow];
    for (int iy = 0; iy < h; iy++) {
      for (int ox = 0; ox < ow; ox++) {
        for (int ix = 0; ix < w; ix++) {
          rows[iy][ox] += weights[1][ox][ix] * x[(p * h + iy) * w + ix];
        }
      }
    }
    float[] y = new float[oh * ow];
    for (int o = 0; o < y.length; o++) {
      double sum = 0;
      for (int iy = 0; iy < h; iy++) {
        sum += weights[0][o / ow][iy] * rows[iy][o % ow];
      }
      y[o] = (float) sum;
    }
    return y;
  }

  /** Places go from -1, the image's edge, to 1; pixels outside are zeros. */
  private static float[] sampled(Shape s, float[] x, int p, Tensor places) {
    int h = s.dim(2);
    int w = s.dim(3);
    int first = p / s.dim(1) * h * w;
    float[] y = new float[h * w];
    for (int o = 0; o < y.length; o++) {
      double across = ((places.array()[2 * (first + o)] + 1.0) * w - 1) / 2;
      double down = ((places.array()[2 * (first + o) + 1] + 1.0) * h - 1) / 2;
      double sum = 0;
      for (int iy = (int) Math.floor(down); iy <= Math.floor(down) + 1; iy++) {
        for (int ix = (int) Math.floor(across); ix <= Math.floor(across) + 1; ix++) {
          boolean inside = iy >= 0 && iy < h && ix >= 0 && ix < w;
          double weight = (1 - Math.abs(down - iy)) * (1 - Math.abs(across - ix));
          sum += inside ? weight * x[(p * h + iy) * w + ix] : 0;
        }
      }
      y[o] = (float) sum;
    }
    return y;
  }
}
