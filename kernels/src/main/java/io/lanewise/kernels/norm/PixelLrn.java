package io.lanewise.kernels.norm;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * {@link LocalResponseNorm} across channels that lie side by side: some pixels are copied with
 * zeros before and after each, and lanes run over all of them at once; sums that reach over a
 * border between pixels are computed and left.
 */
final class PixelLrn implements LocalResponseNorm {
  private static final int BLOCK = 1 << 10;
  private static final long FLOPS_PER_ELEMENT = 30;

  private final Shape shape;
  private final Layout layout;
  private final Lrn lrn;
  private final LrnSteps steps;
  private final CopyKernel copy;
  private final int pixels; // of all images
  private final int c;
  private final int pitch; // of a pixel with its zeros
  private final int blockPixels;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  PixelLrn(Shape shape, Layout layout, Lrn lrn, Target target) {
    this.shape = shape;
    this.layout = layout;
    this.lrn = lrn;
    this.steps = new LrnSteps(lrn, target.kernels());
    this.copy = target.kernels().copy();
    this.c = shape.dim(1);
    this.pixels = shape.size() == 0 ? 0 : shape.size() / c;
    this.pitch = Math.addExact(lrn.before() + lrn.after(), c);
    this.blockPixels = Math.max(1, BLOCK / Math.max(1, pitch));
    this.workspace = new WorkspaceSpec(0, 3L * blockPixels * pitch);
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
  public Lrn lrn() {
    return lrn;
  }

  /** x or q with their zeros, s, and p. */
  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    LocalResponseNorm.checkForward(this, x, y);
    run(x, null, y, ws, par);
  }

  @Override
  public void backward(Tensor x, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    LocalResponseNorm.checkBackward(this, x, dy, dx);
    run(x, dy, dx, ws, par);
  }

  private void run(Tensor x, Tensor dy, Tensor dst, Workspace ws, Parallel par) {
    ws.require(workspace(), par.workers());
    if (shape.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.dy = dy;
      call.dst = dst;
      call.ws = ws;
      int tasks = Math.ceilDiv(pixels, blockPixels);
      par.forWork(x.size() * FLOPS_PER_ELEMENT).forEach(tasks, call.block);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private Tensor dy; // null when forward
    private Tensor dst;
    private Workspace ws;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int count = Math.min(blockPixels, pixels - task * blockPixels);
      int at = task * blockPixels * c;
      int elements = count * pitch;
      int sums = elements - (pitch - c); // those of whole windows
      float[] tile = ws.array();
      int wide = ws.workerOffset(worker);
      int s = wide + blockPixels * pitch;
      int p = s + blockPixels * pitch;
      zeros(tile, wide, lrn.before(), count);
      copy.run(x.array(), x.offset() + at, c, count, c, tile, wide + lrn.before(), pitch);
      int middle = wide + lrn.before();
      if (dy == null && steps.isRapid()) {
        steps.rapidForward(tile, wide, lrn.size(), 1, middle, sums, tile, s);
        copy.run(tile, s, pitch, count, c, dst.array(), dst.offset() + at, c);
        return;
      }
      steps.squares(tile, wide, lrn.size(), 1, sums, tile, s);
      steps.power(tile, s, tile, p, sums);
      if (dy == null) {
        steps.kernels.product(tile, middle, tile, p, tile, s, sums);
        copy.run(tile, s, pitch, count, c, dst.array(), dst.offset() + at, c);
      } else {
        gradient(at, count, wide, s, p);
      }
    }

    /** Before the first pixel, between any two, and behind the last one. */
    private void zeros(float[] tile, int wide, int before, int count) {
      Arrays.fill(tile, wide, wide + before, 0);
      int end = wide + count * pitch;
      for (int from = wide + before + c; from < end; from += pitch) {
        Arrays.fill(tile, from, Math.min(end, from + pitch - c), 0);
      }
    }

    private void gradient(int at, int count, int wide, int s, int p) {
      float[] tile = ws.array();
      float[] from = x.array();
      float[] slopes = dy.array();
      zeros(tile, wide, lrn.after(), count);
      for (int pixel = 0; pixel < count; pixel++) {
        int i = pixel * pitch;
        int src = x.offset() + at + pixel * c;
        int g = dy.offset() + at + pixel * c;
        int q = wide + lrn.after() + i;
        steps.kernels.inner(from, src, slopes, g, tile, p + i, tile, s + i, tile, q, c);
      }
      int sums = count * pitch - (pitch - c);
      steps.kernels.sums(tile, wide, lrn.size(), 1, sums, false, 0, 1, tile, s);
      for (int pixel = 0; pixel < count; pixel++) {
        int i = pixel * pitch;
        int src = x.offset() + at + pixel * c;
        int g = dy.offset() + at + pixel * c;
        int to = dst.offset() + at + pixel * c;
        float factor = steps.slope;
        steps.kernels.gradient(
            from, src, slopes, g, tile, p + i, tile, s + i, factor, dst.array(), to, c);
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dst = null;
      ws = null;
    }
  }
}
