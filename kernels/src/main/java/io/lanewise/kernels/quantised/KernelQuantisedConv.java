package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.TransposeKernel;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@link QuantisedConv} in three steps: x less its zero point as channels-last floats, float32
 * convolutions whose sums are integers below 2^24 and so exact, and the sums to integers or codes.
 * Real weights rarely reach the limit, so most layers are one convolution; the rest are cut into
 * {@link ConvParts}.
 */
public final class KernelQuantisedConv implements QuantisedConv {
  private static final int TASK = 1 << 14; // elements of a step's task

  private final ConvShape shape;
  private final Layout layout;
  private final Quantisation x;
  private final Quantisation w;
  private final Shape xShape;
  private final Shape yShape;
  private final Shape wShape;
  private final QuantisedKernels kernels;
  private final WidenedImages images;
  private final TransposeKernel turn;
  private final int endStep; // pixels of a task; of channels-first images they are one image's
  private final int endTasks;
  private final List<ConvParts> cuts; // into ever more parts
  private final PixelBlocks blocks; // null if there are none
  private final String packing;
  private final int[] noBias;
  private final int sumsAt; // in the shared part; behind it what a part's convolution shares
  private final int coreAt;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans the convolution. */
  public KernelQuantisedConv(
      ConvShape shape, Layout layout, Quantisation x, Quantisation w, Target target) {
    QuantisedConv.requirePlannable(shape, x, w);
    this.shape = shape;
    this.layout = layout;
    this.x = x;
    this.w = w;
    this.xShape = shape.x();
    this.yShape = shape.y();
    this.wShape = shape.w();
    this.kernels = target.kernels().quantised();
    this.images = new WidenedImages(shape, layout, x, target);
    this.turn = target.kernels().transpose(shape.oc());
    boolean last = layout == Layout.CHANNELS_LAST;
    int plane = shape.yPixels();
    this.endStep = last ? Math.max(1, TASK / shape.oc()) : WidenedImages.TILE;
    this.endTasks =
        last ? Math.ceilDiv(shape.n() * plane, endStep) : shape.n() * Math.ceilDiv(plane, endStep);
    this.cuts = ConvParts.cuts(shape, x.reach() * w.reach(), target);
    this.blocks = last ? PixelBlocks.of(shape, target) : null;
    this.packing = "quantised conv " + shape + ", x " + x + ", w " + w;
    this.noBias = new int[shape.oc()];
    long floats = 0;
    WorkspaceSpec core = blocks == null ? WorkspaceSpec.NONE : blocks.workspace();
    for (ConvParts parts : cuts) {
      floats = Math.max(floats, (long) parts.slices() * parts.sliceFloats());
      core = core.max(parts.workspace());
    }
    boolean whole = cuts.stream().allMatch(parts -> parts.count() == 1);
    long sums = (whole ? 1L : 3L) * yShape.size();
    long tile = last ? 0 : 2L * WidenedImages.TILE * shape.oc();
    tile = Math.max(tile, images.scratchFloats());
    this.workspace =
        new WorkspaceSpec(
            floats + sums + core.sharedFloats(), Math.max(tile, core.floatsPerWorker()));
    if (workspace.sharedFloats() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a workspace holds less than 2^31 floats, got " + workspace.sharedFloats());
    }
    this.sumsAt = (int) floats;
    this.coreAt = (int) (floats + sums);
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
  public Quantisation x() {
    return x;
  }

  @Override
  public Quantisation w() {
    return w;
  }

  @Override
  public String algorithm() {
    return cuts.getFirst().conv().algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public QuantisedWeights pack(ByteTensor weights) {
    ByteTensor.requireShape(weights, wShape, Layout.CHANNELS_FIRST, "w");
    float[] values = new float[weights.size()];
    int taps = shape.reduction();
    for (int i = 0; i < values.length; i++) {
      int code = w.type().code(weights.array()[weights.offset() + i]);
      values[i] = code - w.zeroPoint(i / taps);
    }
    int cut = 0;
    while (cut < cuts.size() - 1 && !cuts.get(cut).isExact(values, x)) {
      cut++;
    }
    ConvParts parts = cuts.get(cut);
    return new ConvWeights(packing, parts, parts.pack(values));
  }

  @Override
  public void accumulate(
      ByteTensor src,
      QuantisedWeights packed,
      IntTensor bias,
      IntTensor y,
      Workspace ws,
      Parallel par) {
    ConvWeights weights = check(src, packed, bias, ws, par);
    IntTensor.requireShape(y, yShape, layout, "y");
    if (bias != null) {
      IntTensor.requireDisjoint(y, "y", bias, "bias");
    }
    try (Call call = calls.take()) {
      call.sums = y;
      call.run(src, weights, bias, ws, par);
    }
  }

  @Override
  public void run(
      ByteTensor src,
      QuantisedWeights packed,
      IntTensor bias,
      Requantisation out,
      ByteTensor y,
      Workspace ws,
      Parallel par) {
    ConvWeights weights = check(src, packed, bias, ws, par);
    ByteTensor.requireShape(y, yShape, layout, "y");
    ByteTensor.requireDisjoint(y, "y", src, "x");
    out.requireFits(shape.oc());
    try (Call call = calls.take()) {
      call.out = out;
      call.codes = y;
      call.run(src, weights, bias, ws, par);
    }
  }

  private ConvWeights check(
      ByteTensor src, QuantisedWeights packed, IntTensor bias, Workspace ws, Parallel par) {
    ByteTensor.requireShape(src, xShape, layout, "x");
    if (bias != null) {
      IntTensor.requireVector(bias, shape.oc(), "bias");
    }
    ws.require(workspace, par.workers());
    return ConvWeights.require(packed, packing);
  }

  private final class Call extends CallFrame {
    private ByteTensor src;
    private ConvWeights w;
    private int[] bias;
    private int biasOff;
    private IntTensor sums; // null if codes are wanted
    private Requantisation out;
    private ByteTensor codes;
    private Workspace ws;
    private int part;
    private int first; // pixel of the floats
    private int end;
    private final TaskBody widen = this::widen;
    private final TaskBody fold = this::fold;
    private final TaskBody widenBlock = this::widenBlock;
    private final TaskBody finish = this::finish;

    private void run(
        ByteTensor x, ConvWeights weights, IntTensor added, Workspace scratch, Parallel par) {
      src = x;
      w = weights;
      bias = added == null ? noBias : added.array();
      biasOff = added == null ? 0 : added.offset();
      ws = scratch;
      Parallel team = par.forWork(shape.flops());
      if (blocks != null && !isCut()) {
        byBlocks(team, par);
        return;
      }
      first = 0;
      end = shape.n() * shape.yPixels();
      team.forEach(images.tasks(), widen);
      ConvParts parts = w.parts();
      float[] floats = ws.array();
      int y = ws.sharedOffset() + sumsAt + (isCut() ? 2 * yShape.size() : 0);
      for (part = 0; part < parts.count(); part++) {
        int from = ws.sharedOffset() + parts.slice(part) * parts.sliceFloats();
        int core = ws.sharedOffset() + coreAt;
        parts.conv().run(floats, from, w.packed().get(part), floats, y, ws, core, par);
        if (isCut()) {
          team.forEach(Math.ceilDiv(yShape.size(), TASK), fold);
        }
      }
      team.forEach(endTasks, finish);
    }

    private void byBlocks(Parallel team, Parallel par) {
      float[] floats = ws.array();
      int from = ws.sharedOffset();
      for (first = 0; first < blocks.pixels(); first += blocks.step()) {
        end = Math.min(blocks.pixels(), first + blocks.step());
        team.forEach(images.tasks(end - first), widenBlock);
        PackedWeights packed = w.packed().getFirst();
        blocks.conv(first).run(floats, from, packed, floats, from + sumsAt, ws, from + coreAt, par);
        team.forEach(Math.ceilDiv(end - first, endStep), finish);
      }
    }

    private void widenBlock(int task, int worker) {
      images.block(task, src, first, end, ws);
    }

    private boolean isCut() {
      return w.parts().count() > 1;
    }

    private void widen(int task, int worker) {
      images.task(task, worker, src, w.parts(), ws);
    }

    private void fold(int task, int worker) {
      int size = yShape.size();
      int at = task * TASK;
      int n = Math.min(TASK, size - at);
      int low = ws.sharedOffset() + sumsAt + at;
      if (part == 0) {
        Arrays.fill(ws.array(), low, low + n, 0f);
        Arrays.fill(ws.array(), low + size, low + size + n, 0f);
      }
      kernels.fold(n, ws.array(), low + 2 * size, ws.array(), low + size, low);
    }

    /** Sums of some pixels to what is wanted of them. */
    private void finish(int task, int worker) {
      int oc = shape.oc();
      int low = ws.sharedOffset() + sumsAt;
      if (layout == Layout.CHANNELS_LAST) {
        int skipped = task * endStep;
        int n = Math.min(end - first - skipped, endStep);
        int from = low + skipped * oc;
        rows(n, oc, 0, 1, from + yShape.size(), from, (first + skipped) * oc);
        return;
      }
      int plane = shape.yPixels();
      int tiles = Math.ceilDiv(plane, endStep);
      int img = task / tiles;
      int pixel = task % tiles * endStep;
      int width = Math.min(endStep, plane - pixel);
      int from = low + (img * plane + pixel) * oc;
      int tile = ws.workerOffset(worker);
      int highTile = tile + oc * WidenedImages.TILE;
      turn.run(ws.array(), from, width, oc, ws.array(), tile, WidenedImages.TILE);
      if (isCut()) {
        int high = from + yShape.size();
        turn.run(ws.array(), high, width, oc, ws.array(), highTile, WidenedImages.TILE);
      }
      for (int c = 0; c < oc; c++) {
        int at = c * WidenedImages.TILE;
        rows(1, width, c, 0, highTile + at, tile + at, (img * oc + c) * plane + pixel);
      }
    }

    /** Rows of outputs, of the channels that follow or, where step is 0, of one. */
    private void rows(int rows, int n, int channel, int step, int highAt, int low, int to) {
      float[] floats = ws.array();
      int high = isCut() ? highAt : -1;
      int b0 = biasOff + channel;
      if (sums != null) {
        int[] y = sums.array();
        for (int row = 0; row < rows * n; row += n) {
          int h = high < 0 ? high : high + row;
          int at = sums.offset() + to + row;
          kernels.accumulate(n, floats, h, low + row, bias, b0, step, y, at);
        }
      } else {
        CodeEnding.run(
            kernels,
            rows,
            n,
            floats,
            high,
            low,
            bias,
            b0,
            out,
            channel,
            step,
            codes.array(),
            codes.offset() + to);
      }
    }

    @Override
    protected void clear() {
      src = null;
      w = null;
      bias = null;
      sums = null;
      out = null;
      codes = null;
      ws = null;
    }
  }
}
