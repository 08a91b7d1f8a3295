package io.lanewise.kernels.conv;

import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The whole selection policy: for each pass, the first algorithm that can compute a shape and does
 * not decline it.
 */
public final class ConvAlgorithms {
  private static final CoreConv DEPTHWISE = new DepthwiseConv();
  private static final CoreConv GROUPED = new GroupedConv();
  private static final CoreConv POINTWISE = new PointwiseConv();
  private static final CoreConv WINOGRAD_4 = new WinogradConv(4, 7);
  private static final CoreConv WINOGRAD_2 = new WinogradConv(2, 6);
  private static final CoreConv DIRECT = new DirectConv();
  private static final CoreConv STRIPS = new StripsConv();
  private static final CoreConv IM2ROW = new Im2rowConv();

  /** Forward, fastest first; each layout has one that accepts every shape. */
  public static final List<ConvAlgorithm<ConvForward>> FORWARD =
      List.of(
          new PlanesConv(),
          DEPTHWISE,
          GROUPED,
          POINTWISE,
          WINOGRAD_4,
          WINOGRAD_2,
          DIRECT,
          STRIPS,
          IM2ROW,
          only(Layout.CHANNELS_FIRST, "im2col", Im2colForward::new));

  /** Input gradient, fastest first; each layout has one that accepts every shape. */
  public static final List<ConvAlgorithm<ConvBackwardData>> BACKWARD_DATA =
      List.of(
          DepthwiseConv.gradient(),
          new FlippedConv(GROUPED),
          new FlippedConv(POINTWISE),
          new FlippedConv(WINOGRAD_4),
          new FlippedConv(WINOGRAD_2),
          new FlippedConv(STRIPS),
          new FlippedConv(IM2ROW),
          only(Layout.CHANNELS_LAST, Row2imBackwardData.NAME, Row2imBackwardData::new),
          only(Layout.CHANNELS_FIRST, "col2im", Col2imBackwardData::new));

  /** Weight gradient, fastest first; each layout has one that accepts every shape. */
  public static final List<ConvAlgorithm<ConvBackwardWeights>> BACKWARD_WEIGHTS =
      List.of(
          new GroupedGradient(true),
          new GroupedGradient(false),
          new Im2rowBackwardWeights(),
          only(Layout.CHANNELS_FIRST, "im2col", Im2colBackwardWeights::new));

  private ConvAlgorithms() {}

  /**
   * The plan that {@code options} asks for.
   *
   * @throws IllegalArgumentException if the algorithm asked for is not there or cannot compute the
   *     shape, or none can
   */
  public static <P> P plan(
      List<ConvAlgorithm<P>> list, ConvShape shape, ConvOptions options, Target target) {
    for (ConvAlgorithm<P> algorithm : list) {
      if (refusal(algorithm, shape, options, target).isEmpty()) {
        return algorithm.plan(shape, options, target);
      }
    }
    throw new IllegalArgumentException(
        "no algorithm computes "
            + shape
            + " as asked ("
            + options
            + "):\n"
            + explain(list, shape, options, target));
  }

  /** The plans of all algorithms that can compute {@code shape}, the chosen one first. */
  public static <P> List<P> plans(
      List<ConvAlgorithm<P>> list, ConvShape shape, ConvOptions options, Target target) {
    List<P> chosen = new ArrayList<>();
    List<P> others = new ArrayList<>();
    for (ConvAlgorithm<P> algorithm : list) {
      if (algorithm.cannot(shape, options, target).isEmpty() && isAsked(algorithm, options)) {
        boolean first = chosen.isEmpty() && algorithm.declines(shape, options, target).isEmpty();
        (first ? chosen : others).add(algorithm.plan(shape, options, target));
      }
    }
    chosen.addAll(others);
    return List.copyOf(chosen);
  }

  /** The list in words: each algorithm, and why it was passed over or that it was chosen. */
  public static <P> String explain(
      List<ConvAlgorithm<P>> list, ConvShape shape, ConvOptions options, Target target) {
    StringBuilder text = new StringBuilder();
    boolean chosen = false;
    for (ConvAlgorithm<P> algorithm : list) {
      Optional<String> reason = refusal(algorithm, shape, options, target);
      String verdict = reason.orElse(chosen ? "not needed" : "chosen");
      chosen |= reason.isEmpty();
      text.append(algorithm.name()).append(": ").append(verdict).append('\n');
    }
    return text.toString();
  }

  private static <P> Optional<String> refusal(
      ConvAlgorithm<P> algorithm, ConvShape shape, ConvOptions options, Target target) {
    if (!isAsked(algorithm, options)) {
      return Optional.of("'" + options.algorithm().orElseThrow() + "' was asked for");
    }
    Optional<String> cannot = algorithm.cannot(shape, options, target);
    boolean forced = options.algorithm().isPresent();
    return cannot.isPresent() || forced ? cannot : algorithm.declines(shape, options, target);
  }

  private static boolean isAsked(ConvAlgorithm<?> algorithm, ConvOptions options) {
    return options.algorithm().map(algorithm.name()::equals).orElse(true);
  }

  /** An algorithm for one layout and every shape. */
  private static <P> ConvAlgorithm<P> only(
      Layout layout, String name, BiFunction<ConvShape, Target, P> planner) {
    return new ConvAlgorithm<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
        return options.layout() == layout
            ? Optional.empty()
            : Optional.of("reads and writes " + layout + " only");
      }

      @Override
      public P plan(ConvShape shape, ConvOptions options, Target target) {
        return planner.apply(shape, target);
      }
    };
  }
}
