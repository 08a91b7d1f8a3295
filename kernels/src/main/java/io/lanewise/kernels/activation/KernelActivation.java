package io.lanewise.kernels.activation;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ActivationOp} by the elementwise kernels, in tasks of {@value #TASK} elements. */
public final class KernelActivation implements ActivationOp {
  private static final int TASK = 1 << 14; // 64 KB in, 64 KB out: some 5 to 20 us
  private static final long FLOPS_PER_ELEMENT = 10; // what tanh takes, roughly

  private final Activation kind;
  private final ElementwiseKernels kernels;

  /** Plans the activation. */
  public KernelActivation(Activation kind, Target target) {
    this.kind = kind;
    this.kernels = target.kernels().elementwise();
  }

  @Override
  public Activation kind() {
    return kind;
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    par.forWork(x.size() * FLOPS_PER_ELEMENT)
        .forEach(
            Math.ceilDiv(x.size(), TASK),
            (task, worker) -> {
              int at = task * TASK;
              int n = Math.min(TASK, x.size() - at);
              int src = x.offset() + at;
              int dst = y.offset() + at;
              switch (kind) {
                case RELU -> kernels.relu(x.array(), src, y.array(), dst, n);
                case TANH -> kernels.tanh(x.array(), src, y.array(), dst, n);
              }
            });
  }

  @Override
  public void backward(Tensor y, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y.shape(), "dy");
    requireShape(dx, y.shape(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", y, "y");
    par.forWork(y.size() * FLOPS_PER_ELEMENT)
        .forEach(
            Math.ceilDiv(y.size(), TASK),
            (task, worker) -> {
              int at = task * TASK;
              int n = Math.min(TASK, y.size() - at);
              int out = y.offset() + at;
              int src = dy.offset() + at;
              int dst = dx.offset() + at;
              switch (kind) {
                case RELU ->
                    kernels.reluBackward(y.array(), out, dy.array(), src, dx.array(), dst, n);
                case TANH ->
                    kernels.tanhBackward(y.array(), out, dy.array(), src, dx.array(), dst, n);
              }
            });
  }
}
