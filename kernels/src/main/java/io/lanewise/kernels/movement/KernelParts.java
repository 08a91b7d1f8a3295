package io.lanewise.kernels.movement;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A whole and its parts along an axis: a box a part, joined or cut. */
final class KernelParts implements Concat, Split {
  private final List<Shape> parts;
  private final Shape whole;
  private final Layout layout;
  private final Moves join;
  private final Moves cut;

  /**
   * Plans both ways.
   *
   * @param axis from 0
   */
  KernelParts(Shape whole, int axis, Shape[] parts, Layout layout, KernelSet kernels) {
    this.parts = List.of(parts);
    this.whole = Axes.requireFew(whole);
    this.layout = layout;
    Axes.requireLayout(whole, layout);
    int[] steps = Strides.of(whole, layout);
    List<Box> boxes = new ArrayList<>();
    int at = 0;
    for (Shape part : parts) {
      boxes.add(new Box(part.toArray(), 0, Strides.of(part, layout), at * steps[axis], steps));
      at += part.dim(axis);
    }
    this.join = new Moves(Phase.copyParts(boxes, axis, kernels));
    List<Box> back = boxes.stream().map(Box::reversed).toList();
    this.cut = new Moves(Phase.copyParts(back, axis, kernels));
  }

  @Override
  public List<Shape> xs() {
    return parts;
  }

  @Override
  public List<Shape> ys() {
    return parts;
  }

  @Override
  public Shape x() {
    return whole;
  }

  @Override
  public Shape y() {
    return whole;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  /** Concatenation. */
  @Override
  public void forward(List<Tensor> xs, Tensor y, Parallel par) {
    join(xs, "xs", y, "y", par);
  }

  @Override
  public void backward(Tensor dy, List<Tensor> dxs, Parallel par) {
    cut(dy, "dy", dxs, "dxs", par);
  }

  /** A split. */
  @Override
  public void forward(Tensor x, List<Tensor> ys, Parallel par) {
    cut(x, "x", ys, "ys", par);
  }

  @Override
  public void backward(List<Tensor> dys, Tensor dx, Parallel par) {
    join(dys, "dys", dx, "dx", par);
  }

  private void join(List<Tensor> srcs, String srcName, Tensor dst, String dstName, Parallel par) {
    requireShape(dst, whole, layout, dstName);
    Concat.requireParts(srcs, parts, layout, srcName);
    for (int i = 0; i < srcs.size(); i++) {
      requireDisjoint(dst, dstName, srcs.get(i), srcName);
    }
    join.join(srcs, dst, par);
  }

  private void cut(Tensor src, String srcName, List<Tensor> dsts, String dstName, Parallel par) {
    requireShape(src, whole, layout, srcName);
    Concat.requireParts(dsts, parts, layout, dstName);
    for (int i = 0; i < dsts.size(); i++) {
      requireDisjoint(dsts.get(i), dstName, src, srcName);
      for (int j = 0; j < i; j++) {
        requireDisjoint(dsts.get(i), dstName, dsts.get(j), dstName);
      }
    }
    cut.cut(src, dsts, par);
  }
}
