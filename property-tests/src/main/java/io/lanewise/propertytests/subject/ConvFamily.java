package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Convolutions of one kind: a way to draw them and what they have in common. Only such are handed
 * out as a test can afford and as prove something; they shrink within the family, by the steps that
 * shrink a law's failing case.
 */
final class ConvFamily {
  /** Most work of a case: some milliseconds of the naive reference. */
  static final long MOST_FLOPS = 1_000_000;

  /** Most elements of one tensor. */
  static final int MOST_ELEMENTS = 1 << 16;

  /**
   * Least share of outputs, of inputs and of taps that take part. A twentieth must not be zero for
   * a check to mean something; the rest is room for sums that cancel.
   */
  static final double LEAST_ALIVE = 1.0 / 8;

  private static final int MOST_DRAWS = 1_000;

  private ConvFamily() {}

  /**
   * The arbitrary.
   *
   * @param member what the family's shapes have in common
   * @param draw draws a member, though perhaps one that is too large or dead
   */
  static Arbitrary<ConvShape> of(Predicate<ConvShape> member, Function<Random, ConvShape> draw) {
    Predicate<ConvShape> fit = s -> member.test(s) && isAffordable(s) && isAlive(s);
    return Arbitraries.fromGenerator(random -> new Simplifying(draw(random, draw, fit), fit));
  }

  private static ConvShape draw(
      Random random, Function<Random, ConvShape> draw, Predicate<ConvShape> fit) {
    for (int i = 0; i < MOST_DRAWS; i++) {
      ConvShape shape = draw.apply(random);
      if (fit.test(shape)) {
        return shape;
      }
    }
    throw new IllegalStateException("no shape of a family fits, in " + MOST_DRAWS + " draws");
  }

  /** True if the naive reference computes it in milliseconds and its tensors are small. */
  static boolean isAffordable(ConvShape s) {
    return s.flops() <= MOST_FLOPS
        && s.x().size() <= MOST_ELEMENTS
        && s.y().size() <= MOST_ELEMENTS
        && s.w().size() <= MOST_ELEMENTS;
  }

  /** True if enough windows, inputs and taps take part that no pass gives nearly only zeros. */
  static boolean isAlive(ConvShape s) {
    ConvAxis d = ConvAxis.depth(s);
    ConvAxis h = ConvAxis.height(s);
    ConvAxis w = ConvAxis.width(s);
    return d.windowsThatSee() * h.windowsThatSee() * w.windowsThatSee() >= LEAST_ALIVE
        && d.inputsSeen() * h.inputsSeen() * w.inputsSeen() >= LEAST_ALIVE
        && d.tapsThatSee() * h.tapsThatSee() * w.tapsThatSee() >= LEAST_ALIVE;
  }

  /** A shape that shrinks as {@link SimplerConv} says. */
  private record Simplifying(ConvShape value, Predicate<ConvShape> fit)
      implements Shrinkable<ConvShape> {
    @Override
    public Stream<Shrinkable<ConvShape>> shrink() {
      return SimplerConv.of(value).filter(fit).map(s -> new Simplifying(s, fit));
    }

    @Override
    public ShrinkingDistance distance() {
      return ShrinkingDistance.of(SimplerConv.complexity(value));
    }
  }
}
