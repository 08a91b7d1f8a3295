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
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch norm, its running statistics, its activation and its folding. */
final class BatchNormTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final double EPSILON = 1e-3;
  private static final Normalisations REFERENCE = new ReferenceBackend().normalisations();

  /** Fused into the last pass, by the output, and by the input. */
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.identity(),
          Activation.relu(),
          Activation.clamp(-0.5f, 0.75f),
          Activation.tanh(),
          Activation.silu());

  static List<Shape> shapes() {
    return NormCase.IMAGES;
  }

  private static final class Run {
    final int c;
    final Tensor x;
    final Tensor gamma;
    final Tensor beta;
    final Tensor dy;
    final RunningStatistics running;
    Tensor y;
    Tensor inferred;
    Tensor mean;
    Tensor r;
    Tensor dx;
    Tensor dgamma;
    Tensor dbeta;
    Tensor inferredDx;
    Tensor inferredDgamma;
    Tensor inferredDbeta;

    Run(Shape s) {
      c = s.dim(1);
      x = TestData.uniform(s, 1);
      for (int i = 0; i < x.size(); i++) {
        x.array()[i] += 0.5f;
      }
      gamma = TestData.uniform(Shape.of(c), 2);
      beta = TestData.uniform(Shape.of(c), 3);
      dy = TestData.uniform(s, 4);
      Tensor variance = TestData.absolute(TestData.uniform(Shape.of(c), 6));
      running = new RunningStatistics(TestData.uniform(Shape.of(c), 5), variance, 0.25);
    }

    Run with(BatchNorm op, Parallel par, String context) {
      Run run = new Run(op.shape());
      Guarded in = Guarded.of(x.copy(op.layout()));
      Guarded outY = Guarded.unwritten(op.shape(), op.layout());
      Guarded outI = Guarded.unwritten(op.shape(), op.layout());
      Guarded outMean = Guarded.unwritten(Shape.of(c));
      Guarded outR = Guarded.unwritten(Shape.of(c));
      Guarded slopes = Guarded.of(dy.copy(op.layout()));
      Guarded outX = Guarded.unwritten(op.shape(), op.layout());
      Guarded outGamma = Guarded.unwritten(Shape.of(c));
      Guarded outBeta = Guarded.unwritten(Shape.of(c));
      outGamma.tensor().fill(0.25f);
      outBeta.tensor().fill(0);
      Guarded constX = Guarded.unwritten(op.shape(), op.layout());
      Guarded constGamma = Guarded.unwritten(Shape.of(c));
      Guarded constBeta = Guarded.unwritten(Shape.of(c));
      constGamma.tensor().fill(0);
      constBeta.tensor().fill(0.25f);
      Workspace ws = TestData.workspace(op.workspace(), par);
      Tensor m = run.running.mean();
      Tensor v = run.running.variance();
      op.infer(in.tensor(), gamma, beta, m, v, outI.tensor(), ws, par);
      op.inferBackward(
          in.tensor(),
          gamma,
          beta,
          m,
          v,
          slopes.tensor(),
          constX.tensor(),
          constGamma.tensor(),
          constBeta.tensor(),
          TestData.workspace(op.workspace(), par),
          par);
      op.forward(
          in.tensor(),
          gamma,
          beta,
          run.running,
          outY.tensor(),
          outMean.tensor(),
          outR.tensor(),
          TestData.workspace(op.workspace(), par),
          par);
      op.backward(
          in.tensor(),
          gamma,
          beta,
          outMean.tensor(),
          outR.tensor(),
          slopes.tensor(),
          outX.tensor(),
          outGamma.tensor(),
          outBeta.tensor(),
          TestData.workspace(op.workspace(), par),
          par);
      in.assertUnchanged(context);
      slopes.assertUnchanged(context);
      for (Guarded g : List.of(outY, outI, outMean, outR, outX, outGamma, outBeta)) {
        g.assertGuardsIntact(context);
      }
      for (Guarded g : List.of(constX, constGamma, constBeta)) {
        g.assertGuardsIntact(context);
      }
      run.y = outY.tensor().copy(Layout.CHANNELS_FIRST);
      run.inferred = outI.tensor().copy(Layout.CHANNELS_FIRST);
      run.mean = outMean.tensor().copy();
      run.r = outR.tensor().copy();
      run.dx = outX.tensor().copy(Layout.CHANNELS_FIRST);
      run.dgamma = outGamma.tensor().copy();
      run.dbeta = outBeta.tensor().copy();
      run.inferredDx = constX.tensor().copy(Layout.CHANNELS_FIRST);
      run.inferredDgamma = constGamma.tensor().copy();
      run.inferredDbeta = constBeta.tensor().copy();
      return run;
    }

    List<Tensor> all() {
      return List.of(
          y,
          inferred,
          mean,
          r,
          running.mean(),
          running.variance(),
          dx,
          dgamma,
          dbeta,
          inferredDx,
          inferredDgamma,
          inferredDbeta);
    }
  }

  /**
   * As of every norm; a running average is rounded twice. An activation's slope is at most 1.1, its
   * bend at most 1; where relu's and clamp's slopes jump, an element so near is left out. With
   * constant statistics only a bent slope takes over the error of what goes into it.
   */
  private static double[] bounds(Run want, double r, boolean isBent) {
    double hat = 1 + 3 * r;
    double each = want.x.size() / (double) Math.max(1, want.c);
    double root = 1 / Math.sqrt(EPSILON);
    double ends = 1 + 1.5 * root;
    double bend = isBent ? 24 * ends : 4;
    return new double[] {
      24 * U * hat,
      24 * U * ends,
      2 * U * 1.5,
      4 * U * r,
      4 * U * 2,
      4 * U * 4,
      64 * U * r * hat * hat,
      32 * U * hat * (each + 1),
      32 * U * hat * (each + 1),
      U * bend * root,
      U * bend * ends * (each + 1),
      U * bend * (each + 1)
    };
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyPassStaysWithinTheErrorBound(Shape s) {
    for (Activation f : ACTIVATIONS) {
      for (Layout layout : Layout.values()) {
        BatchNorm reference = REFERENCE.batchNorm(s, layout, EPSILON, f);
        Run want = new Run(s).with(reference, ONE, "");
        Run bits = null;
        for (Target t : Targets.all()) {
          BatchNorm op = new KernelNormalisations(t).batchNorm(s, layout, EPSILON, f);
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = s + " " + layout + " " + f + " " + t.kernels().name();
            Run got = want.with(op, par, context + " " + par.workers() + " workers");
            compare(want, got, f, context);
            boolean fused = !t.kernels().name().contains("without");
            for (int i = 0; fused && bits != null && i < got.all().size(); i++) {
              assertSameBits(bits.all().get(i), got.all().get(i), context + " result " + i);
            }
            bits = fused ? got : bits;
          }
        }
      }
    }
  }

  private static void compare(Run want, Run got, Activation f, String context) {
    double r = 1;
    for (float v : want.r.toArray()) {
      r = Math.max(r, Float.isNaN(v) ? 1 : v);
    }
    double[] bounds = bounds(want, r, f.kind() == Activation.Kind.TANH || f.needsInput());
    for (int t = 0; t < bounds.length; t++) {
      Tensor w = want.all().get(t);
      for (int i = 0; i < w.size(); i++) {
        assertClose(w.array()[i], bounds[t], got.all().get(t).array()[i], i, context + " " + t);
      }
    }
  }

  /** By hand: 1, 2, 3 have the mean 2, the variance 2/3 and the unbiased variance 1. */
  static Stream<Arguments> differences() {
    return Stream.of(Shape.of(7, 3), Shape.of(2, 4, 17), Shape.of(2, 3, 4, 5))
        .flatMap(
            s ->
                Stream.of(Layout.values())
                    .flatMap(
                        l ->
                            Stream.of(Activation.identity(), Activation.tanh(), Activation.silu())
                                .map(f -> Arguments.of(s, l, f))));
  }

  /**
   * Central differences of Σ y · dy in training, the statistics moving along: of x, gamma and beta.
   * A step's third derivative and the roundings of y make 4e-3 of a slope.
   */
  @ParameterizedTest
  @MethodSource("differences")
  void theReferencesGradientsAreItsSlopes(Shape s, Layout layout, Activation f) {
    BatchNorm op = REFERENCE.batchNorm(s, layout, EPSILON, f);
    Run at = new Run(s).with(op, ONE, "");
    for (int which = 0; which < 3; which++) {
      Tensor moved = List.of(at.x, at.gamma, at.beta).get(which);
      Tensor slopes = List.of(at.dx, at.dgamma, at.dbeta).get(which);
      float added = which == 1 ? 0.25f : 0; // what dgamma held before
      for (int i = 0; i < moved.size(); i++) {
        float here = moved.array()[i];
        float step = 0x1p-7f;
        moved.array()[i] = here + step;
        double more = sum(op, at);
        moved.array()[i] = here - step;
        double less = sum(op, at);
        moved.array()[i] = here;
        double slope = (more - less) / (2 * step);
        double bound = 4e-3 * Math.max(1, Math.abs(slope));
        assertClose(slope, bound, slopes.array()[i] - added, i, s + " " + f + " of " + which);
      }
    }
  }

  private static double sum(BatchNorm op, Run at) {
    Tensor y = Tensor.zeros(op.shape(), op.layout());
    Tensor x = at.x.copy(op.layout());
    op.forward(x, at.gamma, at.beta, null, y, null, null, Workspace.NONE, ONE);
    Tensor first = y.copy(Layout.CHANNELS_FIRST);
    double sum = 0;
    for (int i = 0; i < first.size(); i++) {
      sum += (double) first.array()[i] * at.dy.array()[i];
    }
    return sum;
  }

  /** Central differences of Σ y · dy in inference, the statistics being constants. */
  @ParameterizedTest
  @MethodSource("differences")
  void theReferencesGradientsOfInferenceAreItsSlopes(Shape s, Layout layout, Activation f) {
    BatchNorm op = REFERENCE.batchNorm(s, layout, EPSILON, f);
    Run at = new Run(s);
    Tensor m = at.running.mean();
    Tensor v = at.running.variance();
    for (int c = 0; c < at.c; c++) {
      v.array()[c] += 0.5f; // or a step would go too far
    }
    Tensor dx = Tensor.zeros(s, layout);
    Tensor dgamma = Tensor.zeros(at.c);
    Tensor dbeta = Tensor.zeros(at.c);
    Tensor dy = at.dy.copy(layout);
    Workspace ws = Workspace.NONE;
    Tensor x = at.x.copy(layout);
    op.inferBackward(x, at.gamma, at.beta, m, v, dy, dx, dgamma, dbeta, ws, ONE);
    for (int which = 0; which < 3; which++) {
      Tensor moved = List.of(x, at.gamma, at.beta).get(which);
      Tensor slopes = List.of(dx, dgamma, dbeta).get(which);
      for (int i = 0; i < moved.size(); i++) {
        float here = moved.array()[i];
        float step = 0x1p-7f;
        moved.array()[i] = here + step;
        double more = inferredSum(op, x, at, dy);
        moved.array()[i] = here - step;
        double less = inferredSum(op, x, at, dy);
        moved.array()[i] = here;
        double slope = (more - less) / (2 * step);
        double bound = 4e-3 * Math.max(1, Math.abs(slope));
        assertClose(slope, bound, slopes.array()[i], i, s + " " + f + " of " + which);
      }
    }
  }

  private static double inferredSum(BatchNorm op, Tensor x, Run at, Tensor dy) {
    Tensor y = Tensor.zeros(op.shape(), op.layout());
    Tensor m = at.running.mean();
    op.infer(x, at.gamma, at.beta, m, at.running.variance(), y, Workspace.NONE, ONE);
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) y.array()[i] * dy.array()[i];
    }
    return sum;
  }

  /** 1, 2, 3 less 2, over the root of 4, times 3: of 1, 2, -1 go 3/2 to each and -1 to gamma. */
  @Test
  void gradientsOfInferenceByHand() {
    Shape s = Shape.of(3, 1);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      BatchNorm op =
          b.normalisations().batchNorm(s, Layout.CHANNELS_FIRST, 0, Activation.identity());
      Tensor dx = Tensor.zeros(s);
      Tensor dgamma = Tensor.of(Shape.of(1), 10);
      Tensor dbeta = Tensor.of(Shape.of(1), 20);
      op.inferBackward(
          Tensor.of(s, 1, 2, 3),
          Tensor.of(Shape.of(1), 3),
          null,
          Tensor.of(Shape.of(1), 2),
          Tensor.of(Shape.of(1), 4),
          Tensor.of(s, 1, 2, -1),
          dx,
          dgamma,
          dbeta,
          TestData.workspace(op.workspace(), ONE),
          ONE);
      assertSameBits(Tensor.of(s, 1.5f, 3, -1.5f), dx, "dx");
      assertEquals(9, dgamma.get(0), b.describe());
      assertEquals(22, dbeta.get(0), b.describe());
    }
  }

  /** An x that is no number reaches gamma's gradient of its channel, and no other element. */
  @Test
  void specialValuesStayOutOfTheGradientOfInference() {
    Shape s = Shape.of(1, 3, 4);
    Tensor x = Tensor.of(s, 1, Float.NaN, 2, 3, 4, 5, Float.POSITIVE_INFINITY, 6, -0f, 0, 7, 8);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      for (Layout layout : Layout.values()) {
        BatchNorm op = b.normalisations().batchNorm(s, layout, 0, Activation.identity());
        Tensor dx = Tensor.zeros(s, layout);
        Tensor dgamma = Tensor.zeros(3);
        Tensor dbeta = Tensor.zeros(3);
        Tensor one = Tensor.zeros(3).fill(1);
        Tensor dy = Tensor.zeros(s, layout).fill(2);
        Workspace ws = TestData.workspace(op.workspace(), ONE);
        op.inferBackward(x.copy(layout), null, null, one, one, dy, dx, dgamma, dbeta, ws, ONE);
        assertSameBits(dy, dx, b.describe());
        assertEquals(Float.NaN, dgamma.get(0), b.describe());
        assertEquals(false, Float.isFinite(dgamma.get(1)), b.describe());
        assertEquals(2 * (15 - 4), dgamma.get(2), b.describe());
        assertSameBits(Tensor.zeros(3).fill(8), dbeta, b.describe());
      }
    }
  }

  @Test
  void runningStatisticsByHand() {
    Shape s = Shape.of(3, 1);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      BatchNorm op =
          b.normalisations().batchNorm(s, Layout.CHANNELS_FIRST, 0, Activation.identity());
      RunningStatistics running = RunningStatistics.start(1);
      Tensor y = Tensor.zeros(s);
      Tensor r = Tensor.zeros(1);
      Workspace ws = TestData.workspace(op.workspace(), ONE);
      op.forward(Tensor.of(s, 1, 2, 3), null, null, running, y, null, r, ws, ONE);
      assertEquals(0.2f, running.mean().get(0));
      assertEquals(1f, running.variance().get(0));
      assertEquals((float) Math.sqrt(1.5), r.get(0));
      assertSameBits(Tensor.of(s, -r.get(0), 0, r.get(0)), y, "y");
    }
  }

  @Test
  void oneElementGivesBetaAndNoVariance() {
    Shape s = Shape.of(1, 2, 1, 1);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      BatchNorm op =
          b.normalisations().batchNorm(s, Layout.CHANNELS_LAST, 1e-5, Activation.identity());
      RunningStatistics running = RunningStatistics.start(2);
      Tensor x = Tensor.zeros(s, Layout.CHANNELS_LAST).fill(1e6f);
      Tensor beta = Tensor.of(Shape.of(2), 3, -4);
      Workspace ws = TestData.workspace(op.workspace(), ONE);
      op.forward(x, null, beta, running, x, null, null, ws, ONE);
      assertEquals(3, x.get(0, 0, 0, 0));
      assertEquals(-4, x.get(0, 1, 0, 0));
      assertEquals(0.9f, running.variance().get(0));
    }
  }

  /** A channel with NaN or an infinity is NaN; in inference only the element itself. */
  @Test
  void specialValuesStayInTheirChannel() {
    float inf = Float.POSITIVE_INFINITY;
    Shape s = Shape.of(1, 3, 4);
    Tensor x = Tensor.of(s, 1, Float.NaN, 2, 3, 4, 5, inf, 6, -0f, 1e-40f, 7, 8);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar())) {
      for (Layout layout : Layout.values()) {
        BatchNorm op = b.normalisations().batchNorm(s, layout, 1e-5, Activation.identity());
        Workspace ws = TestData.workspace(op.workspace(), ONE);
        Tensor y = Tensor.zeros(s, layout);
        op.forward(x.copy(layout), null, null, null, y, null, null, ws, ONE);
        Tensor z = Tensor.zeros(s, layout);
        Tensor zero = Tensor.zeros(3);
        Tensor one = Tensor.zeros(3).fill(1);
        op.infer(x.copy(layout), null, null, zero, one, z, ws, ONE);
        for (int i = 0; i < 4; i++) {
          assertEquals(Float.NaN, y.get(0, 0, i), b.describe());
          assertEquals(Float.NaN, y.get(0, 1, i), b.describe());
          assertEquals(true, Float.isFinite(y.get(0, 2, i)), b.describe());
          assertEquals(i == 1, Float.isNaN(z.get(0, 0, i)), b.describe());
          assertEquals(i == 2 ? inf : z.get(0, 1, i), z.get(0, 1, i), b.describe());
          assertEquals(i != 2, Float.isFinite(z.get(0, 1, i)), b.describe());
        }
      }
    }
  }

  @Test
  void mayOverwriteItsInput() {
    Shape s = Shape.of(2, 5, 3, 7);
    for (Layout layout : Layout.values()) {
      for (Activation f : ACTIVATIONS) {
        BatchNorm op = CpuBackend.best().normalisations().batchNorm(s, layout, EPSILON, f);
        Run want = new Run(s).with(op, ONE, "");
        Workspace ws = TestData.workspace(op.workspace(), ONE);
        Tensor x = want.x.copy(layout);
        op.forward(x, want.gamma, want.beta, null, x, null, null, ws, ONE);
        assertSameBits(want.y, x.copy(Layout.CHANNELS_FIRST), "y onto x");
        Tensor m = want.mean;
        Tensor dy = want.dy.copy(layout);
        Tensor in = want.x.copy(layout);
        op.backward(in, want.gamma, want.beta, m, want.r, dy, dy, null, null, ws, ONE);
        assertSameBits(want.dx, dy.copy(Layout.CHANNELS_FIRST), "dx onto dy " + f);
        dy = want.dy.copy(layout);
        op.backward(in, want.gamma, want.beta, m, want.r, dy, in, null, null, ws, ONE);
        assertSameBits(want.dx, in.copy(Layout.CHANNELS_FIRST), "dx onto x " + f);
        RunningStatistics given = new Run(s).running;
        Tensor v = given.variance();
        dy = want.dy.copy(layout);
        in = want.x.copy(layout);
        op.inferBackward(in, want.gamma, want.beta, given.mean(), v, dy, dy, null, null, ws, ONE);
        assertSameBits(want.inferredDx, dy.copy(Layout.CHANNELS_FIRST), "inferred, onto dy " + f);
        dy = want.dy.copy(layout);
        Tensor dbeta = Tensor.zeros(want.c).fill(0.25f);
        op.inferBackward(in, want.gamma, want.beta, given.mean(), v, dy, in, null, dbeta, ws, ONE);
        assertSameBits(want.inferredDx, in.copy(Layout.CHANNELS_FIRST), "inferred, onto x " + f);
        assertSameBits(want.inferredDbeta, dbeta, "beta's alone " + f);
      }
    }
  }

  /** The folded convolution against the convolution and the batch norm, both within rounding. */
  @Test
  void foldingGivesTheSameNetwork() {
    ConvShape s = ConvShape.parse("n2 ic3 ih7 oc5 kh3 p1");
    Backend b = new ReferenceBackend();
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(Shape.of(5), 3);
    Run run = new Run(Shape.of(1, 5));
    Tensor m = run.running.mean();
    Tensor v = run.running.variance();
    ConvForward conv = b.convForward(s);
    Workspace ws = Workspace.NONE;
    for (Tensor from : new Tensor[] {bias, null}) {
      Tensor y = Tensor.zeros(s.y());
      conv.run(x, conv.pack(w), Epilogue.bias(from), y, ws, ONE);
      BatchNorm op =
          b.normalisations()
              .batchNorm(s.y(), Layout.CHANNELS_FIRST, EPSILON, Activation.identity());
      op.infer(y, run.gamma, run.beta, m, v, y, ws, ONE);
      BatchNormFolding folded = BatchNormFolding.fold(w, from, run.gamma, run.beta, m, v, EPSILON);
      Tensor z = Tensor.zeros(s.y());
      conv.run(x, conv.pack(folded.w()), Epilogue.bias(folded.bias()), z, ws, ONE);
      for (int i = 0; i < y.size(); i++) {
        double bound = 8 * U * 29 / Math.sqrt(EPSILON);
        assertClose(y.array()[i], bound, z.array()[i], i, "folded");
      }
    }
    BatchNormFolding plain =
        BatchNormFolding.fold(
            Tensor.of(Shape.of(1, 2), 6, 8),
            null,
            null,
            null,
            Tensor.of(Shape.of(1), 3),
            Tensor.of(Shape.of(1), 4),
            0);
    assertSameBits(Tensor.of(Shape.of(1, 2), 3, 4), plain.w(), "w / 2");
    assertSameBits(Tensor.of(Shape.of(1), -1.5f), plain.bias(), "-3 / 2");
  }

  /** As above, of transposed convolutions of one, some and as many groups as channels. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic3 ih5 oc5 kh3 s2 p1",
        "n1 ic4 ih3 iw4 oc6 kh2 kw3 s2 g2",
        "n1 ic6 ih4 oc6 kh3 p1 g6",
        "n2 ic3 ih3 oc9 kh2 g3",
        "n2 ic6 iw7 oc4 kw3 s2 g2",
        "n1 ic4 id2 ih3 iw2 oc2 kd2 kh2 kw1 s2 g2"
      })
  void foldingIntoTransposedConvolutionsGivesTheSameNetwork(String text) {
    TransposedConvShape s = TransposedConvShape.parse(text);
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor kept = w.copy();
    Run run = new Run(Shape.of(1, s.oc()));
    Tensor m = run.running.mean();
    Tensor v = run.running.variance();
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      TransposedConvForward conv = b.transposedConvForward(s);
      Workspace ws = TestData.workspace(conv.workspace(), ONE);
      for (Tensor from : new Tensor[] {TestData.uniform(s.bias(), 3), null}) {
        Tensor y = Tensor.zeros(s.y());
        conv.run(x, conv.pack(w), Epilogue.bias(from), y, ws, ONE);
        BatchNorm op =
            b.normalisations()
                .batchNorm(s.y(), Layout.CHANNELS_FIRST, EPSILON, Activation.identity());
        Workspace own = TestData.workspace(op.workspace(), ONE);
        op.infer(y, run.gamma, run.beta, m, v, y, own, ONE);
        BatchNormFolding folded =
            BatchNormFolding.foldTransposed(s, w, from, run.gamma, run.beta, m, v, EPSILON);
        assertSameBits(kept, w, "w is read");
        Tensor z = Tensor.zeros(s.y());
        conv.run(x, conv.pack(folded.w()), Epilogue.bias(folded.bias()), z, ws, ONE);
        double sums = s.icg() * s.area() + 2;
        for (int i = 0; i < y.size(); i++) {
          double bound = 8 * U * sums / Math.sqrt(EPSILON);
          assertClose(y.array()[i], bound, z.array()[i], i, text + " " + b.describe());
        }
      }
    }
  }

  /** 2 inputs, 2 groups, 2 outputs of each: the group's first output by 2, its second by 4. */
  @Test
  void foldingIntoTransposedConvolutionsByHand() {
    TransposedConvShape s = TransposedConvShape.parse("ic2 iw1 oc4 kw2 g2");
    Tensor w = Tensor.of(s.w(), 1, 2, 3, 4, 5, 6, 7, 8);
    Tensor gamma = Tensor.of(Shape.of(4), 2, 4, 8, 16);
    Tensor mean = Tensor.of(Shape.of(4), 1, 2, 3, 4);
    Tensor one = Tensor.zeros(4).fill(1);
    BatchNormFolding folded = BatchNormFolding.foldTransposed(s, w, one, gamma, null, mean, one, 0);
    assertSameBits(Tensor.of(s.w(), 2, 4, 12, 16, 40, 48, 112, 128), folded.w(), "w");
    assertSameBits(Tensor.of(Shape.of(4), 0, -4, -16, -48), folded.bias(), "bias");
  }

  @Test
  void whatDoesNotFitIsNotFolded() {
    TransposedConvShape s = TransposedConvShape.parse("ic4 ih3 oc6 kh2 g2");
    Tensor w = Tensor.zeros(s.w());
    Tensor oc = Tensor.zeros(6);
    Tensor few = Tensor.zeros(3); // the outputs of a group
    Tensor other = Tensor.zeros(6, 4, 2, 2); // as of a convolution
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, other, null, null, null, oc, oc, 0),
        "w must have shape [4, 3, 2, 2], got [6, 4, 2, 2]");
    Tensor last = Tensor.zeros(s.w(), Layout.CHANNELS_LAST);
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, last, null, null, null, oc, oc, 0), "w must");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, few, null, null, oc, oc, 0),
        "bias must have",
        "[6]",
        "[3]");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, null, few, null, oc, oc, 0), "gamma must");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, null, null, few, oc, oc, 0), "beta must");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, null, null, null, few, oc, 0), "mean must");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, null, null, null, oc, few, 0), "variance must");
    assertRefused(
        () -> BatchNormFolding.foldTransposed(s, w, null, null, null, oc, oc, -1), "epsilon");
    Tensor conv = Tensor.zeros(6, 2, 2, 2);
    assertRefused(
        () -> BatchNormFolding.fold(conv, few, null, null, oc, oc, 0), "bias must have", "[6]");
    assertRefused(() -> BatchNormFolding.fold(conv, null, null, null, oc, few, 0), "variance must");
  }
}
