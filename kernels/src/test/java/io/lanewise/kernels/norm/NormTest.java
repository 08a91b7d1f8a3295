package io.lanewise.kernels.norm;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Group, instance, layer, root mean square and mean-variance norm against the reference. */
final class NormTest {
  private static final Normalisations REFERENCE = new ReferenceBackend().normalisations();

  static List<NormCase> cases() {
    return NormCase.all();
  }

  /** Inputs of both directions, and what they give. */
  private static final class Run {
    final Tensor x;
    final Tensor gamma;
    final Tensor beta;
    final Tensor dy;
    Tensor y;
    Tensor mean;
    Tensor r;
    Tensor dx;
    Tensor dgamma;
    Tensor dbeta;

    Run(Norm op, boolean weights) {
      x = TestData.uniform(op.shape(), 1).copy();
      for (int i = 0; i < x.size(); i++) {
        x.array()[i] += 0.5f;
      }
      gamma = weights ? TestData.uniform(op.parameters(), 2) : null;
      beta = weights ? TestData.uniform(op.parameters(), 3) : null;
      dy = TestData.uniform(op.shape(), 4);
    }

    Run with(Norm op, Parallel par, String context) {
      Run run = new Run(op, gamma != null);
      Guarded in = Guarded.of(layout(run.x, op));
      Guarded out = Guarded.unwritten(op.shape(), op.layout());
      Guarded means = op.isCentred() ? Guarded.unwritten(op.statistics()) : null;
      Guarded scales = Guarded.unwritten(op.statistics());
      Workspace ws = TestData.workspace(op.workspace(), par);
      Tensor m = means == null ? null : means.tensor();
      op.forward(in.tensor(), gamma, beta, out.tensor(), m, scales.tensor(), ws, par);
      Guarded slopes = Guarded.of(layout(run.dy, op));
      Guarded dxs = Guarded.unwritten(op.shape(), op.layout());
      Guarded dgammas = Guarded.unwritten(op.parameters());
      Guarded dbetas = Guarded.unwritten(op.parameters());
      dgammas.tensor().fill(0.25f);
      dbetas.tensor().fill(-0.5f);
      op.backward(
          in.tensor(),
          gamma,
          m,
          scales.tensor(),
          slopes.tensor(),
          dxs.tensor(),
          dgammas.tensor(),
          dbetas.tensor(),
          TestData.workspace(op.workspace(), par),
          par);
      in.assertUnchanged(context);
      slopes.assertUnchanged(context);
      for (Guarded g : List.of(out, scales, dxs, dgammas, dbetas)) {
        g.assertGuardsIntact(context);
      }
      run.y = out.tensor().copy();
      run.mean = m == null ? Tensor.zeros(op.statistics()) : m.copy();
      run.r = scales.tensor().copy();
      run.dx = dxs.tensor().copy();
      run.dgamma = dgammas.tensor().copy();
      run.dbeta = dbetas.tensor().copy();
      return run;
    }

    private static Tensor layout(Tensor t, Norm op) {
      return op.shape().rank() < 2 ? t : t.copy(op.layout());
    }

    List<Tensor> all() {
      return List.of(y, mean, r, dx, dgamma, dbeta);
    }
  }

  private static double greatest(Tensor t) {
    double most = 0;
    for (float v : t.toArray()) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }

  /**
   * The mean is rounded once, which costs u · |mean| · r; x minus it, r, gamma and the multiply-add
   * cost u each. Backward the same holds of (x - mean) · r, which is at most |x - mean| · r, twice.
   * |x| is below 1.5 and gamma, beta and dy below 1.
   */
  private static void assertNear(Run want, Run got, String context) {
    double r = want.r.size() == 0 ? 1 : greatest(want.r);
    double hat = 1 + 3 * r;
    double each = want.x.size() / (double) Math.max(1, want.dgamma.size());
    double[] bounds = {
      16 * U * hat,
      2 * U * 1.5,
      4 * U * r,
      16 * U * r * hat * hat,
      8 * U * hat * (each + 1),
      8 * U * (each + 1)
    };
    for (int t = 0; t < bounds.length; t++) {
      Tensor w = want.all().get(t);
      Tensor g = got.all().get(t);
      assertEquals(w.shape(), g.shape(), context);
      for (int i = 0; i < w.size(); i++) {
        assertClose(w.array()[i], bounds[t], g.array()[i], i, context + " result " + t);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyKernelStaysWithinTheErrorBound(NormCase c) {
    for (boolean weights : new boolean[] {true, false}) {
      Norm reference = c.plan().apply(REFERENCE);
      Run want = new Run(reference, weights).with(reference, Parallel.SEQUENTIAL, "");
      Run bits = null;
      for (Target t : Targets.all()) {
        Norm op = c.plan().apply(new KernelNormalisations(t));
        assertEquals(reference.parameters(), op.parameters());
        assertEquals(reference.statistics(), op.statistics());
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = c + " " + t.kernels().name() + " " + par.workers() + " workers";
          Run got = want.with(op, par, context);
          assertNear(want, got, context);
          boolean fused = t.kernels().name().equals("scalar without fused multiply-add");
          if (!fused && bits != null) {
            for (int i = 0; i < got.all().size(); i++) {
              assertSameBits(bits.all().get(i), got.all().get(i), context + " result " + i);
            }
          }
          bits = fused ? bits : got;
        }
      }
    }
  }

  /** By hand: 1, 3 have mean 2 and variance 1; 1 / sqrt(1 + 3) is 1/2. */
  @Test
  void theReferenceByHand() {
    Shape s = Shape.of(1, 2);
    Tensor x = Tensor.of(s, 1, 3);
    Tensor gamma = Tensor.of(Shape.of(2), 2, 4);
    Tensor beta = Tensor.of(Shape.of(2), 10, 20);
    Norm op = REFERENCE.layerNorm(s, 1, 3);
    Tensor y = Tensor.zeros(s);
    Tensor mean = Tensor.zeros(1);
    Tensor r = Tensor.zeros(1);
    op.forward(x, gamma, beta, y, mean, r, Workspace.NONE, Parallel.SEQUENTIAL);
    assertSameBits(Tensor.of(s, 9, 22), y, "y");
    assertSameBits(Tensor.of(Shape.of(1), 2), mean, "mean");
    assertSameBits(Tensor.of(Shape.of(1), 0.5f), r, "r");
    // g = dy · gamma = 2, 0; mean of g = 1; Σ g (x - mean) = -2; r³/m · that = -1/8.
    Tensor dy = Tensor.of(s, 1, 0);
    Tensor dx = Tensor.zeros(s);
    Tensor dgamma = Tensor.zeros(2);
    Tensor dbeta = Tensor.zeros(2);
    op.backward(x, gamma, mean, r, dy, dx, dgamma, dbeta, Workspace.NONE, Parallel.SEQUENTIAL);
    assertSameBits(Tensor.of(s, 0.5f - 0.125f, -0.5f + 0.125f), dx, "dx");
    assertSameBits(Tensor.of(Shape.of(2), -0.5f, 0), dgamma, "dgamma");
    assertSameBits(Tensor.of(Shape.of(2), 1, 0), dbeta, "dbeta");
  }

  /** By hand: the root mean square of 1 and 7 is 5; with an epsilon of 0 r is 1/5. */
  @Test
  void rootMeanSquareByHand() {
    Shape s = Shape.of(2);
    for (Normalisations n : List.of(REFERENCE, CpuBackend.best().normalisations())) {
      Norm op = n.rmsNorm(s, 0, 0);
      Tensor y = Tensor.zeros(s);
      Tensor r = Tensor.zeros(op.statistics());
      Workspace ws = TestData.workspace(op.workspace(), Parallel.SEQUENTIAL);
      op.forward(Tensor.of(s, 1, 7), null, null, y, null, r, ws, Parallel.SEQUENTIAL);
      assertSameBits(Tensor.of(s, 0.2f, 7 * 0.2f), y, "y");
      assertSameBits(Tensor.of(Shape.of(), 0.2f), r, "r");
    }
  }

  /** Central differences of Σ y · dy, in float64 by way of steps that floats can tell. */
  @ParameterizedTest
  @MethodSource("differences")
  void theReferencesGradientIsItsSlope(NormCase c) {
    Norm op = c.plan().apply(REFERENCE);
    Run at = new Run(op, true).with(op, Parallel.SEQUENTIAL, "");
    float step = 0x1p-7f;
    for (int i = 0; i < at.x.size(); i += 3) {
      double slope = (moved(op, at, i, step) - moved(op, at, i, -step)) / (2 * step);
      Tensor dx = at.dx.copy(io.lanewise.kernels.tensor.Layout.CHANNELS_FIRST);
      assertEquals(slope, dx.array()[i], 4e-3 * Math.max(1, Math.abs(slope)), c + " at " + i);
    }
  }

  static List<NormCase> differences() {
    return NormCase.all().stream().filter(c -> c.shape().size() == 35 * 6 * 3).toList();
  }

  private static double moved(Norm op, Run at, int i, float step) {
    Tensor x = at.x.copy();
    x.array()[i] += step;
    Tensor y = Tensor.zeros(op.shape(), op.layout());
    Tensor in = x.copy(op.layout());
    op.forward(in, at.gamma, at.beta, y, null, null, Workspace.NONE, Parallel.SEQUENTIAL);
    float[] out = y.copy(io.lanewise.kernels.tensor.Layout.CHANNELS_FIRST).array();
    double sum = 0;
    for (int e = 0; e < out.length; e++) {
      sum += (double) out[e] * at.dy.array()[e];
    }
    return sum;
  }
}
