package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.GroupKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Channels-last convolution of small groups, as many side by side as a vector has room for: a block
 * of groups at a time, from copies of its channels in {@link PaddedLines}. A group has a power of
 * two of lanes. Computes what {@code ReferenceConv.forward} computes; each output is the sum of one
 * chain of multiply-adds for each channel ({@link GroupKernel}). Planes of taps outside the image
 * are left out.
 */
final class GroupedForward implements ForwardCore {
  static final String NAME = "grouped";

  private static final int TILE = 12; // outputs of the largest

  private final ConvShape shape;
  private final GroupKernel kernel;
  private final CopyKernel copy;
  private final Ending ending;
  private final int n; // lanes of a group
  private final int lanes; // of a block
  private final int side; // groups of a block
  private final int blocks;
  private final int taps;
  private final LineCut cut;
  private final PaddedLines padded;
  private final int sums; // floats of a part's sums and of a block's bias
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  GroupedForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.n = lanes(shape);
    this.kernel = target.kernels().grouped(n);
    this.copy = target.kernels().copy();
    this.ending = new Ending(target.kernels());
    this.lanes = kernel.lanes();
    this.side = lanes / n;
    this.blocks = Math.ceilDiv(shape.groups(), side);
    this.taps = shape.area();
    int floats = target.machine().l2Bytes() / Float.BYTES / 4;
    this.cut = new LineCut(shape, lanes, TILE, blocks, floats);
    int lines = cut.mostLines();
    int width = cut.mostOutputs();
    Lanes pixels = new Lanes(copy, shape.ic(), shape.icg(), n, lanes);
    this.padded = new PaddedLines(shape, lines, width, lanes, 1, pixels);
    this.sums = Math.addExact(Math.multiplyExact(width, lanes), lanes);
    this.noBias = new float[shape.oc()];
    this.workspace = new WorkspaceSpec(0, sums + PaddedLines.floats(shape, lines, width, lanes));
  }

  /** Lanes of a group: a power of two, at least its inputs and its outputs. */
  static int lanes(ConvShape shape) {
    int most = Math.max(shape.icg(), shape.ocg());
    return Integer.highestOneBit(2 * most - 1);
  }

  /** Into how many tasks the work is cut for a team of so many. */
  int tasks(int workers) {
    return cut.tasks(cut.of(workers));
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return NAME;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public String layout() {
    return "conv-grouped lanes"
        + lanes
        + " last"
        + kernel.weight(0, n - 1)
        + " g"
        + shape.groups()
        + " w"
        + shape.w();
  }

  @Override
  public long packedFloats() {
    return blocks * blockFloats();
  }

  private long blockFloats() {
    return (long) taps * n * lanes;
  }

  /** packed: [blocks][kd][kh][kw][n · lanes], 0 where a lane has no channel or no output. */
  @Override
  public void pack(Tensor w, float[] packed) {
    Arrays.fill(packed, 0, Math.toIntExact(packedFloats()), 0f);
    for (int o = 0; o < shape.oc(); o++) {
      int group = o / shape.ocg();
      long block = group / side * blockFloats();
      for (int c = 0; c < shape.icg(); c++) {
        int to = (int) block + kernel.weight(c, o % shape.ocg()) + group % side * n;
        int from = w.offset() + (o * shape.icg() + c) * taps;
        for (int tap = 0; tap < taps; tap++) {
          packed[to + tap * n * lanes] = w.array()[from + tap];
        }
      }
    }
  }

  @Override
  public void run(
      float[] x,
      int xOff,
      float[] w,
      Epilogue epilogue,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par) {
    Parallel team = par.forWork(shape.flops());
    LineCut.Cut now = cut.of(team.workers());
    try (Call call = calls.take()) {
      call.cut = now;
      call.set(x, xOff, w, epilogue, noBias, r, rOff, y, yOff, ws);
      team.forEach(cut.tasks(now), call.body);
    }
  }

  private final class Call extends ForwardFrame {
    private LineCut.Cut cut;
    private final TaskBody body = this::block;

    /** A block's channels of some lines of a plane of outputs, or of the same part of each. */
    private void block(int task, int worker) {
      int rest = task / cut.grid().tasks();
      int block = rest % blocks;
      int part = rest / blocks % cut.parts();
      int plane = rest / blocks / cut.parts();
      int ox0 = part * cut.width();
      int m = Math.min(cut.width(), shape.ow() - ox0);
      int line0 = task % cut.grid().tasks() * cut.grid().rows();
      int lines = Math.min(cut.grid().rows(), shape.oh() - line0);
      int groups = Math.min(side, shape.groups() - block * side);
      int own = ws.workerOffset(worker);
      int kz0 = Depth.first(shape, plane % shape.od());
      int kz1 = Depth.end(shape, plane % shape.od());
      int first = xOff + block * side * shape.icg();
      int window = own + sums;
      padded.copy(
          x,
          first,
          groups * shape.icg(),
          plane,
          kz0,
          kz1,
          line0,
          lines,
          ox0,
          m,
          ws.array(),
          window);
      bias(block, groups, own + sums - lanes);
      int deep = taps / shape.kd();
      for (int i = 0; i < lines; i++) {
        int output = ((plane * shape.oh() + line0 + i) * shape.ow() + ox0) * shape.oc();
        int to = output + block * side * shape.ocg();
        line(block, groups, kz0 * deep, (kz1 - kz0) * deep, window + padded.line(i), m, to, own);
      }
    }

    /** A block's, each in its lane. */
    private void bias(int block, int groups, int to) {
      float[] a = ws.array();
      int ocg = shape.ocg();
      int from = biasOff + block * side * ocg;
      Arrays.fill(a, to, to + lanes, 0f);
      for (int group = 0; group < groups; group++) {
        System.arraycopy(bias, from + group * ocg, a, to + group * n, ocg);
      }
    }

    /**
     * m outputs of a block. Where nothing is done to them and they fill the lanes, they go to y at
     * once, else they wait side by side in scratch memory.
     */
    private void line(
        int block, int groups, int tap, int steps, int window, int m, int to, int own) {
      float[] a = ws.array();
      int oc = shape.oc();
      int n2 = n * lanes;
      int from = (int) (block * blockFloats()) + tap * n2;
      int start = own + sums - lanes;
      boolean full = shape.ocg() == n && groups == side;
      int step = padded.step();
      if (full && r == null && activation.equals(Activation.identity())) {
        kernel.line(
            m, steps, padded.at(), tap, a, window, step, w, from, a, start, y, yOff + to, oc);
        return;
      }
      kernel.line(m, steps, padded.at(), tap, a, window, step, w, from, a, start, a, own, lanes);
      int channels = groups * shape.ocg();
      if (!full) {
        for (int i = 0; i < m; i++) {
          for (int group = 0; group < groups; group++) {
            int at = own + i * lanes + group * n;
            System.arraycopy(a, at, a, own + i * channels + group * shape.ocg(), shape.ocg());
          }
        }
      }
      if (r == null) {
        ending.run(activation, m, channels, null, 0, a, own, channels, a, own, channels);
        copy.run(a, own, channels, m, channels, y, yOff + to, oc);
      } else {
        ending.run(activation, m, channels, r, rOff + to, a, own, channels, y, yOff + to, oc);
      }
    }

    @Override
    protected void clear() {
      super.clear();
      cut = null;
    }
  }
}
