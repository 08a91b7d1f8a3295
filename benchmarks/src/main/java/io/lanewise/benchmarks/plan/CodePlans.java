package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** What reads or writes codes of 8 bits. */
final class CodePlans {
  private CodePlans() {}

  static Planned of(Backend backend, Task task, Layout layout, int threads) {
    return switch (task.op()) {
      case QUANTISE -> quantise(backend, task, threads);
      case DEQUANTISE -> dequantise(backend, task, threads);
      default -> conv(backend, task, layout, threads);
    };
  }

  private static Planned quantise(Backend backend, Task task, int threads) {
    Quantise op = backend.quantised().quantise(task.sizes(), Layout.CHANNELS_FIRST, CodeOperands.X);
    Tensor x = Plans.x(task, Layout.CHANNELS_FIRST);
    ByteTensor y = ByteTensor.zeros(task.sizes());
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.ofCodes(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned dequantise(Backend backend, Task task, int threads) {
    Dequantise op =
        backend.quantised().dequantise(task.sizes(), Layout.CHANNELS_FIRST, CodeOperands.X);
    Tensor values = Plans.x(task, Layout.CHANNELS_FIRST);
    ByteTensor x = CodeOperands.codes(values, CodeOperands.X);
    Tensor y = Planned.unwritten(task.sizes(), Layout.CHANNELS_FIRST);
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.of(y, parallel -> op.forward(x, y, ws, parallel));
  }

  private static Planned conv(Backend backend, Task task, Layout layout, int threads) {
    Quantisation y = CodeOperands.y(task.conv());
    QuantisedConv op =
        backend.quantised().conv(task.conv(), layout, CodeOperands.X, CodeOperands.W);
    QuantisedWeights w = op.pack(CodeOperands.codes(CodeOperands.w(task), CodeOperands.W));
    ByteTensor x = CodeOperands.codes(CodeOperands.x(task).copy(layout), CodeOperands.X);
    ByteTensor out = ByteTensor.zeros(task.conv().y(), layout);
    Requantisation ending =
        Requantisation.byScale(CodeOperands.X, CodeOperands.W, y, task.conv().oc());
    Workspace ws = Workspace.allocate(op.workspace(), threads);
    return Planned.ofCodes(out, parallel -> op.run(x, w, null, ending, out, ws, parallel));
  }
}
