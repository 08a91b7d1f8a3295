package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.DepthwiseKernel;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The weight and bias gradient of a depthwise convolution, lanes on channels. The rows of dy, of
 * all images, are cut into up to {@value #MAX_CHUNKS} chunks; a task sums one of them for a block
 * of channels, pixel by pixel. The partial sums are then added in the order of the chunks, whose
 * number follows from the shape alone and so belongs to the result. Channels-first tensors are
 * reordered.
 */
final class DepthwiseBackwardWeights implements ConvBackwardWeights {
  private static final int MAX_CHUNKS = 16;
  private static final int BLOCK_CHANNELS = 192;
  private static final int PIECE_FLOATS = 3072; // of a row of dy: it and its inputs stay in L1

  private final ConvShape shape;
  private final Layout layout;
  private final ConvArguments arguments;
  private final DepthwiseKernel kernel;
  private final ElementwiseKernels elementwise;
  private final int multiplier;
  private final DepthwiseAxis rows;
  private final DepthwiseAxis columns;
  private final int area;
  private final int block; // channels at a time
  private final int blocks;
  private final int chunkRows;
  private final int chunks;
  private final int piece; // outputs of a row at a time
  private final Reorder xIn; // null if x is channels last
  private final Reorder dyIn;
  private final int dyFrom; // where the reordered dy lies after x
  private final int partials; // where the partial sums lie: [chunks][kh · kw + 1][oc]
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  DepthwiseBackwardWeights(ConvShape s, Layout layout, Target target) {
    this.shape = s;
    this.layout = layout;
    this.arguments = new ConvArguments(s, layout);
    this.kernel = target.kernels().depthwise();
    this.elementwise = target.kernels().elementwise();
    this.multiplier = s.ocg();
    this.rows =
        new DepthwiseAxis(s.oh(), s.kh(), s.strideH(), s.dilationH(), -s.padding().top(), s.ih());
    this.columns =
        new DepthwiseAxis(s.ow(), s.kw(), s.strideW(), s.dilationW(), -s.padding().left(), s.iw());
    this.area = s.kh() * s.kw();
    this.blocks = Math.ceilDiv(s.oc(), BLOCK_CHANNELS);
    this.block = (Math.ceilDiv(s.oc(), blocks) + 15) & -16;
    int all = Math.multiplyExact(s.n(), s.oh());
    this.chunkRows = Math.max(1, Math.ceilDiv(all, MAX_CHUNKS));
    this.chunks = Math.ceilDiv(all, chunkRows);
    this.piece = Math.max(16, PIECE_FLOATS / Math.min(block, s.oc()) / 4 * 4);
    boolean last = layout == Layout.CHANNELS_LAST;
    this.xIn = last ? null : new Reorder(s.n(), s.ic(), s.ih() * s.iw(), target.kernels());
    this.dyIn = last ? null : new Reorder(s.n(), s.oc(), s.oh() * s.ow(), target.kernels());
    this.dyFrom = last ? 0 : roundUp(s.x().size());
    this.partials = last ? 0 : Math.addExact(dyFrom, roundUp(s.y().size()));
    this.workspace =
        new WorkspaceSpec(
            partials + (long) chunks * (area + 1) * s.oc(),
            multiplier == 1 ? 0 : (long) s.kh() * s.iw() * block);
  }

  /** To whole cache lines. */
  private static int roundUp(int floats) {
    return Math.addExact(floats, 15) & -16;
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
    return DepthwiseForward.NAME;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    arguments.checkBackwardWeights(x, dy, dw, db);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.ws = ws;
      call.dw = dw;
      call.db = db;
      call.x = xIn == null ? x.array() : ws.array();
      call.xOff = xIn == null ? x.offset() : ws.sharedOffset();
      call.dy = dyIn == null ? dy.array() : ws.array();
      call.dyOff = dyIn == null ? dy.offset() : ws.sharedOffset() + dyFrom;
      if (xIn != null) {
        xIn.run(x.array(), x.offset(), call.x, call.xOff, par);
        dyIn.run(dy.array(), dy.offset(), call.dy, call.dyOff, par);
      }
      Parallel team = par.forWork(shape.flops());
      team.forEach(chunks, call.chunk);
      team.forEach(blocks, call.addPartials);
    }
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] dy;
    private int dyOff;
    private Tensor dw;
    private Tensor db;
    private Workspace ws;
    private final TaskBody chunk = this::chunk;
    private final TaskBody addPartials = this::addPartials;

    /** The sums of one chunk's rows. */
    private void chunk(int task, int worker) {
      int oc = shape.oc();
      int sums = ws.sharedOffset() + partials + task * (area + 1) * oc;
      Arrays.fill(ws.array(), sums, sums + (area + 1) * oc, 0f);
      int end = Math.min(shape.n() * shape.oh(), (task + 1) * chunkRows);
      for (int row = task * chunkRows; row < end; row++) {
        for (int c = 0; c < oc; c += block) {
          windowRows(row, c, Math.min(block, oc - c), sums + c, worker);
        }
        int src = dyOff + row * shape.ow() * oc;
        for (int ox = 0; db != null && ox < shape.ow(); ox++) {
          elementwise.add(dy, src + ox * oc, ws.array(), sums + area * oc, oc);
        }
      }
    }

    /** Adds a row of dy to the gradients of the rows of the window that are inside. */
    private void windowRows(int row, int c, int here, int sums, int worker) {
      int oy = row % shape.oh();
      int ky = rows.firstTap(oy);
      int count = rows.endTap(oy) - ky;
      if (count <= 0) {
        return;
      }
      int iy = oy * rows.stride() + ky * rows.dilation() + rows.first();
      int at = xOff + (row / shape.oh() * shape.ih() + iy) * shape.iw() * shape.ic();
      int src = dyOff + row * shape.ow() * shape.oc() + c;
      int to = sums + ky * shape.kw() * shape.oc();
      int rowStep = rows.dilation() * shape.iw() * shape.ic();
      if (multiplier == 1) {
        columns(count, here, x, at + c, rowStep, shape.oc(), src, to);
      } else {
        int wide = ws.workerOffset(worker);
        int wideRow = shape.iw() * here;
        for (int r = 0; r < count; r++) {
          widen(at + r * rowStep, c, here, wide + r * wideRow);
        }
        columns(count, here, ws.array(), wide, wideRow, here, src, to);
      }
    }

    /** The channels of a row of x for {@code here} filters from c. */
    private void widen(int src, int c, int here, int dst) {
      int to = dst;
      for (int ix = 0; ix < shape.iw(); ix++) {
        for (int o = c; o < c + here; o++) {
          ws.array()[to++] = x[src + ix * shape.ic() + o / multiplier];
        }
      }
    }

    /** Some rows of the windows: {@code from} has {@code step} channels a pixel. */
    private void columns(
        int count, int here, float[] from, int fromOff, int rowStep, int step, int src, int to) {
      int left = columns.insideAll();
      int right = columns.endAll();
      for (int ox = 0; ox < left; ox++) {
        border(ox, count, here, from, fromOff, rowStep, step, src, to);
      }
      for (int ox = left; ox < right; ox += piece) {
        int pixels = Math.min(piece, right - ox);
        outputs(ox, pixels, 0, shape.kw(), count, here, from, fromOff, rowStep, step, src, to);
      }
      for (int ox = right; ox < shape.ow(); ox++) {
        border(ox, count, here, from, fromOff, rowStep, step, src, to);
      }
    }

    private void border(
        int ox,
        int count,
        int here,
        float[] from,
        int fromOff,
        int rowStep,
        int step,
        int src,
        int to) {
      int tap = columns.firstTap(ox);
      int taps = columns.endTap(ox) - tap;
      outputs(ox, 1, tap, taps, count, here, from, fromOff, rowStep, step, src, to);
    }

    /** Some outputs, by the taps [tap, tap + taps). */
    private void outputs(
        int ox,
        int pixels,
        int tap,
        int taps,
        int count,
        int here,
        float[] from,
        int fromOff,
        int rowStep,
        int step,
        int src,
        int to) {
      if (taps <= 0) {
        return;
      }
      int ix = ox * columns.stride() + tap * columns.dilation() + columns.first();
      kernel.addGradient(
          count,
          taps,
          pixels,
          here,
          from,
          fromOff + ix * step,
          rowStep,
          columns.dilation() * step,
          columns.stride() * step,
          dy,
          src + ox * shape.oc(),
          shape.oc(),
          ws.array(),
          to + tap * shape.oc(),
          shape.kw() * shape.oc(),
          shape.oc());
    }

    /** Adds the chunks' sums for a block of channels to dw, whose order is another, and to db. */
    private void addPartials(int task, int worker) {
      int oc = shape.oc();
      int end = Math.min(oc, (task + 1) * block);
      for (int o = task * block; o < end; o++) {
        for (int part = 0; part < chunks; part++) {
          int from = ws.sharedOffset() + partials + part * (area + 1) * oc + o;
          for (int tap = 0; tap < area; tap++) {
            dw.array()[dw.offset() + o * area + tap] += ws.array()[from + tap * oc];
          }
          if (db != null) {
            db.array()[db.offset() + o] += ws.array()[from + area * oc];
          }
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      dy = null;
      dw = null;
      db = null;
      ws = null;
    }
  }
}
