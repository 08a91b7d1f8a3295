package io.lanewise.kernels.dropout;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.WorkerInts;
import io.lanewise.kernels.micro.RandomKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * {@link Dropout} of channels; a task is an image. Its channels' words are spread over as many
 * elements as the loop over elements takes at a time.
 */
final class KernelSpatialDropout implements Dropout {
  private static final int CHUNK = 1024;
  private static final long FLOPS_PER_ELEMENT = 4;

  private final Shape shape;
  private final Layout layout;
  private final double rate;
  private final DropoutFactors factors;
  private final RandomKernels kernels;
  private final int channels;
  private final int pixels;
  private final int groups; // that hold all words of an image, wherever they begin
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelSpatialDropout(Shape shape, Layout layout, double rate, Target target) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "spatial dropout needs [n][c] and any further axes, got " + shape);
    }
    this.shape = shape;
    this.layout = Objects.requireNonNull(layout, "layout");
    this.rate = rate;
    this.factors = DropoutFactors.plain(rate);
    this.kernels = target.kernels().random();
    boolean empty = shape.size() == 0;
    this.channels = empty ? 0 : shape.dim(1);
    this.pixels = empty ? 0 : shape.size() / shape.dim(0) / channels;
    this.groups = Math.ceilDiv(channels, RandomKernels.GROUP) + 1;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public void forward(Tensor x, long seed, long step, Tensor y, Parallel par) {
    requireShape(x, shape, layout, "x");
    requireShape(y, shape, layout, "y");
    requireSameOrDisjoint(y, "y", x, "x");
    run(x, seed, step, y, par);
  }

  @Override
  public void backward(Tensor dy, long seed, long step, Tensor dx, Parallel par) {
    requireShape(dy, shape, layout, "dy");
    requireShape(dx, shape, layout, "dx");
    requireSameOrDisjoint(dx, "dx", dy, "dy");
    run(dy, seed, step, dx, par); // a diagonal matrix is its own transpose
  }

  private void run(Tensor src, long seed, long step, Tensor dst, Parallel par) {
    if (src.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.src = src;
      call.dst = dst;
      call.seed = seed;
      call.step = step;
      call.words.require(par.workers());
      call.spread.require(par.workers());
      par.forWork(src.size() * FLOPS_PER_ELEMENT).forEach(shape.dim(0), call.body);
    }
  }

  private final class Call extends CallFrame {
    private final WorkerInts words = new WorkerInts(groups * RandomKernels.GROUP);
    private final WorkerInts spread = new WorkerInts(Math.max(CHUNK, channels));
    private Tensor src;
    private Tensor dst;
    private long seed;
    private long step;
    private final TaskBody body = this::image;

    private void image(int img, int worker) {
      long first = (long) img * channels;
      int[] own = words.of(worker);
      int[] all = spread.of(worker);
      kernels.words(seed, step, first / RandomKernels.GROUP, groups, own);
      int at = (int) (first % RandomKernels.GROUP);
      int image = img * channels * pixels;
      if (layout == Layout.CHANNELS_FIRST) {
        for (int c = 0; c < channels; c++) {
          Arrays.fill(all, 0, Math.min(CHUNK, pixels), own[at + c]);
          elements(all, CHUNK, image + c * pixels, pixels);
        }
      } else {
        int together = Math.max(1, CHUNK / channels);
        for (int p = 0; p < together; p++) {
          System.arraycopy(own, at, all, p * channels, channels);
        }
        elements(all, together * channels, image, channels * pixels);
      }
    }

    /** Elements [from, from + n), {@code chunk} at a time with the same words. */
    private void elements(int[] all, int chunk, int from, int n) {
      for (int done = 0; done < n; done += chunk) {
        kernels.keep(
            all,
            0,
            factors.threshold(),
            src.array(),
            src.offset() + from + done,
            factors.scale(),
            factors.shift(),
            factors.dropped(),
            dst.array(),
            dst.offset() + from + done,
            Math.min(chunk, n - done));
      }
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
    }
  }
}
