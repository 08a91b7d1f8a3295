package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Tuple;

/** The same bits, whoever computes them, when, where and how often. */
final class ConvBitsLaws {
  private static final ConvSubject CONV = ConvSubject.INSTANCE;

  private static final ConvSubject SHARED =
      ConvSubject.of(
          "convolutions, most of them large enough for several threads",
          s -> true,
          () ->
              Arbitraries.frequencyOf(
                  List.of(Tuple.of(3, ConvShapes.worthSharing()), Tuple.of(1, ConvShapes.any()))));

  private static final ConvSubject BATCHES =
      ConvSubject.of(
          "convolutions of at least one image",
          s -> s.n() >= 1,
          () -> ConvShapes.any().filter(s -> s.n() > 1));

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "threads",
                  SHARED,
                  "f(a, b) has the same bits on 1, 2 and 3 workers, in any order of tasks",
                  "definition: Parallel; Demmel and Nguyen, Fast Reproducible Floating-Point"
                      + " Summation, 2013, §1",
                  ConvBitsLaws::threads),
              PassLaws.of(
                  "repeat",
                  CONV,
                  "f(a, b) has the same bits again, from a plan of its own, in a workspace of NaN"
                      + " and in one that another plan has used",
                  "definition: Workspace",
                  ConvBitsLaws::repeat),
              PassLaws.of(
                  "slice",
                  BATCHES,
                  "f of one image has the bits it has in a batch",
                  "definition: ConvForward, ConvBackwardData; an output sees one image",
                  ConvBitsLaws::slice,
                  ConvPass.FORWARD,
                  ConvPass.INPUT_GRADIENT),
              List.of(
                  new Law<>(
                      "conv.batch-sum",
                      BATCHES,
                      "dw of a batch is the sum of dw of its images, exactly, for whole numbers",
                      "Goodfellow et al., Deep Learning, 2016, §9.5",
                      ConvBitsLaws::batchSum)))
          .flatMap(List::stream)
          .toList();

  private ConvBitsLaws() {}

  private static void threads(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    for (ConvRun run : pass.allRuns(backend, s)) {
      Tensor want = run.of(a, b);
      ConvLaws.requireAlive(trial, s, want);
      trial.sameBits(run + " on a team", want, run.of(a, b, trial.team()));
      Parallel two = new ShuffledWorkers(trial.random());
      trial.sameBits(run + " on two workers in any order", want, run.of(a, b, two));
    }
  }

  private static void repeat(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    ConvShape larger = s.withBatch(s.n() + 1);
    List<ConvRun> others = pass.allRuns(backend, larger);
    List<ConvRun> again = pass.allRuns(backend, s);
    for (ConvRun run : pass.allRuns(backend, s)) {
      Tensor want = run.of(a, b);
      ConvLaws.requireAlive(trial, s, want);
      ConvRun other = run.namesake(others).orElse(others.getFirst());
      Workspace ws = Workspace.allocate(run.workspace().max(other.workspace()), 2);
      Arrays.fill(ws.array(), Float.NaN);
      trial.sameBits(run + " among NaN", want, run.of(a, b, ws, Parallel.SEQUENTIAL));
      other.of(
          trial.floats(pass.left(larger)),
          trial.floats(pass.right(larger)),
          ws,
          Parallel.SEQUENTIAL);
      ConvRun same = run.namesake(again).orElseThrow();
      trial.sameBits(run + " after another plan", want, same.of(a, b, ws, Parallel.SEQUENTIAL));
    }
  }

  /** The algorithm follows from the shape without its batch size, so it is the image's too. */
  private static void slice(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    List<ConvRun> alone = pass.allRuns(backend, s.withBatch(1));
    for (ConvRun run : pass.allRuns(backend, s)) {
      Tensor batch = run.of(a, b);
      ConvLaws.requireAlive(trial, s, batch);
      ConvRun one = run.namesake(alone).orElse(alone.getFirst());
      for (int img = 0; img < s.n(); img++) {
        Tensor got = one.of(a.slice(img, img + 1), b);
        trial.sameBits(run + " of image " + img + " alone", batch.slice(img, img + 1), got);
      }
    }
  }

  private static void batchSum(Backend backend, ConvShape s, Trial trial) {
    ConvPass pass = ConvPass.WEIGHT_GRADIENT;
    Tensor x = trial.integers(s.x());
    Tensor dy = trial.integers(s.y());
    ConvRun one = pass.exactRuns(backend, s.withBatch(1)).getFirst();
    Tensor sum = Tensor.zeros(s.w());
    for (int img = 0; img < s.n(); img++) {
      sum = Elements.plus(sum, one.of(x.slice(img, img + 1), dy.slice(img, img + 1)));
    }
    ConvLaws.requireAlive(trial, s, sum);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      trial.equal(run + " of the batch", sum, run.of(x, dy));
    }
  }
}
