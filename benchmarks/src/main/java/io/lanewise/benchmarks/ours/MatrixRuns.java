package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Matrix product, B packed within the run or beforehand, and fully connected layer. */
final class MatrixRuns {
  private static final String PLAIN = "plain";
  private static final String PACKED = "packed";

  private MatrixRuns() {}

  static List<String> gemmVariants() {
    return List.of(PLAIN, PACKED);
  }

  /**
   * A product; the variant says whether a layer's weights are packed beforehand: B, or A where B is
   * a vector.
   */
  static Prepared gemm(Backend backend, Task task, String variant, int threads) {
    GemmShape s = task.gemm();
    Gemm gemm = backend.gemm(s);
    Tensor a = Task.uniform(s.a(), Task.SEED_X);
    Tensor b = Task.uniform(s.b(), Task.SEED_W);
    Tensor c = Run.unwritten(s.c());
    Workspace workspace = Workspace.allocate(gemm.workspace(), threads);
    if (variant.equals(PACKED) && s.n() == 1 && s.m() > 1) {
      PackedWeights packed = gemm.packA(a);
      return Run.writing(c, threads, parallel -> gemm.run(packed, b, c, workspace, parallel));
    }
    if (variant.equals(PACKED)) {
      PackedWeights packed = gemm.packB(b);
      return Run.writing(c, threads, parallel -> gemm.run(a, packed, c, workspace, parallel));
    }
    return Run.writing(c, threads, parallel -> gemm.run(a, b, c, workspace, parallel));
  }

  static Prepared linear(Backend backend, Task task, int threads) {
    LinearShape s = task.linear();
    LinearForward linear = backend.linearForward(s);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    PackedWeights w = linear.newWeights();
    linear.pack(task.linearWeights(), w);
    Tensor y = Run.unwritten(s.y());
    Workspace workspace = Workspace.allocate(linear.workspace(), threads);
    return Run.writing(y, threads, parallel -> linear.run(x, w, null, y, workspace, parallel));
  }

  static Prepared linearBackwardData(Backend backend, Task task, int threads) {
    LinearShape s = task.linear();
    LinearBackwardData linear = backend.linearBackwardData(s);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    Tensor dx = Run.unwritten(s.x());
    Workspace workspace = Workspace.allocate(linear.workspace(), threads);
    return Run.writing(dx, threads, parallel -> linear.run(dy, w, dx, workspace, parallel));
  }

  static Prepared linearBackwardWeights(Backend backend, Task task, int threads) {
    LinearShape s = task.linear();
    LinearBackwardWeights linear = backend.linearBackwardWeights(s);
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor dw = Tensor.zeros(s.w());
    Workspace workspace = Workspace.allocate(linear.workspace(), threads);
    return Run.addingTo(dw, threads, parallel -> linear.run(x, dy, dw, null, workspace, parallel));
  }
}
