package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of codes equal the integer reference. */
final class QuantisedGemmTest {
  private static final Quantised REFERENCE = new ReferenceBackend().quantised();
  private static final Quantisation Y = Quantisation.perTensor(QuantisedType.INT8, 0.4f, -20);
  private static final Layout FIRST = Layout.CHANNELS_FIRST;

  private static void compare(
      GemmShape s, Quantisation qa, Quantisation qb, ByteTensor a, ByteTensor b) {
    IntTensor bias = CodeData.integers(s.n(), 3);
    Requantisation out = Requantisation.byScale(qa, qb, Y, s.n());
    QuantisedGemm r = REFERENCE.gemm(s, qa, qb);
    IntTensor sums = IntTensor.zeros(s.c());
    ByteTensor codes = ByteTensor.zeros(s.c());
    r.accumulate(a, r.pack(b), bias, sums, Workspace.NONE, Parallel.SEQUENTIAL);
    r.run(a, r.pack(b), null, out, codes, Workspace.NONE, Parallel.SEQUENTIAL);
    for (Target target : Targets.all()) {
      QuantisedGemm plan = new KernelQuantised(target).gemm(s, qa, qb);
      QuantisedWeights packed = plan.pack(b);
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context = s + ", a " + qa + ", b " + qb + ", " + target.kernels().name();
        Workspace ws = TestData.workspace(plan.workspace(), par);
        IntTensor c = CodeData.unwrittenIntegers(s.c(), FIRST);
        plan.accumulate(a, packed, bias, c, ws, par);
        CodeData.assertSame(sums, c, context);
        ByteTensor y = CodeData.unwritten(s.c(), FIRST);
        plan.run(a, packed, null, out, y, ws, par);
        CodeData.assertSame(codes, y, context);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m1 n1 k1",
        "m0 n3 k4",
        "m3 n0 k4",
        "m3 n4 k0",
        "m1 n64 k300",
        "m1 n131 k77 tb",
        "m2 n33 k15",
        "m13 n17 k40 tb",
        "m100 n70 k33",
        "m7 n65 k1100"
      })
  void equalsTheReference(String text) {
    GemmShape s = GemmShape.parse(text);
    ByteTensor a = CodeData.codes(s.a(), 1);
    ByteTensor b = CodeData.codes(s.b(), 2);
    int axis = s.transposeB() ? 0 : 1;
    Quantisation u = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 131);
    Quantisation i = Quantisation.perTensor(QuantisedType.INT8, 0.02f, 0);
    compare(s, u, i, a, b);
    compare(s, i, u, a, b);
    if (s.n() > 0) {
      compare(s, u, CodeData.perChannel(QuantisedType.UINT8, axis, s.n(), true, 4), a, b);
      compare(s, i, CodeData.perChannel(QuantisedType.INT8, axis, s.n(), false, 4), a, b);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m1 n5 k5000", "m3 n40 k5000", "m1 n3 k257", "m1 n3 k258", "m1 n3 k259"})
  void sumsBeyondFloatsAreExact(String text) {
    GemmShape s = GemmShape.parse(text);
    Quantisation q = Quantisation.perTensor(QuantisedType.UINT8, 0.001f, 0);
    compare(s, q, q, CodeData.constant(s.a(), 255), CodeData.constant(s.b(), 255));
    compare(s, q, q, CodeData.constant(s.a(), 253), CodeData.codes(s.b(), 1));
  }

  @Test
  void badArgumentsAreRefused() {
    GemmShape s = GemmShape.of(2, 3, 4);
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, 1f, 0);
    Quantisation rows = CodeData.perChannel(QuantisedType.INT8, 0, 4, false, 1);
    Parallel one = Parallel.SEQUENTIAL;
    for (Quantised all : List.of(new KernelQuantised(Targets.best()), REFERENCE)) {
      assertRefused(() -> all.gemm(s, q, rows), "b must be", "axis 1, got axis 0");
      assertRefused(() -> all.gemm(s, rows, q), "a must be quantised per tensor");
      for (String other : List.of("m2 n3 k4 ta", "m2 n3 k4 acc", "m2 n3 k4 alpha=2.0")) {
        assertRefused(() -> all.gemm(GemmShape.parse(other), q, q), "one product of A", other);
      }
      assertRefused(() -> all.gemm(s.withBatch(2), q, q), "one product of A");
      QuantisedGemm plan = all.gemm(s, q, q);
      assertRefused(() -> plan.pack(ByteTensor.zeros(s.a())), "b must have shape");
      QuantisedWeights w = plan.pack(ByteTensor.zeros(s.b()));
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      ByteTensor a = ByteTensor.zeros(s.a());
      ByteTensor c = ByteTensor.zeros(s.c());
      IntTensor bias = IntTensor.zeros(Shape.of(3));
      Requantisation out = Requantisation.byScale(q, q, Y, 3);
      assertRefused(() -> plan.run(c, w, bias, out, c, ws, one), "a must have shape");
      assertRefused(() -> plan.run(a, w, bias, out, a, ws, one), "c must have shape");
      IntTensor four = IntTensor.zeros(Shape.of(4));
      assertRefused(() -> plan.run(a, w, four, out, c, ws, one), "bias must have shape");
      assertRefused(() -> plan.run(a, () -> "another", bias, out, c, ws, one), "another");
      Requantisation two = Requantisation.byScale(q, q, Y, 2);
      assertRefused(() -> plan.run(a, w, bias, two, c, ws, one), "3 outputs");
      assertRefused(() -> plan.accumulate(a, w, bias, bias, ws, one), "c must have shape");
      ByteTensor over = ByteTensor.wrap(s.c(), FIRST, a.array(), 0);
      assertRefused(() -> plan.run(a, w, bias, out, over, ws, one), "c must not share", "a");
      IntTensor sums = IntTensor.zeros(s.c());
      IntTensor inside = IntTensor.wrap(Shape.of(3), FIRST, sums.array(), 2);
      assertRefused(() -> plan.accumulate(a, w, inside, sums, ws, one), "c must not share");
    }
  }
}
