package io.lanewise.propertytests.torch;

import io.lanewise.kernels.loss.CosineEmbeddingLoss;
import io.lanewise.kernels.loss.LabelLoss;
import io.lanewise.kernels.loss.LabelOptions;
import io.lanewise.kernels.loss.Losses;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.loss.TensorLoss;
import io.lanewise.kernels.loss.TripletLoss;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

class LossesTorchTest extends TorchAgreement {
  LossesTorchTest() {
    super("losses", ops());
  }

  /** A plan for a shape. */
  private interface Planned {
    TensorLoss plan(TorchRun run, Shape shape, Reduction reduction);
  }

  private static Map<String, Consumer<TorchRun>> ops() {
    Map<String, Planned> points =
        Map.ofEntries(
            Map.entry("mean-squared-error", (run, s, r) -> losses(run).meanSquaredError(s, r)),
            Map.entry("mean-absolute-error", (run, s, r) -> losses(run).meanAbsoluteError(s, r)),
            Map.entry("huber", (run, s, r) -> losses(run).huber(s, run.number("delta"), r)),
            Map.entry("smooth-l1", (run, s, r) -> losses(run).smoothL1(s, run.number("beta"), r)),
            Map.entry("hinge", (run, s, r) -> losses(run).hinge(s, run.number("margin"), r)),
            Map.entry(
                "squared-hinge",
                (run, s, r) -> losses(run).squaredHinge(s, run.number("margin"), r)),
            Map.entry("binary-cross-entropy", (run, s, r) -> losses(run).binaryCrossEntropy(s, r)),
            Map.entry(
                "binary-cross-entropy-with-logits",
                (run, s, r) ->
                    losses(run)
                        .binaryCrossEntropyWithLogits(
                            s, run.hasInput("weights") ? run.input("weights") : null, r)),
            Map.entry(
                "kl-divergence",
                (run, s, r) -> losses(run).klDivergence(s, run.flag("logTarget"), r)),
            Map.entry(
                "focal",
                (run, s, r) -> losses(run).focal(s, run.number("alpha"), run.number("gamma"), r)),
            Map.entry("dice", (run, s, r) -> losses(run).dice(s, run.number("smoothing"), r)),
            Map.entry("jaccard", (run, s, r) -> losses(run).jaccard(s, run.number("smoothing"), r)),
            Map.entry(
                "tversky",
                (run, s, r) ->
                    losses(run)
                        .tversky(
                            s,
                            run.number("alpha"),
                            run.number("beta"),
                            run.number("smoothing"),
                            r)));
    Map<String, Consumer<TorchRun>> ops = new TreeMap<>();
    points.forEach((name, planned) -> ops.put(name, run -> tensor(run, planned)));
    ops.put("soft-cross-entropy", LossesTorchTest::softCrossEntropy);
    ops.put("cross-entropy", run -> label(run, "cross-entropy"));
    ops.put("negative-log-likelihood", run -> label(run, "negative-log-likelihood"));
    ops.put("multi-class-hinge", run -> label(run, "multi-class-hinge"));
    ops.put("cosine-embedding", LossesTorchTest::cosineEmbedding);
    ops.put("triplet-margin", LossesTorchTest::tripletMargin);
    return ops;
  }

  private static Losses losses(TorchRun run) {
    return run.backend().losses();
  }

  private static Reduction reduction(TorchRun run) {
    return Reduction.valueOf(run.text("reduction").toUpperCase(Locale.ROOT));
  }

  private static LabelOptions options(TorchRun run, Layout layout) {
    LabelOptions options = LabelOptions.DEFAULT.layout(layout);
    if (run.has("smoothing")) {
      options = options.smoothing(run.number("smoothing"));
    }
    return run.hasInput("weights") ? options.weights(run.input("weights").toArray()) : options;
  }

  /** Targets as floats, or drawn as integers: 0 and 1, of hinges -1 and 1. */
  private static Tensor target(TorchRun run, Shape shape) {
    if (run.hasInput("t")) {
      return run.input("t");
    }
    Tensor t = Tensor.zeros(shape);
    int[] drawn = run.integers("t");
    for (int i = 0; i < drawn.length; i++) {
      t.array()[i] = run.has("margin") ? 2 * drawn[i] - 1 : drawn[i];
    }
    return t;
  }

  private static void tensor(TorchRun run, Planned planned) {
    Tensor x = run.input("x");
    run(run, planned.plan(run, x.shape(), reduction(run)), x, target(run, x.shape()));
  }

  private static void softCrossEntropy(TorchRun run) {
    for (Layout layout : Layout.values()) {
      Tensor x = run.input("x").copy(layout);
      run(
          run,
          losses(run).softCrossEntropy(x.shape(), options(run, layout), reduction(run)),
          x,
          run.input("t").copy(layout));
    }
  }

  private static void run(TorchRun run, TensorLoss plan, Tensor x, Tensor t) {
    Workspace ws = run.workspace(plan.workspace());
    Tensor loss = run.blank(plan.lossShape());
    plan.forward(x, t, loss, ws, Parallel.SEQUENTIAL);
    run.agrees("loss", loss);
    Tensor dx = Tensor.zeros(x.shape(), x.layout()).fill(Float.NaN);
    plan.backward(x, t, run.input("dloss"), dx, ws, Parallel.SEQUENTIAL);
    run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST));
  }

  private static void label(TorchRun run, String name) {
    for (Layout layout : Layout.values()) {
      Tensor x = run.input("x").copy(layout);
      Shape s = x.shape();
      LabelOptions options = options(run, layout);
      LabelLoss plan =
          switch (name) {
            case "cross-entropy" -> losses(run).crossEntropy(s, options, reduction(run));
            case "negative-log-likelihood" ->
                losses(run).negativeLogLikelihood(s, options, reduction(run));
            default ->
                losses(run)
                    .multiClassHinge(
                        s, run.number("margin"), run.integer("power"), options, reduction(run));
          };
      Workspace ws = run.workspace(plan.workspace());
      Tensor loss = run.blank(plan.lossShape());
      int[] labels = run.integers("labels");
      plan.forward(x, labels, loss, ws, Parallel.SEQUENTIAL);
      run.agrees("loss", loss);
      Tensor dx = Tensor.zeros(s, layout).fill(Float.NaN);
      plan.backward(x, labels, run.input("dloss"), dx, ws, Parallel.SEQUENTIAL);
      run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST));
    }
  }

  private static void cosineEmbedding(TorchRun run) {
    Tensor a = run.input("a");
    Tensor b = run.input("b");
    int[] alike = run.integers("alike");
    CosineEmbeddingLoss plan =
        losses(run).cosineEmbedding(a.shape(), run.number("margin"), reduction(run));
    Workspace ws = run.workspace(plan.workspace());
    Tensor loss = run.blank(plan.lossShape());
    plan.forward(a, b, alike, loss, ws, Parallel.SEQUENTIAL);
    run.agrees("loss", loss);
    Tensor da = run.blank(a.shape());
    Tensor db = run.blank(a.shape());
    plan.backward(a, b, alike, run.input("dloss"), da, db, ws, Parallel.SEQUENTIAL);
    run.agrees("da", da);
    run.agrees("db", db);
  }

  private static void tripletMargin(TorchRun run) {
    Tensor anchor = run.input("anchor");
    Tensor positive = run.input("positive");
    Tensor negative = run.input("negative");
    Shape shape = anchor.shape();
    TripletLoss plan =
        losses(run).tripletMargin(shape, run.number("margin"), run.flag("swap"), reduction(run));
    Workspace ws = run.workspace(plan.workspace());
    Tensor loss = run.blank(plan.lossShape());
    plan.forward(anchor, positive, negative, loss, ws, Parallel.SEQUENTIAL);
    run.agrees("loss", loss);
    Tensor danchor = run.blank(shape);
    Tensor dpositive = run.blank(shape);
    Tensor dnegative = run.blank(shape);
    Tensor dloss = run.input("dloss");
    plan.backward(
        anchor, positive, negative, dloss, danchor, dpositive, dnegative, ws, Parallel.SEQUENTIAL);
    run.agrees("danchor", danchor);
    run.agrees("dpositive", dpositive);
    run.agrees("dnegative", dnegative);
  }
}
