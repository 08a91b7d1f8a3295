package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.platform.CacheLine;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * A {@link DepthwiseBlock} by strips ({@link BlockStrips}). A worker's memory holds a strip's
 * expanded rows and its depthwise results, each as {@link CacheLine#room} lays them. What is left
 * out is read from x or written to y.
 */
final class StripBlock implements DepthwiseBlock {
  static final String NAME = "strips";

  private final DepthwiseBlockShape shape;
  private final ConvShape depthwise;
  private final List<ChannelsLastForward> convolutions;
  private final List<ConvArguments> arguments;
  private final PixelProduct expansion; // null if there is none
  private final PixelProduct projection; // null if there is none
  private final DepthwisePass pass;
  private final Ending ending;
  private final BlockStrips strips;
  private final long flops;
  private final double again; // share of the expansion in all work
  private final int inLine; // floats of a row of the depthwise convolution's inputs
  private final int outLine; // and of its outputs
  private final int expanded; // floats of a strip's expanded rows; then come its results
  private final int results;
  private final float[] zeros;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);
  private volatile Cut cut;

  /** Parts of an image, and the team that they were made for. */
  private record Cut(int workers, int parts) {}

  /**
   * Plans strips.
   *
   * @param convolutions the separate plans, channels last
   * @param floats that a strip may take
   */
  StripBlock(
      DepthwiseBlockShape shape,
      List<ChannelsLastForward> convolutions,
      long floats,
      Target target) {
    this.shape = shape;
    this.depthwise = shape.depthwise();
    this.convolutions = List.copyOf(convolutions);
    this.arguments =
        shape.convolutions().stream().map(s -> new ConvArguments(s, Layout.CHANNELS_LAST)).toList();
    this.expansion = product(shape.expansion(), target);
    this.projection = product(shape.projection(), target);
    this.pass = DepthwisePass.forward(depthwise, target.kernels().depthwise());
    this.ending = new Ending(target.kernels());
    this.strips = BlockStrips.of(depthwise, expansion != null, floats);
    this.flops = shape.flops();
    this.again = expansion == null || flops == 0 ? 0 : (double) shape.expansion().flops() / flops;
    this.inLine = depthwise.iw() * depthwise.ic();
    this.outLine = depthwise.ow() * depthwise.oc();
    this.expanded = expansion == null ? 0 : room(strips.inFloats());
    this.results = projection == null ? 0 : room(strips.outFloats());
    int most = 1;
    for (ConvShape s : shape.convolutions()) {
      most = Math.max(most, s.oc());
    }
    this.zeros = new float[most];
    int scratch = Math.max(scratchFloats(expansion), scratchFloats(projection));
    this.workspace =
        new WorkspaceSpec(depthwise.oc() + DepthwisePass.WRAP, (long) expanded + results + scratch);
    this.cut = cut(1);
  }

  private static PixelProduct product(ConvShape shape, Target target) {
    return shape == null ? null : new PixelProduct(shape, target);
  }

  private static int scratchFloats(PixelProduct product) {
    return product == null ? 0 : product.scratchFloats();
  }

  private static int room(long floats) {
    return Math.toIntExact(CacheLine.room(floats));
  }

  private Cut cut(int workers) {
    return new Cut(workers, strips.parts(workers, again));
  }

  @Override
  public DepthwiseBlockShape shape() {
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
  public List<ConvForward> convolutions() {
    return List.copyOf(convolutions);
  }

  @Override
  public void run(
      Tensor x,
      List<PackedWeights> w,
      List<Epilogue> epilogues,
      Tensor y,
      Workspace ws,
      Parallel par) {
    check(x, w, epilogues, y);
    ws.require(workspace, par.workers());
    Parallel team = par.forWork(flops);
    if (cut.workers() != team.workers()) {
      cut = cut(team.workers());
    }
    try (Call call = calls.take()) {
      call.parts = cut.parts();
      call.x = x;
      call.y = y;
      call.ws = ws;
      int i = 0;
      if (expansion != null) {
        call.expandW = w.get(i).data();
        call.expand = epilogues.get(i++);
      }
      call.filterW = w.get(i).data();
      call.filter = epilogues.get(i++);
      if (projection != null) {
        call.projectW = w.get(i).data();
        call.project = epilogues.get(i);
      }
      call.fillStart();
      team.forEach(depthwise.n() * call.parts, call.part);
    }
  }

  private void check(Tensor x, List<PackedWeights> w, List<Epilogue> epilogues, Tensor y) {
    int count = convolutions.size();
    if (w.size() != count || epilogues.size() != count) {
      throw new IllegalArgumentException(
          "a block of "
              + count
              + " convolutions takes as many weights and epilogues, got "
              + w.size()
              + " and "
              + epilogues.size());
    }
    Tensor.requireDisjoint(y, "y", x, "x");
    arguments.get(0).checkX(x);
    arguments.get(count - 1).checkY(y, epilogues.get(count - 1));
    for (int i = 0; i < count; i++) {
      convolutions.get(i).requirePacked(w.get(i));
      arguments.get(i).checkBias(epilogues.get(i), y);
      boolean projects = projection != null && i == count - 1;
      if (!projects && epilogues.get(i).residual() != null) {
        throw new IllegalArgumentException(
            "only a projection adds a residual, got one for convolution " + i + " of " + shape);
      }
    }
  }

  private final class Call extends CallFrame {
    private int parts;
    private Tensor x;
    private Tensor y;
    private Workspace ws;
    private float[] expandW;
    private Epilogue expand;
    private float[] filterW;
    private Epilogue filter;
    private float[] projectW;
    private Epilogue project;
    private final TaskBody part = this::part;

    /** What depthwise sums start from. */
    private void fillStart() {
      Tensor bias = filter.bias();
      int oc = depthwise.oc();
      float[] dst = ws.array();
      for (int c = 0; c < oc + DepthwisePass.WRAP; c++) {
        dst[ws.sharedOffset() + c] = bias == null ? 0f : bias.array()[bias.offset() + c % oc];
      }
    }

    /** Some rows of an image, strip by strip. */
    private void part(int task, int worker) {
      int img = task / parts;
      int end = strips.from(task % parts + 1, parts);
      int own = ws.workerOffset(worker);
      int top = 0; // rows [top, bottom) are expanded
      int bottom = 0;
      int oy = strips.from(task % parts, parts);
      while (oy < end) {
        int next = Math.min(end, strips.end(oy));
        if (expansion != null) {
          keep(strips.top(oy), top, bottom, own);
          top = strips.top(oy);
          int there = Math.max(top, bottom);
          bottom = Math.max(there, strips.bottom(next));
          expand(img, there, bottom, own + (there - top) * inLine, own + expanded + results);
        }
        filter(img, oy, next, own - top * inLine, own + expanded);
        if (projection != null) {
          project(img, oy, next, own + expanded, own + expanded + results);
        }
        oy = next;
      }
    }

    /** Moves those of the expanded rows [top, bottom) to the beginning that are read again. */
    private void keep(int from, int top, int bottom, int own) {
      if (from > top && from < bottom) {
        float[] a = ws.array();
        System.arraycopy(a, own + (from - top) * inLine, a, own, (bottom - from) * inLine);
      }
    }

    /** Expands the rows [from, end) of x. */
    private void expand(int img, int from, int end, int to, int scratch) {
      int pixel = (img * depthwise.ih() + from) * depthwise.iw();
      expansion.run(
          (end - from) * depthwise.iw(),
          x.array(),
          x.offset() + pixel * shape.expansion().ic(),
          expandW,
          bias(expand),
          biasOff(expand),
          expand.activation(),
          null,
          0,
          ws.array(),
          to,
          ws.array(),
          scratch);
    }

    /** The depthwise rows [oy, end). */
    private void filter(int img, int oy, int end, int in, int out) {
      float[] src = expansion == null ? x.array() : ws.array();
      int srcOff = expansion == null ? x.offset() + img * depthwise.ih() * inLine : in;
      float[] dst = projection == null ? y.array() : ws.array();
      int dstOff = projection == null ? y.offset() + (img * depthwise.oh() + oy) * outLine : out;
      int row0 = dstOff - oy * outLine;
      pass.run(oy, end, src, srcOff, filterW, ws.array(), ws.sharedOffset(), dst, row0);
      Activation f = filter.activation();
      int n = (end - oy) * outLine;
      ending.run(f, 1, n, null, 0, dst, dstOff, n, dst, dstOff, n);
    }

    /** Projects the rows [oy, end). */
    private void project(int img, int oy, int end, int from, int scratch) {
      int at = (img * depthwise.oh() + oy) * depthwise.ow() * shape.projection().oc();
      Tensor r = project.residual();
      projection.run(
          (end - oy) * depthwise.ow(),
          ws.array(),
          from,
          projectW,
          bias(project),
          biasOff(project),
          project.activation(),
          r == null ? null : r.array(),
          r == null ? 0 : r.offset() + at,
          y.array(),
          y.offset() + at,
          ws.array(),
          scratch);
    }

    private float[] bias(Epilogue e) {
      return e.bias() == null ? zeros : e.bias().array();
    }

    private int biasOff(Epilogue e) {
      return e.bias() == null ? 0 : e.bias().offset();
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      ws = null;
      expandW = null;
      expand = null;
      filterW = null;
      filter = null;
      projectW = null;
      project = null;
    }
  }
}
