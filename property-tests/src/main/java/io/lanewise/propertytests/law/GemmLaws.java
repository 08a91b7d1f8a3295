package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.plus;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.GemmSubject;
import java.util.List;

/** What a matrix product is: its values, and the algebra of matrices on whole numbers. */
public final class GemmLaws {
  private static final long MOST_FLOPS = 1_000_000;
  private static final String ALGEBRA =
      "Golub and Van Loan, Matrix Computations, 4th ed., 2013, §1.1";

  /** All of them. */
  public static final List<Law<GemmShape>> ALL =
      List.of(
          law(
              "exact",
              "C = op(A)·op(B), or C + op(A)·op(B), exactly for whole numbers",
              "definition: GemmShape",
              GemmLaws::exact),
          law(
              "bounded",
              "|C - Ĉ| <= (k + 2)·u·|A|·|B|",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.5",
              GemmLaws::bounded),
          law("transpose", "(A·B)ᵀ = Bᵀ·Aᵀ", ALGEBRA, GemmLaws::transpose),
          law("associativity", "(A·B)·D = A·(B·D)", ALGEBRA, GemmLaws::associativity),
          law("distributivity", "A·(B + D) = A·B + A·D", ALGEBRA, GemmLaws::distributivity),
          law("identity", "A·I = A and I·A = A", ALGEBRA, GemmLaws::identity),
          law("accumulation", "C += A·B gives C + A·B", "definition: GemmShape", GemmLaws::adds),
          law("empty-sum", "A·B = 0 if k = 0", "definition: GemmShape", GemmLaws::emptySum),
          law(
              "sum-order",
              "A·P·Pᵀ·B = A·B for a permutation P",
              "Golub and Van Loan, Matrix Computations, 4th ed., 2013, §1.2",
              GemmLaws::sumOrder),
          law(
              "blocks-of-the-sum",
              "(A₁ A₂)·(B₁; B₂) = A₁·B₁ + A₂·B₂",
              "Golub and Van Loan, Matrix Computations, 4th ed., 2013, §1.3",
              GemmLaws::blocks));

  private GemmLaws() {}

  static Law<GemmShape> law(
      String name, String formula, String source, Statement<GemmShape> statement) {
    return new Law<>("gemm." + name, GemmSubject.INSTANCE, formula, source, statement);
  }

  private static void exact(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor start = s.accumulate() ? trial.integers(s.c()) : Tensor.zeros(s.c()).fill(Float.NaN);
    Tensor want = Products.reference(s, a, b, start);
    if (s.k() > 0 || s.accumulate()) {
      trial.requireAlive(want);
    }
    trial.equal("C", want, Products.run(backend, s, a, b, start));
  }

  private static void bounded(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Tensor start = s.accumulate() ? trial.wideRange(s.c()) : Tensor.zeros(s.c());
    Tensor want = Products.reference(s, a, b, start);
    Tensor magnitudes =
        Products.reference(s, Bounds.magnitude(a), Bounds.magnitude(b), Bounds.magnitude(start));
    if (s.k() > 0 || s.accumulate()) {
      trial.requireAlive(want);
    }
    double[] bounds = Bounds.ofSum(s.k() + (s.accumulate() ? 1 : 0), magnitudes, 1);
    trial.within("C", want, Products.run(backend, s, a, b, start), bounds);
  }

  private static void transpose(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Products.requireAlive(trial, s, a, b);
    GemmShape other = new GemmShape(s.n(), s.m(), s.k(), !s.transposeB(), !s.transposeA(), false);
    Tensor want = Axes.transposed(Products.of(backend, s, a, b));
    trial.equal("Bᵀ·Aᵀ", want, Products.of(backend, other, b, a));
  }

  private static void associativity(Backend backend, GemmShape s, Trial trial) {
    trial.requireExact(64.0 * s.k() * s.n());
    int p = 1 + trial.random().nextInt(9);
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor d = trial.integers(Shape.of(s.n(), p));
    Products.requireAlive(trial, s, a, b);
    Tensor left = Products.of(backend, Products.of(backend, s, a, b), d);
    GemmShape bd = new GemmShape(s.k(), p, s.n(), s.transposeB(), false, false);
    GemmShape abd = new GemmShape(s.m(), p, s.k(), s.transposeA(), false, false);
    Tensor right = Products.of(backend, abd, a, Products.of(backend, bd, b, d));
    trial.equal("A·(B·D)", left, right);
  }

  private static void distributivity(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor d = trial.integers(s.b());
    Products.requireAlive(trial, s, a, b);
    Tensor want = plus(Products.of(backend, s, a, b), Products.of(backend, s, a, d));
    trial.equal("A·(B + D)", want, Products.of(backend, s, a, plus(b, d)));
  }

  /** On a matrix of C's size; where an identity would be large, the smaller alone. */
  private static void identity(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.wideRange(s.c());
    trial.requireAlive(a);
    GemmShape right = new GemmShape(s.m(), s.n(), s.n(), false, s.transposeB(), false);
    GemmShape left = new GemmShape(s.m(), s.n(), s.m(), s.transposeA(), false, false);
    if (right.flops() <= Math.max(left.flops(), MOST_FLOPS)) {
      trial.equal("A·I", a, Products.of(backend, right, a, one(s.n())));
    }
    if (left.flops() <= Math.max(right.flops(), MOST_FLOPS)) {
      trial.equal("I·A", a, Products.of(backend, left, one(s.m()), a));
    }
  }

  private static Tensor one(int n) {
    Tensor identity = Tensor.zeros(n, n);
    for (int i = 0; i < n; i++) {
      identity.set(1f, i, i);
    }
    return identity;
  }

  private static void adds(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor c = trial.integers(s.c());
    Products.requireAlive(trial, s, a, b);
    Tensor want = plus(c, Products.of(backend, s, a, b));
    trial.equal("C += A·B", want, Products.added(backend, s, a, b, c));
  }

  private static void emptySum(Backend backend, GemmShape s, Trial trial) {
    GemmShape empty = new GemmShape(s.m(), s.n(), 0, s.transposeA(), s.transposeB(), false);
    Tensor a = Tensor.zeros(empty.a());
    Tensor b = Tensor.zeros(empty.b());
    Tensor c = trial.wideRange(s.c());
    trial.equal("C", Tensor.zeros(s.c()), Products.of(backend, empty, a, b));
    trial.sameBits("C += 0", c, Products.added(backend, empty, a, b, c));
  }

  private static void sumOrder(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Products.requireAlive(trial, s, a, b);
    int[] order = Axes.permutation(s.k(), trial.random());
    Tensor ap = Axes.pick(a, s.transposeA() ? 0 : 1, order);
    Tensor pb = Axes.pick(b, s.transposeB() ? 1 : 0, order);
    trial.equal("A·P·Pᵀ·B", Products.of(backend, s, a, b), Products.of(backend, s, ap, pb));
  }

  private static void blocks(Backend backend, GemmShape s, Trial trial) {
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Products.requireAlive(trial, s, a, b);
    int cut = trial.random().nextInt(s.k() + 1);
    Tensor first = block(backend, s, a, b, 0, cut);
    Tensor second = block(backend, s, a, b, cut, s.k());
    trial.equal("A·B", plus(first, second), Products.of(backend, s, a, b));
  }

  private static Tensor block(Backend backend, GemmShape s, Tensor a, Tensor b, int from, int to) {
    GemmShape part = new GemmShape(s.m(), s.n(), to - from, s.transposeA(), s.transposeB(), false);
    Tensor left = Axes.part(a, s.transposeA() ? 0 : 1, from, to);
    Tensor right = Axes.part(b, s.transposeB() ? 1 : 0, from, to);
    return Products.of(backend, part, left, right);
  }
}
