package io.lanewise.propertytests.subject;

import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Softmax, alone or with cross-entropy, over matrices of any size, those without rows included. */
public final class RowsSubject implements Subject<RowsShape> {
  /** Softmax alone. */
  public static final RowsSubject SOFTMAX = new RowsSubject("softmax");

  /** Softmax and cross-entropy in one step. */
  public static final RowsSubject CROSS_ENTROPY = new RowsSubject("cross-entropy");

  private static final int MOST_ELEMENTS = 8_000;
  private static final int[] BLOCKS = {4, 8, 16, 32}; // rows that are a task, lanes, partial sums

  private final String name;

  private RowsSubject(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Arbitrary<RowsShape> shapes() {
    Arbitrary<Integer> classes =
        Arbitraries.frequencyOf(
            Tuple.of(9, Sizes.around(1, 100, BLOCKS)), Tuple.of(1, Arbitraries.of(1000, 1008)));
    return Combinators.combine(Sizes.around(0, 50, BLOCKS), classes)
        .as(RowsShape::new)
        .filter(s -> s.shape().size() <= MOST_ELEMENTS);
  }

  @Override
  public List<RowsShape> regressions() {
    return Regressions.shared().rows().toList();
  }

  @Override
  public RowsShape parse(String text) {
    return RowsShape.parse(text);
  }

  @Override
  public Stream<RowsShape> simpler(RowsShape s) {
    return Steps.simpler(new int[] {s.n(), s.classes()}, new int[] {0, 1})
        .map(v -> new RowsShape(v[0], v[1]));
  }
}
