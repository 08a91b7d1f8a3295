package io.lanewise.benchmarks;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
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

/** Convolution as in inference: weights packed beforehand, no bias, no clamp. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvForwardBench {
  /** As {@link ConvShape} prints it. */
  @Param("n1 ic6 ih14 oc16 kh5")
  public String shape;

  /** {@code simd} or {@code scalar}. */
  @Param({"simd", "scalar"})
  public String backend;

  private ConvForward conv;
  private Tensor x;
  private PackedWeights w;
  private Tensor y;
  private Workspace workspace;

  /** For JMH. */
  public ConvForwardBench() {}

  /** Plans, runs once and compares with the reference. */
  @Setup(Level.Trial)
  public void plan(Team team) {
    ConvShape s = ConvShape.parse(shape);
    conv = Inputs.backend(backend).convForward(s);
    x = Inputs.uniform(s.x(), 1);
    Tensor weights = Inputs.uniform(s.w(), 2);
    w = conv.pack(weights);
    y = Tensor.zeros(s.y()).fill(Float.NaN);
    workspace = Workspace.allocate(conv.workspace(), team.threads);
    conv.run(x, w, Epilogue.none(), y, workspace, team.parallel());
    ConvCheck.forward(s, x, weights, y, backend + " " + conv.algorithm());
  }

  /** One convolution. */
  @Benchmark
  public Tensor run(Team team, PeakCounter peak) {
    conv.run(x, w, Epilogue.none(), y, workspace, team.parallel());
    return y;
  }
}
