package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * oneDNN on OpenMP. Variant {@code own} lets it choose every layout, {@code nchw} keeps activations
 * plain; weights are in its own layout in both, and reordering is never timed. Poolings and
 * normalisations of images take the layout they are given: {@code nhwc} is what oneDNN's
 * convolutions choose, {@code blocked} has blocks of 16 channels.
 */
public final class OneDnn implements Contender {
  private static final String OWN = "own";
  private static final String NCHW = "nchw";
  private static final String NHWC = "nhwc";
  private static final String BLOCKED = "blocked";
  private static final List<String> IMAGES = List.of(NHWC, BLOCKED, NCHW);
  private static final String PLAIN = "plain";
  private static final String PACKED = "packed";
  private static final String MATMUL = "matmul";
  private static final String SGEMM = "sgemm";

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String version() {
    dnnl_version_t v = dnnl.version();
    return v.major() + "." + v.minor() + "." + v.patch();
  }

  @Override
  public List<String> variants(Task task) {
    return switch (task.op()) {
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS ->
          task.conv().n() == 0 ? List.of() : List.of(OWN, NCHW);
      case CONV_SEQUENCE -> List.of(OWN, NCHW);
      case GEMM -> Products.isProduct(task) ? List.of(PACKED, MATMUL, SGEMM) : List.of();
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 ->
          task.linear().n() > 0 ? List.of(PACKED) : List.of();
      case MAX_POOL, AVG_POOL -> OneDnnMaps.canPool(task.pool()) ? IMAGES : List.of();
      case LRN, BATCH_NORM_RELU, GLOBAL_AVG_POOL -> IMAGES;
      case GROUP_NORM, INSTANCE_NORM -> List.of(NHWC, NCHW);
      case RELU, TANH, SIGMOID, SILU, GELU, SOFTMAX, ADD_RELU -> List.of(PLAIN);
      case LAYER_NORM, SUM_ROWS, SUM_COLUMNS -> List.of(PLAIN);
      default -> List.of();
    };
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    OneDnnMemory memory = new OneDnnMemory();
    OpenMp.setThreads(threads);
    return switch (task.op()) {
      case CONV -> conv(memory, task, variant).forward();
      case CONV_SEQUENCE -> new OneDnnSequence(memory, task, variant.equals(OWN));
      case CONV_BACKWARD_DATA -> conv(memory, task, variant).backwardData();
      case CONV_BACKWARD_WEIGHTS -> conv(memory, task, variant).backwardWeights();
      case GEMM ->
          variant.equals(SGEMM)
              ? OneDnnMatrix.sgemm(memory, task.gemm())
              : OneDnnMatrix.matmul(memory, task.gemm(), variant.equals(PACKED));
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> OneDnnMatrix.linear(memory, task);
      case MAX_POOL -> OneDnnMaps.pool(memory, task.pool(), algorithm.pooling_max, layout(variant));
      case AVG_POOL ->
          OneDnnMaps.pool(
              memory, task.pool(), algorithm.pooling_avg_exclude_padding, layout(variant));
      case RELU -> OneDnnMaps.elementwise(memory, task.sizes(), algorithm.eltwise_relu);
      case TANH -> OneDnnMaps.elementwise(memory, task.sizes(), algorithm.eltwise_tanh);
      case SOFTMAX -> OneDnnMaps.softmax(memory, task.sizes());
      default -> map(memory, task, variant);
    };
  }

  private static Prepared map(OneDnnMemory memory, Task task, String variant) {
    Shape s = task.sizes();
    return switch (task.op()) {
      case GLOBAL_AVG_POOL ->
          OneDnnMaps.pool(
              memory, PoolShape.global(s), algorithm.pooling_avg_exclude_padding, layout(variant));
      case LRN -> OneDnnNorms.lrn(memory, s, layout(variant));
      case BATCH_NORM_RELU -> OneDnnNorms.batchRelu(memory, s, layout(variant));
      case LAYER_NORM -> OneDnnNorms.layer(memory, s);
      case GROUP_NORM -> OneDnnNorms.group(memory, s, Op.GROUPS, layout(variant));
      case INSTANCE_NORM -> OneDnnNorms.group(memory, s, s.dim(1), layout(variant));
      case ADD_RELU -> OneDnnMaps.addRelu(memory, s);
      case SUM_ROWS -> OneDnnMaps.sum(memory, s, 1);
      case SUM_COLUMNS -> OneDnnMaps.sum(memory, s, 0);
      case SIGMOID -> OneDnnMaps.elementwise(memory, s, algorithm.eltwise_logistic);
      case SILU -> OneDnnMaps.elementwise(memory, s, algorithm.eltwise_swish, 1);
      case GELU -> OneDnnMaps.elementwise(memory, s, algorithm.eltwise_gelu_erf);
      default -> throw new IllegalArgumentException("no variant of " + task);
    };
  }

  private static OneDnnConv conv(OneDnnMemory memory, Task task, String variant) {
    return new OneDnnConv(memory, task.conv(), variant.equals(OWN));
  }

  private static format_tag layout(String variant) {
    return switch (variant) {
      case NHWC -> format_tag.nhwc;
      case BLOCKED -> format_tag.nChw16c;
      default -> format_tag.nchw;
    };
  }
}
