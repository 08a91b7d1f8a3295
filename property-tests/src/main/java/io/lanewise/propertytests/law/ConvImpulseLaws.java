package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/**
 * A single 1 among zeros picks out elements of the other argument. What comes out follows from the
 * geometry alone, without any sum, so it holds for every value to the last digit, and does not lean
 * on the reference. Zeros are expected here, each at its place.
 */
final class ConvImpulseLaws {
  private static final String SIFTING =
      "the delta is convolution's identity: Goodfellow et al., Deep Learning, 2016, §9.1";

  /** No output, no impulse. */
  private static final ConvSubject IMAGES =
      ConvSubject.of("convolutions of at least one image", s -> s.n() > 0, ConvShapes::any);

  static final List<Law<ConvShape>> ALL =
      List.of(
          new Law<>(
              "conv.delta-kernel",
              ConvSubject.PLANES,
              "w[o] = δ(c, ky, kx): y[o] is channel c of x, shifted and sampled",
              SIFTING,
              ConvImpulseLaws::deltaKernel),
          new Law<>(
              "conv.impulse-input-gradient",
              IMAGES,
              "dy = δ(img, o, oy, ox): dx is w[o] at the window's place, else 0",
              SIFTING,
              ConvImpulseLaws::impulseInputGradient),
          new Law<>(
              "conv.impulse-weight-gradient",
              IMAGES,
              "dy = δ(img, o, oy, ox): dw[o] is what the window sees of x, else 0",
              SIFTING,
              ConvImpulseLaws::impulseWeightGradient));

  private ConvImpulseLaws() {}

  private static void deltaKernel(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor w = Tensor.zeros(s.w());
    Tensor want = Tensor.zeros(s.y());
    for (int o = 0; o < s.oc(); o++) {
      int c = trial.random().nextInt(s.icg());
      int ky = trial.random().nextInt(s.kh());
      int kx = trial.random().nextInt(s.kw());
      w.set(1, o, c, ky, kx);
      for (int img = 0; img < s.n(); img++) {
        for (int oy = 0; oy < s.oh(); oy++) {
          for (int ox = 0; ox < s.ow(); ox++) {
            want.set(seen(s, x, img, o, c, oy, ox, ky, kx), img, o, oy, ox);
          }
        }
      }
    }
    for (ConvRun run : ConvPass.FORWARD.exactRuns(backend, s)) {
      trial.equal(run + " delta", want, run.of(x, w));
    }
  }

  private static void impulseInputGradient(Backend backend, ConvShape s, Trial trial) {
    Tensor w = trial.wideRange(s.w());
    Tensor dy = Tensor.zeros(s.y());
    int[] at = place(s, trial);
    dy.set(1, at);
    Tensor want = Tensor.zeros(s.x());
    for (int c = 0; c < s.icg(); c++) {
      for (int ky = 0; ky < s.kh(); ky++) {
        for (int kx = 0; kx < s.kw(); kx++) {
          int iy = row(s, at[2], ky);
          int ix = column(s, at[3], kx);
          if (isInside(s, iy, ix)) {
            want.set(w.get(at[1], c, ky, kx), at[0], channel(s, at[1], c), iy, ix);
          }
        }
      }
    }
    for (ConvRun run : ConvPass.INPUT_GRADIENT.exactRuns(backend, s)) {
      trial.equal(run + " impulse", want, run.of(dy, w));
    }
  }

  private static void impulseWeightGradient(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.wideRange(s.x());
    Tensor dy = Tensor.zeros(s.y());
    int[] at = place(s, trial);
    dy.set(1, at);
    Tensor want = Tensor.zeros(s.w());
    for (int c = 0; c < s.icg(); c++) {
      for (int ky = 0; ky < s.kh(); ky++) {
        for (int kx = 0; kx < s.kw(); kx++) {
          want.set(seen(s, x, at[0], at[1], c, at[2], at[3], ky, kx), at[1], c, ky, kx);
        }
      }
    }
    for (ConvRun run : ConvPass.WEIGHT_GRADIENT.exactRuns(backend, s)) {
      trial.equal(run + " impulse", want, run.of(x, dy));
    }
  }

  /** An output's img, o, oy and ox. */
  private static int[] place(ConvShape s, Trial trial) {
    return new int[] {
      trial.random().nextInt(s.n()),
      trial.random().nextInt(s.oc()),
      trial.random().nextInt(s.oh()),
      trial.random().nextInt(s.ow())
    };
  }

  /** What filter o's tap (c, ky, kx) sees at output (oy, ox). */
  private static float seen(
      ConvShape s, Tensor x, int img, int o, int c, int oy, int ox, int ky, int kx) {
    int iy = row(s, oy, ky);
    int ix = column(s, ox, kx);
    return isInside(s, iy, ix) ? x.get(img, channel(s, o, c), iy, ix) : 0;
  }

  private static int channel(ConvShape s, int o, int c) {
    return o / s.ocg() * s.icg() + c;
  }

  private static int row(ConvShape s, int oy, int ky) {
    return oy * s.strideH() + ky * s.dilationH() - s.padding().top();
  }

  private static int column(ConvShape s, int ox, int kx) {
    return ox * s.strideW() + kx * s.dilationW() - s.padding().left();
  }

  private static boolean isInside(ConvShape s, int iy, int ix) {
    return iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw();
  }
}
