package io.lanewise.kernels.movement;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** {@link Scatter} by {@link Places}: a copy, unless in place, then the updates. */
final class KernelScatter implements Scatter {
  private static final long WORK_PER_ELEMENT = 4;

  private final Shape x;
  private final Shape indices;
  private final Shape updates;
  private final ScatterMode mode;
  private final Places places;
  private final Moves copy;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelScatter(
      Shape x, Shape indices, Shape updates, ScatterMode mode, Places places, KernelSet kernels) {
    this.x = Axes.requireFew(x);
    this.indices = indices;
    this.updates = Axes.requireFew(updates);
    this.mode = mode;
    this.places = places;
    int[] all = {x.size()};
    int[] one = {1};
    this.copy = new Moves(Phase.copy(List.of(new Box(all, 0, one, 0, one)), 0, kernels));
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
  public Shape updates() {
    return updates;
  }

  @Override
  public ScatterMode mode() {
    return mode;
  }

  @Override
  public void forward(Tensor from, Indices which, Tensor with, Tensor to, Parallel par) {
    requireShape(from, x, "x");
    requireShape(with, updates, "updates");
    requireShape(to, x, "y");
    requireSameOrDisjoint(to, "y", from, "x");
    requireDisjoint(to, "y", with, "updates");
    which.requireSize(indices);
    which.requireInside(places.sizes());
    copy(from, to, par);
    try (Call call = calls.take()) {
      call.set(to, with, which);
      par.forWork(updates.size() * WORK_PER_ELEMENT).forEach(places.scatterTasks(), call.scatter);
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
    which.requireSize(indices);
    which.requireInside(places.sizes());
    copy(dy, dx, par);
    try (Call call = calls.take()) {
      call.set(dx, dupdates, which);
      Parallel team = par.forWork(updates.size() * WORK_PER_ELEMENT);
      if (mode == ScatterMode.ADD) {
        team.forEach(places.gatherTasks(), call.gather);
      } else {
        team.forEach(places.scatterTasks(), call.take);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // one array, not equal ones
  private void copy(Tensor src, Tensor dst, Parallel par) {
    if (src.array() != dst.array() || src.offset() != dst.offset()) {
      copy.run(src, dst, par);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor updates;
    private Indices indices;
    private final TaskBody gather = this::gather;
    private final TaskBody scatter = this::scatter;
    private final TaskBody take = this::take;

    private void set(Tensor where, Tensor what, Indices which) {
      x = where;
      updates = what;
      indices = which;
    }

    private void gather(int task, int worker) {
      places.gather(task, indices, x.array(), x.offset(), updates.array(), updates.offset());
    }

    private void scatter(int task, int worker) {
      float[] from = updates.array();
      places.scatter(task, indices, mode, from, updates.offset(), x.array(), x.offset());
    }

    private void take(int task, int worker) {
      places.take(task, indices, x.array(), x.offset(), updates.array(), updates.offset());
    }

    @Override
    protected void clear() {
      x = null;
      updates = null;
      indices = null;
    }
  }
}
