package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.Arrays;
import java.util.List;

/**
 * What follows for the bits of a product if each element of C is one chain of fused multiply-adds
 * in the order of k that starts from what C holds, wherever blocks, tiles and tasks are cut: an
 * element's bits depend on its row of A, its column of B and its own old value alone.
 */
public final class GemmBitLaws {
  private static final int MOST_ROWS = 70; // of a product with as many columns
  private static final float TINY = 0x1p-70f; // squared, 2^9 times the least subnormal
  private static final String CHAIN = "one chain an element: kernels' MicroKernel";

  /** All of them. */
  public static final List<Law<GemmShape>> ALL =
      List.of(
          GemmLaws.law(
              "transpose-bits",
              "(A·B)ᵀ and Bᵀ·Aᵀ, and A stored as Aᵀ or B as Bᵀ, have the same bits",
              CHAIN,
              GemmBitLaws::transposed),
          GemmLaws.law(
              "accumulation-bits",
              "A·B and 0 + A·B have the same bits",
              CHAIN,
              GemmBitLaws::fromZero),
          GemmLaws.law(
              "row-blocks",
              "rows of A·B have the bits of (those rows of A)·B, in any order",
              CHAIN,
              GemmBitLaws::rows),
          GemmLaws.law(
              "column-blocks",
              "columns of A·B have the bits of A·(those columns of B), in any order",
              CHAIN,
              GemmBitLaws::columns),
          GemmLaws.law(
              "sum-blocks-bits",
              "A₂·B₂ added to A₁·B₁ has the bits of (A₁ A₂)·(B₁; B₂)",
              CHAIN,
              GemmBitLaws::sumInParts),
          GemmLaws.law(
              "powers-of-two",
              "(2ᵖA)·(2ᵠB) = 2ᵖ⁺ᵠ·(A·B) to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              GemmBitLaws::powersOfTwo),
          GemmLaws.law(
              "underflow",
              "(2^-70·A)·(2^-70·B) = 2^-140·(A·B) for whole numbers: subnormals, not 0",
              "gradual underflow: IEEE 754-2019, §7.5",
              GemmBitLaws::underflow),
          GemmLaws.law(
              "outer-product",
              "k = 1: C = a·bᵀ, each element rounded once",
              "Golub and Van Loan, Matrix Computations, 4th ed., 2013, §1.1",
              GemmBitLaws::outer),
          GemmLaws.law(
              "gram",
              "A·Aᵀ, A given for both operands: symmetric, with the bits of A·(a copy of A)ᵀ",
              "Horn and Johnson, Matrix Analysis, 2nd ed., 2013, §7.2",
              GemmBitLaws::gram),
          GemmLaws.law(
              "nan-stays-in-its-row",
              "a NaN or Infinity in a row of A or a column of B leaves all other elements' bits",
              CHAIN,
              GemmBitLaws::nan));

  private GemmBitLaws() {}

  private static void transposed(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Products.requireAlive(trial, s, a, b);
    Tensor want = Products.of(backend, s, a, b);
    boolean ta = s.transposeA();
    boolean tb = s.transposeB();
    GemmShape swapped = new GemmShape(s.n(), s.m(), s.k(), !tb, !ta, false);
    GemmShape otherA = new GemmShape(s.m(), s.n(), s.k(), !ta, tb, false);
    GemmShape otherB = new GemmShape(s.m(), s.n(), s.k(), ta, !tb, false);
    Tensor at = Axes.transposed(a);
    Tensor bt = Axes.transposed(b);
    trial.sameBits("Bᵀ·Aᵀ", Axes.transposed(want), Products.of(backend, swapped, b, a));
    trial.sameBits("with A stored as Aᵀ", want, Products.of(backend, otherA, at, b));
    trial.sameBits("with B stored as Bᵀ", want, Products.of(backend, otherB, a, bt));
  }

  private static void fromZero(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Products.requireAlive(trial, s, a, b);
    Tensor zeros = Tensor.zeros(s.c());
    Tensor want = Products.of(backend, s, a, b);
    trial.sameBits("0 + A·B", want, Products.added(backend, s, a, b, zeros));
  }

  private static void rows(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Tensor c = trial.wideRange(s.c());
    Products.requireAlive(trial, s, a, b);
    int[] some = some(s.m(), trial);
    GemmShape part =
        new GemmShape(some.length, s.n(), s.k(), s.transposeA(), s.transposeB(), s.accumulate());
    Tensor want = Axes.pick(Products.run(backend, s, a, b, c), 0, some);
    Tensor rows = Axes.pick(a, s.transposeA() ? 1 : 0, some);
    Tensor start = Axes.pick(c, 0, some);
    trial.sameBits("rows", want, Products.run(backend, part, rows, b, start));
  }

  private static void columns(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Tensor c = trial.wideRange(s.c());
    Products.requireAlive(trial, s, a, b);
    int[] some = some(s.n(), trial);
    GemmShape part =
        new GemmShape(s.m(), some.length, s.k(), s.transposeA(), s.transposeB(), s.accumulate());
    Tensor want = Axes.pick(Products.run(backend, s, a, b, c), 1, some);
    Tensor columns = Axes.pick(b, s.transposeB() ? 0 : 1, some);
    Tensor start = Axes.pick(c, 1, some);
    trial.sameBits("columns", want, Products.run(backend, part, a, columns, start));
  }

  /** Some of the numbers below n, in some order; often all of them. */
  private static int[] some(int n, Trial trial) {
    int[] order = Axes.permutation(n, trial.random());
    int count = trial.random().nextBoolean() ? n : trial.random().nextInt(n + 1);
    return Arrays.copyOf(order, count);
  }

  private static void sumInParts(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Products.requireAlive(trial, s, a, b);
    int cut = trial.random().nextInt(s.k() + 1);
    Tensor c = Tensor.zeros(s.c());
    for (int[] part : new int[][] {{0, cut}, {cut, s.k()}}) {
      int k = part[1] - part[0];
      GemmShape shape = new GemmShape(s.m(), s.n(), k, s.transposeA(), s.transposeB(), true);
      Tensor left = Axes.part(a, s.transposeA() ? 0 : 1, part[0], part[1]);
      Tensor right = Axes.part(b, s.transposeB() ? 1 : 0, part[0], part[1]);
      c = Products.run(backend, shape, left, right, c);
    }
    trial.sameBits("in two parts", Products.of(backend, s, a, b), c);
  }

  private static void powersOfTwo(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Products.requireAlive(trial, s, a, b);
    int p = trial.random().nextInt(-10, 35); // of 2^52 at most: nothing overflows
    int q = trial.random().nextInt(-10, 35);
    Tensor want = times(Products.of(backend, s, a, b), Math.scalb(1f, p + q));
    Tensor pa = times(a, Math.scalb(1f, p));
    Tensor qb = times(b, Math.scalb(1f, q));
    trial.sameBits("scaled", want, Products.of(backend, s, pa, qb));
  }

  private static void underflow(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Products.requireAlive(trial, s, a, b);
    Tensor want = times(Products.of(backend, s, a, b), TINY * TINY);
    Tensor got = Products.of(backend, s, times(a, TINY), times(b, TINY));
    trial.sameBits("subnormal", want, got);
  }

  private static void outer(Backend backend, GemmShape s, Trial trial) {
    GemmShape outer = new GemmShape(s.m(), s.n(), 1, s.transposeA(), s.transposeB(), false);
    Tensor a = trial.wideRange(outer.a());
    Tensor b = trial.wideRange(outer.b());
    Tensor want = Tensor.zeros(s.c());
    for (int i = 0; i < want.size(); i++) {
      want.array()[i] = Elements.at(a, i / s.n()) * Elements.at(b, i % s.n());
    }
    trial.requireAlive(want);
    trial.sameBits("a·bᵀ", want, Products.of(backend, outer, a, b));
  }

  private static void gram(Backend backend, GemmShape s, Trial trial) {
    boolean ta = s.transposeA();
    int m = Math.min(s.m(), MOST_ROWS);
    GemmShape square = new GemmShape(m, m, s.k(), ta, !ta, false);
    Tensor a = trial.wideRange(square.a());
    Products.requireAlive(trial, square, a, a);
    Tensor got = Products.of(backend, square, a, a);
    trial.sameBits("A·Aᵀ", Products.of(backend, square, a, a.copy()), got);
    trial.sameBits("(A·Aᵀ)ᵀ", got, Axes.transposed(got));
  }

  /** What the spoilt row and column become, Infinity or NaN, is not said; the rest stays. */
  private static void nan(Backend backend, GemmShape shape, Trial trial) {
    GemmShape s = notEmpty(shape);
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Products.requireAlive(trial, s, a, b);
    Tensor want = Products.of(backend, s, a, b);
    float evil = trial.random().nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY;
    int row = trial.random().nextInt(s.m());
    int column = trial.random().nextInt(s.n());
    int p = trial.random().nextInt(s.k());
    a.set(evil, s.transposeA() ? new int[] {p, row} : new int[] {row, p});
    b.set(evil, s.transposeB() ? new int[] {column, p} : new int[] {p, column});
    Tensor got = Products.of(backend, s, a, b);
    for (int i = 0; i < want.size(); i++) {
      if (i / s.n() == row || i % s.n() == column) {
        int at = i;
        trial.require(
            !Float.isFinite(got.array()[i]),
            () -> "element " + at + " hides a " + evil + ": got " + got.array()[at]);
        got.array()[i] = want.array()[i];
      }
    }
    trial.sameBits("the others", want, got);
  }

  /** The product with at least one row, one column and one term. */
  private static GemmShape notEmpty(GemmShape s) {
    return new GemmShape(
        Math.max(1, s.m()),
        Math.max(1, s.n()),
        Math.max(1, s.k()),
        s.transposeA(),
        s.transposeB(),
        s.accumulate());
  }
}
