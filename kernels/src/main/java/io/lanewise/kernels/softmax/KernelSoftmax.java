package io.lanewise.kernels.softmax;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link Softmax} and {@link SoftmaxCrossEntropy} by the elementwise kernels; a task is {@value
 * #ROWS} rows.
 */
public final class KernelSoftmax implements Softmax, SoftmaxCrossEntropy {
  private static final int ROWS = 16;
  private static final long FLOPS_PER_ELEMENT = 20;

  private final ElementwiseKernels kernels;

  /** Plans the operation. */
  public KernelSoftmax(Target target) {
    this.kernels = target.kernels().elementwise();
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireMatrix(x);
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    int classes = x.shape().dim(1);
    forEachRow(
        x,
        par,
        i -> {
          int at = x.offset() + i * classes;
          float max = kernels.max(x.array(), at, classes);
          softmaxRow(x.array(), at, max, y.array(), y.offset() + i * classes, classes);
        });
  }

  /** One row; returns the log of the sum of exponentials of {@code x - max}, in float64. */
  private double softmaxRow(float[] x, int xOff, float max, float[] y, int yOff, int classes) {
    kernels.expShifted(x, xOff, max, y, yOff, classes);
    float sum = kernels.sum(y, yOff, classes);
    kernels.scale(y, yOff, classes, 1f / sum);
    // StrictMath: the library's log may differ in its last bit from machine to machine.
    return StrictMath.log(sum);
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
    requireMatrix(y);
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    int classes = y.shape().dim(1);
    forEachRow(
        y,
        par,
        i -> {
          int p = y.offset() + i * classes;
          int from = dy.offset() + i * classes;
          int to = dx.offset() + i * classes;
          double dot = 0;
          for (int c = 0; c < classes; c++) {
            dot += (double) dy.array()[from + c] * y.array()[p + c];
          }
          for (int c = 0; c < classes; c++) {
            dx.array()[to + c] = (float) (y.array()[p + c] * (dy.array()[from + c] - dot));
          }
        });
  }

  @Override
  public double forward(
      Tensor logits, int[] labels, Tensor losses, Tensor probabilities, Parallel par) {
    SoftmaxCrossEntropy.requireLabels(logits, labels);
    int n = logits.shape().dim(0);
    int classes = logits.shape().dim(1);
    requireShape(losses, Shape.of(n), "losses");
    requireShape(probabilities, logits.shape(), "probabilities");
    requireSameOrDisjoint(probabilities, "probabilities", logits, "logits");
    requireDisjoint(losses, "losses", logits, "logits");
    requireDisjoint(losses, "losses", probabilities, "probabilities");
    forEachRow(
        logits,
        par,
        i -> {
          int x = logits.offset() + i * classes;
          float max = kernels.max(logits.array(), x, classes);
          double below = (double) max - logits.array()[x + labels[i]]; // before it is overwritten
          double log =
              softmaxRow(
                  logits.array(),
                  x,
                  max,
                  probabilities.array(),
                  probabilities.offset() + i * classes,
                  classes);
          // Added last: beside a large logit the logarithm would vanish.
          losses.array()[losses.offset() + i] = (float) (below + log);
        });
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += losses.array()[losses.offset() + i];
    }
    return n == 0 ? 0 : sum / n;
  }

  @Override
  public void backward(Tensor probabilities, int[] labels, Tensor dx, Parallel par) {
    SoftmaxCrossEntropy.requireLabels(probabilities, labels);
    requireShape(dx, probabilities.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", probabilities, "probabilities");
    int n = probabilities.shape().dim(0);
    int classes = probabilities.shape().dim(1);
    for (int i = 0; i < n; i++) {
      int from = probabilities.offset() + i * classes;
      int to = dx.offset() + i * classes;
      for (int c = 0; c < classes; c++) {
        float p = probabilities.array()[from + c];
        dx.array()[to + c] = (c == labels[i] ? p - 1f : p) / n;
      }
    }
  }

  private static void requireMatrix(Tensor x) {
    if (x.shape().rank() != 2) {
      throw new IllegalArgumentException("x must have shape [n, classes], got " + x.shape());
    }
  }

  private interface Row {
    void run(int row);
  }

  private static void forEachRow(Tensor x, Parallel par, Row body) {
    int n = x.shape().dim(0);
    par.forWork(x.size() * FLOPS_PER_ELEMENT)
        .forEach(
            Math.ceilDiv(n, ROWS),
            (task, worker) -> {
              for (int i = task * ROWS; i < Math.min(n, (task + 1) * ROWS); i++) {
                body.run(i);
              }
            });
  }
}
