package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.QuantisedKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link DynamicLinear} in two steps: each row's codes less their zero point as floats, then {@link
 * NarrowProduct}s of integers that do not round.
 */
public final class KernelDynamicLinear implements DynamicLinear {
  private static final int CODES = 255;

  private final LinearShape shape;
  private final Quantisation q;
  private final Shape xShape;
  private final Shape wShape;
  private final Shape yShape;
  private final NarrowProduct product;
  private final QuantisedKernels kernels;
  private final String layout;
  private final int rows;
  private final WorkspaceSpec workspace;
  private final float[] noBias;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans the layer. */
  public KernelDynamicLinear(LinearShape shape, Quantisation w, Target target) {
    DynamicLinear.requirePlannable(shape, w);
    this.shape = shape;
    this.q = w;
    this.xShape = shape.x();
    this.wShape = shape.w();
    this.yShape = shape.y();
    this.product = new NarrowProduct(shape.out(), shape.in(), target);
    this.kernels = target.kernels().quantised();
    this.layout = product.layout("dynamic linear " + w);
    this.rows = Math.clamp(shape.n(), 1, NarrowProduct.ROWS);
    this.workspace = new WorkspaceSpec((long) xShape.size() + shape.n(), product.exactFloats(rows));
    this.noBias = new float[shape.out()];
  }

  @Override
  public LinearShape shape() {
    return shape;
  }

  @Override
  public Quantisation w() {
    return q;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public QuantisedWeights pack(ByteTensor w) {
    ByteTensor.requireShape(w, wShape, Layout.CHANNELS_FIRST, "w");
    return IntegerPanels.pack(product, layout, shape.out(), shape.in(), w, true, q, CODES);
  }

  @Override
  public void run(Tensor x, QuantisedWeights w, Tensor bias, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(y, yShape, "y");
    requireDisjoint(y, "y", x, "x");
    NarrowPanels panels = NarrowPanels.require(w, layout);
    if (bias != null) {
      requireVector(bias, shape.out(), "bias");
      requireDisjoint(y, "y", bias, "bias");
    }
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.w = panels;
      call.bias = bias == null ? noBias : bias.array();
      call.biasOff = bias == null ? 0 : bias.offset();
      call.y = y;
      call.ws = ws;
      Parallel team = par.forWork(shape.flops());
      team.forEach(shape.n(), call.codes);
      team.forEach(product.groups() * Math.ceilDiv(shape.n(), rows), call.block);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private NarrowPanels w;
    private float[] bias;
    private int biasOff;
    private Tensor y;
    private Workspace ws;
    private final TaskBody codes = this::codes;
    private final TaskBody block = this::block;

    /** A row's codes less their zero point; its scale lies behind all of them. */
    private void codes(int img, int worker) {
      int from = x.offset() + img * shape.in();
      int to = ws.sharedOffset() + img * shape.in();
      int scaleAt = ws.sharedOffset() + xShape.size() + img;
      ws.array()[scaleAt] = kernels.dynamicCodes(shape.in(), x.array(), from, ws.array(), to);
    }

    private void block(int task, int worker) {
      int group = task % product.groups();
      int row0 = task / product.groups() * rows;
      int m = Math.min(rows, shape.n() - row0);
      float[] floats = ws.array();
      int low = ws.workerOffset(worker);
      int from = ws.sharedOffset() + row0 * shape.in();
      int high = product.exact(m, group, floats, from, w, floats, low);
      int width = product.width();
      int channel = group * width;
      for (int i = 0; i < m; i++) {
        int row = i * width;
        kernels.scale(
            product.columns(group),
            floats,
            high < 0 ? high : high + row,
            low + row,
            floats[ws.sharedOffset() + xShape.size() + row0 + i],
            w.scales(),
            channel,
            bias,
            biasOff + channel,
            y.array(),
            y.offset() + (row0 + i) * shape.out() + channel);
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      bias = null;
      y = null;
      ws = null;
    }
  }
}
