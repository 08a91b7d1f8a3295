package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.conv.ConvAlgorithms;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.conv.TransposedConvs;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions by weights of 16 bits: the bits of those of floats by the rounded weights. */
final class NarrowConvTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final List<WeightFormat> FORMATS =
      List.of(WeightFormat.FLOAT16, WeightFormat.BFLOAT16);
  private static final List<ConvOptions> OPTIONS =
      List.of(ConvOptions.DEFAULT, ConvOptions.DEFAULT.channelsLast());

  /** Every rank, groups, channels alone, strides, dilations, more weights than a task widens. */
  static List<String> shapes() {
    return List.of(
        "ic1 ih1 oc1 kh1",
        "n2 ic3 ih9 oc5 kh3 s2 p1",
        "n1 ic5 ih14 oc19 kh3 p1",
        "n1 ic33 ih7 oc40 kh1",
        "n2 ic6 ih8 oc9 kh3 p1 g3",
        "n1 ic37 ih9 oc37 kh3 p1 g37",
        "n1 ic8 ih9 oc16 kh5 s2 p2 g8",
        "n1 ic4 ih11 iw6 oc7 kh3 kw2 d2",
        "n2 ic6 iw31 oc4 kw3 p1 g2",
        "n1 ic3 id4 ih5 oc6 kd2 kh3 p1",
        "n1 ic70 ih3 oc65 kh3 p1");
  }

  /** Some are subnormal in 16 bits, some beyond binary16. */
  private static Tensor weights(Shape shape) {
    Tensor w = TestData.uniform(shape, 2);
    for (int i = 0; i < w.size(); i++) {
      w.array()[i] *= i % 13 == 5 ? 1e-6f : i % 101 == 100 ? 1e6f : 1;
    }
    return w;
  }

  private static Tensor rounded(Tensor w, WeightFormat format) {
    Tensor rounded = w.copy();
    for (int i = 0; i < w.size(); i++) {
      float v = w.array()[i];
      rounded.array()[i] =
          format == WeightFormat.FLOAT16
              ? Float.float16ToFloat(Float.floatToFloat16(v))
              : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(v));
    }
    return rounded;
  }

  private static Epilogue ending(Shape bias) {
    return Epilogue.bias(TestData.uniform(bias, 3)).relu();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheBitsOfTheRoundedConvolution(String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor w = weights(s.w());
    Epilogue ending = ending(s.bias());
    for (WeightFormat format : FORMATS) {
      Tensor rounded = rounded(w, format);
      for (Target target : Targets.all()) {
        for (ConvOptions o : OPTIONS) {
          for (ConvForward any : ConvAlgorithms.plans(ConvAlgorithms.FORWARD, s, o, target)) {
            ConvOptions options = o.algorithm(any.algorithm());
            ConvForward floats = ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, options, target);
            NarrowConv plan = new KernelQuantised(target).narrowConv(s, options, format);
            String context = text + " " + format + " " + options + " " + target.kernels().name();
            assertEquals(s, plan.shape(), context);
            assertEquals(o.layout(), plan.layout(), context);
            assertEquals(format, plan.format(), context);
            assertEquals(floats.algorithm(), plan.algorithm(), context);
            Tensor x = TestData.uniform(s.x(), 1).copy(o.layout());
            Tensor want = Tensor.zeros(s.y(), o.layout());
            Workspace ws = TestData.workspace(floats.workspace(), ONE);
            floats.run(x, floats.pack(rounded), ending, want, ws, ONE);
            Guarded weights = Guarded.of(w);
            QuantisedWeights packed = plan.pack(weights.tensor());
            weights.assertUnchanged(context);
            if (!plan.algorithm().startsWith("winograd")) {
              assertTrue(plan.isNarrow(packed), context);
            }
            for (Parallel par : Teams.ONE_AND_THREE) {
              Guarded in = Guarded.of(x);
              Guarded out = Guarded.unwritten(s.y(), o.layout());
              Workspace own = TestData.workspace(plan.workspace(), par);
              plan.run(in.tensor(), packed, ending, out.tensor(), own, par);
              in.assertUnchanged(context);
              out.assertGuardsIntact(context);
              assertSameBits(want, out.tensor().copy(), context + " " + par.workers());
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void hasTheBitsOfTheRoundedTransposedConvolution(String text) {
    TransposedConvShape s = new TransposedConvShape(ConvShape.parse(text));
    Tensor w = weights(s.w());
    Epilogue ending = ending(s.bias());
    for (WeightFormat format : FORMATS) {
      Tensor rounded = rounded(w, format);
      for (Target target : Targets.all()) {
        for (ConvOptions o : OPTIONS) {
          for (TransposedConvForward any : TransposedConvs.forwardPlans(s, o, target)) {
            ConvOptions options = o.algorithm(any.algorithm());
            TransposedConvForward floats = TransposedConvs.forward(s, options, target);
            NarrowTransposedConv plan =
                new KernelQuantised(target).narrowTransposedConv(s, options, format);
            String context = text + " " + format + " " + options + " " + target.kernels().name();
            assertEquals(s, plan.shape(), context);
            assertEquals(o.layout(), plan.layout(), context);
            assertEquals(format, plan.format(), context);
            assertEquals(floats.algorithm(), plan.algorithm(), context);
            Tensor x = TestData.uniform(s.x(), 1).copy(o.layout());
            Tensor want = Tensor.zeros(s.y(), o.layout());
            Workspace ws = TestData.workspace(floats.workspace(), ONE);
            floats.run(x, floats.pack(rounded), ending, want, ws, ONE);
            QuantisedWeights packed = plan.pack(w);
            if (!plan.algorithm().startsWith("winograd")) {
              assertTrue(plan.isNarrow(packed), context);
            }
            for (Parallel par : Teams.ONE_AND_THREE) {
              Guarded in = Guarded.of(x);
              Guarded out = Guarded.unwritten(s.y(), o.layout());
              Workspace own = TestData.workspace(plan.workspace(), par);
              plan.run(in.tensor(), packed, ending, out.tensor(), own, par);
              in.assertUnchanged(context);
              out.assertGuardsIntact(context);
              assertSameBits(want, out.tensor().copy(), context + " " + par.workers());
            }
          }
        }
      }
    }
  }

  /** The reference rounds by arithmetic, we by bits; what it computes is its own convolution. */
  @ParameterizedTest
  @MethodSource("shapes")
  void theReferenceRoundsAlike(String text) {
    ConvShape s = ConvShape.parse(text);
    TransposedConvShape t = new TransposedConvShape(s);
    ReferenceBackend reference = new ReferenceBackend();
    ConvForward conv = reference.convForward(s);
    TransposedConvForward back = reference.transposedConvForward(t);
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor z = TestData.uniform(t.x(), 1);
    Workspace none = Workspace.NONE;
    for (WeightFormat format : FORMATS) {
      Tensor w = weights(s.w());
      Tensor rounded = rounded(w, format);
      NarrowConv plan = reference.quantised().narrowConv(s, ConvOptions.DEFAULT, format);
      Tensor want = Tensor.zeros(s.y());
      conv.run(x, conv.pack(rounded), ending(s.bias()), want, none, ONE);
      Tensor got = Tensor.zeros(s.y());
      plan.run(x, plan.pack(w), ending(s.bias()), got, none, ONE);
      assertSameBits(want, got, text + " " + format);
      NarrowTransposedConv backPlan =
          reference.quantised().narrowTransposedConv(t, ConvOptions.DEFAULT, format);
      want = Tensor.zeros(t.y());
      back.run(z, back.pack(rounded), ending(t.bias()), want, none, ONE);
      got = Tensor.zeros(t.y());
      backPlan.run(z, backPlan.pack(w), ending(t.bias()), got, none, ONE);
      assertSameBits(want, got, text + " transposed, " + format);
    }
  }

  /** What Winograd transforms as it packs is no number of 16 bits any more. */
  @Test
  void transformedWeightsStayWide() {
    ConvShape s = ConvShape.parse("n1 ic8 ih16 oc8 kh3 p1");
    Target target = Targets.best();
    ConvOptions o = ConvOptions.DEFAULT;
    for (ConvForward any : ConvAlgorithms.plans(ConvAlgorithms.FORWARD, s, o, target)) {
      NarrowConv plan =
          new KernelQuantised(target)
              .narrowConv(s, o.algorithm(any.algorithm()), WeightFormat.BFLOAT16);
      boolean transforms = any.algorithm().startsWith("winograd");
      QuantisedWeights packed = plan.pack(TestData.uniform(s.w(), 2));
      assertEquals(!transforms, plan.isNarrow(packed), any.algorithm());
    }
  }

  /** Layers widen their weights to the same place, one after the other, in any order. */
  @Test
  void layersShareAWorkspace() {
    Quantised all = new KernelQuantised(Targets.best());
    ConvShape a = ConvShape.parse("n1 ic5 ih9 oc30 kh3 s2 p1");
    ConvShape b = ConvShape.parse("n1 ic40 ih3 oc24 kh1");
    NarrowConv first = all.narrowConv(a, ConvOptions.DEFAULT, WeightFormat.FLOAT16);
    NarrowConv second = all.narrowConv(b, ConvOptions.DEFAULT, WeightFormat.BFLOAT16);
    WorkspaceSpec both = first.workspace().max(second.workspace());
    assertEquals(
        Math.max(first.workspace().widenedFloats(), second.workspace().widenedFloats()),
        both.widenedFloats());
    Workspace ws = TestData.workspace(both, ONE);
    QuantisedWeights w = first.pack(TestData.uniform(a.w(), 2));
    QuantisedWeights v = second.pack(TestData.uniform(b.w(), 3));
    Tensor want = Tensor.zeros(a.y());
    Tensor also = Tensor.zeros(b.y());
    Workspace own = TestData.workspace(first.workspace(), ONE);
    first.run(TestData.uniform(a.x(), 1), w, Epilogue.none(), want, own, ONE);
    own = TestData.workspace(second.workspace(), ONE);
    second.run(TestData.uniform(b.x(), 1), v, Epilogue.none(), also, own, ONE);
    for (int i = 0; i < 2; i++) {
      Tensor y = Tensor.zeros(a.y());
      first.run(TestData.uniform(a.x(), 1), w, Epilogue.none(), y, ws, ONE);
      assertSameBits(want, y, "first");
      Tensor z = Tensor.zeros(b.y());
      second.run(TestData.uniform(b.x(), 1), v, Epilogue.none(), z, ws, ONE);
      assertSameBits(also, z, "second");
    }
  }

  @Test
  void badArgumentsAreRefused() {
    ConvShape s = ConvShape.parse("n1 ic2 ih4 oc3 kh2");
    TransposedConvShape t = new TransposedConvShape(s);
    ConvOptions o = ConvOptions.DEFAULT;
    for (Quantised all :
        List.of(new ReferenceBackend().quantised(), new KernelQuantised(Targets.best()))) {
      assertRefused(() -> all.narrowConv(s, o, WeightFormat.INT8), "BFLOAT16, got INT8");
      assertRefused(() -> all.narrowTransposedConv(t, o, WeightFormat.INT8), "got INT8");
      assertRefused(
          () -> all.narrowConv(s, o.algorithm("none such"), WeightFormat.FLOAT16), "none such");
      NarrowConv plan = all.narrowConv(s, o, WeightFormat.FLOAT16);
      assertRefused(() -> plan.pack(Tensor.zeros(3, 2, 2)), "w must have shape [3, 2, 2, 2]");
      QuantisedWeights w = plan.pack(Tensor.zeros(s.w()));
      Workspace ws = TestData.workspace(plan.workspace(), ONE);
      Tensor x = Tensor.zeros(s.x());
      Tensor y = Tensor.zeros(s.y());
      Epilogue e = Epilogue.none();
      assertRefused(() -> plan.run(y, w, e, y, ws, ONE), "x must have shape");
      assertRefused(() -> plan.run(x, w, e, Tensor.zeros(5), ws, ONE), "y must have shape");
      assertRefused(() -> plan.run(x, () -> "another", e, y, ws, ONE), "another");
      assertRefused(() -> plan.isNarrow(() -> "another"), "another");
      Epilogue two = Epilogue.bias(Tensor.zeros(2));
      assertRefused(() -> plan.run(x, w, two, y, ws, ONE), "bias must have");
      NarrowTransposedConv back = all.narrowTransposedConv(t, o, WeightFormat.BFLOAT16);
      assertRefused(() -> back.pack(Tensor.zeros(2, 3, 2, 2)), "w must have shape [3, 2, 2, 2]");
      QuantisedWeights v = back.pack(Tensor.zeros(t.w()));
      Workspace own = TestData.workspace(back.workspace(), ONE);
      assertRefused(() -> back.run(x, v, e, x, own, ONE), "x must have shape");
      assertRefused(() -> back.run(y, () -> "another", e, x, own, ONE), "another");
      assertFalse(all.narrowConv(s, o, WeightFormat.BFLOAT16).algorithm().isEmpty());
    }
    Quantised ours = new KernelQuantised(Targets.best());
    NarrowConv plan = ours.narrowConv(s, o, WeightFormat.FLOAT16);
    QuantisedWeights other = ours.narrowConv(s, o, WeightFormat.BFLOAT16).pack(Tensor.zeros(s.w()));
    Tensor x = Tensor.zeros(s.x());
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = TestData.workspace(plan.workspace(), ONE);
    assertRefused(
        () -> plan.run(x, other, Epilogue.none(), y, ws, ONE), "narrow BFLOAT16", "FLOAT16");
    WorkspaceSpec all = plan.workspace();
    WorkspaceSpec less =
        new WorkspaceSpec(all.sharedFloats(), all.floatsPerWorker(), all.widenedFloats() - 1);
    Workspace small = Workspace.allocate(less, 1);
    QuantisedWeights w = plan.pack(Tensor.zeros(s.w()));
    assertRefused(
        () -> plan.run(x, w, Epilogue.none(), y, small, ONE),
        "widenedFloats=" + all.widenedFloats());
  }
}
