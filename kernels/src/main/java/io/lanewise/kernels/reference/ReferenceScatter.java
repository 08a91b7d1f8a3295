package io.lanewise.kernels.reference;

import static io.lanewise.kernels.reference.ReferenceMovement.index;
import static io.lanewise.kernels.reference.ReferenceMovement.number;
import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * A scatter by what it means: which element of y each update meets; in float64, rounded at the end.
 */
record ReferenceScatter(
    Shape x,
    Shape indices,
    Shape updates,
    ScatterMode mode,
    ReferenceGather.Axis sizes,
    ReferenceGather.Source target)
    implements Scatter {

  @Override
  public void forward(Tensor from, Indices which, Tensor with, Tensor to, Parallel par) {
    requireShape(from, x, "x");
    requireShape(with, updates, "updates");
    requireShape(to, x, "y");
    requireSameOrDisjoint(to, "y", from, "x");
    requireDisjoint(to, "y", with, "updates");
    int[] numbers = ReferenceGather.checked(which, indices, sizes);
    double[] y = new double[x.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = from.get(index(x, i));
    }
    for (int i = 0; i < updates.size(); i++) {
      int[] at = index(updates, i);
      int met = number(x, target.of(at.clone(), numbers));
      double update = with.get(at);
      y[met] =
          switch (mode) {
            case NONE -> update;
            case ADD -> y[met] + update;
            case MUL -> y[met] * update;
            case MAX -> Math.max(y[met], update);
            case MIN -> Math.min(y[met], update);
          };
    }
    for (int i = 0; i < y.length; i++) {
      to.set((float) y[i], index(x, i));
    }
  }

  @Override
  public void backward(Tensor dy, Indices which, Tensor dx, Tensor dupdates, Parallel par) {
    if (mode != ScatterMode.NONE && mode != ScatterMode.ADD) {
      throw new UnsupportedOperationException("a scatter of mode " + mode + " has no gradient");
    }
    requireShape(dy, x, "dy");
    requireShape(dx, x, "dx");
    requireShape(dupdates, updates, "dupdates");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireDisjoint(dupdates, "dupdates", dy, "dy");
    requireDisjoint(dupdates, "dupdates", dx, "dx");
    int[] numbers = ReferenceGather.checked(which, indices, sizes);
    int[] last = new int[x.size()]; // the update that each element met last, -1 if none
    Arrays.fill(last, -1);
    for (int i = 0; i < updates.size(); i++) {
      last[number(x, target.of(index(updates, i), numbers))] = i;
    }
    for (int i = 0; i < updates.size(); i++) {
      int[] at = index(updates, i);
      int met = number(x, target.of(at.clone(), numbers));
      boolean counts = mode == ScatterMode.ADD || last[met] == i;
      dupdates.set(counts ? dy.get(index(x, met)) : 0, at);
    }
    for (int i = 0; i < last.length; i++) {
      int[] at = index(x, i);
      dx.set(mode == ScatterMode.ADD || last[i] < 0 ? dy.get(at) : 0, at);
    }
  }
}
