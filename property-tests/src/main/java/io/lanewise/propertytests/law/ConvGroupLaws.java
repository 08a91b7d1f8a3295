package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Axes.pick;
import static io.lanewise.propertytests.law.Moves.range;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;

/** Groups do not see each other. */
final class ConvGroupLaws {
  private static final int CHANNELS = 1; // dimension of images
  private static final int FILTERS = 0; // dimension of weights

  static final ConvSubject GROUPED =
      ConvSubject.of(
          "convolutions of several groups",
          s -> s.groups() > 1,
          () -> Arbitraries.oneOf(ConvShapes.grouped(), ConvShapes.depthwise()));

  static final List<Law<ConvShape>> ALL =
      PassLaws.of(
          "group-split",
          GROUPED,
          "f of g groups is g times f of one group, side by side",
          "Krizhevsky et al., ImageNet Classification with Deep Convolutional Neural"
              + " Networks, 2012, §3.5",
          ConvGroupLaws::groupSplit);

  private ConvGroupLaws() {}

  /** Exactly so for whole numbers; to the bit for y and dx where a group has the algorithm too. */
  private static void groupSplit(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    ConvShape one =
        new ConvShape(
            s.n(),
            s.icg(),
            s.ih(),
            s.iw(),
            s.ocg(),
            s.kh(),
            s.kw(),
            s.strideH(),
            s.strideW(),
            s.dilationH(),
            s.dilationW(),
            s.padding(),
            1);
    Tensor a = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    ConvRun exactOne = pass.exactRuns(backend, one).getFirst();
    for (ConvRun run : pass.exactRuns(backend, s)) {
      Tensor out = run.of(a, b);
      ConvLaws.requireAlive(trial, s, out);
      for (int g = 0; g < s.groups(); g++) {
        Tensor want = exactOne.of(part(pass::left, s, g, a), part(pass::right, s, g, b));
        trial.equal(run + " group " + g, want, part(pass::out, s, g, out));
      }
    }
    if (pass != ConvPass.WEIGHT_GRADIENT) { // how its long sum is cut may depend on the groups
      groupBits(pass, backend, s, one, trial);
    }
  }

  private static void groupBits(
      ConvPass pass, Backend backend, ConvShape s, ConvShape one, Trial trial) {
    Tensor a = trial.floats(pass.left(s));
    Tensor b = trial.floats(pass.right(s));
    List<ConvRun> ofOne = pass.runs(backend, one);
    for (ConvRun run : pass.runs(backend, s)) {
      if (run.namesake(ofOne).isEmpty()) {
        continue;
      }
      ConvRun same = run.namesake(ofOne).get();
      Tensor out = run.of(a, b);
      for (int g = 0; g < s.groups(); g++) {
        Tensor want = same.of(part(pass::left, s, g, a), part(pass::right, s, g, b));
        trial.sameBits(run + " group " + g, want, part(pass::out, s, g, out));
      }
    }
  }

  /** Chooses among what belongs to x, to w and to y. */
  @FunctionalInterface
  private interface Role {
    UnaryOperator<Tensor> of(
        UnaryOperator<Tensor> x, UnaryOperator<Tensor> w, UnaryOperator<Tensor> y);
  }

  /** Group g's part of a tensor. */
  private static Tensor part(Role role, ConvShape s, int g, Tensor t) {
    return role.of(
            x -> pick(x, CHANNELS, range(g * s.icg(), s.icg(), 1)),
            w -> pick(w, FILTERS, range(g * s.ocg(), s.ocg(), 1)),
            y -> pick(y, CHANNELS, range(g * s.ocg(), s.ocg(), 1)))
        .apply(t);
  }
}
