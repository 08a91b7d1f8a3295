package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * A movement's adjoint as a movement of its own.
 *
 * @param of whose y it reads, and whose x it writes
 */
public record Reversed(Movement of) implements Movement {
  @Override
  public Shape x() {
    return of.y();
  }

  @Override
  public Layout xLayout() {
    return of.yLayout();
  }

  @Override
  public Shape y() {
    return of.x();
  }

  @Override
  public Layout yLayout() {
    return of.xLayout();
  }

  @Override
  public boolean isView() {
    return of.isView();
  }

  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    of.backward(x, y, par);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    of.forward(dy, dx, par);
  }
}
