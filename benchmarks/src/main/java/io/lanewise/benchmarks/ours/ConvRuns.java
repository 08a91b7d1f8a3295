package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Convolution, its gradients and transposed convolution by each algorithm that a backend has for
 * the shape, in each layout: the variant {@code nhwc im2row} reads and writes channels last, {@code
 * nchw im2row} channels first.
 */
final class ConvRuns {
  private static final String LAST = "nhwc ";
  private static final String FIRST = "nchw ";

  private ConvRuns() {}

  static List<String> variants(Backend backend, Task task) {
    return switch (task.op()) {
      case CONV -> names(o -> backend.convForwardPlans(task.conv(), o), ConvForward::algorithm);
      case CONV_BACKWARD_DATA ->
          names(o -> backend.convBackwardDataPlans(task.conv(), o), ConvBackwardData::algorithm);
      case CONV_TRANSPOSED ->
          names(
              o -> backend.transposedConvForwardPlans(task.transposedConv(), o),
              TransposedConvForward::algorithm);
      default ->
          names(
              o -> backend.convBackwardWeightsPlans(task.conv(), o),
              ConvBackwardWeights::algorithm);
    };
  }

  static Prepared forward(Backend backend, Task task, String variant, int threads) {
    ConvForward conv = backend.convForward(task.conv(), options(backend, task, variant));
    ConvShape s = task.conv();
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), conv.layout());
    PackedWeights w = conv.pack(Task.uniform(s.w(), Task.SEED_W));
    Tensor y = Run.unwritten(s.y(), conv.layout());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.writing(
        y, threads, parallel -> conv.run(x, w, Epilogue.none(), y, workspace, parallel));
  }

  static Prepared backwardData(Backend backend, Task task, String variant, int threads) {
    ConvBackwardData conv = backend.convBackwardData(task.conv(), options(backend, task, variant));
    ConvShape s = task.conv();
    Tensor dy = Run.input(Task.uniform(s.y(), Task.SEED_DY), conv.layout());
    PackedWeights w = conv.pack(Task.uniform(s.w(), Task.SEED_W));
    Tensor dx = Run.unwritten(s.x(), conv.layout());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.writing(dx, threads, parallel -> conv.run(dy, w, dx, workspace, parallel));
  }

  static Prepared backwardWeights(Backend backend, Task task, String variant, int threads) {
    ConvBackwardWeights conv =
        backend.convBackwardWeights(task.conv(), options(backend, task, variant));
    ConvShape s = task.conv();
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), conv.layout());
    Tensor dy = Run.input(Task.uniform(s.y(), Task.SEED_DY), conv.layout());
    Tensor dw = Tensor.zeros(s.w());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.addingTo(dw, threads, parallel -> conv.run(x, dy, dw, null, workspace, parallel));
  }

  static Prepared transposed(Backend backend, Task task, String variant, int threads) {
    TransposedConvShape s = task.transposedConv();
    TransposedConvForward conv = backend.transposedConvForward(s, options(backend, task, variant));
    Tensor x = Run.input(Task.uniform(s.x(), Task.SEED_X), conv.layout());
    PackedWeights w = conv.pack(Task.uniform(s.w(), Task.SEED_W));
    Tensor y = Run.unwritten(s.y(), conv.layout());
    Workspace workspace = Workspace.allocate(conv.workspace(), threads);
    return Run.writing(
        y, threads, parallel -> conv.run(x, w, Epilogue.none(), y, workspace, parallel));
  }

  private static <P> List<String> names(
      Function<ConvOptions, List<P>> plans, Function<P, String> algorithm) {
    List<String> names = new ArrayList<>();
    for (Layout layout : List.of(Layout.CHANNELS_LAST, Layout.CHANNELS_FIRST)) {
      ConvOptions options = ConvOptions.DEFAULT.layout(layout);
      String prefix = layout == Layout.CHANNELS_LAST ? LAST : FIRST;
      plans.apply(options).stream().map(p -> prefix + algorithm.apply(p)).forEach(names::add);
    }
    return names;
  }

  private static ConvOptions options(Backend backend, Task task, String variant) {
    List<String> all = variants(backend, task);
    if (!all.contains(variant)) {
      throw new IllegalArgumentException(
          "variant must be one of " + all + ", got '" + variant + "'");
    }
    Layout layout = variant.startsWith(LAST) ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
    return ConvOptions.DEFAULT.layout(layout).algorithm(variant.substring(LAST.length()));
  }
}
