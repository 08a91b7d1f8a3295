package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static io.lanewise.kernels.TestData.absolute;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.Activations;
import io.lanewise.kernels.activation.KernelActivation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Residuals and activations at the end of a convolution, for every algorithm. */
final class ConvEpilogueTest {
  static Set<ConvShape> shapes() {
    Set<ConvShape> shapes = ConvShapes.all();
    shapes.add(ConvShape.parse("n1 ic3 ih12 oc300 kh1")); // more columns than wait at a time
    shapes.add(ConvShape.parse("n1 ic2 ih23 oc70 kh2")); // more filters than wait at a time
    shapes.add(ConvShape.parse("n2 ic8 ih70 iw61 oc16 kh3 p1 g8")); // several tasks an image
    return shapes;
  }

  private interface Check {
    void run(ConvForward plan, Target target, Parallel par, String context);
  }

  private static void forEachPlan(ConvShape s, List<ConvOptions> ways, Check check) {
    for (Target target : Targets.all()) {
      for (ConvOptions options : ways) {
        for (var algorithm : ConvContract.able(ConvAlgorithms.FORWARD, s, options, target)) {
          ConvForward plan = algorithm.plan(s, options, target);
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = ConvContract.describe(algorithm, options, target, par, s);
            check.run(plan, target, par, context);
          }
        }
      }
    }
  }

  /** They take turns. */
  private static Activation activation(ConvShape s) {
    List<Activation> all = Activations.all();
    return all.get(Math.floorMod(s.hashCode(), all.size()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void fusingChangesNoBit(ConvShape s) {
    fusingChangesNoBit(s, activation(s));
  }

  @Test
  void fusingChangesNoBitWhateverTheActivation() {
    ConvShape s = ConvShape.parse("n1 ic5 ih9 iw7 oc19 kh3 p1");
    Activations.all().forEach(f -> fusingChangesNoBit(s, f));
  }

  private static void fusingChangesNoBit(ConvShape s, Activation f) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(s.bias(), 3);
    Tensor r = TestData.uniform(s.y(), 4);
    forEachPlan(
        s,
        ConvContract.ALL,
        (plan, target, par, context) -> {
          Tensor sums = run(plan, x, w, Epilogue.bias(bias), par, context);
          Tensor activated = apply(f, target, sums.copy());
          Epilogue without = Epilogue.bias(bias).activation(f);
          assertSameBits(activated, run(plan, x, w, without, par, context), context + ", " + f);
          Tensor added = apply(f, target, plus(sums, r));
          Epilogue with = Epilogue.bias(bias).add(r).activation(f);
          assertSameBits(added, run(plan, x, w, with, par, context), context + ", + r, " + f);
          Tensor inPlace = inPlace(plan, x, w, with, par, context);
          assertSameBits(added, inPlace, context + ", y += r, " + f);
        });
  }

  private static Tensor plus(Tensor a, Tensor b) {
    Tensor sum = a.copy();
    for (int i = 0; i < sum.size(); i++) {
      sum.array()[i] += b.array()[b.offset() + i];
    }
    return sum;
  }

  private static Tensor apply(Activation f, Target target, Tensor t) {
    new KernelActivation(f, target).forward(t, t, Parallel.SEQUENTIAL);
    return t;
  }

  /**
   * One rounding more than the sum's for the residual; f makes at most its greatest slope of an
   * error and then its own, whose ulp may be the next one up; the reference is rounded once, too.
   */
  @ParameterizedTest
  @MethodSource("shapes")
  void staysWithinTheErrorBound(ConvShape s) {
    Activation f = activation(s);
    Tensor x = TestData.uniform(s.x(), 5);
    Tensor w = TestData.uniform(s.w(), 6);
    Epilogue sum = Epilogue.bias(TestData.uniform(s.bias(), 7)).add(TestData.uniform(s.y(), 8));
    Tensor sums = Tensor.zeros(s.y());
    ReferenceConv.fused(s, x, w, sum, sums);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceConv.fused(s, x, w, sum.activation(f), expected);
    Tensor sizes = Tensor.zeros(s.y());
    Epilogue absolute = Epilogue.bias(absolute(sum.bias())).add(absolute(sum.residual()));
    ReferenceConv.fused(s, absolute(x), absolute(w), absolute, sizes);
    forEachPlan(
        s,
        ConvContract.STRICT,
        (plan, target, par, context) -> {
          boolean fused = !target.kernels().name().contains("without fused");
          Tensor y = run(plan, x, w, sum.activation(f), par, context);
          for (int i = 0; i < y.size(); i++) {
            double before = sums.array()[i];
            double bound = Activations.steepest(f) * (s.reduction() + 4) * U * sizes.array()[i];
            double own = 2 * Activations.error(f, before, fused);
            double rounding = Math.ulp(expected.array()[i]) / 2;
            double got = y.array()[i];
            assertClose(
                expected.array()[i], bound + own + rounding, got, i, context + ", then " + f);
          }
        });
  }

  /** The reference by hand: 2 · 3 + 1 - 9 = -2, of which a quarter is left. */
  @Test
  void theReferenceAddsThenActivates() {
    ConvShape s = ConvShape.parse("ic1 ih1 oc1 kh1");
    ConvForward plan = new ReferenceBackend().convForward(s);
    Tensor x = Tensor.zeros(s.x()).fill(2f);
    Tensor y = Tensor.zeros(s.y()).fill(-9f);
    Epilogue e = Epilogue.bias(Tensor.zeros(s.bias()).fill(1f)).add(y).leakyRelu(0.25f);
    plan.run(x, plan.pack(Tensor.zeros(s.w()).fill(3f)), e, y, Workspace.NONE, Parallel.SEQUENTIAL);
    assertSameBits(Tensor.zeros(s.y()).fill(-0.5f), y, "reference");
  }

  /** A block that adds its own input, as in an inverted residual. */
  @Test
  void theResidualMayBeTheInput() {
    ConvShape s = ConvShape.parse("n2 ic6 ih5 oc6 kh3 p1");
    Tensor x = TestData.integers(s.x(), 9);
    Tensor w = TestData.integers(s.w(), 10);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceConv.fused(s, x, w, Epilogue.none().add(x), expected);
    forEachPlan(
        s,
        ConvContract.STRICT,
        (plan, target, par, context) -> {
          Tensor in = x.copy(plan.layout());
          Tensor y = Tensor.zeros(s.y(), plan.layout());
          Workspace ws = TestData.workspace(plan.workspace(), par);
          plan.run(in, plan.pack(w), Epilogue.none().add(in), y, ws, par);
          assertSameBits(expected, y.copy(Layout.CHANNELS_FIRST), context);
        });
  }

  @Test
  void wrongResidualsAreRefused() {
    ConvShape s = ConvShape.parse("n1 ic2 ih4 oc2 kh3 p1");
    for (Backend backend : List.of(CpuBackend.best(), new ReferenceBackend())) {
      for (ConvOptions options : ConvContract.ALL) {
        ConvForward plan = backend.convForward(s, options);
        Layout other =
            plan.layout() == Layout.CHANNELS_FIRST ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
        refused(plan, Tensor.zeros(s.x().withFirst(2), plan.layout()), "residual must have shape");
        refused(plan, Tensor.zeros(s.y(), other), "residual must have layout");
        float[] array = new float[s.y().size() + 1];
        Tensor y = Tensor.wrap(s.y(), plan.layout(), array, 0);
        Tensor r = Tensor.wrap(s.y(), plan.layout(), array, 1);
        refused(plan, r, y, "y must be residual itself or share no elements with it");
      }
    }
  }

  private static void refused(ConvForward plan, Tensor residual, String message) {
    refused(plan, residual, Tensor.zeros(plan.shape().y(), plan.layout()), message);
  }

  private static void refused(ConvForward plan, Tensor residual, Tensor y, String message) {
    Tensor x = Tensor.zeros(plan.shape().x(), plan.layout());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    Epilogue e = Epilogue.none().add(residual);
    assertRefused(() -> plan.run(x, plan.newWeights(), e, y, ws, Parallel.SEQUENTIAL), message);
  }

  /** Runs in the plan's layout, the residual apart from y. */
  private static Tensor run(
      ConvForward plan, Tensor x, Tensor w, Epilogue e, Parallel par, String context) {
    Guarded residual = Guarded.of(e.residual() == null ? null : e.residual().copy(plan.layout()));
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    Epilogue guarded =
        new Epilogue(e.bias(), residual == null ? null : residual.tensor(), e.activation());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.run(x.copy(plan.layout()), plan.pack(w), guarded, y.tensor(), ws, par);
    if (residual != null) {
      residual.assertUnchanged(context);
    }
    y.assertGuardsIntact(context);
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }

  /** Runs with the residual in y. */
  private static Tensor inPlace(
      ConvForward plan, Tensor x, Tensor w, Epilogue e, Parallel par, String context) {
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    y.tensor().copyFrom(e.residual().copy(plan.layout()));
    Epilogue own = new Epilogue(e.bias(), y.tensor(), e.activation());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.run(x.copy(plan.layout()), plan.pack(w), own, y.tensor(), ws, par);
    y.assertGuardsIntact(context);
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }
}
