package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.loss.CosineEmbeddingLoss;
import io.lanewise.kernels.loss.LabelLoss;
import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.loss.TripletLoss;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Runs of every loss. A term takes some 40 roundings and is at most 60 for the data here, a slope
 * at most 16; reduced, terms are summed in float32.
 */
final class LossFamily {
  private static final double ROUNDINGS = 40;
  private static final double TERM = 60;
  private static final double SLOPE = 16;
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  static final Family FAMILY =
      new Family("loss")
          .add("elementwise", 0, 5, LossFamily::elementwise)
          .add("overlap", 2, 5, LossFamily::overlap)
          .add("soft-labels", 2, 5, LossFamily::soft)
          .addImages("labels", 2, 5, LossFamily::labels)
          .add("cosine-embedding", 2, 2, LossFamily::cosine)
          .add("triplet", 2, 2, LossFamily::triplet);

  private LossFamily() {}

  private static TensorLoss elementwise(Losses l, int which, Shape s, Reduction r) {
    return switch (which) {
      case 0 -> l.meanSquaredError(s, r);
      case 1 -> l.meanAbsoluteError(s, r);
      case 2 -> l.huber(s, 0.25, r);
      case 3 -> l.smoothL1(s, 0.5, r);
      case 4 -> l.hinge(s, 0.75, r);
      case 5 -> l.squaredHinge(s, 0.75, r);
      case 6 -> l.binaryCrossEntropy(s, r);
      case 7 -> l.binaryCrossEntropyWithLogits(s, null, r);
      case 8 -> l.klDivergence(s, true, r);
      case 9 -> l.klDivergence(s, false, r);
      default -> l.focal(s, 0.25, 2, r);
    };
  }

  /** Both are probabilities, so that each loss takes them. */
  private static List<Call> elementwise(Backend backend, Draw d) {
    int which = d.between(0, 10);
    Reduction r = d.pick(Reduction.values());
    TensorLoss plan = elementwise(backend.losses(), which, d.shape(), r);
    return calls(plan, "elementwise " + which, d, r);
  }

  private static List<Call> overlap(Backend backend, Draw d) {
    int which = d.between(0, 2);
    Reduction r = d.pick(Reduction.values());
    Losses l = backend.losses();
    TensorLoss plan =
        switch (which) {
          case 0 -> l.dice(d.shape(), 1, r);
          case 1 -> l.jaccard(d.shape(), 1, r);
          default -> l.tversky(d.shape(), 0.3, 0.7, 1, r);
        };
    return calls(plan, "overlap " + which, d, r);
  }

  private static List<Call> soft(Backend backend, Draw d) {
    LabelOptions options = LabelOptions.DEFAULT.smoothing(d.pick(0.0, 0.1));
    Reduction r = d.pick(Reduction.values());
    TensorLoss plan = backend.losses().softCrossEntropy(d.shape(), options, r);
    return calls(plan, "soft cross-entropy", d, r);
  }

  private static List<Call> calls(TensorLoss plan, String name, Draw d, Reduction r) {
    Shape s = d.shape();
    Tensor x = d.inside(s, FIRST, 0.03, 0.97);
    Tensor target = d.inside(s, FIRST, 0.03, 0.97);
    double size = s.size() / (double) plan.lossShape().size();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], ws, par);
    return Draw.calls(
        new Call(name + " forward", plan.workspace(), forward)
            .reads("x", x)
            .reads("target", target)
            .writes("loss", like(plan.lossShape()), sum(r, size))
            .apart("loss", "x", "target"),
        new Call(name + " backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("target", target)
            .reads("dloss", d.of(plan.lossShape()))
            .writes("dx", x, roundings(ROUNDINGS + size, SLOPE))
            .maybe("dx", "x")
            .apart("dx", "target", "dloss"));
  }

  /** As of a sum of so many; a mean, the sum divided by as many, is that much less off. */
  private static Bound sum(Reduction r, double terms) {
    double size = r == Reduction.SUM ? terms : 1;
    return roundings(ROUNDINGS + terms, TERM * size);
  }

  private static List<Call> labels(Backend backend, Draw d) {
    Shape s = d.shape();
    int classes = s.dim(1);
    LabelOptions o = LabelOptions.DEFAULT.layout(d.layout());
    o = d.either() ? o.smoothing(0.125) : o;
    if (d.either()) {
      float[] weights = new float[classes];
      for (int i = 0; i < classes; i++) {
        weights[i] = d.between(1, 8) / 4f;
      }
      o = o.weights(weights);
    }
    Reduction r = d.pick(Reduction.values());
    int which = d.between(0, 2);
    Losses l = backend.losses();
    LabelLoss plan =
        switch (which) {
          case 0 -> l.crossEntropy(s, o, r);
          case 1 -> l.negativeLogLikelihood(s, o.smoothing(0), r);
          default -> l.multiClassHinge(s, 0.75, d.between(1, 2), o.smoothing(0), r);
        };
    int[] labels = d.numbers(s.size() / classes, 0, classes);
    for (int i = 2; i < labels.length; i += 5) {
      labels[i] = o.passOver();
    }
    Tensor x = d.of(s, d.layout());
    double size = s.size() / (double) plan.lossShape().size();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], labels, t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], labels, t[1], t[2], ws, par);
    return Draw.calls(
        new Call("labels " + which + " forward", plan.workspace(), forward)
            .reads("x", x)
            .writes("loss", like(plan.lossShape()), sum(r, size))
            .readsNumbers(labels)
            .apart("loss", "x"),
        new Call("labels " + which + " backward", plan.workspace(), backward)
            .reads("x", x)
            .reads("dloss", d.of(plan.lossShape()))
            .writes("dx", x, roundings(ROUNDINGS + size, SLOPE))
            .readsNumbers(labels)
            .maybe("dx", "x")
            .apart("dx", "dloss"));
  }

  /** Rows of at least 1/2 in length: shorter ones' slopes are steeper than any bound. */
  private static List<Call> cosine(Backend backend, Draw d) {
    Shape s = d.shape();
    Reduction r = d.pick(Reduction.values());
    CosineEmbeddingLoss plan = backend.losses().cosineEmbedding(s, -0.5, r);
    Tensor a = d.inside(s, FIRST, 0.5, 1.5);
    Tensor b = d.inside(s, FIRST, 0.5, 1.5);
    int[] alike = d.numbers(s.dim(0), 0, 2);
    Arrays.setAll(alike, i -> 2 * alike[i] - 1);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], alike, t[2], ws, par);
    Call.Binding backward =
        t -> (ws, par) -> plan.backward(t[0], t[1], alike, t[2], t[3], t[4], ws, par);
    double k = s.dim(1) * 4;
    return Draw.calls(
        new Call("cosine forward", plan.workspace(), forward)
            .reads("a", a)
            .reads("b", b)
            .writes("loss", like(plan.lossShape()), roundings(ROUNDINGS + k, 2 * s.dim(0)))
            .readsNumbers(alike)
            .apart("loss", "a", "b"),
        new Call("cosine backward", plan.workspace(), backward)
            .reads("a", a)
            .reads("b", b)
            .reads("dloss", d.of(plan.lossShape()))
            .writes("da", a, roundings(ROUNDINGS + k, SLOPE))
            .writes("db", b, roundings(ROUNDINGS + k, SLOPE))
            .readsNumbers(alike)
            .apart("da", "a", "b", "dloss", "db")
            .apart("db", "a", "b", "dloss"));
  }

  /** Three sets of rows far apart: a distance's slope jumps at 0, the hinge's at the margin. */
  private static List<Call> triplet(Backend backend, Draw d) {
    Shape s = d.shape();
    Reduction r = d.pick(Reduction.values());
    TripletLoss plan = backend.losses().tripletMargin(s, 3 * Math.sqrt(s.dim(1)), d.either(), r);
    Tensor a = d.inside(s, FIRST, 0, 0.5);
    Tensor p = d.inside(s, FIRST, 1, 1.5);
    Tensor n = d.inside(s, FIRST, 2.5, 3);
    double k = s.dim(1) * 4;
    double distance = TERM * Math.sqrt(s.dim(1));
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], t[3], ws, par);
    Call.Binding backward =
        t -> (ws, par) -> plan.backward(t[0], t[1], t[2], t[3], t[4], t[5], t[6], ws, par);
    return Draw.calls(
        new Call("triplet forward", plan.workspace(), forward)
            .reads("anchor", a)
            .reads("positive", p)
            .reads("negative", n)
            .writes("loss", like(plan.lossShape()), roundings(ROUNDINGS + k, distance))
            .apart("loss", "anchor", "positive", "negative"),
        new Call("triplet backward", plan.workspace(), backward)
            .reads("anchor", a)
            .reads("positive", p)
            .reads("negative", n)
            .reads("dloss", d.of(plan.lossShape()))
            .writes("danchor", a, roundings(ROUNDINGS + k, SLOPE))
            .writes("dpositive", p, roundings(ROUNDINGS + k, SLOPE))
            .writes("dnegative", n, roundings(ROUNDINGS + k, SLOPE))
            .apart("danchor", "anchor", "positive", "negative", "dloss")
            .apart("dpositive", "anchor", "positive", "negative", "dloss", "danchor")
            .apart("dnegative", "anchor", "positive", "dloss", "danchor", "dpositive"));
  }
}
