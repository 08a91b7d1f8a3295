package io.lanewise.rivals.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import java.util.List;

/**
 * ONNX Runtime. Variant {@code nchwc} of a convolution has all optimisations of the graph, which
 * turn x and y into blocks of channels and back within a run where that pays; {@code nchw} has all
 * but those of layouts. A whole model is {@code optimised} by all of them.
 */
public final class OnnxRuntime implements Contender {
  private static final String NCHWC = "nchwc";
  private static final String NCHW = "nchw";
  private static final String PACKED = "packed";
  private static final String PLAIN = "plain";
  private static final String OPTIMISED = "optimised";

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public List<String> variants(Task task) {
    return switch (task.op()) {
      case CONV -> task.conv().n() == 0 ? List.of() : List.of(NCHWC, NCHW);
      case CONV_TRANSPOSED -> task.transposedConv().n() == 0 ? List.of() : List.of(NCHW);
      case GEMM -> isPlain(task.gemm()) ? List.of(PACKED, PLAIN) : List.of();
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 ->
          task.linear().n() == 0 ? List.of() : List.of(PACKED);
      case MAX_POOL, AVG_POOL -> canPool(task.pool()) ? List.of(NCHW) : List.of();
      case LRN, BATCH_NORM_RELU, GLOBAL_AVG_POOL, INSTANCE_NORM -> List.of(NCHW);
      case RELU, TANH, SIGMOID, GELU, SOFTMAX, ADD_RELU -> List.of(PLAIN);
      case LAYER_NORM, SUM_ROWS, SUM_COLUMNS, TRANSPOSE -> List.of(PLAIN);
      case CONCAT, PAD, SLICE, RESIZE_LINEAR, RESIZE_NEAREST -> List.of(NCHW);
      case MODEL -> List.of(OPTIMISED);
      default -> List.of();
    };
  }

  private static boolean isPlain(GemmShape s) {
    return s.equals(GemmShape.of(s.m(), s.n(), s.k())) && s.flops() > 0;
  }

  /** It refuses padding as wide as the window. */
  private static boolean canPool(PoolShape s) {
    Padding p = s.padding();
    return s.n() > 0
        && s.rank() == 2
        && !s.ceil()
        && Math.max(p.top(), p.bottom()) < s.kh()
        && Math.max(p.left(), p.right()) < s.kw();
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    OptLevel level = variant.equals(NCHW) ? OptLevel.EXTENDED_OPT : OptLevel.ALL_OPT;
    try {
      if (task.op() == Op.MODEL) {
        return new OrtModelRun(task.model(), threads);
      }
      return new OrtRun(model(task, variant), level, threads);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses " + task, e);
    }
  }

  private static OneNodeModel model(Task task, String variant) {
    return switch (task.op()) {
      case CONV -> Models.conv(task.conv());
      case CONV_TRANSPOSED -> Models.transposed(task.transposedConv());
      case GEMM -> Models.gemm(task.gemm(), variant.equals(PACKED));
      case LINEAR, LINEAR_INT8, LINEAR_BFLOAT16 -> Models.linear(task);
      case MAX_POOL -> Models.pool(task.pool(), "MaxPool");
      case AVG_POOL -> Models.pool(task.pool(), "AveragePool");
      case RELU -> Models.map(task.sizes(), "Relu");
      case TANH -> Models.map(task.sizes(), "Tanh");
      case SOFTMAX -> Models.map(task.sizes(), "Softmax");
      case SIGMOID -> Models.map(task.sizes(), "Sigmoid");
      case GELU -> Models.map(task.sizes(), "Gelu");
      case LRN, BATCH_NORM_RELU, LAYER_NORM, INSTANCE_NORM -> Models.norm(task);
      case GLOBAL_AVG_POOL -> Models.globalAveragePool(task.sizes());
      case ADD_RELU -> Models.addRelu(task.sizes());
      case SUM_ROWS -> Models.sum(task.sizes(), 1);
      case SUM_COLUMNS -> Models.sum(task.sizes(), 0);
      case CONCAT, TRANSPOSE, PAD, SLICE, RESIZE_LINEAR, RESIZE_NEAREST -> Models.move(task);
      default -> throw new IllegalArgumentException("no variant of " + task);
    };
  }
}
