package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.linear.GemmLinearForward;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers with narrow weights, against float64 and, bit by bit, against float32. */
final class NarrowLinearTest {
  private static final Quantised REFERENCE = new ReferenceBackend().quantised();

  private static Tensor run(
      NarrowLinear plan, QuantisedWeights w, Tensor x, Tensor bias, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded out = Guarded.unwritten(plan.shape().y());
    Guarded added = Guarded.of(bias);
    Tensor b = bias == null ? null : added.tensor();
    plan.run(in.tensor(), w, b, out.tensor(), TestData.workspace(plan.workspace(), par), par);
    in.assertUnchanged(context);
    out.assertGuardsIntact(context);
    return out.tensor().copy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 in1 out1",
        "n0 in3 out4",
        "n1 in300 out131",
        "n1 in2500 out33",
        "n2 in77 out64",
        "n13 in40 out17",
        "n100 in33 out70"
      })
  void staysWithinTheErrorBoundAndKeepsItsBits(String text) {
    LinearShape s = LinearShape.parse(text);
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor w = TestData.uniform(s.w(), 2);
    Tensor bias = TestData.uniform(s.bias(), 3);
    for (WeightFormat format : WeightFormat.values()) {
      for (Tensor b : new Tensor[] {bias, null}) {
        NarrowLinear r = REFERENCE.narrowLinear(s, format);
        Tensor expected = run(r, r.pack(w), x, b, Parallel.SEQUENTIAL, text);
        Tensor sums =
            run(
                r,
                r.pack(TestData.absolute(w)),
                TestData.absolute(x),
                TestData.absolute(b),
                Parallel.SEQUENTIAL,
                text);
        Tensor first = null;
        for (Target target : Targets.all()) {
          NarrowLinear plan = new KernelQuantised(target).narrowLinear(s, format);
          assertEquals(format, plan.format());
          QuantisedWeights packed = plan.pack(w);
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = text + " " + format + " " + target.kernels().name();
            Tensor y = run(plan, packed, x, b, par, context);
            ErrorBound.assertSums(expected, sums, s.in() + 2, y, context);
            if (target.kernels().name().contains("without")) {
              continue;
            }
            first = first == null ? y : first;
            ErrorBound.assertSameBits(first, y, context);
          }
        }
      }
    }
  }

  /** The bits of the layer of float32 by rounded weights, at every batch size. */
  @Test
  void sixteenBitsGiveTheBitsOfTheRoundedLayer() {
    for (int n : new int[] {1, 3, 30}) {
      LinearShape s = new LinearShape(n, 200, 75);
      Tensor x = TestData.uniform(s.x(), 1);
      Tensor bias = TestData.uniform(s.bias(), 3);
      for (WeightFormat format : List.of(WeightFormat.FLOAT16, WeightFormat.BFLOAT16)) {
        Tensor w = TestData.uniform(s.w(), 2);
        Tensor rounded = w.copy();
        for (int i = 0; i < w.size(); i++) {
          float v = i % 13 == 0 ? w.array()[i] * 1e-6f : w.array()[i]; // subnormal in 16 bits
          w.array()[i] = v;
          rounded.array()[i] =
              format == WeightFormat.FLOAT16
                  ? HalfFloats.fromFloat16(HalfFloats.toFloat16(v))
                  : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(v));
        }
        for (Target target : Targets.all()) {
          LinearForward linear = new GemmLinearForward(s, target);
          PackedWeights packed = linear.newWeights();
          linear.pack(rounded, packed);
          Tensor expected = Tensor.zeros(s.y());
          Workspace ws = Workspace.allocate(linear.workspace(), 1);
          linear.run(x, packed, bias, expected, ws, Parallel.SEQUENTIAL);
          NarrowLinear plan = new KernelQuantised(target).narrowLinear(s, format);
          Tensor y = run(plan, plan.pack(w), x, bias, Parallel.SEQUENTIAL, "");
          ErrorBound.assertSameBits(expected, y, format + " " + target.kernels().name());
        }
      }
    }
  }

  @Test
  void anImageOfABatchHasTheBitsOfItself() {
    LinearShape many = new LinearShape(14, 500, 40);
    LinearShape alone = new LinearShape(1, 500, 40);
    Tensor x = TestData.uniform(many.x(), 1);
    Tensor w = TestData.uniform(many.w(), 2);
    for (WeightFormat format : WeightFormat.values()) {
      for (Target target : Targets.all()) {
        NarrowLinear batch = new KernelQuantised(target).narrowLinear(many, format);
        NarrowLinear single = new KernelQuantised(target).narrowLinear(alone, format);
        Tensor y = run(batch, batch.pack(w), x, null, Parallel.SEQUENTIAL, "");
        for (int i = 0; i < 14; i++) {
          Tensor one = run(single, single.pack(w), x.slice(i, i + 1), null, Teams.TWO, "");
          ErrorBound.assertSameBits(y.slice(i, i + 1), one, format + " image " + i);
        }
      }
    }
  }

  /** NaN, infinities, subnormals and zeros in weights and inputs follow from the arithmetic. */
  @Test
  void specialsFollowFromTheArithmetic() {
    LinearShape s = new LinearShape(3, 40, 20);
    Tensor x = TestData.withSpecials(s.x(), 1);
    Tensor w = TestData.withSpecials(s.w(), 2);
    for (WeightFormat format : List.of(WeightFormat.FLOAT16, WeightFormat.BFLOAT16)) {
      NarrowLinear r = REFERENCE.narrowLinear(s, format);
      Tensor expected = run(r, r.pack(w), x, null, Parallel.SEQUENTIAL, "");
      for (Target target : Targets.all()) {
        NarrowLinear plan = new KernelQuantised(target).narrowLinear(s, format);
        Tensor y = run(plan, plan.pack(w), x, null, Parallel.SEQUENTIAL, "");
        ErrorBound.assertExact(expected, y, format + " " + target.kernels().name());
      }
    }
  }

  @Test
  void weightsThatAreQuantisedAlready() {
    LinearShape s = new LinearShape(2, 9, 3);
    Tensor x = TestData.integers(s.x(), 1);
    ByteTensor w = CodeData.codes(s.w(), 1);
    Quantisation q = Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 128);
    Tensor expected = null;
    for (Quantised all : List.of(REFERENCE, new KernelQuantised(Targets.best()))) {
      NarrowLinear plan = all.narrowLinear(s, WeightFormat.INT8);
      Tensor y = run(plan, plan.pack(w, q), x, null, Parallel.SEQUENTIAL, "");
      expected = expected == null ? y : expected;
      ErrorBound.assertExact(expected, y, "by halves, so exact");
    }
  }

  @Test
  void badArgumentsAreRefused() {
    LinearShape s = new LinearShape(1, 3, 4);
    Quantisation q = Quantisation.perTensor(QuantisedType.UINT8, 0.5f, 100);
    Parallel one = Parallel.SEQUENTIAL;
    for (Quantised all : List.of(REFERENCE, new KernelQuantised(Targets.best()))) {
      NarrowLinear half = all.narrowLinear(s, WeightFormat.FLOAT16);
      assertRefused(() -> half.pack(ByteTensor.zeros(s.w()), q), "keeps weights as FLOAT16");
      NarrowLinear plan = all.narrowLinear(s, WeightFormat.INT8);
      assertRefused(() -> plan.pack(Tensor.zeros(s.x())), "w must have shape");
      assertRefused(() -> plan.pack(Tensor.zeros(s.w()).fill(Float.NaN)), "finite");
      assertRefused(() -> plan.pack(ByteTensor.zeros(s.x()), q), "w must have shape");
      ByteTensor high = CodeData.constant(s.w(), 255);
      assertRefused(() -> plan.pack(high, q), "[-128, 127]", "got 155");
      Quantisation columns = CodeData.perChannel(QuantisedType.INT8, 1, 3, false, 1);
      assertRefused(() -> plan.pack(ByteTensor.zeros(s.w()), columns), "axis 0, got axis 1");
      QuantisedWeights w = plan.pack(Tensor.zeros(s.w()));
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      Tensor x = Tensor.zeros(s.x());
      Tensor y = Tensor.zeros(s.y());
      assertRefused(() -> plan.run(y, w, null, y, ws, one), "x must have shape");
      assertRefused(() -> plan.run(x, w, null, x, ws, one), "y must have shape");
      assertRefused(() -> plan.run(x, w, Tensor.zeros(3), y, ws, one), "bias must have shape");
      assertRefused(() -> plan.run(x, () -> "another", null, y, ws, one), "another");
      Tensor over = Tensor.wrap(s.y(), new float[9], 0);
      Tensor inside = Tensor.wrap(s.x(), over.array(), 2);
      assertRefused(() -> plan.run(inside, w, null, over, ws, one), "y must not share", "x");
      Tensor bias = Tensor.wrap(Shape.of(4), over.array(), 3);
      assertRefused(() -> plan.run(x, w, bias, over, ws, one), "y must not share", "bias");
    }
  }
}
