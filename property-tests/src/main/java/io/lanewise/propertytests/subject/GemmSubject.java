package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Matrix products: both operands transposed or not, overwriting or adding, of any size from 0. */
public final class GemmSubject implements Subject<GemmShape> {
  /** The one there is. */
  public static final GemmSubject INSTANCE = new GemmSubject();

  private static final long MOST_FLOPS = 400_000; // some milliseconds of the naive reference
  private static final int MOST = 100;

  private GemmSubject() {}

  @Override
  public String name() {
    return "gemm";
  }

  @Override
  public Arbitrary<GemmShape> shapes() {
    Arbitrary<Integer> rows = Sizes.around(0, MOST, Sizes.TILE_ROWS);
    Arbitrary<Integer> columns = Sizes.around(0, MOST, Sizes.TILE_COLUMNS);
    Arbitrary<Integer> sums = Sizes.around(0, MOST, Sizes.PANELS);
    Arbitrary<Integer> any = Arbitraries.oneOf(rows, columns, sums);
    // A few rows or columns more than any block or task has, of a product that is small otherwise.
    Arbitrary<Integer> many = Arbitraries.of(513, 1023, 2049, 4095, 4096, 4097);
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 9);
    return Arbitraries.frequencyOf(
            Tuple.of(8, shapes(rows, columns, sums)),
            Tuple.of(4, shapes(any, any, any)),
            Tuple.of(1, shapes(few, many, few)),
            Tuple.of(1, shapes(many, few, few)))
        .filter(s -> s.flops() <= MOST_FLOPS);
  }

  private static Arbitrary<GemmShape> shapes(
      Arbitrary<Integer> m, Arbitrary<Integer> n, Arbitrary<Integer> k) {
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    return Combinators.combine(m, n, k, flag, flag, flag).as(GemmShape::new);
  }

  @Override
  public List<GemmShape> regressions() {
    return Regressions.shared().gemms().toList();
  }

  @Override
  public GemmShape parse(String text) {
    return GemmShape.parse(text);
  }

  @Override
  public Stream<GemmShape> simpler(GemmShape s) {
    int[] sizes = {
      s.m(), s.n(), s.k(), bit(s.transposeA()), bit(s.transposeB()), bit(s.accumulate())
    };
    return Steps.simpler(sizes, new int[6])
        .map(v -> new GemmShape(v[0], v[1], v[2], v[3] == 1, v[4] == 1, v[5] == 1));
  }

  private static int bit(boolean flag) {
    return flag ? 1 : 0;
  }
}
