package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.loss.CosineEmbeddingLoss;
import io.lanewise.kernels.loss.LabelLoss;
import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.loss.TripletLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Every loss, its mean and the mean's gradient. */
final class LossOperations {
  private static final String FAMILY = "loss";
  private static final List<Integer> CLASSES = List.of(2, 3, 4, 5);
  private static final List<Integer> PLANES = List.of(3, 4, 5);
  private static final List<Integer> ROWS = List.of(2);
  private static final Reduction MEAN = Reduction.MEAN;

  private LossOperations() {}

  private interface Planned<P> {
    P plan(Losses losses, Shape shape);
  }

  private interface Run<P> {
    /** The loss, then gradients. */
    List<Tensor> of(P plan);
  }

  static List<Operation> all() {
    LabelOptions o = LabelOptions.DEFAULT;
    List<Operation> all = new ArrayList<>();
    all.add(of("mean squared error", (l, s) -> l.meanSquaredError(s, MEAN)));
    all.add(of("mean absolute error", (l, s) -> l.meanAbsoluteError(s, MEAN)));
    all.add(of("huber", (l, s) -> l.huber(s, 1, MEAN)));
    all.add(of("smooth L1", (l, s) -> l.smoothL1(s, 0.5, MEAN)));
    all.add(of("hinge", (l, s) -> l.hinge(s, 1, MEAN)));
    all.add(of("squared hinge", (l, s) -> l.squaredHinge(s, 1, MEAN)));
    all.add(of("binary cross-entropy", (l, s) -> l.binaryCrossEntropy(s, MEAN)));
    all.add(
        of(
            "binary cross-entropy with logits",
            (l, s) -> l.binaryCrossEntropyWithLogits(s, null, MEAN)));
    all.add(of("Kullback-Leibler divergence", (l, s) -> l.klDivergence(s, false, MEAN)));
    all.add(of("focal", (l, s) -> l.focal(s, 0.25, 2, MEAN)));
    all.add(tensor("soft cross-entropy", CLASSES, (l, s) -> l.softCrossEntropy(s, o, MEAN)));
    all.add(label("cross-entropy", (l, s) -> l.crossEntropy(s, o.smoothing(0.1), MEAN)));
    all.add(label("negative log-likelihood", (l, s) -> l.negativeLogLikelihood(s, o, MEAN)));
    all.add(label("multi-class hinge", (l, s) -> l.multiClassHinge(s, 1, 1, o, MEAN)));
    all.add(tensor("dice", PLANES, (l, s) -> l.dice(s, 1, MEAN)));
    all.add(tensor("jaccard", PLANES, (l, s) -> l.jaccard(s, 1, MEAN)));
    all.add(tensor("tversky", PLANES, (l, s) -> l.tversky(s, 0.3, 0.7, 1, MEAN)));
    all.add(
        operation(
            "cosine embedding",
            ROWS,
            (l, s) -> l.cosineEmbedding(s, -0.5, MEAN),
            LossOperations::run));
    all.add(
        operation(
            "triplet margin",
            ROWS,
            (l, s) -> l.tripletMargin(s, 1, true, MEAN),
            LossOperations::run));
    return all;
  }

  private static Operation of(String name, Planned<TensorLoss> planned) {
    return tensor(name, Operation.ANY, planned);
  }

  private static Operation tensor(String name, List<Integer> axes, Planned<TensorLoss> planned) {
    return operation(name, axes, planned, LossOperations::run);
  }

  private static Operation label(String name, Planned<LabelLoss> planned) {
    return operation(name, CLASSES, planned, LossOperations::run);
  }

  private static <P> Operation operation(
      String name, List<Integer> axes, Planned<P> planned, Run<P> run) {
    return Operation.of(
        FAMILY,
        name,
        axes,
        (backend, n) -> results(backend, n, planned, run).subList(0, 1),
        (backend, n) -> {
          List<Tensor> results = results(backend, n, planned, run);
          return results.subList(1, results.size());
        });
  }

  private static <P> List<Tensor> results(
      Backend backend, int axes, Planned<P> planned, Run<P> run) {
    return run.of(planned.plan(backend.losses(), ExampleData.shape(axes)));
  }

  private static Tensor scalar(float value) {
    return Tensor.zeros(Shape.of()).fill(value);
  }

  /** Values in [0.02, 0.98], which are probabilities, too. */
  private static Tensor shares(Shape shape, int seed) {
    Tensor t = ExampleData.tensor(shape, seed);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = 0.5f + 0.24f * t.array()[i];
    }
    return t;
  }

  private static List<Tensor> run(TensorLoss plan) {
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor x = shares(plan.shape(), 1);
    Tensor t = shares(plan.shape(), 2);
    Tensor loss = scalar(0);
    plan.forward(x, t, loss, ws, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(plan.shape());
    plan.backward(x, t, scalar(2), dx, ws, Parallel.SEQUENTIAL);
    return List.of(loss, dx);
  }

  private static List<Tensor> run(LabelLoss plan) {
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor x = ExampleData.tensor(plan.shape(), 1);
    int classes = plan.shape().dim(1);
    int[] labels = new int[x.size() / classes];
    for (int i = 1; i < labels.length; i++) {
      labels[i] = i % 4 == 3 ? plan.options().passOver() : i % classes;
    }
    Tensor loss = scalar(0);
    plan.forward(x, labels, loss, ws, Parallel.SEQUENTIAL);
    Tensor dx = Tensor.zeros(plan.shape());
    plan.backward(x, labels, scalar(2), dx, ws, Parallel.SEQUENTIAL);
    return List.of(loss, dx);
  }

  private static List<Tensor> run(CosineEmbeddingLoss plan) {
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor a = ExampleData.tensor(plan.shape(), 1);
    Tensor b = ExampleData.tensor(plan.shape(), 2);
    int[] alike = {1, -1};
    Tensor loss = scalar(0);
    plan.forward(a, b, alike, loss, ws, Parallel.SEQUENTIAL);
    Tensor da = Tensor.zeros(plan.shape());
    Tensor db = Tensor.zeros(plan.shape());
    plan.backward(a, b, alike, scalar(2), da, db, ws, Parallel.SEQUENTIAL);
    return List.of(loss, da, db);
  }

  private static List<Tensor> run(TripletLoss plan) {
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor a = ExampleData.tensor(plan.shape(), 1);
    Tensor p = ExampleData.tensor(plan.shape(), 2);
    Tensor n = ExampleData.tensor(plan.shape(), 3);
    Tensor loss = scalar(0);
    plan.forward(a, p, n, loss, ws, Parallel.SEQUENTIAL);
    Tensor da = Tensor.zeros(plan.shape());
    Tensor dp = Tensor.zeros(plan.shape());
    Tensor dn = Tensor.zeros(plan.shape());
    plan.backward(a, p, n, scalar(2), da, dp, dn, ws, Parallel.SEQUENTIAL);
    return List.of(loss, da, dp, dn);
  }
}
