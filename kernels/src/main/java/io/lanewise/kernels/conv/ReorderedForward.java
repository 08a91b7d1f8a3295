package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.function.Function;

/**
 * A {@link ForwardCore} on channels-first tensors: x and a residual are reordered into scratch
 * memory before it, y out of it afterwards, a few images at a time; where there is one channel or
 * one pixel both orders are the same.
 */
final class ReorderedForward implements ConvForward {
  private static final int MOST_FLOATS = 1 << 21; // of x and y at a time

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final String layout; // of the packed weights
  private final int images; // at a time
  private final Part part;
  private final Part last; // fewer images, null if there is none
  private final int xFloats;
  private final int yFloats;
  private final WorkspaceSpec workspace;

  /**
   * A core for so many images, and what turns x ({@code in}), residuals ({@code add}) and y ({@code
   * out}); null if both orders are one.
   */
  private record Part(ForwardCore core, Reorder in, Reorder add, Reorder out) {}

  /** {@code prefix} tells these packed weights from those of other plans on the same core. */
  ReorderedForward(
      ConvShape s, Function<ConvShape, ForwardCore> cores, KernelSet kernels, String prefix) {
    this.shape = s;
    this.arguments = new ConvArguments(s);
    ConvShape one = s.withBatch(1);
    long floats = (long) one.x().size() + one.y().size();
    this.images = Math.clamp(MOST_FLOATS / floats, 1, Math.max(1, s.n()));
    this.part = part(s.withBatch(Math.min(images, s.n())), cores, kernels);
    this.last = s.n() % images == 0 ? null : part(s.withBatch(s.n() % images), cores, kernels);
    this.layout = prefix + part.core.layout();
    this.xFloats = part.in == null ? 0 : roundUp(part.core.shape().x().size());
    this.yFloats = part.out == null ? 0 : roundUp(part.core.shape().y().size());
    WorkspaceSpec inner = part.core.workspace();
    if (last != null) {
      inner = inner.max(last.core.workspace());
    }
    this.workspace =
        new WorkspaceSpec((long) xFloats + yFloats + inner.sharedFloats(), inner.floatsPerWorker());
  }

  private static Part part(ConvShape s, Function<ConvShape, ForwardCore> cores, KernelSet kernels) {
    return new Part(
        cores.apply(s),
        between(s.n(), s.ic(), s.xPixels(), kernels),
        between(s.n(), s.oc(), s.yPixels(), kernels),
        between(s.n(), s.yPixels(), s.oc(), kernels));
  }

  private static Reorder between(int images, int rows, int columns, KernelSet kernels) {
    return rows == 1 || columns == 1 ? null : new Reorder(images, rows, columns, kernels);
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
  public String algorithm() {
    return part.core.algorithm();
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(layout, part.core.packedFloats());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(layout);
    part.core.pack(w, packed.data());
  }

  @Override
  public void run(
      Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    arguments.checkForward(x, epilogue, y);
    w.require(layout);
    ws.require(workspace, par.workers());
    int xImage = shape.n() == 0 ? 0 : x.size() / shape.n();
    int yImage = shape.n() == 0 ? 0 : y.size() / shape.n();
    for (int img = 0; img < shape.n(); img += images) {
      Part now = img + images <= shape.n() ? part : last;
      run(now, x, img * xImage, w, epilogue, y, img * yImage, ws, par);
    }
  }

  private void run(
      Part now,
      Tensor x,
      int xFrom,
      PackedWeights w,
      Epilogue epilogue,
      Tensor y,
      int yFrom,
      Workspace ws,
      Parallel par) {
    float[] src = x.array();
    int srcOff = x.offset() + xFrom;
    float[] dst = y.array();
    int dstOff = y.offset() + yFrom;
    if (now.in != null) {
      src = ws.array();
      srcOff = ws.sharedOffset();
      now.in.run(x.array(), x.offset() + xFrom, src, srcOff, par);
    }
    if (now.out != null) {
      dst = ws.array();
      dstOff = ws.sharedOffset() + xFloats;
    }
    Tensor residual = epilogue.residual();
    float[] r = residual == null ? null : residual.array();
    int rOff = residual == null ? 0 : residual.offset() + yFrom;
    if (r != null && now.add != null) { // the core finds it where it leaves y
      now.add.run(r, rOff, dst, dstOff, par);
      r = dst;
      rOff = dstOff;
    }
    int inner = ws.sharedOffset() + xFloats + yFloats;
    now.core.run(src, srcOff, w.data(), epilogue, r, rOff, dst, dstOff, ws, inner, par);
    if (now.out != null) {
      now.out.run(dst, dstOff, y.array(), y.offset() + yFrom, par);
    }
  }
}
