package io.lanewise.rivals.bytedeco;

import static io.lanewise.rivals.bytedeco.OneDnnMemory.desc;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.NormOperands;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.group_normalization_forward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;

/** Normalisations; of images in a layout, y has the same. */
final class OneDnnNorms {
  private static final prop_kind INFERENCE = prop_kind.forward_inference;
  private static final int AFFINE =
      normalization_flags.use_scale.value | normalization_flags.use_shift.value;

  private OneDnnNorms() {}

  static Prepared lrn(OneDnnMemory memory, Shape s, format_tag layout) {
    memory.desc images = desc(longs(s), layout);
    var pd =
        new lrn_forward.primitive_desc(
            memory.cpu(),
            INFERENCE,
            algorithm.lrn_across_channels,
            images,
            images,
            Op.LRN_SIZE,
            NormOperands.LRN_ALPHA,
            NormOperands.LRN_BETA,
            NormOperands.LRN_K);
    return run(memory, s, format_tag.nchw, images).of(pd);
  }

  /** Batch normalisation by given statistics; ReLU is one of the primitive's flags. */
  static Prepared batchRelu(OneDnnMemory memory, Shape s, format_tag layout) {
    memory.desc images = desc(longs(s), layout);
    int flags =
        AFFINE
            | normalization_flags.use_global_stats.value
            | normalization_flags.fuse_norm_relu.value;
    var pd =
        new batch_normalization_forward.primitive_desc(
            memory.cpu(), INFERENCE.value, images, images, NormOperands.EPSILON, flags);
    int c = s.dim(1);
    return affine(memory, run(memory, s, format_tag.nchw, images), c)
        .with(DNNL_ARG_MEAN, vector(memory, NormOperands.mean(c)))
        .with(DNNL_ARG_VARIANCE, vector(memory, NormOperands.variance(c)))
        .of(pd);
  }

  /** Of each row. */
  static Prepared layer(OneDnnMemory memory, Shape s) {
    memory.desc rows = desc(longs(s), format_tag.ab);
    var pd =
        new layer_normalization_forward.primitive_desc(
            memory.cpu(), INFERENCE.value, rows, rows, NormOperands.EPSILON, AFFINE);
    return affine(memory, run(memory, s, format_tag.ab, rows), s.dim(1)).of(pd);
  }

  /** Of so many groups of channels. */
  static Prepared group(OneDnnMemory memory, Shape s, int groups, format_tag layout) {
    memory.desc images = desc(longs(s), layout);
    var pd =
        new group_normalization_forward.primitive_desc(
            memory.cpu(), INFERENCE.value, images, images, groups, NormOperands.EPSILON, AFFINE);
    return affine(memory, run(memory, s, format_tag.nchw, images), s.dim(1)).of(pd);
  }

  private static OneDnnRun run(OneDnnMemory memory, Shape s, format_tag plain, memory.desc layout) {
    memory.desc values = desc(longs(s), plain);
    return new OneDnnRun(memory, DNNL_ARG_DST, layout, values)
        .with(DNNL_ARG_SRC, memory.fill(Task.uniform(s, Task.SEED_X), values, layout));
  }

  private static OneDnnRun affine(OneDnnMemory memory, OneDnnRun run, int c) {
    return run.with(DNNL_ARG_SCALE, vector(memory, NormOperands.gamma(c)))
        .with(DNNL_ARG_SHIFT, vector(memory, NormOperands.beta(c)));
  }

  private static memory vector(OneDnnMemory memory, Tensor values) {
    memory.desc plain = desc(new long[] {values.size()}, format_tag.a);
    return memory.fill(values, plain, plain);
  }

  private static long[] longs(Shape s) {
    return Arrays.stream(s.toArray()).asLongStream().toArray();
  }
}
