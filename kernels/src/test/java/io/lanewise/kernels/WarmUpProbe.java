package io.lanewise.kernels;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The first run of a convolution in its JVM, after a warm-up or without; for {@link WarmUpTest}.
 */
public final class WarmUpProbe {
  private static final ConvShape SHAPE = ConvShape.parse("n1 ic512 ih28 oc128 kh1");

  private WarmUpProbe() {}

  /** Prints what the warm-up says if there is an argument, the first run's time, a digest of y. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    Backend backend = CpuBackend.best();
    ConvForward plan = backend.convForward(SHAPE, ConvOptions.DEFAULT.channelsLast());
    PackedWeights w = plan.pack(TestData.uniform(SHAPE.w(), 1));
    Tensor x = TestData.uniform(SHAPE.x(), 2).copy(Layout.CHANNELS_LAST);
    Tensor y = Tensor.zeros(SHAPE.y(), Layout.CHANNELS_LAST);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    if (args.length > 0) {
      System.out.println(WarmUp.of(backend).add(plan).run());
    }
    long from = System.nanoTime();
    plan.run(x, w, Epilogue.none(), y, ws, Parallel.SEQUENTIAL);
    System.out.println(System.nanoTime() - from);
    System.out.println(Arrays.hashCode(y.array()));
  }
}
