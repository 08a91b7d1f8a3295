package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Split;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Concatenation and splitting, element by element. */
final class ReferenceParts {
  private ReferenceParts() {}

  /** Concatenation along an axis, from 0. */
  record Joined(int axis, List<Shape> xs, Shape y, Layout layout) implements Concat {
    @Override
    public void forward(List<Tensor> from, Tensor to, Parallel par) {
      requireShape(to, y, layout, "y");
      Concat.requireParts(from, xs, layout, "xs");
      from.forEach(t -> requireDisjoint(to, "y", t, "xs"));
      move(axis, from, to, true);
    }

    @Override
    public void backward(Tensor dy, List<Tensor> dxs, Parallel par) {
      requireShape(dy, y, layout, "dy");
      Concat.requireParts(dxs, xs, layout, "dxs");
      requireApart(dxs, "dxs", dy, "dy");
      move(axis, dxs, dy, false);
    }
  }

  /** A split along an axis, from 0. */
  record Cut(int axis, Shape x, List<Shape> ys, Layout layout) implements Split {
    @Override
    public void forward(Tensor from, List<Tensor> to, Parallel par) {
      requireShape(from, x, layout, "x");
      Concat.requireParts(to, ys, layout, "ys");
      requireApart(to, "ys", from, "x");
      move(axis, to, from, false);
    }

    @Override
    public void backward(List<Tensor> dys, Tensor dx, Parallel par) {
      requireShape(dx, x, layout, "dx");
      Concat.requireParts(dys, ys, layout, "dys");
      dys.forEach(t -> requireDisjoint(dx, "dx", t, "dys"));
      move(axis, dys, dx, true);
    }
  }

  private static void requireApart(List<Tensor> outs, String outName, Tensor in, String inName) {
    for (int i = 0; i < outs.size(); i++) {
      requireDisjoint(outs.get(i), outName, in, inName);
      for (int j = 0; j < i; j++) {
        requireDisjoint(outs.get(i), outName, outs.get(j), outName);
      }
    }
  }

  private static void move(int axis, List<Tensor> parts, Tensor whole, boolean join) {
    int before = 0;
    for (Tensor part : parts) {
      for (int i = 0; i < part.size(); i++) {
        int[] inPart = ReferenceMovement.index(part.shape(), i);
        int[] inWhole = inPart.clone();
        inWhole[axis] += before;
        if (join) {
          whole.set(part.get(inPart), inWhole);
        } else {
          part.set(whole.get(inWhole), inPart);
        }
      }
      before += part.shape().dim(axis);
    }
  }
}
