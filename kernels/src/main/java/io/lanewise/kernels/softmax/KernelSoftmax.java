package io.lanewise.kernels.softmax;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link Softmax} and {@link SoftmaxCrossEntropy} by the elementwise kernels; a task is {@value
 * #ROWS} rows.
 */
public final class KernelSoftmax implements Softmax, SoftmaxCrossEntropy {
  private static final int ROWS = 16;
  private static final long FLOPS_PER_ELEMENT = 20;

  private final SoftmaxRows rows;
  private final FramePool<Forward> forwards = new FramePool<>(Forward::new);
  private final FramePool<Backward> backwards = new FramePool<>(Backward::new);
  private final FramePool<Loss> lossCalls = new FramePool<>(Loss::new);

  /** Plans the operation. */
  public KernelSoftmax(Target target) {
    this.rows = new SoftmaxRows(target.kernels());
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireMatrix(x);
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    try (Forward call = forwards.take()) {
      call.x = x;
      call.y = y;
      call.run(x, par);
    }
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
    requireMatrix(y);
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    try (Backward call = backwards.take()) {
      call.y = y;
      call.dy = dy;
      call.dx = dx;
      call.run(y, par);
    }
  }

  @Override
  public double forward(
      Tensor logits, int[] labels, Tensor losses, Tensor probabilities, Parallel par) {
    SoftmaxCrossEntropy.requireLabels(logits, labels);
    int n = logits.shape().dim(0);
    requireVector(losses, n, "losses");
    requireShape(probabilities, logits.shape(), "probabilities");
    requireSameOrDisjoint(probabilities, "probabilities", logits, "logits");
    requireDisjoint(losses, "losses", logits, "logits");
    requireDisjoint(losses, "losses", probabilities, "probabilities");
    try (Loss call = lossCalls.take()) {
      call.logits = logits;
      call.labels = labels;
      call.losses = losses;
      call.probabilities = probabilities;
      call.run(logits, par);
    }
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

  /** A call whose tasks go row by row. */
  private abstract static class Rows extends CallFrame {
    private int n;
    private final TaskBody body = this::task;

    final void run(Tensor matrix, Parallel par) {
      n = matrix.shape().dim(0);
      par.forWork(matrix.size() * FLOPS_PER_ELEMENT).forEach(Math.ceilDiv(n, ROWS), body);
    }

    private void task(int task, int worker) {
      rows(task * ROWS, Math.min(n, (task + 1) * ROWS));
    }

    /** Does rows from {@code first} to before {@code end}. */
    void rows(int first, int end) {
      for (int i = first; i < end; i++) {
        row(i);
      }
    }

    /** Does row {@code i}. */
    abstract void row(int i);
  }

  private final class Forward extends Rows {
    private Tensor x;
    private Tensor y;

    @Override
    void rows(int first, int end) {
      int classes = x.shape().dim(1);
      int from = x.offset() + first * classes;
      int to = y.offset() + first * classes;
      rows.softmax(x.array(), from, y.array(), to, end - first, classes);
    }

    @Override
    void row(int i) {
      rows(i, i + 1);
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
    }
  }

  private static final class Backward extends Rows {
    private Tensor y;
    private Tensor dy;
    private Tensor dx;

    @Override
    void row(int i) {
      int classes = y.shape().dim(1);
      SoftmaxRows.softmaxBackward(
          y.array(),
          y.offset() + i * classes,
          dy.array(),
          dy.offset() + i * classes,
          dx.array(),
          dx.offset() + i * classes,
          classes);
    }

    @Override
    protected void clear() {
      y = null;
      dy = null;
      dx = null;
    }
  }

  private final class Loss extends Rows {
    private Tensor logits;
    private int[] labels;
    private Tensor losses;
    private Tensor probabilities;

    @Override
    void row(int i) {
      int classes = logits.shape().dim(1);
      int x = logits.offset() + i * classes;
      int p = probabilities.offset() + i * classes;
      float max = rows.max(logits.array(), x, classes);
      double below = (double) max - logits.array()[x + labels[i]]; // before it is overwritten
      double log = rows.softmax(logits.array(), x, max, probabilities.array(), p, classes);
      // Added last: beside a large logit the logarithm would vanish.
      losses.array()[losses.offset() + i] = (float) (below + log);
    }

    @Override
    protected void clear() {
      logits = null;
      labels = null;
      losses = null;
      probabilities = null;
    }
  }
}
