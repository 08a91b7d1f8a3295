package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import java.util.List;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * oneDNN on OpenMP. Variant {@code own} lets it choose every layout, {@code nchw} keeps activations
 * plain; weights are in its own layout in both, and reordering is never timed. A pooling takes the
 * layout it is given: {@code nhwc} is what oneDNN's convolutions choose.
 */
public final class OneDnn implements Contender {
  private static final String OWN = "own";
  private static final String NCHW = "nchw";
  private static final String NHWC = "nhwc";
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
      case LINEAR -> Products.isProduct(task) ? List.of(PACKED) : List.of();
      case MAX_POOL, AVG_POOL -> OneDnnMaps.canPool(task.pool()) ? List.of(NHWC, NCHW) : List.of();
      case RELU, TANH, SOFTMAX -> List.of(PLAIN);
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
      case LINEAR -> OneDnnMatrix.linear(memory, task.linear());
      case MAX_POOL -> OneDnnMaps.pool(memory, task.pool(), algorithm.pooling_max, layout(variant));
      case AVG_POOL ->
          OneDnnMaps.pool(
              memory, task.pool(), algorithm.pooling_avg_exclude_padding, layout(variant));
      case RELU -> OneDnnMaps.elementwise(memory, task.sizes(), algorithm.eltwise_relu);
      case TANH -> OneDnnMaps.elementwise(memory, task.sizes(), algorithm.eltwise_tanh);
      case SOFTMAX -> OneDnnMaps.softmax(memory, task.sizes());
      default -> throw new IllegalArgumentException("no variant of " + task);
    };
  }

  private static OneDnnConv conv(OneDnnMemory memory, Task task, String variant) {
    return new OneDnnConv(memory, task.conv(), variant.equals(OWN));
  }

  private static format_tag layout(String variant) {
    return variant.equals(NHWC) ? format_tag.nhwc : format_tag.nchw;
  }
}
