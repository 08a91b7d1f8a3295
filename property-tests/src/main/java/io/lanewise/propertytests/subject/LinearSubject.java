package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Fully connected layers, empty batches included. */
public final class LinearSubject implements Subject<LinearShape> {
  /** The one there is. */
  public static final LinearSubject INSTANCE = new LinearSubject();

  private static final long MOST_FLOPS = 400_000; // some milliseconds of the naive reference
  private static final int MOST = 100;

  private LinearSubject() {}

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Arbitrary<LinearShape> shapes() {
    return Combinators.combine(
            Sizes.around(0, MOST, Sizes.TILE_ROWS),
            Sizes.around(1, MOST, Sizes.PANELS),
            Sizes.around(1, MOST, Sizes.TILE_COLUMNS))
        .as(LinearShape::new)
        .filter(s -> s.flops() <= MOST_FLOPS);
  }

  @Override
  public List<LinearShape> regressions() {
    return Regressions.shared().linears().toList();
  }

  @Override
  public LinearShape parse(String text) {
    return LinearShape.parse(text);
  }

  @Override
  public Stream<LinearShape> simpler(LinearShape s) {
    return Steps.simpler(new int[] {s.n(), s.in(), s.out()}, new int[] {0, 1, 1})
        .map(v -> new LinearShape(v[0], v[1], v[2]));
  }
}
