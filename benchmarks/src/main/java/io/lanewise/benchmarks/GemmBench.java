package io.lanewise.benchmarks;

import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.shape.GemmShape;
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

/** Matrix product {@code C = A·B}, packing included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GemmBench {
  /** {@code "m n k"}. */
  @Param("128 128 128")
  public String shape;

  /** {@code simd} or {@code scalar}. */
  @Param({"simd", "scalar"})
  public String backend;

  private Gemm gemm;
  private Tensor a;
  private Tensor b;
  private Tensor c;
  private Workspace workspace;

  /** For JMH. */
  public GemmBench() {}

  /** Plans, runs once and compares with the reference. */
  @Setup(Level.Trial)
  public void plan(Team team) {
    GemmShape s = GemmText.parse(shape);
    gemm = Inputs.backend(backend).gemm(s);
    a = Inputs.uniform(s.a(), 1);
    b = Inputs.uniform(s.b(), 2);
    c = Tensor.zeros(s.c()).fill(Float.NaN);
    workspace = Workspace.allocate(gemm.workspace(), team.threads);
    gemm.run(a, b, c, workspace, team.parallel());
    GemmCheck.product(s, a, b, c, backend + " product " + shape);
  }

  /** One product. */
  @Benchmark
  public Tensor run(Team team, PeakCounter peak) {
    gemm.run(a, b, c, workspace, team.parallel());
    return c;
  }
}
