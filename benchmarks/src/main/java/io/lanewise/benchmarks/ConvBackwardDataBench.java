package io.lanewise.benchmarks;

import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Input gradient of a convolution, weights packed beforehand as a training step does once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvBackwardDataBench {
  /** As {@link ConvShape} prints it. */
  @Param("n1 ic6 ih14 oc16 kh5")
  public String shape;

  /** {@code simd} or {@code scalar}. */
  @Param({"simd", "scalar"})
  public String backend;

  private ConvBackwardData conv;
  private Tensor dy;
  private PackedWeights w;
  private Tensor dx;
  private Workspace workspace;

  /** For JMH. */
  public ConvBackwardDataBench() {}

  /** Plans, runs once and compares with the reference. */
  @Setup(Level.Trial)
  public void plan(Team team) {
    ConvShape s = ConvShape.parse(shape);
    conv = Inputs.backend(backend).convBackwardData(s);
    dy = Inputs.uniform(s.y(), 1);
    Tensor weights = Inputs.uniform(s.w(), 2);
    w = conv.pack(weights);
    dx = Tensor.zeros(s.x()).fill(Float.NaN);
    workspace = Workspace.allocate(conv.workspace(), team.threads);
    conv.run(dy, w, dx, workspace, team.parallel());
    ConvCheck.backwardData(s, dy, weights, dx, backend + " " + conv.algorithm());
  }

  /** One input gradient. */
  @Benchmark
  public Tensor run(Team team, PeakCounter peak) {
    conv.run(dy, w, dx, workspace, team.parallel());
    return dx;
  }
}
