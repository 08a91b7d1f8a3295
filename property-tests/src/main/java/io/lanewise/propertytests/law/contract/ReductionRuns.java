package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.U;
import static io.lanewise.propertytests.law.contract.Bound.relative;
import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.CumulativeSum;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.TopK;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Runs of reductions over axes, of the greatest ones' places, of sums that go on. */
final class ReductionRuns {
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  private ReductionRuns() {}

  static Family addTo(Family family) {
    return family
        .add("reduce", 0, 5, ReductionRuns::reduce)
        .add("arg", 1, 5, ReductionRuns::arg)
        .add("top-k", 1, 5, ReductionRuns::topK)
        .add("cumulative-sum", 1, 5, ReductionRuns::cumulativeSum)
        .linear();
  }

  /** None, one or several, some counted from the last. */
  private static int[] axes(Draw d) {
    int rank = d.shape().rank();
    int[] axes = Arrays.copyOf(d.order(rank), d.between(0, rank));
    for (int i = 0; i < axes.length; i++) {
      axes[i] -= d.either() ? rank : 0;
    }
    return axes;
  }

  private static Tensor operand(Draw d, ReduceOp op) {
    return switch (op) {
      case PROD -> d.inside(d.shape(), FIRST, 63 / 64.0, 65 / 64.0);
      case MAX, MIN -> d.coarse(d.shape(), FIRST);
      default -> d.of(d.shape());
    };
  }

  private static List<Call> reduce(Backend backend, Draw d) {
    ReduceOp op = d.pick(ReduceOp.values());
    int[] axes = axes(d);
    boolean keep = d.either();
    AxisReduction plan = backend.arithmetic().reduce(op, d.shape(), keep, axes);
    AxisReduction right = Draw.REFERENCE.arithmetic().reduce(op, d.shape(), keep, axes);
    Tensor x = operand(d, op);
    Tensor y = like(plan.y());
    right.forward(x, y, Workspace.NONE, Parallel.SEQUENTIAL);
    double k = x.size() / (double) y.size();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], ws, par);
    return Draw.calls(
        new Call(op + " forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", y, forward(op, k))
            .apart("y", "x"),
        new Call(op + " backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("y", y)
            .reads("dy", d.of(plan.y()))
            .writes("dx", x, relative(64))
            .apart("dx", "x", "y", "dy"));
  }

  /** ReduceOp's bounds; an exponential, a logarithm and what they share lose some 20 more. */
  private static Bound forward(ReduceOp op, double k) {
    return switch (op) {
      case SUM -> roundings(k + 2, k);
      case MEAN -> roundings(k + 3, 1);
      case MAX, MIN -> Bound.EXACT;
      case PROD -> relative(4);
      case L1, L2, SUM_OF_SQUARES -> relative(k + 4);
      case LOG_SUM_EXP -> (i, want) -> (k + 24) * U * (1 + Math.abs(want));
    };
  }

  private static List<Call> arg(Backend backend, Draw d) {
    boolean greatest = d.either();
    boolean keep = d.either();
    boolean last = d.either();
    int[] axes = axes(d);
    Arithmetic all = backend.arithmetic();
    ArgReduction plan =
        greatest
            ? all.argMax(d.shape(), keep, last, axes)
            : all.argMin(d.shape(), keep, last, axes);
    int[] indices = new int[plan.y().size()];
    Call.Binding run = t -> (ws, par) -> plan.run(t[0], indices, ws, par);
    return Draw.calls(
        new Call("arg", plan.workspace(), run)
            .reads("x", d.coarse(d.shape(), FIRST))
            .writesNumbers(indices));
  }

  private static List<Call> topK(Backend backend, Draw d) {
    Shape s = d.shape();
    int axis = d.between(0, s.rank() - 1);
    TopK plan =
        backend.arithmetic().topK(s, axis, d.between(0, Math.min(5, s.dim(axis))), d.either());
    int[] written = new int[plan.y().size()];
    int[] read = new int[plan.y().size()];
    int step = stepOf(plan.y(), axis);
    for (int i = 0; i < read.length; i++) { // another place for each, the last ones first
      read[i] = s.dim(axis) - 1 - i / step % plan.y().dim(axis);
    }
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], written, ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(read, t[0], t[1], par);
    return Draw.calls(
        new Call("top-k forward", plan.workspace(), forward)
            .reads("x", d.coarse(s, FIRST))
            .writes("values", like(plan.y()), Bound.EXACT)
            .writesNumbers(written)
            .apart("values", "x"),
        new Call("top-k backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(plan.y()))
            .writes("dx", like(s), Bound.EXACT)
            .readsNumbers(read)
            .apart("dx", "dy"));
  }

  /** Elements from one along an axis to the next. */
  private static int stepOf(Shape s, int axis) {
    int step = 1;
    for (int i = axis + 1; i < s.rank(); i++) {
      step *= s.dim(i);
    }
    return step;
  }

  private static List<Call> cumulativeSum(Backend backend, Draw d) {
    Shape s = d.shape();
    int axis = d.between(-s.rank(), s.rank() - 1);
    CumulativeSum plan = backend.arithmetic().cumulativeSum(s, axis, d.either(), d.either());
    int k = s.dim(axis);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], par);
    return Draw.calls(
        new Call("cumulative sum forward", WorkspaceSpec.NONE, forward)
            .reads("x", d.of(s))
            .writes("y", like(s), roundings(k + 2, k))
            .apart("y", "x"),
        new Call("cumulative sum backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(s))
            .writes("dx", like(s), roundings(k + 2, k))
            .apart("dx", "dy"));
  }
}
