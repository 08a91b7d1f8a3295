package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.ConvLaws.like;
import static io.lanewise.propertytests.law.ConvPass.FORWARD;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** One convolution that is two, one after the other. */
final class ConvFactorLaws {
  private static final long MOST_FLOPS = 4_000_000; // of the composed convolution
  private static final long EXACT = 1L << 24; // whole numbers up to here are exact in float32
  private static final int LARGEST = 4; // of Trial.integers
  private static final int SECOND_FILTERS = 2;

  private static final ConvSubject COMPOSABLE =
      ConvSubject.of(
          "convolutions that another one of 2 filters and up to 2x2 taps may follow",
          s -> composed(s).flops() <= MOST_FLOPS && greatestComposed(s) < EXACT,
          ConvShapes::any);

  static final List<Law<ConvShape>> ALL =
      List.of(
          new Law<>(
              "conv.separable-channels",
              ConvSubject.PLANES,
              "w[o][c] = p[o][c]·d[c]: y(x, w) is 1x1 by p of depthwise by d",
              "Howard et al., MobileNets, 2017, §3.1",
              ConvFactorLaws::separableChannels),
          new Law<>(
              "conv.separable-axes",
              ConvSubject.PLANES,
              "w[o][c] = r[o][c]·u[c]ᵀ: y(x, w) is 1xkw by r of depthwise khx1 by u",
              "Goodfellow et al., Deep Learning, 2016, §9.8: separable kernels",
              ConvFactorLaws::separableAxes),
          new Law<>(
              "conv.composition",
              COMPOSABLE,
              "y(y(x, w), v) = y(x, v * w), v without padding",
              "associativity of sums: Goodfellow et al., Deep Learning, 2016, §9.1",
              ConvFactorLaws::composition));

  private ConvFactorLaws() {}

  private static void separableChannels(Backend backend, ConvShape s, Trial trial) {
    ConvShape depthwise = like(s).filters(s.ic(), s.kh(), s.kw()).groups(s.ic()).build();
    ConvShape mixing =
        ConvShape.input(s.n(), s.ic(), s.oh(), s.ow())
            .filters(s.oc(), 1, 1)
            .groups(s.groups())
            .build();
    Tensor x = trial.integers(s.x());
    Tensor d = trial.integers(depthwise.w());
    Tensor p = trial.integers(mixing.w());
    Tensor want = FORWARD.exact(backend, mixing, FORWARD.exact(backend, depthwise, x, d), p);
    ConvLaws.requireAlive(trial, s, want);
    Tensor w = weights(s, (o, c, channel, ky, kx) -> p.get(o, c, 0, 0) * d.get(channel, 0, ky, kx));
    checkAll(backend, s, trial, x, w, want, "separated");
  }

  private static void separableAxes(Backend backend, ConvShape s, Trial trial) {
    Padding p = s.padding();
    ConvShape down =
        like(s)
            .filters(s.ic(), s.kh(), 1)
            .stride(s.strideH(), 1)
            .dilation(s.dilationH(), 1)
            .padding(new Padding(p.top(), p.bottom(), 0, 0))
            .groups(s.ic())
            .build();
    ConvShape across =
        ConvShape.input(s.n(), s.ic(), s.oh(), s.iw())
            .filters(s.oc(), 1, s.kw())
            .stride(1, s.strideW())
            .dilation(1, s.dilationW())
            .padding(new Padding(0, 0, p.left(), p.right()))
            .groups(s.groups())
            .build();
    Tensor x = trial.integers(s.x());
    Tensor u = trial.integers(down.w());
    Tensor r = trial.integers(across.w());
    Tensor want = FORWARD.exact(backend, across, FORWARD.exact(backend, down, x, u), r);
    ConvLaws.requireAlive(trial, s, want);
    Tensor w = weights(s, (o, c, channel, ky, kx) -> r.get(o, c, 0, kx) * u.get(channel, 0, ky, 0));
    checkAll(backend, s, trial, x, w, want, "separated");
  }

  /** One tap of a filter. */
  @FunctionalInterface
  private interface Tap {
    float at(int o, int c, int channel, int ky, int kx);
  }

  private static Tensor weights(ConvShape s, Tap tap) {
    Tensor w = Tensor.zeros(s.w());
    for (int o = 0; o < s.oc(); o++) {
      for (int c = 0; c < s.icg(); c++) {
        int channel = o / s.ocg() * s.icg() + c;
        for (int ky = 0; ky < s.kh(); ky++) {
          for (int kx = 0; kx < s.kw(); kx++) {
            w.set(tap.at(o, c, channel, ky, kx), o, c, ky, kx);
          }
        }
      }
    }
    return w;
  }

  private static void composition(Backend backend, ConvShape s, Trial trial) {
    ConvShape second = second(s);
    ConvShape composed = composed(s);
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor v = trial.integers(second.w());
    Tensor want = FORWARD.exact(backend, second, FORWARD.exact(backend, s, x, w), v);
    ConvLaws.requireAlive(trial, s, want);
    Tensor vw = Tensor.zeros(composed.w());
    for (int o2 = 0; o2 < second.oc(); o2++) {
      for (int o = 0; o < s.oc(); o++) {
        for (int ky2 = 0; ky2 < second.kh(); ky2++) {
          for (int kx2 = 0; kx2 < second.kw(); kx2++) {
            addFilter(
                s, w, o, v.get(o2, o, ky2, kx2), vw, o2, ky2 * s.strideH(), kx2 * s.strideW());
          }
        }
      }
    }
    checkAll(backend, composed, trial, x, vw, want, "composed");
  }

  /** Adds {@code factor} times filter o of w to filter o2 of {@code vw}, moved and spread. */
  private static void addFilter(
      ConvShape s, Tensor w, int o, float factor, Tensor vw, int o2, int top, int left) {
    for (int c = 0; c < s.icg(); c++) {
      int channel = o / s.ocg() * s.icg() + c;
      for (int ky = 0; ky < s.kh(); ky++) {
        for (int kx = 0; kx < s.kw(); kx++) {
          int[] at = {o2, channel, top + ky * s.dilationH(), left + kx * s.dilationW()};
          vw.set(vw.get(at) + factor * w.get(o, c, ky, kx), at);
        }
      }
    }
  }

  private static ConvShape second(ConvShape s) {
    return ConvShape.input(s.n(), s.oc(), s.oh(), s.ow())
        .filters(SECOND_FILTERS, Math.min(2, s.oh()), Math.min(2, s.ow()))
        .build();
  }

  /** The second's taps lie a stride of the first apart on the first's input. */
  private static ConvShape composed(ConvShape s) {
    ConvShape second = second(s);
    int kh = Window.extent(s.kh(), s.dilationH()) + (second.kh() - 1) * s.strideH();
    int kw = Window.extent(s.kw(), s.dilationW()) + (second.kw() - 1) * s.strideW();
    return like(s).filters(SECOND_FILTERS, kh, kw).dilation(1).groups(1).build();
  }

  private static long greatestComposed(ConvShape s) {
    return (long) LARGEST * LARGEST * LARGEST * s.reduction() * second(s).reduction();
  }

  private static void checkAll(
      Backend backend, ConvShape s, Trial trial, Tensor x, Tensor w, Tensor want, String how) {
    for (ConvRun run : FORWARD.exactRuns(backend, s)) {
      trial.equal(run + " " + how, want, run.of(x, w));
    }
  }
}
