package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.CopyKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.LaneGradientKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.platform.CacheLine;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The weight and bias gradient of a convolution of small groups, as many side by side as a vector
 * has room for. In a depthwise convolution a lane is a filter. Else a group has a power of two of
 * lanes, each of which is one of its input channels, and dy passes by as often, its lanes exchanged
 * otherwise each time (lane i gets lane i XOR turn): so each input meets each output of its group.
 *
 * <p>A task sums some lines of dy for a block of lanes ({@link GradientLanes}), some lines at a
 * time, x from copies in {@link PaddedLines}, whose zeros around the image give the bits that an
 * image with zeros around it has. The chunks' sums are then added in their order. Channels-first
 * tensors are reordered.
 */
final class GroupedBackwardWeights implements ConvBackwardWeights {
  /** Floats of dy's lines that are added together and of the rows of x that they read. */
  private static final int SECTION = 1 << 16;

  /** Pixels a multiple of so many floats apart push each other out of L1. */
  private static final int CROWDED = 128;

  private final ConvShape shape;
  private final Layout layout;
  private final ConvArguments arguments;
  private final LaneGradientKernel kernel;
  private final CopyKernel copy;
  private final ElementwiseKernels elementwise;
  private final GradientLanes cut;
  private final PaddedLines padded;
  private final int rowStep; // of the copies
  private final int tapStep;
  private final int pixel;
  private final Lanes dyLanes; // null if dy is read where it lies
  private final int width; // outputs of a line at a time
  private final int most; // lines at a time
  private final int dyFloats; // of a copy of them
  private final int sums; // floats of a task's
  private final Reorder xIn; // null if x is channels last
  private final Reorder dyIn;
  private final int dyFrom; // where the reordered dy lies after x
  private final int partials; // where the sums lie: [chunks][blocks][turns][kd][kh][kw][block]
  private final BiasGradient biasGradient;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  GroupedBackwardWeights(ConvShape s, Layout layout, Target target) {
    this.shape = s;
    this.layout = layout;
    this.arguments = new ConvArguments(s, layout);
    this.kernel = target.kernels().laneGradient();
    this.copy = target.kernels().copy();
    this.elementwise = target.kernels().elementwise();
    this.cut = GradientLanes.of(s);
    int block = cut.block();
    this.pixel = block % CROWDED == 0 ? block + CacheLine.FLOATS : block;
    boolean dyCopied = cut.turns() > 1;
    long read = 1 + (long) s.strideH() * s.strideW(); // of dy and x, for an output
    long columns = Math.max(1, SECTION / block / read);
    this.width = Math.clamp(columns, 1, s.ow());
    this.most = Math.clamp(columns / width, 1, Math.min(s.oh(), cut.chunkLines()));
    this.padded = new PaddedLines(s, most, width, pixel, 1, pixels(target));
    this.tapStep = Math.multiplyExact(s.dilationW(), pixel);
    this.rowStep = s.kh() > 1 ? padded.at()[s.kw()] : 0;
    this.dyLanes = dyCopied ? new Lanes(copy, s.oc(), s.ocg(), cut.n(), block) : null;
    this.dyFloats = dyCopied ? Math.multiplyExact(most * width, block) : 0;
    this.sums = cut.sums(s.area());
    boolean last = layout == Layout.CHANNELS_LAST;
    this.xIn = last ? null : new Reorder(s.n(), s.ic(), s.xPixels(), target.kernels());
    this.dyIn = last ? null : new Reorder(s.n(), s.oc(), s.yPixels(), target.kernels());
    this.dyFrom = last ? 0 : GemmBlocking.roundUp(s.x().size(), CacheLine.FLOATS);
    this.partials =
        last ? 0 : Math.addExact(dyFrom, GemmBlocking.roundUp(s.y().size(), CacheLine.FLOATS));
    this.biasGradient = new BiasGradient(s.n(), s.oc(), s.yPixels(), layout, elementwise);
    this.workspace = workspaceSpec();
  }

  private PaddedLines.Pixels pixels(Target target) {
    return shape.isDepthwise() && cut.n() > 1
        ? new Repeated(shape.ic(), cut.n(), pixel)
        : new Lanes(target.kernels().copy(), shape.ic(), shape.icg(), cut.n(), pixel);
  }

  private WorkspaceSpec workspaceSpec() {
    long copies = PaddedLines.floats(shape, most, width, pixel);
    long worker = copies + 2L * dyFloats;
    return new WorkspaceSpec(
        partials + (long) cut.chunks() * cut.blocks() * sums,
        Math.max(worker, biasGradient.workspace().floatsPerWorker()));
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public String algorithm() {
    return shape.isDepthwise() ? DepthwiseForward.NAME : GroupedForward.NAME;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    arguments.checkBackwardWeights(x, dy, dw, db);
    ws.require(workspace, par.workers());
    if (cut.chunks() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.ws = ws;
      call.dw = dw;
      call.x = xIn == null ? x.array() : ws.array();
      call.xOff = xIn == null ? x.offset() : ws.sharedOffset();
      call.dy = dyIn == null ? dy.array() : ws.array();
      call.dyOff = dyIn == null ? dy.offset() : ws.sharedOffset() + dyFrom;
      if (xIn != null) {
        xIn.run(x.array(), x.offset(), call.x, call.xOff, par);
        dyIn.run(dy.array(), dy.offset(), call.dy, call.dyOff, par);
      }
      Parallel team = par.forWork(shape.flops());
      team.forEach(cut.chunks() * cut.blocks(), call.chunk);
      team.forEach(cut.blocks(), call.addChunks);
    }
    if (db != null) {
      biasGradient.run(dy, db, ws, par);
    }
  }

  /**
   * Reads a float of each cache line, one after the other: from afar they come faster so than by
   * strides. What it returns is for nothing but that the reads are not left out.
   */
  private static float touch(float[] a, int from, int pixels, int channels, int step) {
    int bits = 0;
    boolean gaps = channels < step;
    int rows = gaps ? pixels : 1;
    int row = gaps ? channels : pixels * channels;
    for (int i = 0; i < rows; i++) {
      int end = from + i * step + row;
      for (int j = from + i * step; j < end; j += CacheLine.FLOATS) {
        bits ^= Float.floatToRawIntBits(a[j]);
      }
    }
    return Float.intBitsToFloat(bits);
  }

  /** Copies a channel for each of its filters. */
  private record Repeated(int all, int times, int lanes) implements PaddedLines.Pixels {
    @Override
    public void copy(float[] x, int from, int channels, int count, float[] dst, int to) {
      for (int i = 0; i < count; i++) {
        int at = to + i * lanes;
        for (int c = 0; c < channels; c++) {
          Arrays.fill(dst, at, at + times, x[from + i * all + c]);
          at += times;
        }
      }
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] dy;
    private int dyOff;
    private Tensor dw;
    private Workspace ws;
    private final TaskBody chunk = this::chunk;
    private final TaskBody addChunks = this::addChunks;

    /** The sums of one chunk's lines for a block of lanes. */
    private void chunk(int task, int worker) {
      int to = ws.sharedOffset() + partials + task * sums;
      Arrays.fill(ws.array(), to, to + sums, 0f);
      int lines = shape.n() * shape.od() * shape.oh();
      int end = Math.min(lines, (task / cut.blocks() + 1) * cut.chunkLines());
      int group = task % cut.blocks() * cut.side();
      int line = task / cut.blocks() * cut.chunkLines();
      while (line < end) {
        int left = Math.min(end - line, shape.oh() - line % shape.oh());
        int count = Math.min(left, most);
        for (int ox = 0; ox < shape.ow(); ox += width) {
          int m = Math.min(width, shape.ow() - ox);
          section(group, line, count, ox, m, to, ws.workerOffset(worker));
        }
        line += count;
      }
    }

    /** Adds m outputs from ox on of some lines of a plane. */
    private void section(int group, int line, int count, int ox, int m, int to, int own) {
      int groups = Math.min(cut.side(), shape.groups() - group);
      int window = own + 2 * dyFloats;
      int plane = line / shape.oh();
      int kz0 = Depth.first(shape, plane % shape.od());
      int kz1 = Depth.end(shape, plane % shape.od());
      float[] a = ws.array();
      int oc = shape.oc();
      int lines = dyOff + line * shape.ow() * oc + group * shape.ocg();
      if (dyLanes == null && ox == 0) {
        a[own] = touch(dy, lines, count * shape.ow(), groups * shape.ocg(), oc);
      }
      if (kz0 < kz1) {
        int from = xOff + group * shape.icg();
        int channels = groups * shape.icg();
        padded.copy(x, from, channels, plane, kz0, kz1, line % shape.oh(), count, ox, m, a, window);
      }
      int src = lines + ox * oc;
      if (dyLanes == null) {
        planes(groups, count, kz0, kz1, m, own, dy, src, shape.ow() * oc, oc, to);
        return;
      }
      int block = cut.block();
      for (int i = 0; i < count; i++) {
        int at = src + i * shape.ow() * oc;
        dyLanes.copy(dy, at, groups * shape.ocg(), m, a, own + i * m * block);
      }
      planes(groups, count, kz0, kz1, m, own, a, own, m * block, block, to);
      for (int turn = 1; turn < cut.turns(); turn++) {
        int turned = own + dyFloats;
        copy.turned(turn, a, own, count * m * block, a, turned);
        int at = to + turn * shape.area() * block;
        planes(groups, count, kz0, kz1, m, own, a, turned, m * block, block, at);
      }
    }

    /** Adds them to the gradients of each plane of the window that is inside. */
    private void planes(
        int groups,
        int count,
        int kz0,
        int kz1,
        int m,
        int own,
        float[] d,
        int dOff,
        int dLine,
        int dStep,
        int to) {
      int area = shape.kh() * shape.kw();
      for (int kz = kz0; kz < kz1; kz++) {
        int at = to + kz * area * cut.block();
        int lanes = dyLanes == null ? groups * cut.n() : cut.rounded(groups);
        int from = own + 2 * dyFloats + padded.at()[kz * area];
        kernel.add(
            shape.kh(),
            shape.kw(),
            count,
            m,
            lanes,
            ws.array(),
            from,
            rowStep,
            tapStep,
            padded.line(1),
            padded.step(),
            d,
            dOff,
            dLine,
            dStep,
            ws.array(),
            at,
            shape.kw() * cut.block(),
            cut.block());
      }
    }

    /** Adds the chunks' sums of a block, and these to dw, whose order is another. */
    private void addChunks(int b, int worker) {
      float[] a = ws.array();
      int first = ws.sharedOffset() + partials + b * sums;
      for (int other = 1; other < cut.chunks(); other++) {
        elementwise.add(a, first + other * cut.blocks() * sums, a, first, sums);
      }
      int ocg = shape.ocg();
      int group = b * cut.side();
      int end = Math.min(shape.groups(), group + cut.side());
      for (int o = group * ocg; o < end * ocg; o++) {
        int lanes = first + (o / ocg - group) * cut.n();
        for (int c = 0; c < shape.icg(); c++) {
          int turn = cut.turns() > 1 ? c ^ o % ocg : 0;
          int lane = cut.turns() > 1 ? c : o % ocg;
          addTaps(lanes + lane + turn * shape.area() * cut.block(), o * shape.icg() + c);
        }
      }
    }

    private void addTaps(int from, int weight) {
      float[] dst = dw.array();
      int to = dw.offset() + weight * shape.area();
      for (int tap = 0; tap < shape.area(); tap++) {
        dst[to + tap] += ws.array()[from + tap * cut.block()];
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dw = null;
      ws = null;
    }
  }
}
