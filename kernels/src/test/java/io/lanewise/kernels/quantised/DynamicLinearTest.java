package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
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

/** Layers that quantise their input equal the reference, of which only the end is in float64. */
final class DynamicLinearTest {
  private static final Quantised REFERENCE = new ReferenceBackend().quantised();

  private static Tensor run(
      DynamicLinear plan, ByteTensor w, Tensor x, Tensor bias, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded out = Guarded.unwritten(plan.shape().y());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.run(in.tensor(), plan.pack(w), bias, out.tensor(), ws, par);
    in.assertUnchanged(context);
    out.assertGuardsIntact(context);
    return out.tensor().copy();
  }

  /** One fused multiply-add in float32 and its float64 counterpart differ by a rounding or so. */
  @ParameterizedTest
  @ValueSource(
      strings = {"n1 in1 out1", "n0 in3 out4", "n1 in5000 out7", "n2 in77 out64", "n30 in40 out70"})
  void equalsTheReference(String text) {
    LinearShape s = LinearShape.parse(text);
    Tensor x = TestData.uniform(s.x(), 1);
    Tensor bias = TestData.uniform(s.bias(), 3);
    for (ByteTensor w : List.of(CodeData.codes(s.w(), 2), CodeData.constant(s.w(), -128))) {
      Quantisation q = CodeData.perChannel(QuantisedType.INT8, 0, s.out(), false, 4);
      for (Tensor b : new Tensor[] {bias, null}) {
        Tensor expected = run(REFERENCE.dynamicLinear(s, q), w, x, b, Parallel.SEQUENTIAL, text);
        for (Target target : Targets.all()) {
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = text + " " + target.kernels().name();
            Tensor y = run(new KernelQuantised(target).dynamicLinear(s, q), w, x, b, par, context);
            for (int i = 0; i < y.size(); i++) {
              float e = expected.array()[i];
              float unfused =
                  target.kernels().name().contains("without") ? 2 * Math.ulp(e) + 1e-4f : 0;
              ErrorBound.assertClose(e, unfused, y.array()[i], i, context);
            }
          }
        }
      }
    }
  }

  @Test
  void rowsOfZerosGiveTheBiasAndSpecialsNan() {
    LinearShape s = new LinearShape(5, 4, 2);
    Tensor x = Tensor.zeros(s.x());
    x.set(Float.MIN_VALUE, 1, 2);
    x.set(Float.NaN, 2, 3);
    x.set(Float.POSITIVE_INFINITY, 3, 0);
    x.set(Float.MAX_VALUE, 4, 0);
    x.set(-Float.MAX_VALUE, 4, 1);
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, 0.5f, 0);
    Tensor bias = Tensor.of(Shape.of(2), 3f, -4f);
    for (Quantised all : List.of(REFERENCE, new KernelQuantised(Targets.best()))) {
      Tensor y = run(all.dynamicLinear(s, q), CodeData.codes(s.w(), 1), x, bias, Teams.TWO, "");
      for (int o = 0; o < 2; o++) {
        assertEquals(bias.get(o), y.get(0, o));
        assertEquals(bias.get(o), y.get(1, o));
        for (int img = 2; img < 5; img++) {
          assertTrue(Float.isNaN(y.get(img, o)), "row " + img);
        }
      }
    }
  }

  @Test
  void aRowDoesNotDependOnItsBatch() {
    LinearShape many = new LinearShape(3, 90, 40);
    Tensor x = TestData.uniform(many.x(), 1);
    x.set(50, 0, 7); // a range of its own
    ByteTensor w = CodeData.codes(many.w(), 2);
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, 0.01f, 0);
    Quantised all = new KernelQuantised(Targets.best());
    Tensor y = run(all.dynamicLinear(many, q), w, x, null, Parallel.SEQUENTIAL, "");
    for (int i = 0; i < 3; i++) {
      DynamicLinear one = all.dynamicLinear(new LinearShape(1, 90, 40), q);
      Tensor alone = run(one, w, x.slice(i, i + 1), null, Parallel.SEQUENTIAL, "");
      ErrorBound.assertSameBits(y.slice(i, i + 1), alone, "row " + i);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    LinearShape s = new LinearShape(1, 3, 4);
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, 0.5f, 0);
    Parallel one = Parallel.SEQUENTIAL;
    for (Quantised all : List.of(REFERENCE, new KernelQuantised(Targets.best()))) {
      Quantisation affine = Quantisation.perTensor(QuantisedType.INT8, 0.5f, 1);
      assertRefused(() -> all.dynamicLinear(s, affine), "w must be symmetric");
      Quantisation columns = CodeData.perChannel(QuantisedType.INT8, 1, 3, false, 1);
      assertRefused(() -> all.dynamicLinear(s, columns), "w must be symmetric", "axis 1");
      DynamicLinear plan = all.dynamicLinear(s, q);
      assertRefused(() -> plan.pack(ByteTensor.zeros(s.x())), "w must have shape");
      QuantisedWeights w = plan.pack(ByteTensor.zeros(s.w()));
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
