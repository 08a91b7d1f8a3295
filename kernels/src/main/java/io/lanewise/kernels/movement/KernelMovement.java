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

/** A {@link Movement} by boxes, the way back being the same boxes the other way round. */
final class KernelMovement implements Movement {
  private final Shape x;
  private final Layout xLayout;
  private final Shape y;
  private final Layout yLayout;
  private final boolean view;
  private final Moves forward;
  private final Moves backward;

  private KernelMovement(Builder b, KernelSet kernels) {
    this.x = b.x;
    this.xLayout = b.xLayout;
    this.y = b.y;
    this.yLayout = b.yLayout;
    this.view = b.isView();
    this.forward = new Moves(Phase.copy(b.boxes, b.fills, b.value, b.free, kernels));
    this.backward = b.backward(kernels);
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Layout xLayout() {
    return xLayout;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public Layout yLayout() {
    return yLayout;
  }

  @Override
  public boolean isView() {
    return view;
  }

  @Override
  public void forward(Tensor from, Tensor to, Parallel par) {
    requireShape(from, x, xLayout, "x");
    requireShape(to, y, yLayout, "y");
    if (view && sameWindow(from, to)) {
      return;
    }
    requireDisjoint(to, "y", from, "x");
    forward.run(from, to, par);
  }

  @Override
  public void backward(Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y, yLayout, "dy");
    requireShape(dx, x, xLayout, "dx");
    if (view && sameWindow(dy, dx)) {
      return;
    }
    requireDisjoint(dx, "dx", dy, "dy");
    backward.run(dy, dx, par);
  }

  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private static boolean sameWindow(Tensor a, Tensor b) {
    return a.array() == b.array() && a.offset() == b.offset();
  }

  /** Collects what a movement does; boxes lead from x to y. */
  static final class Builder {
    private final Shape x;
    private final Layout xLayout;
    private final Shape y;
    private final Layout yLayout;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Box> fills = new ArrayList<>();
    private final List<Box> unread = new ArrayList<>();
    private float value;
    private int free;
    private boolean sums;

    Builder(Shape x, Layout xLayout, Shape y, Layout yLayout) {
      Axes.requireLayout(x, xLayout);
      Axes.requireLayout(y, yLayout);
      this.x = Axes.requireFew(x);
      this.xLayout = xLayout;
      this.y = Axes.requireFew(y);
      this.yLayout = yLayout;
    }

    int[] xSteps() {
      return Strides.of(x, xLayout);
    }

    int[] ySteps() {
      return Strides.of(y, yLayout);
    }

    Builder add(int[] dims, int src, int[] srcSteps, int dst, int[] dstSteps) {
      boxes.add(new Box(dims, src, srcSteps, dst, dstSteps));
      return this;
    }

    /** Boxes of y that are filled with a constant. */
    Builder fill(List<Box> ofY, float constant) {
      fills.addAll(ofY);
      value = constant;
      return this;
    }

    /** Boxes of x that y does not take, where they are known: else dx is cleared before. */
    Builder leave(List<Box> ofX) {
      unread.addAll(ofX);
      return this;
    }

    /** Of how many axes, from the first, no box takes a part. */
    Builder free(int axes) {
      free = axes;
      return this;
    }

    /** An element of x may be taken several times. */
    Builder sums() {
      sums = true;
      return this;
    }

    KernelMovement plan(KernelSet kernels) {
      return new KernelMovement(this, kernels);
    }

    private boolean isView() {
      if (x.size() != y.size() || boxes.size() != 1 || sums) {
        return false;
      }
      Box box = boxes.get(0).compact(false);
      boolean inOrder = box.dims.length == 0 || (box.srcSteps[0] == 1 && box.dstSteps[0] == 1);
      return x.size() == 0 || (box.dims.length <= 1 && box.size() == x.size() && inOrder);
    }

    private Moves backward(KernelSet kernels) {
      int[] all = {x.size()};
      int[] one = {1};
      Box whole = Box.written(all, new int[1], one);
      Phase clear = Phase.copy(List.of(), List.of(whole), 0, 0, kernels);
      List<Box> back = boxes.stream().map(Box::reversed).toList();
      if (sums) {
        return new Moves(clear, Phase.add(back, free, kernels));
      }
      long taken = boxes.stream().mapToLong(Box::size).sum();
      long known = unread.stream().mapToLong(Box::size).sum();
      if (taken + known == x.size()) {
        return new Moves(Phase.copy(back, unread, 0, free, kernels));
      }
      return new Moves(clear, Phase.copy(back, free, kernels));
    }
  }
}
