package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Axes.pick;
import static io.lanewise.propertytests.law.ConvLaws.like;
import static io.lanewise.propertytests.law.Moves.put;
import static io.lanewise.propertytests.law.Moves.range;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** What strides leave out, and what dilation puts between. */
final class ConvSamplingLaws {
  private static final long MOST_FLOPS = 4_000_000; // of the larger convolution that a law adds
  private static final int HEIGHT = 2; // dimensions of images and of weights
  private static final int WIDTH = 3;
  private static final String GUIDE =
      "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016, ";

  private static final ConvSubject STRIDED =
      ConvSubject.of(
          "convolutions with a stride",
          s -> s.strideH() * s.strideW() > 1 && everyPosition(s).flops() <= MOST_FLOPS,
          ConvShapes::any);

  private static final ConvSubject DILATED =
      ConvSubject.of(
          "dilated convolutions",
          s -> s.dilationH() * s.dilationW() > 1 && dense(s).flops() <= MOST_FLOPS,
          ConvShapes::any);

  static final List<Law<ConvShape>> ALL =
      List.of(
          new Law<>(
              "conv.stride",
              STRIDED,
              "y at stride s is every s-th y at stride 1",
              GUIDE + "§1.1: strides as subsampling",
              ConvSamplingLaws::stride),
          new Law<>(
              "conv.dilation",
              DILATED,
              "y at dilation d is y of the kernel with d - 1 zeros between its taps",
              GUIDE + "§5.1",
              ConvSamplingLaws::dilation));

  private ConvSamplingLaws() {}

  private static void stride(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor all = ConvPass.FORWARD.exact(backend, everyPosition(s), x, w);
    Tensor want =
        pick(
            pick(all, HEIGHT, range(0, s.oh(), s.strideH())), WIDTH, range(0, s.ow(), s.strideW()));
    ConvLaws.requireAlive(trial, s, want);
    for (ConvRun run : ConvPass.FORWARD.exactRuns(backend, s)) {
      trial.equal(run + " strided", want, run.of(x, w));
    }
  }

  private static void dilation(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    ConvShape dense = dense(s);
    Tensor rows = put(w, HEIGHT, dense.kh(), range(0, s.kh(), s.dilationH()));
    Tensor spread = put(rows, WIDTH, dense.kw(), range(0, s.kw(), s.dilationW()));
    Tensor want = ConvPass.FORWARD.exact(backend, dense, x, spread);
    ConvLaws.requireAlive(trial, s, want);
    for (ConvRun run : ConvPass.FORWARD.exactRuns(backend, s)) {
      trial.equal(run + " dilated", want, run.of(x, w));
    }
  }

  private static ConvShape everyPosition(ConvShape s) {
    return like(s).stride(1).build();
  }

  private static ConvShape dense(ConvShape s) {
    int kh = Window.extent(s.kh(), s.dilationH());
    int kw = Window.extent(s.kw(), s.dilationW());
    return like(s).filters(s.oc(), kh, kw).dilation(1).build();
  }
}
