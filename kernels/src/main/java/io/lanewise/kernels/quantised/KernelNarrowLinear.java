package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.kernels.tensor.Tensor.requireVector;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/** {@link NarrowLinear} by {@link NarrowProduct}; a task is a group of panels and some rows. */
public final class KernelNarrowLinear implements NarrowLinear {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final LinearShape shape;
  private final WeightFormat format;
  private final Shape xShape;
  private final Shape wShape;
  private final Shape yShape;
  private final NarrowProduct product;
  private final String layout;
  private final float[] noBias;
  private final int rows;
  private final WorkspaceSpec workspace;
  private final boolean fma;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans the layer. */
  public KernelNarrowLinear(LinearShape shape, WeightFormat format, Target target) {
    this.shape = shape;
    this.format = Objects.requireNonNull(format, "format");
    this.xShape = shape.x();
    this.wShape = shape.w();
    this.yShape = shape.y();
    this.product = new NarrowProduct(shape.out(), shape.in(), target);
    this.layout = product.layout("narrow linear " + format);
    this.noBias = new float[shape.out()];
    this.rows = Math.clamp(shape.n(), 1, NarrowProduct.ROWS);
    this.fma = target.machine().fma();
    this.workspace = new WorkspaceSpec(0, product.scratchFloats() + (long) rows * product.width());
  }

  @Override
  public LinearShape shape() {
    return shape;
  }

  @Override
  public WeightFormat format() {
    return format;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public QuantisedWeights pack(Tensor w) {
    requireShape(w, wShape, "w");
    if (format == WeightFormat.INT8) {
      Quantisation q = Calibration.symmetricPerChannel(w, 0, QuantisedType.INT8);
      ByteTensor codes = ByteTensor.zeros(wShape);
      for (int i = 0; i < w.size(); i++) {
        codes.array()[i] = q.code(w.array()[w.offset() + i], i / shape.in());
      }
      return pack(codes, q);
    }
    short[] shorts = new short[product.elements()];
    for (int o = 0; o < shape.out(); o++) {
      for (int c = 0; c < shape.in(); c++) {
        float v = w.array()[w.offset() + o * shape.in() + c];
        shorts[product.position(c, o)] =
            format == WeightFormat.FLOAT16 ? HalfFloats.toFloat16(v) : HalfFloats.toBfloat16(v);
      }
    }
    return new NarrowPanels(layout, format, null, shorts, null, NO_LIMIT);
  }

  @Override
  public QuantisedWeights pack(ByteTensor w, Quantisation q) {
    NarrowLinear.requirePackable(this, w, q);
    byte[] bytes = new byte[product.elements()];
    float[] scales = new float[shape.out()];
    for (int o = 0; o < shape.out(); o++) {
      scales[o] = q.scale(o);
      for (int c = 0; c < shape.in(); c++) {
        byte code = w.array()[w.offset() + o * shape.in() + c];
        bytes[product.position(c, o)] = (byte) (q.type().code(code) - q.zeroPoint(o));
      }
    }
    return new NarrowPanels(layout, format, bytes, null, scales, NO_LIMIT);
  }

  @Override
  public void run(Tensor x, QuantisedWeights w, Tensor bias, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, xShape, "x");
    requireShape(y, yShape, Layout.CHANNELS_FIRST, "y");
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
      int tasks = product.groups() * Math.ceilDiv(shape.n(), rows);
      par.forWork(shape.flops()).forEach(tasks, call.block);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private NarrowPanels w;
    private float[] bias;
    private int biasOff;
    private Tensor y;
    private Workspace ws;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int group = task % product.groups();
      int row0 = task / product.groups() * rows;
      int m = Math.min(rows, shape.n() - row0);
      int width = product.width();
      int count = product.columns(group);
      float[] sums = ws.array();
      int at = ws.workerOffset(worker);
      int scratch = at + rows * width;
      int channel = group * width;
      Arrays.fill(sums, at, at + m * width, 0f);
      if (w.scales() == null) { // the chain starts from the bias
        for (int i = 0; i < m; i++) {
          System.arraycopy(bias, biasOff + channel, sums, at + i * width, count);
        }
      }
      int from = x.offset() + row0 * shape.in();
      product.multiply(
          m, group, 0, shape.in(), x.array(), from, shape.in(), w, sums, at, sums, scratch);
      for (int i = 0; i < m; i++) {
        end(sums, at + i * width, channel, count, y.offset() + (row0 + i) * shape.out() + channel);
      }
    }

    private void end(float[] sums, int at, int channel, int count, int to) {
      if (w.scales() == null) {
        System.arraycopy(sums, at, y.array(), to, count);
        return;
      }
      for (int j = 0; j < count; j++) {
        float scale = w.scales()[channel + j];
        float b = bias[biasOff + channel + j];
        y.array()[to + j] = fma ? Math.fma(sums[at + j], scale, b) : sums[at + j] * scale + b;
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
