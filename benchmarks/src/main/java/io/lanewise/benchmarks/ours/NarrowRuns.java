package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.CodeOperands;
import io.lanewise.benchmarks.plan.Plans;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * Layers in 8 or 16 bits, and beside them, as the variant {@code float32}, our own layer of the
 * same numbers in 32: what they gain or cost is formed within a round.
 */
final class NarrowRuns {
  private static final String FLOAT32 = "float32";
  private static final String INT8 = "int8";
  private static final String BFLOAT16 = "bfloat16";

  private NarrowRuns() {}

  static List<String> variants(Op op) {
    return switch (op) {
      case LINEAR_INT8 -> List.of(INT8, FLOAT32);
      case LINEAR_BFLOAT16 -> List.of(BFLOAT16, FLOAT32);
      default -> List.of("nhwc int8", "nchw int8", "nhwc float32", "nchw float32");
    };
  }

  static Prepared of(Backend backend, Task task, String variant, int threads) {
    if (task.op() == Op.CONV_INT8) {
      Layout layout = PlannedRun.layout(variant);
      return variant.endsWith(FLOAT32)
          ? conv(backend, task, layout, threads)
          : Run.of(Plans.of(backend, task, layout, threads), threads);
    }
    return variant.equals(FLOAT32)
        ? MatrixRuns.linear(backend, task, threads)
        : linear(backend, task, threads);
  }

  private static Prepared linear(Backend backend, Task task, int threads) {
    LinearShape s = task.linear();
    boolean int8 = task.op() == Op.LINEAR_INT8;
    NarrowLinear linear =
        backend.quantised().narrowLinear(s, int8 ? WeightFormat.INT8 : WeightFormat.BFLOAT16);
    Tensor weights = task.linearWeights();
    QuantisedWeights w =
        int8
            ? linear.pack(CodeOperands.codes(weights, CodeOperands.W), CodeOperands.W)
            : linear.pack(weights);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor y = Run.unwritten(s.y());
    Workspace workspace = Workspace.allocate(linear.workspace(), threads);
    return Run.writing(y, threads, parallel -> linear.run(x, w, null, y, workspace, parallel));
  }

  /** The sums in float32 by the backend's own choice; they become codes when they are asked for. */
  private static Prepared conv(Backend backend, Task task, Layout layout, int threads) {
    ConvShape s = task.conv();
    ConvForward conv = backend.convForward(s, ConvOptions.DEFAULT.layout(layout));
    Tensor x = CodeOperands.integers(CodeOperands.x(task), CodeOperands.X).copy(layout);
    PackedWeights w = conv.pack(CodeOperands.integers(CodeOperands.w(task), CodeOperands.W));
    Tensor y = Run.unwritten(s.y(), layout);
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.of(
        threads,
        () -> codes(y, CodeOperands.y(s)),
        parallel -> conv.run(x, w, Epilogue.none(), y, workspace, parallel));
  }

  private static float[] codes(Tensor sums, Quantisation y) {
    float[] values = sums.copy(Layout.CHANNELS_FIRST).toArray();
    float each = CodeOperands.X.scale(0) * CodeOperands.W.scale(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = y.type().code(y.code(values[i] * each, 0));
    }
    return values;
  }
}
