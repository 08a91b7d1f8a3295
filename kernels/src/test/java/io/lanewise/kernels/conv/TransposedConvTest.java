package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.ErrorBound.assertSums;
import static io.lanewise.kernels.TestData.absolute;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceTransposedConv;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transposed convolutions, every algorithm of each pass, against the reference: those whose input
 * gradient the convolutions' shapes that bite are.
 */
final class TransposedConvTest {
  private static final int CHUNKS = 16; // the most partial sums of a weight gradient

  static Set<TransposedConvShape> shapes() {
    return ConvShapes.all().stream().map(TransposedConvShape::new).collect(Collectors.toSet());
  }

  /** A plan on some team. */
  private interface Check<P> {
    void run(P plan, Parallel par, String context);
  }

  private static void forward(TransposedConvShape s, Check<TransposedConvForward> check) {
    each(s, (o, t) -> TransposedConvs.forwardPlans(s, o, t), check);
  }

  private static void data(TransposedConvShape s, Check<TransposedConvBackwardData> check) {
    each(s, (o, t) -> TransposedConvs.backwardDataPlans(s, o, t), check);
  }

  private static void weights(TransposedConvShape s, Check<TransposedConvBackwardWeights> check) {
    each(s, (o, t) -> TransposedConvs.backwardWeightsPlans(s, o, t), check);
  }

  private static <P> void each(
      TransposedConvShape s, BiFunction<ConvOptions, Target, List<P>> plans, Check<P> check) {
    for (Target target : Targets.all()) {
      for (ConvOptions options : ConvContract.STRICT) {
        int i = 0;
        for (P plan : plans.apply(options, target)) {
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context =
                "plan %d, %s, %s, %d workers, shape '%s'"
                    .formatted(i, options, target.kernels().name(), par.workers(), s);
            check.run(plan, par, context);
          }
          i++;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardStaysWithinTheErrorBound(TransposedConvShape s) {
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(s.bias(), 3);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, bias, expected);
    Tensor magnitudes = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, absolute(x), absolute(w), absolute(bias), magnitudes);
    long k = (long) s.icg() * s.area();
    forward(
        s,
        (plan, par, context) -> {
          Tensor y = run(plan, x, w, Epilogue.bias(bias), par, context);
          assertSums(expected, magnitudes, k, y, context);
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardIsExactOnIntegersWithAResidualAndClamps(TransposedConvShape s) {
    Tensor x = TestData.integers(s.x(), 4);
    Tensor w = TestData.integers(s.w(), 5);
    Tensor residual = TestData.integers(s.y(), 21);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, null, expected);
    for (int i = 0; i < expected.size(); i++) {
      expected.array()[i] = Math.clamp(expected.array()[i] + residual.array()[i], -9f, 5f);
    }
    forward(
        s,
        (plan, par, context) -> {
          Tensor r = residual.copy(plan.layout());
          Epilogue epilogue = Epilogue.none().add(r).clamp(-9f, 5f);
          assertExact(expected, run(plan, x, w, epilogue, par, context), context);
        });
  }

  static Set<TransposedConvShape> shapesThatEnd() {
    Set<TransposedConvShape> shapes = shapes();
    for (String text :
        List.of(
            "n1 ic70 ih41 iw23 oc40 kh3 s2 p1", // many blocks of pixels an image
            "n1 ic3 id5 ih9 oc33 kd3 kh3 s2 p1", // planes that windows reach into again
            "n2 ic24 ih70 iw61 oc24 kh3 s2 p1 g24", // several tasks an image
            "n1 ic40 ih9 oc20 kh3 s2 p1 op1 g20", // several filters a channel
            "n1 ic2 ih5 oc3 kh2 s4 op2")) { // outputs that no input reaches
      shapes.add(TransposedConvShape.parse(text));
    }
    return shapes;
  }

  /** The residual is added in one rounding when the sums are complete, and then comes f. */
  @ParameterizedTest
  @MethodSource("shapesThatEnd")
  void fusingChangesNoBit(TransposedConvShape s) {
    Tensor x = TestData.uniform(s.x(), 22);
    Tensor w = TestData.uniform(s.w(), 23);
    Tensor bias = TestData.uniform(s.bias(), 24);
    Tensor r = TestData.uniform(s.y(), 25);
    forward(
        s,
        (plan, par, context) -> {
          Tensor sums = run(plan, x, w, Epilogue.bias(bias), par, context);
          Tensor activated = sums.copy();
          Tensor added = sums.copy();
          for (int i = 0; i < sums.size(); i++) {
            activated.array()[i] = leaky(sums.array()[i]);
            added.array()[i] = leaky(sums.array()[i] + r.array()[r.offset() + i]);
          }
          Epilogue without = Epilogue.bias(bias).leakyRelu(0.1f);
          assertSameBits(activated, run(plan, x, w, without, par, context), context);
          Epilogue with = Epilogue.bias(bias).add(r.copy(plan.layout())).leakyRelu(0.1f);
          assertSameBits(added, run(plan, x, w, with, par, context), context + ", + r");
        });
  }

  private static float leaky(float v) {
    return v < 0 ? 0.1f * v : v;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inputGradientStaysWithinTheErrorBound(TransposedConvShape s) {
    Tensor dy = TestData.uniform(s.y(), 6);
    Tensor w = TestData.uniform(s.w(), 7);
    Tensor expected = Tensor.zeros(s.x());
    ReferenceTransposedConv.backwardData(s, dy, w, expected);
    Tensor magnitudes = Tensor.zeros(s.x());
    ReferenceTransposedConv.backwardData(s, absolute(dy), absolute(w), magnitudes);
    long k = (long) s.ocg() * s.area();
    data(
        s,
        (plan, par, context) ->
            assertSums(expected, magnitudes, k, run(plan, dy, w, par, context), context));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightGradientStaysWithinTheErrorBound(TransposedConvShape s) {
    Tensor x = TestData.uniform(s.x(), 8);
    Tensor dy = TestData.uniform(s.y(), 9);
    Tensor dw0 = TestData.uniform(s.w(), 10);
    Tensor db0 = TestData.uniform(s.bias(), 11);
    Tensor dw = dw0.copy();
    Tensor db = db0.copy();
    ReferenceTransposedConv.backwardWeights(s, x, dy, dw, db);
    Tensor dwMagnitudes = absolute(dw0);
    Tensor dbMagnitudes = absolute(db0);
    ReferenceTransposedConv.backwardWeights(
        s, absolute(x), absolute(dy), dwMagnitudes, dbMagnitudes);
    long k = (long) s.n() * s.xPixels() + CHUNKS;
    weights(
        s,
        (plan, par, context) -> {
          Guarded gotW = Guarded.of(dw0);
          Guarded gotB = Guarded.of(db0);
          run(plan, x, dy, gotW, gotB, par, context);
          assertSums(dw, dwMagnitudes, k, gotW.tensor(), "dw, " + context);
          long each = (long) s.n() * s.yPixels() + s.n();
          assertSums(db, dbMagnitudes, each, gotB.tensor(), "db, " + context);
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightGradientIsExactOnIntegersWithoutABias(TransposedConvShape s) {
    Tensor x = TestData.integers(s.x(), 12);
    Tensor dy = TestData.integers(s.y(), 13);
    Tensor dw0 = TestData.integers(s.w(), 14);
    Tensor dw = dw0.copy();
    ReferenceTransposedConv.backwardWeights(s, x, dy, dw, null);
    weights(
        s,
        (plan, par, context) -> {
          Guarded got = Guarded.of(dw0);
          run(plan, x, dy, got, null, par, context);
          assertExact(dw, got.tensor(), context);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic5 ih5 iw11 oc3 kh3 s2 p1",
        "n1 ic6 ih4 oc4 kh2 d2 g2",
        "n1 ic4 id3 ih2 iw4 oc6 kd2 kh2 s2 op1"
      })
  void nanAndInfinityReachJustTheOutputsOfTheirInputs(String text) {
    TransposedConvShape s = TransposedConvShape.parse(text);
    Tensor x = TestData.withSpecials(s.x(), 15);
    Tensor w = TestData.integers(s.w(), 16);
    Tensor expected = Tensor.zeros(s.y());
    ReferenceTransposedConv.forward(s, x, w, null, expected);
    forward(
        s,
        (plan, par, context) ->
            assertExact(expected, run(plan, x, w, Epilogue.none(), par, context), context));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sameBitsOnAnyTeamInScalarAndAlone(TransposedConvShape s) {
    Tensor x = TestData.uniform(s.x(), 17);
    Tensor dy = TestData.uniform(s.y(), 18);
    for (ConvOptions options : ConvContract.ALL) {
      Tensor y = outputs(s, x, options, Targets.best(), Parallel.SEQUENTIAL);
      Tensor gradients = gradients(s, x, dy, options, Targets.best(), Parallel.SEQUENTIAL);
      for (Parallel par : List.of(Teams.TWO, Teams.THREE)) {
        String context = "%s, %d workers, %s".formatted(options, par.workers(), s);
        assertSameBits(y, outputs(s, x, options, Targets.best(), par), context);
        assertSameBits(gradients, gradients(s, x, dy, options, Targets.best(), par), context);
      }
      for (Target target : List.of(Targets.best(), CpuBackend.scalar().target())) {
        String context = options + ", " + target.kernels().name() + ", " + s;
        Parallel seq = Parallel.SEQUENTIAL;
        assertSameBits(y, outputs(s, x, options, target, seq), context);
        assertSameBits(gradients, gradients(s, x, dy, options, target, seq), context);
      }
      if (s.n() > 1) {
        TransposedConvShape one = s.withBatch(1);
        Tensor alone = outputs(one, x.slice(1, 2), options, Targets.best(), Parallel.SEQUENTIAL);
        assertSameBits(alone, y.slice(1, 2), "image 1 alone, " + options + ", " + s);
      }
    }
  }

  private static Tensor outputs(
      TransposedConvShape s, Tensor x, ConvOptions options, Target target, Parallel par) {
    TransposedConvForward plan = TransposedConvs.forward(s, options, target);
    Tensor w = TestData.uniform(s.w(), 19);
    Epilogue epilogue = Epilogue.bias(TestData.uniform(s.bias(), 20)).relu();
    return run(plan, x, w, epilogue, par, s.toString());
  }

  /** dw and db, one after the other. */
  private static Tensor gradients(
      TransposedConvShape s,
      Tensor x,
      Tensor dy,
      ConvOptions options,
      Target target,
      Parallel par) {
    TransposedConvBackwardWeights plan = TransposedConvs.backwardWeights(s, options, target);
    Tensor all = Tensor.zeros(Shape.of(s.w().size() + s.oc()));
    Tensor dw = Tensor.wrap(s.w(), all.array(), 0);
    Tensor db = Tensor.wrap(s.bias(), all.array(), dw.size());
    Layout layout = plan.layout();
    plan.run(
        x.copy(layout), dy.copy(layout), dw, db, TestData.workspace(plan.workspace(), par), par);
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic64 ih56 oc32 kh2 s2",
        "n1 ic64 ih28 oc64 kh3 s2 p1 op1",
        "n1 ic16 iw100 oc16 kw4 s2 p1"
      })
  void plansTellWhatTheyAre(String text) {
    TransposedConvShape s = TransposedConvShape.parse(text);
    for (ConvOptions options : ConvContract.ALL) {
      boolean last = options.layout() == Layout.CHANNELS_LAST;
      TransposedConvForward forward = CpuBackend.best().transposedConvForward(s, options);
      assertEquals(s, forward.shape());
      assertEquals(options.layout(), forward.layout());
      assertEquals(last ? "row2im" : "col2im", forward.algorithm());
      TransposedConvBackwardData data = CpuBackend.best().transposedConvBackwardData(s, options);
      assertEquals(s, data.shape());
      assertEquals(options.layout(), data.layout());
      boolean apart = s.conv().kw() == s.conv().strideW();
      assertEquals(apart ? "im2row" : "im2strip", data.algorithm());
      TransposedConvBackwardWeights weights =
          CpuBackend.best().transposedConvBackwardWeights(s, options);
      assertEquals(s, weights.shape());
      assertEquals(options.layout(), weights.layout());
      assertEquals("im2row", weights.algorithm());
    }
  }

  private static Tensor run(
      TransposedConvForward plan,
      Tensor x,
      Tensor w,
      Epilogue epilogue,
      Parallel par,
      String context) {
    Guarded in = Guarded.of(x.copy(plan.layout()));
    Guarded weights = Guarded.of(w);
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    PackedWeights packed = plan.newWeights();
    Arrays.fill(packed.data(), Float.NaN);
    plan.pack(weights.tensor(), packed);
    plan.run(
        in.tensor(), packed, epilogue, y.tensor(), TestData.workspace(plan.workspace(), par), par);
    in.assertUnchanged(context);
    weights.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }

  private static Tensor run(
      TransposedConvBackwardData plan, Tensor dy, Tensor w, Parallel par, String context) {
    Guarded in = Guarded.of(dy.copy(plan.layout()));
    Guarded dx = Guarded.unwritten(plan.shape().x(), plan.layout());
    PackedWeights packed = plan.pack(w);
    plan.run(in.tensor(), packed, dx.tensor(), TestData.workspace(plan.workspace(), par), par);
    in.assertUnchanged(context);
    dx.assertGuardsIntact(context);
    return dx.tensor().copy(Layout.CHANNELS_FIRST);
  }

  private static void run(
      TransposedConvBackwardWeights plan,
      Tensor x,
      Tensor dy,
      Guarded dw,
      Guarded db,
      Parallel par,
      String context) {
    Guarded in = Guarded.of(x.copy(plan.layout()));
    Guarded out = Guarded.of(dy.copy(plan.layout()));
    plan.run(
        in.tensor(),
        out.tensor(),
        dw.tensor(),
        db == null ? null : db.tensor(),
        TestData.workspace(plan.workspace(), par),
        par);
    in.assertUnchanged(context);
    out.assertUnchanged(context);
    dw.assertGuardsIntact(context);
    if (db != null) {
      db.assertGuardsIntact(context);
    }
  }
}
