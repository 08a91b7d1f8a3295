package io.lanewise.propertytests.subject;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.propertytests.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A family of operations, each on shapes around the vectors' sizes. */
public final class FamilySubject implements Subject<FamilyCase> {
  private static final int MOST_ELEMENTS = 3_000;
  private static final int MOST_VARIANTS = 1_000;

  /**
   * An operation of the family.
   *
   * @param name lower case, words joined by hyphens
   * @param leastRank of its first input
   * @param mostRank of its first input
   * @param anyLayout true if channels may be last
   */
  public record Kind(String name, int leastRank, int mostRank, boolean anyLayout) {
    private boolean takes(FamilyCase c) {
      return c.operation().equals(name)
          && c.x().rank() >= leastRank
          && c.x().rank() <= mostRank
          && (anyLayout || c.layout() == Layout.CHANNELS_FIRST);
    }
  }

  private final String name;
  private final List<Kind> kinds;

  /** A family with its operations. */
  public FamilySubject(String name, List<Kind> kinds) {
    this.name = name;
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public String name() {
    return name;
  }

  /** True without an operation. */
  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** The same with only the operations named. */
  public FamilySubject only(List<String> operations) {
    return new FamilySubject(
        name, kinds.stream().filter(k -> operations.contains(k.name)).toList());
  }

  @Override
  public Arbitrary<FamilyCase> shapes() {
    return Arbitraries.of(kinds).flatMap(FamilySubject::cases);
  }

  /** The first two sizes are a batch and channels, the others a position. */
  private static Arbitrary<FamilyCase> cases(Kind kind) {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> lanes = Sizes.around(1, 37, Sizes.LANES);
    Arbitrary<Integer> places = Arbitraries.of(1, 2, 3, 4, 5, 7, 8, 9, 17);
    Arbitrary<Integer> ranks = Arbitraries.integers().between(kind.leastRank, kind.mostRank);
    Arbitrary<int[]> six =
        Combinators.combine(few, lanes, places, places, few)
            .as((n, c, h, w, more) -> new int[] {n, c, h, w, more});
    Arbitrary<Shape> shapes = Combinators.combine(ranks, six).as(FamilySubject::shape);
    Arbitrary<Layout> layouts =
        kind.anyLayout ? Arbitraries.of(Layout.values()) : Arbitraries.just(Layout.CHANNELS_FIRST);
    Arbitrary<Integer> variants = Arbitraries.integers().between(0, MOST_VARIANTS - 1);
    return Combinators.combine(shapes, layouts, variants)
        .as((s, l, v) -> new FamilyCase(kind.name, s, l, v));
  }

  /** So many of the sizes; halved from the front until few elements are left. */
  private static Shape shape(int rank, int[] sizes) {
    int[] dims = IntStream.range(0, rank).map(i -> sizes[rank == 1 ? 1 : i]).toArray();
    for (int at = 0; elements(dims) > MOST_ELEMENTS; at = (at + 1) % rank) {
      dims[at] = Math.ceilDiv(dims[at], 2);
    }
    return Shape.of(dims);
  }

  private static int elements(int[] dims) {
    return IntStream.of(dims).reduce(1, Math::multiplyExact);
  }

  @Override
  public FamilyCase parse(String text) {
    FamilyCase c = FamilyCase.parse(text);
    if (kinds.stream().noneMatch(k -> k.takes(c))) {
      throw new IllegalArgumentException("'" + text + "' is no case of " + kinds);
    }
    return c;
  }

  /** Channels first, then with one of the sizes lowered. */
  @Override
  public Stream<FamilyCase> simpler(FamilyCase c) {
    List<FamilyCase> simpler = new ArrayList<>();
    if (c.layout() == Layout.CHANNELS_LAST) {
      simpler.add(new FamilyCase(c.operation(), c.x(), Layout.CHANNELS_FIRST, c.variant()));
    }
    int[] dims = c.x().toArray();
    int[] least = IntStream.of(dims).map(d -> 1).toArray();
    Steps.simpler(dims, least)
        .forEach(
            d -> simpler.add(new FamilyCase(c.operation(), Shape.of(d), c.layout(), c.variant())));
    return simpler.stream();
  }
}
