package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.plus;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.List;

/** Factors, batches and packed operands of a matrix product: all follow from the plain one. */
public final class GemmVariantLaws {
  private static final float[] FACTORS = {0f, 1f, -1f, 0.5f, 2f, -3f};
  private static final String DEFINITION = "definition: GemmShape";

  /** All of them. */
  public static final List<Law<GemmShape>> ALL =
      List.of(
          GemmLaws.law(
              "factors",
              "C = alpha·A·B + beta·C for whole numbers and factors without rounding",
              DEFINITION,
              GemmVariantLaws::factors),
          GemmLaws.law(
              "beta-zero",
              "beta = 0: what C held is not read",
              DEFINITION,
              GemmVariantLaws::unread),
          GemmLaws.law(
              "batch",
              "each product of a batch has the bits that it has alone",
              DEFINITION,
              GemmVariantLaws::batch),
          GemmLaws.law(
              "packed",
              "packed operands, one or both, change no bit",
              "definition: Gemm",
              GemmVariantLaws::packed));

  private GemmVariantLaws() {}

  private static void factors(Backend backend, GemmShape shape, Trial trial) {
    GemmShape s = shape.scaled(factor(trial), factor(trial));
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor c = trial.integers(s.c());
    Products.requireAlive(trial, shape, a, b);
    Tensor product = times(Products.of(backend, shape, a, b), s.alpha());
    Tensor want = plus(product, times(c, s.beta()));
    trial.equal("alpha·A·B + beta·C", want, Products.run(backend, s, a, b, c));
  }

  private static float factor(Trial trial) {
    return FACTORS[trial.random().nextInt(FACTORS.length)];
  }

  private static void unread(Backend backend, GemmShape shape, Trial trial) {
    GemmShape s = shape.scaled(factor(trial), 0f);
    Tensor a = trial.integers(s.a());
    Tensor b = trial.integers(s.b());
    Tensor want = Products.run(backend, s, a, b, Tensor.zeros(s.c()));
    Tensor unread = Tensor.zeros(s.c()).fill(Float.NaN);
    trial.sameBits("over NaN", want, Products.run(backend, s, a, b, unread));
  }

  private static void batch(Backend backend, GemmShape s, Trial trial) {
    int count = trial.random().nextInt(4);
    GemmShape many = s.withBatch(count);
    Tensor a = trial.wideRange(many.a());
    Tensor b = trial.wideRange(many.b());
    Tensor c = trial.wideRange(many.c());
    Tensor got = Products.run(backend, many, a, b, c);
    for (int q = 0; q < count; q++) {
      Tensor part = Products.run(backend, s, at(a, s.a(), q), at(b, s.b(), q), at(c, s.c(), q));
      trial.sameBits("product " + q, part, at(got, s.c(), q));
    }
  }

  private static Tensor at(Tensor batch, Shape one, int q) {
    return Tensor.wrap(one, batch.array(), batch.offset() + q * one.size()).copy();
  }

  private static void packed(Backend backend, GemmShape shape, Trial trial) {
    GemmShape s =
        shape.scaled(factor(trial), shape.beta()).withBatch(1 + trial.random().nextInt(2));
    Tensor a = trial.wideRange(s.a());
    Tensor b = trial.wideRange(s.b());
    Tensor c = trial.wideRange(s.c());
    Tensor want = Products.run(backend, s, a, b, c);
    Gemm plan = backend.gemm(s);
    PackedWeights pa = plan.packA(a);
    PackedWeights pb = plan.packB(b);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Tensor left = c.copy();
    plan.run(pa, b, left, ws, Parallel.SEQUENTIAL);
    trial.sameBits("A packed", want, left);
    Tensor right = c.copy();
    plan.run(a, pb, right, ws, Parallel.SEQUENTIAL);
    trial.sameBits("B packed", want, right);
    Tensor both = c.copy();
    plan.run(pa, pb, both, ws, Parallel.SEQUENTIAL);
    trial.sameBits("both packed", want, both);
  }
}
