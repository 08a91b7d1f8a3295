package io.lanewise.kernels.norm;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Checks that the interfaces of this package share. */
final class NormArguments {
  private NormArguments() {}

  static void requireImages(Tensor t, String name, Shape shape, Layout layout) {
    requireShape(t, shape, layout, name);
  }

  static void requireOrNull(Tensor t, String name, Shape shape) {
    if (t != null) {
      requireShape(t, shape, name);
    }
  }

  static void requireVectorOrNull(Tensor t, String name, int n) {
    if (t != null) {
      Tensor.requireVector(t, n, name);
    }
  }

  static void requireMean(Tensor mean, Norm op, boolean needed) {
    if (!op.isCentred() && mean != null) {
      throw new IllegalArgumentException(
          "mean must be null where the mean is left in, got shape " + mean.shape());
    }
    if (op.isCentred() && (needed || mean != null)) {
      requireShape(mean, op.statistics(), "mean");
    }
  }

  /** Checks that an output shares no element with two others; null shares none. */
  static void requireApart(
      Tensor out, String name, Tensor a, String aName, Tensor b, String bName) {
    if (out != null && a != null) {
      requireDisjoint(out, name, a, aName);
    }
    if (out != null && b != null) {
      requireDisjoint(out, name, b, bName);
    }
  }

  static void requireGradients(
      Tensor x,
      Tensor gamma,
      Tensor mean,
      Tensor r,
      String rName,
      Tensor dy,
      Tensor dx,
      Tensor dgamma,
      Tensor dbeta) {
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    requireSameOrDisjoint(dx, "dx", x, "x");
    requireApart(dx, "dx", gamma, "gamma", mean, "mean");
    requireApart(dx, "dx", r, rName, null, "");
    requireApart(dgamma, "dgamma", x, "x", dy, "dy");
    requireApart(dgamma, "dgamma", dx, "dx", gamma, "gamma");
    requireApart(dgamma, "dgamma", mean, "mean", r, rName);
    requireApart(dbeta, "dbeta", x, "x", dy, "dy");
    requireApart(dbeta, "dbeta", dx, "dx", gamma, "gamma");
    requireApart(dbeta, "dbeta", mean, "mean", r, rName);
    requireApart(dbeta, "dbeta", dgamma, "dgamma", null, "");
  }
}
