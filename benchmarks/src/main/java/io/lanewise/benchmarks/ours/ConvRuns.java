package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** Convolution and its gradients by each algorithm that a backend has for the shape. */
final class ConvRuns {
  private ConvRuns() {}

  static List<String> variants(Backend backend, Task task) {
    ConvShape s = task.conv();
    return switch (task.op()) {
      case CONV -> names(backend.convForwardPlans(s), ConvForward::algorithm);
      case CONV_BACKWARD_DATA ->
          names(backend.convBackwardDataPlans(s), ConvBackwardData::algorithm);
      default -> names(backend.convBackwardWeightsPlans(s), ConvBackwardWeights::algorithm);
    };
  }

  static Prepared forward(Backend backend, Task task, String variant, int threads) {
    ConvShape s = task.conv();
    ConvForward conv = named(backend.convForwardPlans(s), ConvForward::algorithm, variant);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    PackedWeights w = conv.pack(Task.uniform(s.w(), Task.SEED_W));
    Tensor y = Run.unwritten(s.y());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.writing(
        y, threads, parallel -> conv.run(x, w, Epilogue.none(), y, workspace, parallel));
  }

  static Prepared backwardData(Backend backend, Task task, String variant, int threads) {
    ConvShape s = task.conv();
    ConvBackwardData conv =
        named(backend.convBackwardDataPlans(s), ConvBackwardData::algorithm, variant);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    PackedWeights w = conv.pack(Task.uniform(s.w(), Task.SEED_W));
    Tensor dx = Run.unwritten(s.x());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.writing(dx, threads, parallel -> conv.run(dy, w, dx, workspace, parallel));
  }

  static Prepared backwardWeights(Backend backend, Task task, String variant, int threads) {
    ConvShape s = task.conv();
    ConvBackwardWeights conv =
        named(backend.convBackwardWeightsPlans(s), ConvBackwardWeights::algorithm, variant);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor dw = Tensor.zeros(s.w());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.addingTo(dw, threads, parallel -> conv.run(x, dy, dw, null, workspace, parallel));
  }

  private static <P> List<String> names(List<P> plans, Function<P, String> name) {
    return plans.stream().map(name).distinct().toList();
  }

  private static <P> P named(List<P> plans, Function<P, String> name, String variant) {
    return plans.stream()
        .filter(p -> name.apply(p).equals(variant))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variant must be one of " + names(plans, name) + ", got '" + variant + "'"));
  }
}
