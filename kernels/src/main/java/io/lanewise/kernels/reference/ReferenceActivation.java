package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;

/** {@link ReferenceElementwise#activate} and its slope, element by element. */
record ReferenceActivation(Activation activation) implements ActivationOp {
  @Override
  public void forward(Tensor x, Tensor y, Parallel par) {
    requireShape(y, x.shape(), x.layout(), "y");
    requireSameOrDisjoint(y, "y", x, "x");
    for (int i = 0; i < x.size(); i++) {
      double v = ReferenceElementwise.activate(activation, x.array()[x.offset() + i]);
      y.array()[y.offset() + i] = (float) v;
    }
  }

  @Override
  public void backward(Tensor saved, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, saved.shape(), saved.layout(), "dy");
    requireShape(dx, saved.shape(), saved.layout(), "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", saved, activation.needsInput() ? "x" : "y");
    for (int i = 0; i < saved.size(); i++) {
      double slope = ReferenceElementwise.slope(activation, saved.array()[saved.offset() + i]);
      dx.array()[dx.offset() + i] = (float) (slope * dy.array()[dy.offset() + i]);
    }
  }
}
