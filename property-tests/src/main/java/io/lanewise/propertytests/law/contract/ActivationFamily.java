package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.AxisSoftmax;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Runs of the activations that need more than an element: PReLU, softmax along an axis. */
final class ActivationFamily {
  static final Family FAMILY =
      new Family("activation-along")
          .addImages("prelu", 2, 5, ActivationFamily::prelu)
          .add("softmax", 1, 5, (b, d) -> softmax(b, d, false))
          .add("log-softmax", 1, 5, (b, d) -> softmax(b, d, true));

  private ActivationFamily() {}

  private static List<Call> prelu(Backend backend, Draw d) {
    Shape s = d.shape();
    int slopes = d.either() ? 1 : s.dim(1);
    PRelu plan = backend.prelu(s, d.layout(), slopes);
    Tensor x = d.of(s, d.layout());
    double terms = s.size() / (double) slopes + 1;
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], t[4], ws, par);
    Tensor slope = d.of(Shape.of(slopes));
    return Draw.calls(
        new Call("prelu forward", plan.workspace(), forward)
            .reads("x", x)
            .reads("slope", slope)
            .writes("y", x, Bound.EXACT)
            .maybe("y", "x")
            .apart("y", "slope"),
        new Call("prelu backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("slope", slope)
            .reads("dy", d.of(s, d.layout()))
            .writes("dx", x, Bound.EXACT)
            .addsTo("dslope", d.of(Shape.of(slopes)), Bound.roundings(terms + 2, terms))
            .maybe("dx", "x")
            .maybe("dx", "dy")
            .apart("dx", "slope")
            .apart("dslope", "x", "slope", "dy", "dx"));
  }

  /**
   * An exponential is within 2 ulp, a sum of k of them within k + 2 roundings; a difference of
   * logarithms within the same of 1 and of itself. Gradients are sums over the axis.
   */
  private static List<Call> softmax(Backend backend, Draw d, boolean log) {
    Shape s = d.shape();
    int axis = d.between(-s.rank(), s.rank() - 1);
    AxisSoftmax plan = log ? backend.logSoftmax(s, axis) : backend.softmax(s, axis);
    AxisSoftmax right = log ? Draw.REFERENCE.logSoftmax(s, axis) : Draw.REFERENCE.softmax(s, axis);
    int k = s.dim(axis);
    Tensor x = d.of(s);
    Tensor y = like(s);
    right.forward(x, y, Workspace.NONE, Parallel.SEQUENTIAL);
    Bound relative = Bound.relative(k + 16);
    Bound shifted = (i, want) -> (k + 24) * Bound.U * (1 + Math.abs(want));
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], ws, par);
    return Draw.calls(
        new Call("softmax forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", y, log ? shifted : relative)
            .maybe("y", "x"),
        new Call("softmax backward", plan.workspace(), backward)
            .reads("y", y)
            .reads("dy", d.of(s))
            .writes("dx", y, Bound.roundings(k + 16, log ? 1 + k : 2))
            .maybe("dx", "dy"));
  }
}
