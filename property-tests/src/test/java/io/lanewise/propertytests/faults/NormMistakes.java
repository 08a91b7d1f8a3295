package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;
import static io.lanewise.propertytests.faults.Seam.running;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.RunningStatistics;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Mistakes in normalisations. */
final class NormMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          mistake(
              "EPSILON_MISSING",
              "has no epsilon",
              planning("batchNorm|groupNorm", a -> last(a, 1e-20))),
          mistake(
              "EPSILON_SQUARED",
              "adds epsilon to the root, not under it",
              planning("layerNorm|rmsNorm|groupNorm", a -> last(a, square(a)))),
          mistake(
              "VARIANCE_UNBIASED",
              "normalises by the unbiased variance",
              running("batchNorm", "forward", NormMistakes::unbiased)),
          mistake(
              "RUNNING_VARIANCE_BIASED",
              "follows the biased variance",
              running(
                  "batchNorm",
                  "forward",
                  (plan, a, right) -> {
                    RunningStatistics running = (RunningStatistics) a[3];
                    Tensor before = running.variance().copy();
                    right.run();
                    double m = count((BatchNorm) plan);
                    double rest = 1 - running.momentum();
                    Values.change(
                        running.variance(),
                        before,
                        (v, old) -> rest * old + (v - rest * old) * (m - 1) / m);
                  })),
          mistake(
              "MOMENTUM_TURNED_ROUND",
              "momentum is the share of what was",
              running(
                  "batchNorm",
                  "forward",
                  (plan, a, right) -> {
                    RunningStatistics r = (RunningStatistics) a[3];
                    a[3] = new RunningStatistics(r.mean(), r.variance(), 1 - r.momentum());
                    right.run();
                  })),
          mistake(
              "INFERS_BY_DEVIATION",
              "in inference divides by the variance",
              running(
                  "batchNorm",
                  "infer",
                  (plan, a, right) -> {
                    a[4] = Values.changed((Tensor) a[4], v -> v * v);
                    right.run();
                  })),
          mistake(
              "BETA_FORGOTTEN",
              "leaves out beta",
              running(
                  "instanceNorm",
                  "forward",
                  (plan, a, right) -> {
                    a[2] = null;
                    right.run();
                  })),
          mistake(
              "GAMMA_FORGOTTEN_BACKWARD",
              "leaves gamma out of the gradient",
              running(
                  "layerNorm|meanVarianceNorm",
                  "backward",
                  (plan, a, right) -> {
                    a[1] = null;
                    right.run();
                  })),
          mistake(
              "DGAMMA_OVERWRITTEN",
              "overwrites gamma's gradient",
              running(
                  "groupNorm|instanceNorm",
                  "backward",
                  (plan, a, right) -> {
                    ((Tensor) a[6]).fill(0);
                    right.run();
                  })),
          mistake(
              "DBETA_MEAN",
              "beta's gradient is a mean",
              running(
                  "batchNorm",
                  "backward",
                  (plan, a, right) -> {
                    Tensor before = ((Tensor) a[8]).copy();
                    right.run();
                    double m = count((BatchNorm) plan);
                    Values.change((Tensor) a[8], before, (v, old) -> old + (v - old) / m);
                  })),
          mistake(
              "CONSTANTS_MOVE",
              "the gradient of inference takes its statistics for the batch's",
              running(
                  "batchNorm",
                  "inferBackward",
                  (plan, a, right) -> {
                    BatchNorm norm = (BatchNorm) plan;
                    norm.backward(
                        (Tensor) a[0],
                        (Tensor) a[1],
                        (Tensor) a[2],
                        (Tensor) a[3],
                        Values.changed((Tensor) a[4], v -> 1 / Math.sqrt(v + norm.epsilon())),
                        (Tensor) a[5],
                        (Tensor) a[6],
                        (Tensor) a[7],
                        (Tensor) a[8],
                        (Workspace) a[9],
                        (Parallel) a[10]);
                  })),
          mistake(
              "PROJECTION_FORGOTTEN",
              "the gradient of a length takes the length as given",
              running(
                  "lengthNorm",
                  "backward",
                  (plan, a, right) -> {
                    a[0] = Values.changed((Tensor) a[0], x -> 0);
                    right.run();
                  })),
          mistake(
              "WINDOW_TURNED_ROUND",
              "neighbours before count as those after",
              planning(
                  "lrn.*",
                  a -> lrn(a, l -> new Lrn(l.after(), l.before(), l.alpha(), l.beta(), l.k())))),
          mistake(
              "WINDOW_ONE_SHORT",
              "the last neighbour is left out",
              planning(
                  "lrn.*",
                  a ->
                      lrn(
                          a,
                          l ->
                              new Lrn(
                                  l.before(),
                                  Math.max(0, l.after() - 1),
                                  l.alpha(),
                                  l.beta(),
                                  l.k())))),
          mistake(
              "ALPHA_BY_SIZE",
              "alpha is divided by the window's size",
              planning(
                  "lrn.*",
                  a ->
                      lrn(
                          a,
                          l ->
                              new Lrn(
                                  l.before(), l.after(), l.alpha() / l.size(), l.beta(), l.k())))),
          mistake(
              "K_IS_ONE",
              "k is 1",
              planning(
                  "lrn.*",
                  a -> lrn(a, l -> new Lrn(l.before(), l.after(), l.alpha(), l.beta(), 1)))),
          mistake(
              "NAN_SKIPPED",
              "a NaN counts as 0",
              running(
                  "groupNorm|layerNorm|lengthNorm",
                  "forward",
                  (plan, a, right) -> {
                    a[0] = Values.changed((Tensor) a[0], x -> Double.isNaN(x) ? 0 : x);
                    right.run();
                  })),
          mistake(
              "CANCELS",
              "takes the mean from a float32 sum that starts at 1000",
              running(
                  "groupNorm|instanceNorm",
                  "forward",
                  (plan, a, right) -> {
                    right.run();
                    Values.change((Tensor) a[3], y -> (float) ((float) (y + 1000) - 1000.0));
                  })));

  private NormMistakes() {}

  private static double square(Object[] a) {
    double epsilon = (double) a[a.length - 1];
    return epsilon * epsilon;
  }

  /** Epsilon is last, but for batch norm's activation. */
  private static void last(Object[] a, double epsilon) {
    int at = a[a.length - 1] instanceof Double ? a.length - 1 : a.length - 2;
    a[at] = epsilon;
  }

  private static void lrn(Object[] a, UnaryOperator<Lrn> change) {
    a[2] = change.apply((Lrn) a[2]);
  }

  private static double count(BatchNorm plan) {
    return plan.shape().size() / (double) plan.shape().dim(1);
  }

  private static void unbiased(Object plan, Object[] a, Runnable right) {
    right.run();
    BatchNorm norm = (BatchNorm) plan;
    double m = count(norm);
    if (m > 1) {
      Tensor variance =
          Values.changed((Tensor) a[6], r -> (1 / r / r - norm.epsilon()) * m / (m - 1));
      norm.infer(
          (Tensor) a[0],
          (Tensor) a[1],
          (Tensor) a[2],
          (Tensor) a[5],
          Values.changed(variance, v -> Math.max(v, 0)),
          (Tensor) a[4],
          Workspace.NONE,
          Parallel.SEQUENTIAL);
    }
  }
}
