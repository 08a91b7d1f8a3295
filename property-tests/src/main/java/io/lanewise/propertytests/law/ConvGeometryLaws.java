package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Axes.pick;
import static io.lanewise.propertytests.law.ConvLaws.like;
import static io.lanewise.propertytests.law.Moves.backwards;
import static io.lanewise.propertytests.law.Moves.put;
import static io.lanewise.propertytests.law.Moves.range;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.stream.Stream;

/** Where the window stands: padding, shifts, mirrors. */
final class ConvGeometryLaws {
  private static final ConvSubject CONV = ConvSubject.PLANES;
  private static final int HEIGHT = 2; // dimensions of images and of weights
  private static final int WIDTH = 3;

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "zero-padding",
                  CONV,
                  "f with padding is f without, of x in a frame of zeros",
                  "Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016,"
                      + " §2.2: the effective input",
                  ConvGeometryLaws::zeroPadding),
              List.of(
                  new Law<>(
                      "conv.translation",
                      CONV,
                      "y(T^s x, w) = T y(x, w): x moved by a stride, y moves by one, to the bit"
                          + " where it is a plain sum",
                      "Goodfellow et al., Deep Learning, 2016, §9.2: equivariance",
                      ConvGeometryLaws::translation),
                  new Law<>(
                      "conv.flip",
                      CONV,
                      "y(Rx, Rw) = R y(x, w), R mirrors height and width",
                      "substitution of the indices: Goodfellow et al., Deep Learning, 2016, §9.1",
                      ConvGeometryLaws::flip)))
          .flatMap(List::stream)
          .toList();

  private ConvGeometryLaws() {}

  /** Exactly so for whole numbers; for others where both have the algorithm, -0 aside. */
  private static void zeroPadding(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    ConvShape framed =
        like(s, s.ih() + vertical(s), s.iw() + horizontal(s)).padding(Padding.NONE).build();
    List<ConvRun> others = pass.runs(backend, framed);
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor y = trial.integers(s.y());
    Tensor want = unframed(pass, s, pass.exactRuns(backend, framed).getFirst(), x, w, y);
    ConvLaws.requireAlive(trial, s, want);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      trial.equal(run + " framed", want, run.of(pass.left(x, w, y), pass.right(x, w, y)));
    }
    Tensor fx = trial.floats(s.x());
    Tensor fw = trial.floats(s.w());
    Tensor fy = trial.floats(s.y());
    for (ConvRun run : pass.runs(backend, s)) {
      Tensor got = run.of(pass.left(fx, fw, fy), pass.right(fx, fw, fy));
      run.namesake(others)
          .ifPresent(
              other ->
                  trial.equal(run + " framed floats", unframed(pass, s, other, fx, fw, fy), got));
    }
  }

  /** The pass with x in a frame of zeros; a result with a frame is cut out of it. */
  private static Tensor unframed(
      ConvPass pass, ConvShape s, ConvRun framed, Tensor x, Tensor w, Tensor y) {
    int[] rows = range(s.padding().top(), s.ih(), 1);
    int[] columns = range(s.padding().left(), s.iw(), 1);
    Tensor inFrame = placed(x, framed.shape(), rows, columns);
    Tensor out = framed.of(pass.left(inFrame, w, y), pass.right(inFrame, w, y));
    boolean isImage = pass == ConvPass.INPUT_GRADIENT;
    return isImage ? pick(pick(out, HEIGHT, rows), WIDTH, columns) : out;
  }

  /** On a canvas that holds x at either place, so that nothing is cut off. */
  private static void translation(Backend backend, ConvShape s, Trial trial) {
    int down = trial.random().nextInt(1, 3);
    int right = trial.random().nextInt(0, 3);
    ConvShape canvas =
        like(
                s,
                s.ih() + vertical(s) + down * s.strideH(),
                s.iw() + horizontal(s) + right * s.strideW())
            .padding(Padding.NONE)
            .build();
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor fx = trial.floats(s.x());
    Tensor fw = trial.floats(s.w());
    int[] rows = range(s.padding().top(), s.ih(), 1);
    int[] columns = range(s.padding().left(), s.iw(), 1);
    int[] movedRows = range(s.padding().top() + down * s.strideH(), s.ih(), 1);
    int[] movedColumns = range(s.padding().left() + right * s.strideW(), s.iw(), 1);
    int oh = canvas.oh() - down;
    int ow = canvas.ow() - right;
    for (ConvRun run : ConvPass.FORWARD.exactRuns(backend, canvas)) {
      Tensor y = window(run.of(placed(x, canvas, rows, columns), w), 0, oh, 0, ow);
      ConvLaws.requireAlive(trial, s, y);
      Tensor moved = run.of(placed(x, canvas, movedRows, movedColumns), w);
      trial.equal(run + " moved", y, window(moved, down, oh, right, ow));
      Tensor fy = run.of(placed(fx, canvas, rows, columns), fw);
      Tensor fMoved = run.of(placed(fx, canvas, movedRows, movedColumns), fw);
      trial.sameBits(
          run + " moved floats", window(fy, 0, oh, 0, ow), window(fMoved, down, oh, right, ow));
    }
  }

  /**
   * The rows that the last window does not reach lie before the first one when mirrored: that many
   * less are padded, or cut off.
   */
  private static void flip(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor w = trial.integers(s.w());
    Tensor y = ConvPass.FORWARD.exact(backend, s, x, w);
    ConvLaws.requireAlive(trial, s, y);
    Padding p = s.padding();
    int bottom =
        reached(s.oh(), s.strideH(), Window.extent(s.kh(), s.dilationH())) - p.top() - s.ih();
    int right =
        reached(s.ow(), s.strideW(), Window.extent(s.kw(), s.dilationW())) - p.left() - s.iw();
    int ih = s.ih() + Math.min(0, bottom);
    int iw = s.iw() + Math.min(0, right);
    Padding swapped = new Padding(Math.max(0, bottom), p.top(), Math.max(0, right), p.left());
    ConvShape mirrored = like(s, ih, iw).padding(swapped).build();
    Tensor want = mirror(y);
    Tensor mirroredX = mirror(window(x, 0, ih, 0, iw));
    for (ConvRun run : ConvPass.FORWARD.exactRuns(backend, mirrored)) {
      trial.equal(run + " mirrored", want, run.of(mirroredX, mirror(w)));
    }
  }

  /** Positions of the padded input up to the end of the last window. */
  private static int reached(int out, int stride, int extent) {
    return (out - 1) * stride + extent;
  }

  private static int vertical(ConvShape s) {
    return s.padding().top() + s.padding().bottom();
  }

  private static int horizontal(ConvShape s) {
    return s.padding().left() + s.padding().right();
  }

  private static Tensor placed(Tensor x, ConvShape canvas, int[] rows, int[] columns) {
    return put(put(x, HEIGHT, canvas.ih(), rows), WIDTH, canvas.iw(), columns);
  }

  private static Tensor window(Tensor t, int top, int height, int left, int width) {
    return pick(pick(t, HEIGHT, range(top, height, 1)), WIDTH, range(left, width, 1));
  }

  private static Tensor mirror(Tensor t) {
    int height = t.shape().dim(HEIGHT);
    int width = t.shape().dim(WIDTH);
    return pick(pick(t, HEIGHT, backwards(height)), WIDTH, backwards(width));
  }
}
