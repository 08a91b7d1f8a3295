package io.lanewise.kernels.conv;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import java.util.List;

/** What makes registering an algorithm testing it: a check of all plans that lists give a shape. */
final class ConvContract {
  private ConvContract() {}

  /** Checks one plan. */
  interface Check<P> {
    /** Runs the plan on {@code par}; {@code context} belongs into each failure's message. */
    void run(P plan, Parallel par, String context);
  }

  /** Both layouts, without algorithms that lose accuracy. */
  static final List<ConvOptions> STRICT =
      List.of(ConvOptions.DEFAULT.strict(), ConvOptions.DEFAULT.strict().channelsLast());

  /** Both layouts, all algorithms. */
  static final List<ConvOptions> ALL =
      List.of(ConvOptions.DEFAULT, ConvOptions.DEFAULT.channelsLast());

  /**
   * Each algorithm that can compute the shape without losing accuracy, in each layout, on each
   * target, with 1 and 3 workers.
   */
  static <P> void forEachPlan(List<ConvAlgorithm<P>> list, ConvShape shape, Check<P> check) {
    for (Target target : Targets.all()) {
      for (ConvOptions options : STRICT) {
        for (ConvAlgorithm<P> algorithm : able(list, shape, options, target)) {
          P plan = algorithm.plan(shape, options, target);
          for (Parallel par : Teams.ONE_AND_THREE) {
            check.run(plan, par, describe(algorithm, options, target, par, shape));
          }
        }
      }
    }
  }

  /** The algorithms that can compute a shape as asked. */
  static <P> List<ConvAlgorithm<P>> able(
      List<ConvAlgorithm<P>> list, ConvShape shape, ConvOptions options, Target target) {
    return list.stream().filter(a -> a.cannot(shape, options, target).isEmpty()).toList();
  }

  static String describe(
      ConvAlgorithm<?> algorithm,
      ConvOptions options,
      Target target,
      Parallel par,
      ConvShape shape) {
    return "%s, %s, %s, %d workers, shape '%s'"
        .formatted(algorithm.name(), options, target.kernels().name(), par.workers(), shape);
  }
}
