package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.movement.Movement;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads run one plan, on one team, each on tensors of its own: no call sees another's. */
@Timeout(60)
final class SharedPlanTest {
  private static final int THREADS = 4;
  private static final int CALLS = 300;

  /** What a thread runs: x in, y out. */
  private interface Op {
    void run(Tensor x, Tensor y, Workspace ws, Parallel par);
  }

  @Test
  void convolution() throws Exception {
    ConvShape s = ConvShape.parse("n2 ic4 ih9 oc6 kh3 p1");
    ConvForward plan = Backend.best().convForward(s);
    PackedWeights w = plan.pack(TestData.uniform(s.w(), 1));
    assertKeepsApart(
        s.x(),
        s.y(),
        plan.workspace(),
        (x, y, ws, par) -> plan.run(x, w, Epilogue.none(), y, ws, par));
  }

  @Test
  void product() throws Exception {
    GemmShape s = GemmShape.parse("m40 n70 k30");
    Gemm plan = Backend.best().gemm(s);
    Tensor b = TestData.uniform(s.b(), 1);
    assertKeepsApart(s.a(), s.c(), plan.workspace(), (x, y, ws, par) -> plan.run(x, b, y, ws, par));
  }

  @Test
  void activation() throws Exception {
    Shape s = Shape.of(33_000);
    ActivationOp plan = Backend.best().activation(Activation.relu());
    assertKeepsApart(s, s, WorkspaceSpec.NONE, (x, y, ws, par) -> plan.forward(x, y, par));
  }

  @Test
  void movement() throws Exception {
    Movement plan = Backend.best().movements().permute(Shape.of(40, 30, 20), 2, 0, 1);
    assertKeepsApart(
        plan.x(), plan.y(), WorkspaceSpec.NONE, (x, y, ws, par) -> plan.forward(x, y, par));
  }

  @Test
  void narrowLinear() throws Exception {
    LinearShape s = LinearShape.parse("n5 in41 out90");
    NarrowLinear plan = Backend.best().quantised().narrowLinear(s, WeightFormat.INT8);
    QuantisedWeights w = plan.pack(TestData.uniform(s.w(), 1));
    assertKeepsApart(
        s.x(), s.y(), plan.workspace(), (x, y, ws, par) -> plan.run(x, w, null, y, ws, par));
  }

  @Test
  void batchNorm() throws Exception {
    Shape s = Shape.of(2, 19, 30, 31);
    BatchNorm plan =
        Backend.best()
            .normalisations()
            .batchNorm(s, Layout.CHANNELS_FIRST, 1e-5, Activation.relu());
    assertKeepsApart(
        s,
        s,
        plan.workspace(),
        (x, y, ws, par) -> plan.forward(x, null, null, null, y, null, null, ws, par));
  }

  @Test
  void broadcastProduct() throws Exception {
    Binary plan = Backend.best().arithmetic().binary(BinaryOp.MUL, Shape.of(9000, 3), Shape.of(3));
    Tensor b = TestData.uniform(plan.b(), 1);
    assertKeepsApart(
        plan.a(), plan.y(), plan.workspace(), (x, y, ws, par) -> plan.forward(x, b, y, ws, par));
  }

  @Test
  void reduction() throws Exception {
    Shape s = Shape.of(300, 70);
    AxisReduction plan = Backend.best().arithmetic().reduce(ReduceOp.LOG_SUM_EXP, s, false, 0);
    assertKeepsApart(s, plan.y(), plan.workspace(), plan::forward);
  }

  @Test
  void pooling() throws Exception {
    PoolShape s = PoolShape.parse("n2 c40 ih9 kh3 s2 p1");
    MaxPool plan = Backend.best().maxPool(s);
    assertKeepsApart(
        s.x(), s.y(), plan.workspace(), (x, y, ws, par) -> plan.forward(x, y, null, ws, par));
  }

  private static void assertKeepsApart(Shape xShape, Shape yShape, WorkspaceSpec spec, Op op)
      throws Exception {
    List<Future<Integer>> differences = new ArrayList<>();
    try (ForkJoinTeam team = ForkJoinTeam.of(3);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS)) {
      Parallel eager = Teams.eager(team);
      for (int t = 0; t < THREADS; t++) {
        Tensor x = TestData.uniform(xShape, t);
        Tensor expected = Tensor.zeros(yShape);
        op.run(x, expected, Workspace.allocate(spec, 1), Parallel.SEQUENTIAL);
        differences.add(callers.submit(() -> differing(x, expected, spec, eager, op)));
      }
      for (Future<Integer> d : differences) {
        assertEquals(0, d.get(), "calls with another's result");
      }
    }
  }

  private static int differing(Tensor x, Tensor expected, WorkspaceSpec spec, Parallel par, Op op) {
    Workspace ws = Workspace.allocate(spec, par.workers());
    Tensor y = Tensor.zeros(expected.shape());
    int differing = 0;
    for (int i = 0; i < CALLS; i++) {
      op.run(x, y.fill(Float.NaN), ws, par);
      differing += y.sameBits(expected) ? 0 : 1;
    }
    return differing;
  }
}
