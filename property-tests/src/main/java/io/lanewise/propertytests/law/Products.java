package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;

/** Matrix products, run into fresh memory that holds NaN before, or is added to. */
final class Products {
  private Products() {}

  /** The same product without adding to what C holds. */
  static GemmShape overwriting(GemmShape s) {
    return new GemmShape(s.m(), s.n(), s.k(), s.transposeA(), s.transposeB(), false);
  }

  /** The same product, adding to what C holds. */
  static GemmShape adding(GemmShape s) {
    return new GemmShape(s.m(), s.n(), s.k(), s.transposeA(), s.transposeB(), true);
  }

  /** The product, overwriting. */
  static Tensor of(Backend backend, GemmShape s, Tensor a, Tensor b) {
    return run(backend, overwriting(s), a, b, Tensor.zeros(s.c()).fill(Float.NaN));
  }

  /** The product added to a copy of {@code c}. */
  static Tensor added(Backend backend, GemmShape s, Tensor a, Tensor b, Tensor c) {
    return run(backend, adding(s), a, b, c);
  }

  /** A product of stored matrices, none transposed. */
  static Tensor of(Backend backend, Tensor a, Tensor b) {
    int m = a.shape().dim(0);
    return of(backend, GemmShape.of(m, b.shape().dim(1), b.shape().dim(0)), a, b);
  }

  /** As the shape says, into a copy of {@code c}. */
  static Tensor run(Backend backend, GemmShape s, Tensor a, Tensor b, Tensor c) {
    Gemm plan = backend.gemm(s);
    Tensor result = c.copy();
    plan.run(a, b, result, Workspace.allocate(plan.workspace(), 1), Parallel.SEQUENTIAL);
    return result;
  }

  /** What the reference gives, into a copy of {@code c}. */
  static Tensor reference(GemmShape s, Tensor a, Tensor b, Tensor c) {
    Tensor result = c.copy();
    ReferenceMatrix.gemm(s, a, b, result);
    return result;
  }

  /** Refuses data whose product is nearly all zeros, unless it is an empty sum. */
  static void requireAlive(Trial trial, GemmShape s, Tensor a, Tensor b) {
    if (s.k() > 0) {
      trial.requireAlive(reference(overwriting(s), a, b, Tensor.zeros(s.c())));
    }
  }
}
