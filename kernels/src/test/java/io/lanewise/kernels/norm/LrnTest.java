package io.lanewise.kernels.norm;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Local response norm across channels and within them. */
final class LrnTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  private static final List<Lrn> NUMBERS =
      List.of(
          Lrn.paper(5, 2, 1e-1, 0.75),
          Lrn.onnx(4, 0.5, 0.5, 1),
          Lrn.pytorch(4, 0.7, 1, 1.5),
          new Lrn(0, 40, 0.25, 0.6, 1),
          Lrn.paper(1, 1, 1, 2));

  static List<Shape> shapes() {
    return NormCase.IMAGES.stream().filter(s -> s.size() < 30_000).toList();
  }

  private static LocalResponseNorm plan(
      Normalisations n, Shape s, Layout layout, Lrn lrn, boolean within) {
    return within ? n.lrnWithinChannel(s, layout, lrn) : n.lrnAcrossChannels(s, layout, lrn);
  }

  private static List<Tensor> run(LocalResponseNorm op, Parallel par, String context) {
    Guarded x = Guarded.of(TestData.uniform(op.shape(), 1).copy(op.layout()));
    Guarded dy = Guarded.of(TestData.uniform(op.shape(), 2).copy(op.layout()));
    Guarded y = Guarded.unwritten(op.shape(), op.layout());
    Guarded dx = Guarded.unwritten(op.shape(), op.layout());
    op.forward(x.tensor(), y.tensor(), TestData.workspace(op.workspace(), par), par);
    Workspace ws = TestData.workspace(op.workspace(), par);
    op.backward(x.tensor(), dy.tensor(), dx.tensor(), ws, par);
    x.assertUnchanged(context);
    dy.assertUnchanged(context);
    y.assertGuardsIntact(context);
    dx.assertGuardsIntact(context);
    return List.of(y.tensor().copy(Layout.CHANNELS_FIRST), dx.tensor().copy(Layout.CHANNELS_FIRST));
  }

  /**
   * k is at least 1, so s^-beta at most 1; of s, w terms of at most 1, all roundings together cost
   * (w + 3) · u, beta times as much of the power, which itself costs 16 u. The gradient has 2 ·
   * alpha · beta · w products of such numbers more.
   */
  @ParameterizedTest
  @MethodSource("shapes")
  void bothDirectionsStayWithinTheErrorBound(Shape s) {
    for (boolean within : new boolean[] {false, true}) {
      for (Lrn lrn : NUMBERS) {
        check(s, lrn, within);
      }
    }
  }

  private static void check(Shape s, Lrn lrn, boolean within) {
    double w = Math.min(s.size(), within ? Math.pow(lrn.size(), s.rank() - 2) : lrn.size());
    double each = U * (24 + (lrn.beta() + 1) * (w + 3));
    double[] bounds = {each, 2 * each * (1 + 2 * lrn.alpha() * lrn.beta() * w)};
    Normalisations reference = new ReferenceBackend().normalisations();
    List<Tensor> want = run(plan(reference, s, Layout.CHANNELS_FIRST, lrn, within), ONE, "");
    for (Layout layout : Layout.values()) {
      List<Tensor> same = run(plan(reference, s, layout, lrn, within), ONE, "");
      assertSameBits(want.get(0), same.get(0), "the reference's layouts");
      assertSameBits(want.get(1), same.get(1), "the reference's layouts");
      List<Tensor> bits = null;
      for (Target t : Targets.all()) {
        LocalResponseNorm op = plan(new KernelNormalisations(t), s, layout, lrn, within);
        for (Parallel par : Teams.ONE_AND_THREE) {
          String context = s + " " + layout + " " + lrn + " within " + within + " " + t.kernels();
          List<Tensor> got = run(op, par, context);
          for (int i = 0; i < 2; i++) {
            for (int e = 0; e < s.size(); e++) {
              float v = want.get(i).array()[e];
              assertClose(v, bounds[i], got.get(i).array()[e], e, context + " result " + i);
            }
          }
          boolean fused = !t.kernels().name().contains("without");
          for (int i = 0; fused && bits != null && i < 2; i++) {
            assertSameBits(bits.get(i), got.get(i), context);
          }
          bits = fused ? got : bits;
        }
      }
    }
  }

  /**
   * By hand, (k, n, alpha, beta) = (0, 2, 1, 1): each over the squares of itself and both sides.
   */
  @Test
  void thePapersFormulaByHand() {
    Shape s = Shape.of(1, 4);
    Tensor x = Tensor.of(s, 1, 2, 3, 4);
    Tensor want = Tensor.of(s, 1 / 5f, 2 / 14f, 3 / 29f, 4 / 25f);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      for (Layout layout : Layout.values()) {
        LocalResponseNorm op =
            b.normalisations().lrnAcrossChannels(s, layout, Lrn.paper(2, 0, 1, 1));
        Tensor y = Tensor.zeros(s, layout);
        op.forward(x.copy(layout), y, TestData.workspace(op.workspace(), ONE), ONE);
        for (int i = 0; i < 4; i++) {
          assertEquals(want.array()[i], y.array()[i], 2e-8f, b.describe());
        }
      }
    }
  }

  @Test
  void conventionsDifferInAlphaAndInEvenWindows() {
    assertEquals(new Lrn(1, 1, 3, 0.75, 2), Lrn.paper(2, 2, 3, 0.75));
    assertEquals(new Lrn(0, 1, 1.5, 0.75, 2), Lrn.onnx(2, 3, 0.75, 2));
    assertEquals(new Lrn(1, 0, 1.5, 0.75, 2), Lrn.pytorch(2, 3, 0.75, 2));
    assertEquals(new Lrn(2, 2, 0.6, 0.75, 2), Lrn.onnx(5, 3, 0.75, 2));
    assertEquals(Lrn.onnx(5, 3, 0.75, 2), Lrn.pytorch(5, 3, 0.75, 2));
    assertEquals(new Lrn(1, 1, 1 / 3., 0.75, 1), Lrn.caffeWithin(3, 2, 3, 0.75));
    assertRefused(() -> Lrn.caffeWithin(2, 2, 1, 1), "must be odd, got 2");
    assertRefused(() -> Lrn.onnx(0, 1, 1, 1), "size must be at least 1, got 0");
    assertRefused(() -> new Lrn(-1, 0, 1, 1, 1), "got -1 and 0");
    assertRefused(() -> new Lrn(0, 0, -1, 1, 1), "alpha must be finite and at least 0");
    assertRefused(() -> new Lrn(0, 0, 1, 0, 1), "beta must be finite");
    assertRefused(() -> new Lrn(0, 0, 1, 1, Double.NaN), "k must be finite");
  }

  /** NaN spoils the windows that have it, an infinity leaves zeros. */
  @Test
  void specialValuesStayInTheirWindows() {
    float nan = Float.NaN;
    Shape s = Shape.of(1, 6);
    Tensor x = Tensor.of(s, nan, 1, 1, 1, Float.NEGATIVE_INFINITY, 1);
    float[] want = {nan, nan, 0.25f, 0, nan, 0};
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      LocalResponseNorm op =
          b.normalisations().lrnAcrossChannels(s, Layout.CHANNELS_FIRST, new Lrn(1, 1, 1, 1, 1));
      Tensor y = Tensor.zeros(s);
      op.forward(x, y, TestData.workspace(op.workspace(), ONE), ONE);
      for (int i = 0; i < want.length; i++) {
        assertEquals(want[i], y.array()[i], b.describe() + " at " + i);
      }
    }
  }

  /** Central differences of Σ y · dy. */
  @Test
  void theReferencesGradientIsItsSlope() {
    Shape s = Shape.of(2, 5, 3, 2);
    float step = 0x1p-7f;
    for (boolean within : new boolean[] {false, true}) {
      for (Lrn lrn : NUMBERS) {
        Normalisations n = new ReferenceBackend().normalisations();
        LocalResponseNorm op = plan(n, s, Layout.CHANNELS_FIRST, lrn, within);
        Tensor dx = run(op, ONE, "").get(1);
        for (int i = 0; i < s.size(); i += 2) {
          double slope = (moved(op, i, step) - moved(op, i, -step)) / (2 * step);
          assertEquals(slope, dx.array()[i], 1e-3, lrn + " at " + i);
        }
      }
    }
  }

  private static double moved(LocalResponseNorm op, int i, float step) {
    Tensor x = TestData.uniform(op.shape(), 1);
    Tensor dy = TestData.uniform(op.shape(), 2);
    x.array()[i] += step;
    Tensor y = Tensor.zeros(op.shape());
    op.forward(x, y, Workspace.NONE, ONE);
    double sum = 0;
    for (int e = 0; e < y.size(); e++) {
      sum += (double) y.array()[e] * dy.array()[e];
    }
    return sum;
  }
}
