package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * {@link QuantisedGemm} in two steps: A less its zero point as floats, then {@link NarrowProduct}s
 * of integers that do not round.
 */
public final class KernelQuantisedGemm implements QuantisedGemm {
  private static final int WIDEN = 1 << 14; // elements of a task

  private final GemmShape shape;
  private final Shape aShape;
  private final Shape cShape;
  private final Quantisation a;
  private final Quantisation b;
  private final NarrowProduct product;
  private final QuantisedKernels kernels;
  private final String layout;
  private final int rows;
  private final WorkspaceSpec workspace;
  private final int[] noBias;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans the product. */
  public KernelQuantisedGemm(GemmShape shape, Quantisation a, Quantisation b, Target target) {
    QuantisedGemm.requirePlannable(shape, a, b);
    this.shape = shape;
    this.aShape = shape.a();
    this.cShape = shape.c();
    this.a = a;
    this.b = b;
    this.product = new NarrowProduct(shape.n(), shape.k(), target);
    this.kernels = target.kernels().quantised();
    this.layout = product.layout("quantised product " + a + " by " + b);
    this.rows = Math.clamp(shape.m(), 1, NarrowProduct.ROWS);
    this.workspace = new WorkspaceSpec(aShape.size(), product.exactFloats(rows));
    this.noBias = new int[shape.n()];
  }

  @Override
  public GemmShape shape() {
    return shape;
  }

  @Override
  public Quantisation a() {
    return a;
  }

  @Override
  public Quantisation b() {
    return b;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public QuantisedWeights pack(ByteTensor w) {
    ByteTensor.requireShape(w, shape.b(), Layout.CHANNELS_FIRST, "b");
    return IntegerPanels.pack(
        product, layout, shape.n(), shape.k(), w, shape.transposeB(), b, a.reach());
  }

  @Override
  public void accumulate(
      ByteTensor x, QuantisedWeights w, IntTensor bias, IntTensor y, Workspace ws, Parallel par) {
    NarrowPanels panels = check(x, w, bias, ws, par);
    IntTensor.requireShape(y, cShape, Layout.CHANNELS_FIRST, "c");
    if (bias != null) {
      IntTensor.requireDisjoint(y, "c", bias, "bias");
    }
    try (Call call = calls.take()) {
      call.sums = y;
      call.run(x, panels, bias, ws, par);
    }
  }

  @Override
  public void run(
      ByteTensor x,
      QuantisedWeights w,
      IntTensor bias,
      Requantisation out,
      ByteTensor y,
      Workspace ws,
      Parallel par) {
    NarrowPanels panels = check(x, w, bias, ws, par);
    ByteTensor.requireShape(y, cShape, Layout.CHANNELS_FIRST, "c");
    ByteTensor.requireDisjoint(y, "c", x, "a");
    out.requireFits(shape.n());
    try (Call call = calls.take()) {
      call.out = out;
      call.codes = y;
      call.run(x, panels, bias, ws, par);
    }
  }

  private NarrowPanels check(
      ByteTensor x, QuantisedWeights w, IntTensor bias, Workspace ws, Parallel par) {
    ByteTensor.requireShape(x, aShape, Layout.CHANNELS_FIRST, "a");
    if (bias != null) {
      IntTensor.requireVector(bias, shape.n(), "bias");
    }
    ws.require(workspace, par.workers());
    return NarrowPanels.require(w, layout);
  }

  private final class Call extends CallFrame {
    private ByteTensor x;
    private NarrowPanels w;
    private int[] bias;
    private int biasOff;
    private IntTensor sums; // null if codes are wanted
    private Requantisation out;
    private ByteTensor codes;
    private Workspace ws;
    private final TaskBody widen = this::widen;
    private final TaskBody block = this::block;

    private void run(
        ByteTensor left, NarrowPanels panels, IntTensor added, Workspace scratch, Parallel par) {
      x = left;
      w = panels;
      bias = added == null ? noBias : added.array();
      biasOff = added == null ? 0 : added.offset();
      ws = scratch;
      Parallel team = par.forWork(shape.flops());
      team.forEach(Math.ceilDiv(x.size(), WIDEN), widen);
      team.forEach(product.groups() * Math.ceilDiv(shape.m(), rows), block);
    }

    private void widen(int task, int worker) {
      int at = task * WIDEN;
      int n = Math.min(WIDEN, x.size() - at);
      boolean signed = a.type().signed();
      int to = ws.sharedOffset() + at;
      kernels.widen(n, x.array(), x.offset() + at, signed, a.zeroPoint(0), ws.array(), to);
    }

    private void block(int task, int worker) {
      int group = task % product.groups();
      int row0 = task / product.groups() * rows;
      int m = Math.min(rows, shape.m() - row0);
      float[] floats = ws.array();
      int low = ws.workerOffset(worker);
      int from = ws.sharedOffset() + row0 * shape.k();
      int high = product.exact(m, group, floats, from, w, floats, low);
      int width = product.width();
      int channel = group * width;
      for (int i = 0; i < m; i++) {
        int row = i * width;
        int to = (row0 + i) * shape.n() + channel;
        end(product.columns(group), high < 0 ? high : high + row, low + row, channel, to);
      }
    }

    private void end(int n, int high, int low, int channel, int to) {
      float[] floats = ws.array();
      int b0 = biasOff + channel;
      if (sums != null) {
        kernels.accumulate(n, floats, high, low, bias, b0, 1, sums.array(), sums.offset() + to);
      } else {
        CodeEnding.run(
            kernels,
            1,
            n,
            floats,
            high,
            low,
            bias,
            b0,
            out,
            channel,
            1,
            codes.array(),
            codes.offset() + to);
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      bias = null;
      sums = null;
      out = null;
      codes = null;
      ws = null;
    }
  }
}
