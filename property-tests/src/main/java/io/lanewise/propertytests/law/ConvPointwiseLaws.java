package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** A 1x1 convolution is a matrix product, and so are its gradients. */
final class ConvPointwiseLaws {
  static final List<Law<ConvShape>> ALL =
      PassLaws.of(
          "pointwise",
          ConvSubject.of(
              "1x1 convolutions without stride, padding and groups",
              ConvShape::isPointwise,
              ConvShapes::pointwise),
          "Y = W·X, dX = Wᵀ·dY, dW = Σ dY·Xᵀ, by the same backend's matrix product",
          "Lin, Chen and Yan, Network In Network, 2014, §3.1",
          ConvPointwiseLaws::pointwise);

  private ConvPointwiseLaws() {}

  private static void pointwise(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    Tensor want = Tensor.zeros(pass.out(s));
    int pixels = s.ih() * s.iw();
    for (int img = 0; img < s.n(); img++) {
      switch (pass) {
        case FORWARD ->
            multiply(
                backend, GemmShape.of(s.oc(), pixels, s.ic()), b, image(a, img), image(want, img));
        case INPUT_GRADIENT ->
            multiply(
                backend,
                new GemmShape(s.ic(), pixels, s.oc(), true, false, false),
                b,
                image(a, img),
                image(want, img));
        case WEIGHT_GRADIENT ->
            multiply(
                backend,
                new GemmShape(s.oc(), s.ic(), pixels, false, true, true),
                image(b, img),
                image(a, img),
                want);
      }
    }
    ConvLaws.requireAlive(trial, s, want);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      trial.equal(run + " as matrices", want, run.of(a, b));
    }
  }

  private static Tensor image(Tensor t, int img) {
    return t.slice(img, img + 1);
  }

  private static void multiply(Backend backend, GemmShape shape, Tensor a, Tensor b, Tensor c) {
    Gemm gemm = backend.gemm(shape);
    Workspace ws = Workspace.allocate(gemm.workspace(), 1);
    gemm.run(
        a.reshape(shape.a()), b.reshape(shape.b()), c.reshape(shape.c()), ws, Parallel.SEQUENTIAL);
  }
}
