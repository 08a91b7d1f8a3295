package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The whole selection policy: for each pass, the first algorithm that does not reject a shape
 * computes it.
 */
public final class ConvAlgorithms {
  /** Forward, fastest first; the last accepts every shape. */
  public static final List<ConvAlgorithm<ConvForward>> FORWARD =
      List.of(any("im2col", Im2colForward::new));

  /** Input gradient, fastest first; the last accepts every shape. */
  public static final List<ConvAlgorithm<ConvBackwardData>> BACKWARD_DATA =
      List.of(any("col2im", Col2imBackwardData::new));

  /** Weight gradient, fastest first; the last accepts every shape. */
  public static final List<ConvAlgorithm<ConvBackwardWeights>> BACKWARD_WEIGHTS =
      List.of(any("im2col", Im2colBackwardWeights::new));

  private ConvAlgorithms() {}

  /** The plan of the first algorithm that does not reject {@code shape}. */
  public static <P> P plan(List<ConvAlgorithm<P>> list, ConvShape shape, Target target) {
    for (ConvAlgorithm<P> algorithm : list) {
      if (algorithm.rejects(shape, target).isEmpty()) {
        return algorithm.plan(shape, target);
      }
    }
    throw new AssertionError("no algorithm accepts " + shape + "; the last one must");
  }

  /** The plans of all algorithms that do not reject {@code shape}, fastest first. */
  public static <P> List<P> plans(List<ConvAlgorithm<P>> list, ConvShape shape, Target target) {
    return list.stream()
        .filter(algorithm -> algorithm.rejects(shape, target).isEmpty())
        .map(algorithm -> algorithm.plan(shape, target))
        .toList();
  }

  /** The list in words: each algorithm, and why it was passed over or that it was chosen. */
  public static <P> String explain(List<ConvAlgorithm<P>> list, ConvShape shape, Target target) {
    StringBuilder text = new StringBuilder();
    boolean chosen = false;
    for (ConvAlgorithm<P> algorithm : list) {
      Optional<String> reason = algorithm.rejects(shape, target);
      String verdict = reason.orElse(chosen ? "not needed" : "chosen");
      chosen |= reason.isEmpty();
      text.append(algorithm.name()).append(": ").append(verdict).append('\n');
    }
    return text.toString();
  }

  private static <P> ConvAlgorithm<P> any(String name, BiFunction<ConvShape, Target, P> planner) {
    return new ConvAlgorithm<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> rejects(ConvShape shape, Target target) {
        return Optional.empty();
      }

      @Override
      public P plan(ConvShape shape, Target target) {
        return planner.apply(shape, target);
      }
    };
  }
}
