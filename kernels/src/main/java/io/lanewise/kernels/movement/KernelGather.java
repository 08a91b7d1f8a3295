package io.lanewise.kernels.movement;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** {@link Gather} by {@link Places}; its gradient clears dx and scatters. */
final class KernelGather implements Gather {
  private static final long WORK_PER_ELEMENT = 4;

  private final Shape x;
  private final Shape indices;
  private final Shape y;
  private final Layout layout;
  private final Places places;
  private final Moves clear;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelGather(Shape x, Shape indices, Shape y, Layout layout, Places places, KernelSet kernels) {
    Axes.requireLayout(x, layout);
    this.x = Axes.requireFew(x);
    this.indices = indices;
    this.y = Axes.requireFew(y);
    this.layout = layout;
    this.places = places;
    int[] all = {x.size()};
    int[] one = {1};
    Box whole = Box.written(all, new int[1], one);
    this.clear = new Moves(Phase.copy(List.of(), List.of(whole), 0, 0, kernels));
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape indices() {
    return indices;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public void forward(Tensor from, Indices which, Tensor to, Parallel par) {
    requireShape(from, x, layout, "x");
    requireShape(to, y, layout, "y");
    requireDisjoint(to, "y", from, "x");
    which.requireSize(indices);
    which.requireInside(places.sizes());
    try (Call call = calls.take()) {
      call.x = from;
      call.y = to;
      call.indices = which;
      par.forWork(y.size() * WORK_PER_ELEMENT).forEach(places.gatherTasks(), call.gather);
    }
  }

  @Override
  public void backward(Tensor dy, Indices which, Tensor dx, Parallel par) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    which.requireSize(indices);
    which.requireInside(places.sizes());
    clear.run(dy, dx, par);
    try (Call call = calls.take()) {
      call.x = dx;
      call.y = dy;
      call.indices = which;
      par.forWork(y.size() * WORK_PER_ELEMENT).forEach(places.scatterTasks(), call.scatter);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor y;
    private Indices indices;
    private final TaskBody gather = this::gather;
    private final TaskBody scatter = this::scatter;

    private void gather(int task, int worker) {
      places.gather(task, indices, x.array(), x.offset(), y.array(), y.offset());
    }

    private void scatter(int task, int worker) {
      ScatterMode add = ScatterMode.ADD;
      places.scatter(task, indices, add, y.array(), y.offset(), x.array(), x.offset());
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      indices = null;
    }
  }
}
