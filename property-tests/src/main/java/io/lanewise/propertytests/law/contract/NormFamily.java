package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Runs of every normalisation but batch norm. */
final class NormFamily {
  static final double EPSILON = 1e-5;

  static final Family FAMILY =
      BatchNormRuns.addTo(new Family("norm"))
          .addImages("group", 2, 5, (b, d) -> norm(b, d, group(d)))
          .addImages(
              "instance",
              2,
              5,
              (b, d) -> norm(b, d, n -> n.instanceNorm(d.shape(), d.layout(), EPSILON)))
          .add("layer", 1, 5, (b, d) -> norm(b, d, layer(d, true)))
          .add("rms", 1, 5, (b, d) -> norm(b, d, layer(d, false)))
          .addImages("mean-variance", 2, 5, (b, d) -> norm(b, d, meanVariance(d)))
          .addImages("length", 2, 5, NormFamily::length)
          .addImages("lrn-across", 2, 5, (b, d) -> lrn(b, d, true))
          .addImages("lrn-within", 3, 5, (b, d) -> lrn(b, d, false));

  private NormFamily() {}

  private static Function<Normalisations, Norm> group(Draw d) {
    int c = d.shape().dim(1);
    int groups = d.between(1, c);
    while (c % groups != 0) {
      groups--;
    }
    int shared = groups;
    return n -> n.groupNorm(d.shape(), d.layout(), shared, EPSILON);
  }

  private static Function<Normalisations, Norm> layer(Draw d, boolean centred) {
    int rank = d.shape().rank();
    int axis = d.between(-rank, rank - 1);
    return centred
        ? n -> n.layerNorm(d.shape(), axis, EPSILON)
        : n -> n.rmsNorm(d.shape(), axis, EPSILON);
  }

  private static Function<Normalisations, Norm> meanVariance(Draw d) {
    NormSpan span = d.pick(NormSpan.values());
    return n -> n.meanVarianceNorm(d.shape(), d.layout(), span, 1e-3);
  }

  /**
   * The mean is rounded once, which costs u · |mean| · r; x less it, r, gamma and the multiply-add
   * cost u each. Backward the same holds of (x - mean) · r, which is at most |x - mean| · r, twice.
   * With x below 1.5 and all else below 1, or whole numbers of no bound.
   */
  private static List<Call> norm(Backend backend, Draw d, Function<Normalisations, Norm> planned) {
    Norm plan = planned.apply(backend.normalisations());
    Norm right = planned.apply(Draw.REFERENCE.normalisations());
    Tensor x = raised(d);
    Tensor gamma = d.of(plan.parameters());
    Tensor beta = d.of(plan.parameters());
    boolean centred = plan.isCentred();
    Tensor mean = like(plan.statistics());
    Tensor r = like(plan.statistics());
    Tensor any = like(d.shape(), d.layout());
    right.forward(
        x, gamma, beta, any, centred ? mean : null, r, Workspace.NONE, Parallel.SEQUENTIAL);
    double most = Math.max(1, Draw.greatest(r));
    double hat = 1 + 3 * most;
    double each = x.size() / (double) plan.parameters().size() + 1;
    Call.Binding forward =
        t -> {
          Tensor m = centred ? t[5] : null;
          return (ws, par) -> plan.forward(t[0], t[1], t[2], t[3], m, t[4], ws, par);
        };
    Call first =
        new Call("forward", plan.workspace(), forward)
            .reads("x", x)
            .reads("gamma", gamma)
            .reads("beta", beta)
            .writes("y", x, roundings(16, hat))
            .writes("r", r, roundings(4, most))
            .maybe("y", "x")
            .apart("y", "gamma", "beta")
            .apart("r", "x", "y", "gamma", "beta");
    Call.Binding backward =
        t -> {
          Tensor m = centred ? t[7] : null;
          return (ws, par) -> plan.backward(t[0], t[1], m, t[2], t[3], t[4], t[5], t[6], ws, par);
        };
    Call second =
        new Call("backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("gamma", gamma)
            .reads("r", r)
            .reads("dy", d.of(d.shape(), d.layout()))
            .writes("dx", x, roundings(16, most * hat * hat))
            .addsTo("dgamma", d.of(plan.parameters()), roundings(8, hat * each))
            .addsTo("dbeta", d.of(plan.parameters()), roundings(8, each))
            .maybe("dx", "dy")
            .maybe("dx", "x")
            .apart("dx", "gamma", "r")
            .apart("dgamma", "x", "gamma", "r", "dy", "dx", "dbeta")
            .apart("dbeta", "x", "gamma", "r", "dy", "dx")
            .rounds();
    if (centred) {
      first.writes("mean", mean, roundings(2, 1.5)).apart("mean", "x", "y", "gamma", "beta", "r");
      second.reads("mean", mean);
    }
    return Draw.calls(first, second);
  }

  /** Data whose mean is far from 0. */
  static Tensor raised(Draw d) {
    Tensor x = d.of(d.shape(), d.layout());
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] += 0.5f;
    }
    return x;
  }

  /** r is made in float64; the sum of dy · y, at most the root of the length, in float32. */
  private static List<Call> length(Backend backend, Draw d) {
    Shape s = d.shape();
    Layout layout = d.layout();
    int axis = d.between(0, s.rank() - 1);
    LengthNorm plan = backend.normalisations().lengthNorm(s, layout, axis, 1e-6);
    Tensor x = d.of(s, layout);
    Tensor r = like(plan.statistics());
    Draw.REFERENCE
        .normalisations()
        .lengthNorm(s, layout, axis, 1e-6)
        .forward(x, like(s, layout), r, Workspace.NONE, Parallel.SEQUENTIAL);
    int n = s.dim(axis);
    double size = Math.max(1, Draw.greatest(r)) * (1 + Math.sqrt(n));
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], ws, par);
    return Draw.calls(
        new Call("length forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", x, Bound.relative(4))
            .writes("r", r, Bound.relative(4))
            .maybe("y", "x")
            .apart("r", "x", "y"),
        new Call("length backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("r", r)
            .reads("dy", d.of(s, layout))
            .writes("dx", x, roundings(n + 8, size))
            .maybe("dx", "dy")
            .maybe("dx", "x")
            .apart("dx", "r"));
  }

  /**
   * s is a sum of squares of numbers below 1.5, of taps terms, which its power multiplies by beta;
   * the power itself costs 5 ulp, or beta · |log s| more where it is made by a logarithm.
   */
  private static List<Call> lrn(Backend backend, Draw d, boolean across) {
    Shape s = d.shape();
    double beta = d.pick(0.5, 0.75, 1.0, 0.6);
    double alpha = d.pick(0.25, 1.0);
    Lrn lrn = new Lrn(d.between(0, 3), d.between(0, 3), alpha, beta, d.pick(1.0, 2.0));
    Normalisations all = backend.normalisations();
    LocalResponseNorm plan =
        across
            ? all.lrnAcrossChannels(s, d.layout(), lrn)
            : all.lrnWithinChannel(s, d.layout(), lrn);
    Tensor x = d.of(s, d.layout());
    double taps = across ? lrn.size() : Math.pow(lrn.size(), s.rank() - 2);
    double power = (beta + 1) * (taps + 4) + 16 + 2 * (beta + 1) * Math.log(4 + 20 * taps);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], ws, par);
    return Draw.calls(
        new Call("lrn forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("y", x, Bound.relative(power))
            .apart("y", "x"),
        new Call("lrn backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("dy", d.of(s, d.layout()))
            .writes("dx", x, roundings(power + taps, 1 + 2 * alpha * beta * taps))
            .apart("dx", "x", "dy"));
  }
}
