package io.lanewise.rivals.bytedeco;

import static io.lanewise.rivals.bytedeco.OneDnnMemory.desc;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc;
import org.bytedeco.dnnl.reduction;
import org.bytedeco.dnnl.softmax_forward;

/** Pooling, elementwise functions and softmax: one array in, one out. */
final class OneDnnMaps {
  private static final prop_kind INFERENCE = prop_kind.forward_inference;

  private OneDnnMaps() {}

  /**
   * False if a window holds nothing but padding: an average is refused, a maximum not -Infinity.
   */
  static boolean canPool(PoolShape s) {
    return s.n() > 0
        && s.rank() == 2
        && !s.ceil()
        && IntStream.range(0, s.oh()).allMatch(oy -> s.rowsInside(oy) > 0)
        && IntStream.range(0, s.ow()).allMatch(ox -> s.columnsInside(ox) > 0);
  }

  /** Pooling of x in a layout; y has the same. */
  static Prepared pool(OneDnnMemory memory, PoolShape s, algorithm kind, format_tag layout) {
    long[] xDims = {s.n(), s.c(), s.ih(), s.iw()};
    long[] yDims = {s.n(), s.c(), s.oh(), s.ow()};
    memory.desc x = desc(xDims, layout);
    memory.desc y = desc(yDims, layout);
    var pd =
        new pooling_forward.primitive_desc(
            memory.cpu(),
            INFERENCE,
            kind,
            x,
            y,
            new long[] {s.strideH(), s.strideW()},
            new long[] {s.kh(), s.kw()},
            // oneDNN counts the positions left out between taps.
            new long[] {s.dilationH() - 1, s.dilationW() - 1},
            new long[] {s.padding().top(), s.padding().left()},
            new long[] {s.padding().bottom(), s.padding().right()});
    memory src = memory.fill(uniform(s.x()), desc(xDims, format_tag.nchw), x);
    return new OneDnnRun(memory, DNNL_ARG_DST, y, desc(yDims, format_tag.nchw))
        .with(DNNL_ARG_SRC, src)
        .of(pd);
  }

  /** One function of each element; their order does not matter. */
  static Prepared elementwise(OneDnnMemory memory, Shape shape, algorithm kind) {
    return elementwise(memory, shape, kind, 0);
  }

  /** With the function's first number. */
  static Prepared elementwise(OneDnnMemory memory, Shape shape, algorithm kind, float alpha) {
    memory.desc flat = desc(new long[] {shape.size()}, format_tag.a);
    return map(
        memory,
        shape,
        flat,
        new eltwise_forward.primitive_desc(memory.cpu(), INFERENCE, kind, flat, flat, alpha));
  }

  /** max(a + b, 0), the maximum as what follows the sum in one primitive. */
  static Prepared addRelu(OneDnnMemory memory, Shape shape) {
    memory.desc flat = desc(new long[] {shape.size()}, format_tag.a);
    post_ops after = memory.own(new post_ops());
    after.append_eltwise(algorithm.eltwise_relu, 0f, 0f);
    primitive_attr attributes = memory.own(new primitive_attr());
    attributes.set_post_ops(after);
    var pd =
        new binary.primitive_desc(
            memory.cpu(), algorithm.binary_add, flat, flat, flat, attributes, false);
    return new OneDnnRun(memory, DNNL_ARG_DST, flat, flat)
        .with(DNNL_ARG_SRC_0, memory.fill(uniform(shape), flat, flat))
        .with(DNNL_ARG_SRC_1, memory.fill(Task.uniform(shape, Task.SEED_W), flat, flat))
        .of(pd);
  }

  /** Sums along an axis of a matrix. */
  static Prepared sum(OneDnnMemory memory, Shape shape, int axis) {
    long[] dims = {shape.dim(0), shape.dim(1)};
    memory.desc x = desc(dims, format_tag.ab);
    long[] sums = dims.clone();
    sums[axis] = 1;
    memory.desc y = desc(sums, format_tag.ab);
    return new OneDnnRun(memory, DNNL_ARG_DST, y, y)
        .with(DNNL_ARG_SRC, memory.fill(uniform(shape), x, x))
        .of(new reduction.primitive_desc(memory.cpu(), algorithm.reduction_sum, x, y, 0f, 0f));
  }

  /** Softmax of each row. */
  static Prepared softmax(OneDnnMemory memory, Shape shape) {
    memory.desc rows = desc(new long[] {shape.dim(0), shape.dim(1)}, format_tag.ab);
    return map(
        memory,
        shape,
        rows,
        new softmax_forward.primitive_desc(
            memory.cpu(), INFERENCE, algorithm.softmax_accurate, rows, rows, 1));
  }

  private static Prepared map(
      OneDnnMemory memory, Shape shape, memory.desc plain, primitive_desc pd) {
    return new OneDnnRun(memory, DNNL_ARG_DST, plain, plain)
        .with(DNNL_ARG_SRC, memory.fill(uniform(shape), plain, plain))
        .of(pd);
  }

  private static Tensor uniform(Shape shape) {
    return Task.uniform(shape, Task.SEED_X);
  }
}
