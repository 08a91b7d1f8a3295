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

  /** Each algorithm that accepts the shape, on each target, with 1 and 3 workers. */
  static <P> void forEachPlan(List<ConvAlgorithm<P>> list, ConvShape shape, Check<P> check) {
    for (Target target : Targets.all()) {
      for (ConvAlgorithm<P> algorithm : list) {
        if (algorithm.rejects(shape, target).isEmpty()) {
          P plan = algorithm.plan(shape, target);
          for (Parallel par : Teams.ONE_AND_THREE) {
            check.run(plan, par, describe(algorithm, target, par, shape));
          }
        }
      }
    }
  }

  static String describe(ConvAlgorithm<?> algorithm, Target target, Parallel par, ConvShape shape) {
    return "%s, %s, %d workers, shape '%s'"
        .formatted(algorithm.name(), target.kernels().name(), par.workers(), shape);
  }
}
