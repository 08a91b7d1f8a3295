package io.lanewise.kernels;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/** What {@link BackendChoiceTest} runs in JVMs of other kinds: asks for the best backend twice. */
public final class BackendProbe {
  private BackendProbe() {}

  /** Prints the choice and one result, or the exception that came instead. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      try {
        CpuBackend backend = CpuBackend.best();
        System.out.println(backend.describe());
        System.out.println("sum " + convolve(backend));
      } catch (Throwable t) { // an Error is the finding, too
        System.out.println(t);
      }
    }
  }

  /** A 3x3 sum over a padded 2x2 image of ones: each output sees all four. */
  private static float convolve(Backend backend) {
    ConvShape s = ConvShape.parse("n1 ic1 ih2 oc1 kh3 p1");
    ConvForward plan = backend.convForward(s);
    Tensor y = Tensor.zeros(s.y());
    plan.run(
        Tensor.zeros(s.x()).fill(1f),
        plan.pack(Tensor.zeros(s.w()).fill(1f)),
        Epilogue.none(),
        y,
        Workspace.allocate(plan.workspace(), 1),
        Parallel.SEQUENTIAL);
    return y.get(0, 0, 0, 0) + y.get(0, 0, 0, 1) + y.get(0, 0, 1, 0) + y.get(0, 0, 1, 1);
  }
}
