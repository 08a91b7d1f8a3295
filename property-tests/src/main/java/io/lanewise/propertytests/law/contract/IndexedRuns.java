package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.movement.Concat;
import io.lanewise.kernels.movement.Gather;
import io.lanewise.kernels.movement.Indices;
import io.lanewise.kernels.movement.Movements;
import io.lanewise.kernels.movement.OneHot;
import io.lanewise.kernels.movement.Scatter;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.Split;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs of what joins, cuts and picks by number. */
final class IndexedRuns {
  private IndexedRuns() {}

  static Family addTo(Family family) {
    return family
        .addImages("concat", 2, 5, IndexedRuns::concat)
        .addImages("split", 2, 5, IndexedRuns::split)
        .add("gather", 1, 4, (b, d) -> gather(b, d, along(d)))
        .linear()
        .add("gather-elements", 1, 5, (b, d) -> gather(b, d, elements(d)))
        .linear()
        .add("gather-nd", 1, 5, (b, d) -> gather(b, d, tuples(d)))
        .linear()
        .add("scatter-elements", 1, 5, (b, d) -> scatter(b, d, true))
        .add("scatter-nd", 1, 5, (b, d) -> scatter(b, d, false))
        .add("one-hot", 0, 4, IndexedRuns::oneHot);
  }

  private static Shape with(Shape s, int axis, int size) {
    int[] dims = s.toArray();
    dims[axis] = size;
    return Shape.of(dims);
  }

  private static List<Call> concat(Backend backend, Draw d) {
    Shape s = d.shape();
    int axis = d.between(0, s.rank() - 1);
    Shape other = with(s, axis, d.between(1, 19));
    Concat plan = backend.movements().in(d.layout()).concat(axis, s, other);
    Call.Binding forward = t -> (ws, par) -> plan.forward(List.of(t[0], t[1]), t[2], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], List.of(t[1], t[2]), par);
    return Draw.calls(
        new Call("concat forward", WorkspaceSpec.NONE, forward)
            .reads("a", d.of(s, d.layout()))
            .reads("b", d.of(other, d.layout()))
            .writes("y", like(plan.y(), d.layout()), Bound.EXACT)
            .apart("y", "a", "b"),
        new Call("concat backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(plan.y(), d.layout()))
            .writes("da", like(s, d.layout()), Bound.EXACT)
            .writes("db", like(other, d.layout()), Bound.EXACT)
            .apart("da", "dy")
            .apart("db", "dy"));
  }

  private static List<Call> split(Backend backend, Draw d) {
    Shape s = d.shape();
    int axis = d.between(0, s.rank() - 1);
    int first = d.between(0, s.dim(axis));
    Split plan = backend.movements().in(d.layout()).split(s, axis, first, s.dim(axis) - first);
    Shape a = plan.ys().get(0);
    Shape b = plan.ys().get(1);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], List.of(t[1], t[2]), par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(List.of(t[0], t[1]), t[2], par);
    return Draw.calls(
        new Call("split forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(s, d.layout()))
            .writes("a", like(a, d.layout()), Bound.EXACT)
            .writes("b", like(b, d.layout()), Bound.EXACT)
            .apart("a", "x", "b")
            .apart("b", "x"),
        new Call("split backward", WorkspaceSpec.NONE, backward)
            .reads("da", d.of(a, d.layout()))
            .reads("db", d.of(b, d.layout()))
            .writes("dx", like(s, d.layout()), Bound.EXACT)
            .apart("dx", "da", "db"));
  }

  private static Function<Movements, Gather> along(Draw d) {
    int rank = d.shape().rank();
    int axis = d.between(-rank, rank - 1);
    Shape indices = d.pick(Shape.of(), Shape.of(3), Shape.of(2, 5));
    return m -> m.gather(d.shape(), axis, indices);
  }

  private static Function<Movements, Gather> elements(Draw d) {
    int axis = d.between(0, d.shape().rank() - 1);
    Shape indices = with(d.shape(), axis, d.between(1, 7));
    return m -> m.gatherElements(d.shape(), axis, indices);
  }

  private static Function<Movements, Gather> tuples(Draw d) {
    int rank = d.shape().rank();
    int batch = rank == 1 ? 0 : d.between(0, 1);
    int tuple = d.between(1, rank - batch);
    Shape indices = batch == 0 ? Shape.of(5, tuple) : Shape.of(d.shape().dim(0), 5, tuple);
    return m -> m.gatherNd(d.shape(), indices, batch);
  }

  /** Numbers that any axis has: its first and its last, also counted from the end. */
  private static Indices indices(Draw d, Shape indices, int least) {
    int[] numbers = d.numbers(indices.size(), -least, least);
    return Indices.of(numbers);
  }

  private static int leastSize(Shape s) {
    int least = Integer.MAX_VALUE;
    for (int size : s.toArray()) {
      least = Math.min(least, size);
    }
    return least;
  }

  private static List<Call> gather(Backend backend, Draw d, Function<Movements, Gather> planned) {
    Gather plan = planned.apply(backend.movements());
    Indices indices = indices(d, plan.indices(), leastSize(plan.x()));
    Tensor used = like(plan.x());
    planned
        .apply(Draw.REFERENCE.movements())
        .backward(Draw.ones(plan.y(), Layout.CHANNELS_FIRST), indices, used, Parallel.SEQUENTIAL);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], indices, t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], indices, t[1], par);
    return Draw.calls(
        new Call("gather forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(plan.x()))
            .writes("y", like(plan.y()), Bound.EXACT)
            .apart("y", "x"),
        new Call("gather backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(plan.y()))
            .writes("dx", used, Bound.sums(used, 0, 1))
            .apart("dx", "dy"));
  }

  /** In one order whatever the mode: sums and products of few; gradients where there are any. */
  private static List<Call> scatter(Backend backend, Draw d, boolean ofElements) {
    ScatterMode mode = d.pick(ScatterMode.values());
    Shape x = d.shape();
    int axis = d.between(0, x.rank() - 1);
    int tuple = d.between(1, x.rank());
    Shape at = ofElements ? with(x, axis, d.between(1, 5)) : Shape.of(5, tuple);
    Movements all = backend.movements();
    Scatter plan = ofElements ? all.scatterElements(x, axis, at, mode) : all.scatterNd(x, at, mode);
    Indices indices = indices(d, plan.indices(), leastSize(x));
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], indices, t[1], t[2], par);
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call("scatter " + mode + " forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(x))
            .reads("updates", d.of(plan.updates()))
            .writes("y", like(x), Bound.roundings(6, 6))
            .maybe("y", "x")
            .apart("y", "updates"));
    if (mode == ScatterMode.NONE || mode == ScatterMode.ADD) {
      Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], indices, t[1], t[2], par);
      calls.add(
          new Call("scatter " + mode + " backward", WorkspaceSpec.NONE, backward)
              .reads("dy", d.of(x))
              .writes("dx", like(x), Bound.EXACT)
              .writes("dupdates", like(plan.updates()), Bound.EXACT)
              .maybe("dx", "dy")
              .apart("dupdates", "dy", "dx"));
    }
    return calls;
  }

  private static List<Call> oneHot(Backend backend, Draw d) {
    int rank = d.shape().rank();
    OneHot plan = backend.movements().oneHot(d.shape(), d.between(1, 9), d.between(-1, rank));
    Indices indices = Indices.of(d.numbers(d.shape().size(), -10, 10));
    float off = d.pick(0f, -1f);
    Call.Binding run = t -> (ws, par) -> plan.forward(indices, off, 2, t[0], par);
    return Draw.calls(
        new Call("one-hot", WorkspaceSpec.NONE, run).writes("y", like(plan.y()), Bound.EXACT));
  }
}
