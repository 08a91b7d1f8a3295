package io.lanewise.benchmarks;

import io.lanewise.kernels.conv.ConvBackwardWeights;
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

/** Weight and bias gradient of a convolution, added to what is there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvBackwardWeightsBench {
  /** As {@link ConvShape} prints it. */
  @Param("n1 ic6 ih14 oc16 kh5")
  public String shape;

  /** {@code simd} or {@code scalar}. */
  @Param({"simd", "scalar"})
  public String backend;

  private ConvBackwardWeights conv;
  private Tensor x;
  private Tensor dy;
  private Tensor dw;
  private Tensor db;
  private Workspace workspace;

  /** For JMH. */
  public ConvBackwardWeightsBench() {}

  /** Plans, runs once and compares with the reference. */
  @Setup(Level.Trial)
  public void plan(Team team) {
    ConvShape s = ConvShape.parse(shape);
    conv = Inputs.backend(backend).convBackwardWeights(s);
    x = Inputs.uniform(s.x(), 1);
    dy = Inputs.uniform(s.y(), 2);
    dw = Tensor.zeros(s.w());
    db = Tensor.zeros(s.bias());
    workspace = Workspace.allocate(conv.workspace(), team.threads);
    conv.run(x, dy, dw, db, workspace, team.parallel());
    ConvCheck.backwardWeights(s, x, dy, dw, db, backend + " " + conv.algorithm());
  }

  /** One weight gradient; sums over all runs stay far below float32's limits. */
  @Benchmark
  public Tensor run(Team team, PeakCounter peak) {
    conv.run(x, dy, dw, db, workspace, team.parallel());
    return dw;
  }
}
