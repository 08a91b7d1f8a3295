package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The input gradient of a depthwise convolution, lanes on channels: for each phase of the strides a
 * depthwise convolution of dy ({@link DepthwisePhase}), which writes every stride-th pixel of dx.
 * With a multiplier the gradients by each filter are computed on their own and then added, in the
 * order of a channel's filters. Channels-first tensors are reordered before and after.
 */
final class DepthwiseBackwardData implements EndedBackwardData {
  private static final int FEW_ROWS = 4; // of a phase, before the next phase reads the same dy

  private final ConvShape shape;
  private final Layout layout;
  private final String packedLayout;
  private final ConvArguments arguments;
  private final int multiplier;
  private final List<Phase> phases;
  private final DepthwiseTasks tasks; // of an image, in rows of the phases
  private final Ending ending;
  private final Reorder in; // null if dy is channels last
  private final Reorder out; // null if dx is
  private final Reorder add; // null if a residual is
  private final int dyFrom; // where the reordered dy lies after what the sums start from
  private final int dxFrom; // where the reordered dx lies after dy
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** A pass and where its output 0 of row 0 lies in an image. */
  private record Phase(DepthwisePass pass, int offset) {}

  DepthwiseBackwardData(ConvShape s, Layout layout, Target target) {
    this.shape = s;
    this.layout = layout;
    this.arguments = new ConvArguments(s, layout);
    this.multiplier = s.ocg();
    this.packedLayout = DepthwiseWeights.layout(s);
    this.phases = phases(s, target);
    int insideTop = phases.stream().mapToInt(p -> p.pass.insideTop()).max().orElse(0);
    long rowFloats = (long) s.strideH() * s.iw() * s.oc();
    this.tasks = DepthwiseTasks.of(Math.ceilDiv(s.ih(), s.strideH()), insideTop, rowFloats);
    this.ending = new Ending(target.kernels());
    boolean last = layout == Layout.CHANNELS_LAST;
    int pixels = s.ih() * s.iw();
    this.in = last ? null : new Reorder(s.n(), s.oc(), s.oh() * s.ow(), target.kernels());
    this.out = last ? null : new Reorder(s.n(), pixels, s.ic(), target.kernels());
    this.add = last ? null : new Reorder(s.n(), s.ic(), pixels, target.kernels());
    this.dyFrom = (s.oc() + DepthwisePass.WRAP + 15) & -16;
    this.dxFrom = last ? 0 : Math.addExact(dyFrom + s.y().size(), 15) & -16;
    this.workspace =
        new WorkspaceSpec(
            last ? dyFrom : (long) dxFrom + s.x().size(),
            last && multiplier == 1 ? 0 : tasks.most() * rowFloats);
  }

  private static List<Phase> phases(ConvShape s, Target target) {
    int step = DepthwiseWeights.step(s.oc());
    List<Phase> phases = new ArrayList<>();
    for (int top = 0; top < Math.min(s.strideH(), s.ih()); top++) {
      DepthwisePhase rows =
          DepthwisePhase.of(
              top, s.ih(), s.kh(), s.strideH(), s.dilationH(), s.padding().top(), s.oh());
      for (int left = 0; left < Math.min(s.strideW(), s.iw()); left++) {
        DepthwisePhase columns =
            DepthwisePhase.of(
                left, s.iw(), s.kw(), s.strideW(), s.dilationW(), s.padding().left(), s.ow());
        DepthwisePass pass =
            new DepthwisePass(
                target.kernels().depthwise(),
                rows.axis(),
                columns.axis(),
                s.oc(),
                (rows.lastTap() * s.kw() + columns.lastTap()) * step,
                -rows.tapStep() * s.kw() * step,
                -columns.tapStep() * step,
                s.strideH() * s.iw() * s.oc(),
                s.strideW() * s.oc());
        phases.add(new Phase(pass, (top * s.iw() + left) * s.oc()));
      }
    }
    return List.copyOf(phases);
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
  public PackedWeights newWeights() {
    return new PackedWeights(packedLayout, DepthwiseWeights.floats(shape));
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(packedLayout);
    DepthwiseWeights.pack(shape, w, packed.data());
  }

  @Override
  public void run(
      Tensor dy, PackedWeights w, Epilogue epilogue, Tensor dx, Workspace ws, Parallel par) {
    arguments.checkBackwardData(dy, dx);
    w.require(packedLayout);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.w = w.data();
      call.ws = ws;
      call.dy = in == null ? dy.array() : ws.array();
      call.dyOff = in == null ? dy.offset() : ws.sharedOffset() + dyFrom;
      call.dx = out == null ? dx.array() : ws.array();
      call.dxOff = out == null ? dx.offset() : ws.sharedOffset() + dxFrom;
      if (in != null) {
        in.run(dy.array(), dy.offset(), call.dy, call.dyOff, par);
      }
      call.begin(epilogue, par);
      par.forWork(shape.flops()).forEach(shape.n() * tasks.count(), call.rows);
      if (out != null) {
        out.run(call.dx, call.dxOff, dx.array(), dx.offset(), par);
      }
    }
  }

  private final class Call extends CallFrame {
    private float[] dy;
    private int dyOff;
    private float[] w;
    private float[] dx;
    private int dxOff;
    private Workspace ws;
    private Epilogue epilogue;
    private float[] r; // the residual, null for none; may be dx
    private int rOff;
    private boolean aside; // whether sums wait in the worker's part of the workspace
    private final TaskBody rows = this::rows;

    /** Fills what sums start from and brings the residual where dx is written. */
    private void begin(Epilogue asked, Parallel par) {
      epilogue = asked;
      Tensor residual = asked.residual();
      r = residual == null ? null : residual.array();
      rOff = residual == null ? 0 : residual.offset();
      if (add != null && residual != null) {
        add.run(r, rOff, dx, dxOff, par);
        r = dx;
        rOff = dxOff;
      }
      aside = multiplier > 1 || (add != null && residual != null);
      Tensor bias = multiplier > 1 ? null : asked.bias();
      float[] start = ws.array();
      int at = ws.sharedOffset();
      for (int c = 0; c < shape.oc() + DepthwisePass.WRAP; c++) {
        start[at + c] = bias == null ? 0f : bias.array()[bias.offset() + c % shape.oc()];
      }
    }

    /** Some rows of each phase of one image: rows of dx that lie together. */
    private void rows(int task, int worker) {
      int img = task / tasks.count();
      int from = tasks.from(task % tasks.count());
      int end = tasks.end(task % tasks.count());
      int src = dyOff + img * shape.oh() * shape.ow() * shape.oc();
      int top = from * shape.strideH();
      int bottom = Math.min(shape.ih(), end * shape.strideH());
      int at = img * shape.ih() * shape.iw() * shape.ic();
      float[] dst = aside ? ws.array() : dx;
      int to = aside ? ws.workerOffset(worker) - top * shape.iw() * shape.oc() : dxOff + at;
      int step = phases.size() == 1 ? end - from : FEW_ROWS;
      for (int r = from; r < end; r += step) {
        phases(r, Math.min(end, r + step), src, dst, to);
      }
      if (multiplier > 1) {
        narrow(ws.workerOffset(worker), (bottom - top) * shape.iw());
      }
      end(
          dst,
          aside ? ws.workerOffset(worker) : dxOff + at + top * shape.iw() * shape.ic(),
          at + top * shape.iw() * shape.ic(),
          (bottom - top) * shape.iw() * shape.ic());
    }

    /** What follows {@code count} sums, of inputs from {@code at}. */
    private void end(float[] sums, int sumsOff, int at, int count) {
      ending.run(
          epilogue.activation(),
          1,
          count,
          r,
          rOff + at,
          sums,
          sumsOff,
          count,
          dx,
          dxOff + at,
          count);
    }

    /**
     * Rows of all phases. Each phase writes every stride-th pixel, mostly across cache lines that
     * are not in L1 yet: filled before, in their order, they are near.
     */
    private void phases(int from, int end, int src, float[] dst, int to) {
      if (phases.size() > 1) {
        int row = shape.iw() * shape.oc();
        int bottom = Math.min(shape.ih(), end * shape.strideH());
        Arrays.fill(dst, to + from * shape.strideH() * row, to + bottom * row, 0f);
      }
      for (int i = 0; i < phases.size(); i++) {
        Phase phase = phases.get(i);
        int last = Math.min(end, phase.pass.rows());
        int first = Math.min(from, last);
        phase.pass.run(
            first, last, dy, src, w, ws.array(), ws.sharedOffset(), dst, to + phase.offset);
      }
    }

    /** Adds the bias and the gradients by each filter of a channel, in place. */
    private void narrow(int from, int count) {
      float[] sums = ws.array();
      Tensor bias = epilogue.bias();
      int src = from;
      int dst = from;
      for (int pixel = 0; pixel < count; pixel++) {
        for (int c = 0; c < shape.ic(); c++) {
          float sum = sums[src];
          for (int j = 1; j < multiplier; j++) {
            sum += sums[src + j];
          }
          sums[dst] = bias == null ? sum : sum + bias.array()[bias.offset() + c];
          src += multiplier;
          dst++;
        }
      }
    }

    @Override
    protected void clear() {
      dy = null;
      w = null;
      dx = null;
      ws = null;
      epilogue = null;
      r = null;
    }
  }
}
