package io.lanewise.rivals.bytedeco;

import static io.lanewise.rivals.bytedeco.OneDnnMemory.desc;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution's three passes. Weights and dw are in whatever layout oneDNN likes: into plain dw
 * it computes by its reference loops only. x, y and their gradients are in its own layout too, or
 * plain.
 */
final class OneDnnConv {
  private static final algorithm AUTO = algorithm.convolution_auto;

  private final OneDnnMemory memory;
  private final ConvShape s;
  private final long[] strides;
  private final long[] dilations;
  private final long[] before;
  private final long[] after;
  private final memory.desc x;
  private final memory.desc w;
  private final memory.desc y;
  private final memory.desc anyX;
  private final memory.desc anyW;
  private final memory.desc anyY;

  OneDnnConv(OneDnnMemory memory, ConvShape s, boolean ownLayout) {
    this.memory = memory;
    this.s = s;
    strides = longs(s.strides());
    // oneDNN counts the positions left out between taps.
    dilations = LongStream.of(longs(s.dilations())).map(d -> d - 1).toArray();
    before = longs(s.paddingBefore());
    after = longs(s.paddingAfter());
    long[] xDims = longs(s.x().toArray());
    long[] yDims = longs(s.y().toArray());
    long[] wDims = longs(s.w().toArray());
    if (s.groups() > 1) {
      wDims = LongStream.concat(LongStream.of(s.groups()), LongStream.of(wDims)).toArray();
      wDims[1] = s.ocg();
    }
    x = desc(xDims, plain(s));
    y = desc(yDims, plain(s));
    w = desc(wDims, plainWeights(s));
    anyX = ownLayout ? desc(xDims, format_tag.any) : x;
    anyY = ownLayout ? desc(yDims, format_tag.any) : y;
    anyW = desc(wDims, format_tag.any);
  }

  private static long[] longs(int[] values) {
    return IntStream.of(values).asLongStream().toArray();
  }

  private static format_tag plain(ConvShape s) {
    return switch (s.rank()) {
      case 1 -> format_tag.ncw;
      case 2 -> format_tag.nchw;
      default -> format_tag.ncdhw;
    };
  }

  private static format_tag plainWeights(ConvShape s) {
    boolean one = s.groups() == 1;
    return switch (s.rank()) {
      case 1 -> one ? format_tag.oiw : format_tag.goiw;
      case 2 -> one ? format_tag.oihw : format_tag.goihw;
      default -> one ? format_tag.oidhw : format_tag.goidhw;
    };
  }

  Prepared forward() {
    convolution_forward.primitive_desc pd = describe(prop_kind.forward_inference, anyW);
    return new OneDnnRun(memory, DNNL_ARG_DST, pd.dst_desc(), y)
        .with(DNNL_ARG_SRC, memory.fill(values(Task.SEED_X), x, pd.src_desc()))
        .with(DNNL_ARG_WEIGHTS, memory.fill(values(Task.SEED_W), w, pd.weights_desc()))
        .of(pd);
  }

  /** The forward pass with results clamped to [-1, 1]; the caller frees it. */
  convolution_forward.primitive_desc clamped() {
    try (post_ops operations = new post_ops();
        primitive_attr attributes = new primitive_attr()) {
      operations.append_eltwise(algorithm.eltwise_clip, -1, 1);
      attributes.set_post_ops(operations);
      return new convolution_forward.primitive_desc(
          memory.cpu(),
          prop_kind.forward_inference,
          AUTO,
          anyX,
          anyW,
          anyY,
          strides,
          dilations,
          before,
          after,
          attributes,
          false);
    }
  }

  /** The task's weights in a layout. */
  memory weights(memory.desc layout) {
    return memory.fill(values(Task.SEED_W), w, layout);
  }

  /** Writes the task's x. */
  void fillInput(memory to) {
    memory.put(values(Task.SEED_X), x, to);
  }

  /** A copy of y in the plain order. */
  float[] readOutput(memory from) {
    return memory.read(from, y);
  }

  Prepared backwardData() {
    var pd =
        new convolution_backward_data.primitive_desc(
            memory.cpu(),
            AUTO,
            anyX,
            anyW,
            anyY,
            strides,
            dilations,
            before,
            after,
            describe(prop_kind.forward_training, anyW));
    return new OneDnnRun(memory, DNNL_ARG_DIFF_SRC, pd.diff_src_desc(), x)
        .with(DNNL_ARG_DIFF_DST, memory.fill(values(Task.SEED_DY), y, pd.diff_dst_desc()))
        .with(DNNL_ARG_WEIGHTS, memory.fill(values(Task.SEED_W), w, pd.weights_desc()))
        .of(pd);
  }

  Prepared backwardWeights() {
    var pd =
        new convolution_backward_weights.primitive_desc(
            memory.cpu(),
            AUTO,
            anyX,
            anyW,
            anyY,
            strides,
            dilations,
            before,
            after,
            describe(prop_kind.forward_training, anyW));
    return new OneDnnRun(memory, DNNL_ARG_DIFF_WEIGHTS, pd.diff_weights_desc(), w)
        .with(DNNL_ARG_SRC, memory.fill(values(Task.SEED_X), x, pd.src_desc()))
        .with(DNNL_ARG_DIFF_DST, memory.fill(values(Task.SEED_DY), y, pd.diff_dst_desc()))
        .of(pd);
  }

  private convolution_forward.primitive_desc describe(prop_kind kind, memory.desc weights) {
    return new convolution_forward.primitive_desc(
        memory.cpu(), kind, AUTO, anyX, weights, anyY, strides, dilations, before, after);
  }

  private Tensor values(long seed) {
    if (seed == Task.SEED_W) {
      return Task.uniform(s.w(), seed);
    }
    return Task.uniform(seed == Task.SEED_X ? s.x() : s.y(), seed);
  }
}
