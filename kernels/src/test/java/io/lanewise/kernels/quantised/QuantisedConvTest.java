package io.lanewise.kernels.quantised;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions of codes equal the integer reference, whatever kernels, team, layout and types. */
final class QuantisedConvTest {
  private static final Quantised REFERENCE = new ReferenceBackend().quantised();
  private static final Quantisation Y = Quantisation.perTensor(QuantisedType.UINT8, 0.4f, 120);

  private static void compare(
      ConvShape s, Quantisation qx, Quantisation qw, ByteTensor w, Layout layout, String text) {
    ByteTensor x = CodeData.codes(s.x(), layout, 1);
    IntTensor bias = CodeData.integers(s.oc(), 3);
    Requantisation byScale = Requantisation.byScale(qx, qw, Y, s.oc()).clamp(3, 250);
    Requantisation fixed = Requantisation.fixedPoint(qx, qw, Y, s.oc()).relu();
    QuantisedConv r = REFERENCE.conv(s, layout, qx, qw);
    QuantisedWeights rw = r.pack(w);
    IntTensor sums = IntTensor.zeros(s.y(), layout);
    ByteTensor codes = ByteTensor.zeros(s.y(), layout);
    ByteTensor fixedCodes = ByteTensor.zeros(s.y(), layout);
    r.accumulate(x, rw, null, sums, Workspace.NONE, Parallel.SEQUENTIAL);
    r.run(x, rw, bias, byScale, codes, Workspace.NONE, Parallel.SEQUENTIAL);
    r.run(x, rw, bias, fixed, fixedCodes, Workspace.NONE, Parallel.SEQUENTIAL);
    for (Target target : Targets.all()) {
      QuantisedConv plan = new KernelQuantised(target).conv(s, layout, qx, qw);
      QuantisedWeights packed = plan.pack(w);
      for (Parallel par : Teams.ONE_AND_THREE) {
        String context =
            text + " " + layout + ", x " + qx + ", w " + qw + ", " + target.kernels().name();
        Workspace ws = TestData.workspace(plan.workspace(), par);
        IntTensor y = CodeData.unwrittenIntegers(s.y(), layout);
        plan.accumulate(x, packed, null, y, ws, par);
        CodeData.assertSame(sums, y, context);
        ByteTensor c = CodeData.unwritten(s.y(), layout);
        plan.run(x, packed, bias, byScale, c, ws, par);
        CodeData.assertSame(codes, c, context + ", by scale");
        ByteTensor f = CodeData.unwritten(s.y(), layout);
        plan.run(x, packed, bias, fixed, f, ws, par);
        CodeData.assertSame(fixedCodes, f, context + ", fixed point");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ic1 ih1 oc1 kh1",
        "n0 ic3 ih4 oc2 kh3 p1",
        "n2 ic5 ih7 iw9 oc19 kh3 p1",
        "n2 ic3 ih11 oc33 kh5 s2 p2",
        "ic17 ih5 oc4 kh1",
        "ic16 ih9 iw15 oc33 kh1",
        "ic6 ih9 oc9 kh3 d2 p2 g3",
        "n2 ic20 ih8 oc20 kh3 p1 g20",
        "ic7 ih9 oc14 kh3 s2 p1 g7",
        "n2 ic5 iw40 oc7 kw5 p2",
        "ic4 iw30 oc6 kw3 d3 g2",
        "ic3 id5 ih6 oc18 kd3 kh3 p1",
        "ic8 id4 ih5 iw3 oc8 kd2 kh2 g8",
        "ic4 id5 ih6 oc5 kd1 kh3 p1 pf0 pk0",
        "n2 ic16 ih9 iw8 oc18 kh3 p1",
        "ic20 ih11 iw19 oc35 kh3 pt0 pb2 pl3 pr1",
        "ic132 ih10 oc33 kh3 p1",
        "ic260 ih8 oc17 kh3 p1",
        "ic16 id2 ih10 oc16 kd1 kh3 p1 pf0 pk0"
      })
  void equalsTheReference(String text) {
    ConvShape s = ConvShape.parse(text);
    ByteTensor w = CodeData.codes(s.w(), 2);
    for (Layout layout : Layout.values()) {
      for (QuantisedType type : QuantisedType.values()) {
        Quantisation x = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 131);
        compare(s, x, CodeData.perChannel(type, 0, s.oc(), true, 5), w, layout, text);
      }
      Quantisation x = Quantisation.perTensor(QuantisedType.INT8, 0.02f, 0);
      Quantisation symmetric = Quantisation.perTensor(QuantisedType.INT8, 0.01f, 0);
      compare(s, x, symmetric, w, layout, text);
    }
  }

  /**
   * All codes at their ends: sums far beyond 2^24, in parts along channels (ic300), in groups, and
   * along taps (windows of one channel that are too large by themselves).
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ic300 ih4 oc9 kh3 p1",
        "ic131 ih9 oc5 kh1",
        "ic120 ih4 oc6 kh3 p1 g2",
        "ic2 iw1200 oc3 kw1100",
        "ic2 iw1200 oc4 kw1100 g2"
      })
  void sumsBeyondFloatsAreExact(String text) {
    ConvShape s = ConvShape.parse(text);
    Quantisation x = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 0);
    Quantisation w = Quantisation.perTensor(QuantisedType.UINT8, 0.0001f, 0);
    for (Layout layout : Layout.values()) {
      compare(s, x, w, CodeData.constant(s.w(), 255), layout, text);
      compare(s, x, w, CodeData.codes(s.w(), 2), layout, text);
    }
  }

  /** 4608 products of 255 · 255, one by one: an odd sum that no float holds. */
  @Test
  void theGreatestSumIsNotRounded() {
    ConvShape s = ConvShape.parse("ic512 ih3 oc2 kh3");
    Quantisation q = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 0);
    ByteTensor x = CodeData.constant(s.x(), 255);
    for (Target target : Targets.all()) {
      QuantisedConv plan = new KernelQuantised(target).conv(s, Layout.CHANNELS_LAST, q, q);
      ByteTensor last = ByteTensor.wrap(s.x(), Layout.CHANNELS_LAST, x.array(), x.offset());
      Workspace ws = TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL);
      IntTensor y = IntTensor.zeros(s.y(), Layout.CHANNELS_LAST);
      IntTensor bias = IntTensor.of(Shape.of(2), 1, Integer.MAX_VALUE);
      QuantisedWeights w = plan.pack(CodeData.constant(s.w(), 255));
      plan.accumulate(last, w, bias, y, ws, Parallel.SEQUENTIAL);
      int sum = 4608 * 255 * 255;
      assertArrayEquals(new int[] {sum + 1, sum + Integer.MAX_VALUE}, y.toArray());
    }
  }

  /** Sums at and just above 2^24 in one part: the limit is taken from the weights. */
  @Test
  void theLimitOfOnePart() {
    ConvShape s = ConvShape.parse("ic257 iw3 oc1 kw1");
    Quantisation x = Quantisation.perTensor(QuantisedType.UINT8, 1f, 0);
    Quantisation w = Quantisation.perTensor(QuantisedType.UINT8, 1f, 0);
    for (int code : new int[] {254, 255}) {
      compare(s, x, w, CodeData.constant(s.w(), code), Layout.CHANNELS_LAST, "limit " + code);
    }
  }

  /**
   * Winograd's products as large as a part may have them: each of the sixteen in turn is driven to
   * its bound by weights and one patch with the signs of its transforms, and one channel more is
   * another part.
   */
  @Test
  void winogradsGreatestProductsAreExact() {
    int[][] g = {{1, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 1}};
    int[][] b = {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}};
    Quantisation qx = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 128);
    Quantisation qw = Quantisation.perTensor(QuantisedType.INT8, 0.001f, 0);
    for (int p = 0; p < 16; p++) {
      int ones = Math.abs(g[p / 4][0]) + Math.abs(g[p / 4][1]) + Math.abs(g[p / 4][2]);
      int more = Math.abs(g[p % 4][0]) + Math.abs(g[p % 4][1]) + Math.abs(g[p % 4][2]);
      int most = (1 << 24) / (ones * more * 127 * (p == 5 ? 4 * 128 : 2 * 255));
      int ic = Math.min(most, (1 << 24) / (9 * 127 * 128)); // sums of nine taps fit as well
      for (int channels : new int[] {ic, most + 1}) {
        ConvShape s = ConvShape.parse("ic" + channels + " ih10 oc17 kh3");
        ByteTensor w = ByteTensor.zeros(s.w());
        for (int i = 0; i < w.size(); i++) {
          w.array()[i] = (byte) (127 * g[p / 4][i % 9 / 3] * g[p % 4][i % 3]);
        }
        ByteTensor x = CodeData.codes(s.x(), Layout.CHANNELS_LAST, 1);
        for (int i = 0; i < 16 * channels; i++) {
          int sign = b[p / 4][i / channels / 4] * b[p % 4][i / channels % 4];
          int at = (i / channels / 4 * 10 + i / channels % 4) * channels + i % channels;
          x.array()[x.offset() + at] = (byte) (sign < 0 || p == 5 ? 0 : 255);
        }
        QuantisedConv r = REFERENCE.conv(s, Layout.CHANNELS_LAST, qx, qw);
        IntTensor sums = IntTensor.zeros(s.y(), Layout.CHANNELS_LAST);
        r.accumulate(x, r.pack(w), null, sums, Workspace.NONE, Parallel.SEQUENTIAL);
        for (Target target : Targets.all()) {
          QuantisedConv plan = new KernelQuantised(target).conv(s, Layout.CHANNELS_LAST, qx, qw);
          QuantisedWeights packed = plan.pack(w);
          ConvParts parts = ((ConvWeights) packed).parts();
          if (channels == ic) {
            assertEquals("winograd-f2x2-3x3", parts.conv().algorithm(), "product " + p);
            assertEquals(1, parts.count());
          } else {
            assertFalse(
                parts.count() == 1 && parts.conv().algorithm().startsWith("winograd"),
                "product " + p);
          }
          Workspace ws = TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL);
          IntTensor y = CodeData.unwrittenIntegers(s.y(), Layout.CHANNELS_LAST);
          plan.accumulate(x, packed, null, y, ws, Parallel.SEQUENTIAL);
          CodeData.assertSame(sums, y, "product " + p + ", " + target.kernels().name());
        }
      }
    }
  }

  @Test
  void paddingIsTheZeroPoint() {
    ConvShape s = ConvShape.parse("ic1 iw1 oc1 kw3 p1");
    Quantisation x = Quantisation.perTensor(QuantisedType.UINT8, 1f, 100);
    Quantisation w = Quantisation.perTensor(QuantisedType.INT8, 1f, 0);
    for (Quantised all : List.of(new KernelQuantised(Targets.best()), REFERENCE)) {
      QuantisedConv plan = all.conv(s, Layout.CHANNELS_FIRST, x, w);
      IntTensor y = IntTensor.zeros(s.y());
      plan.accumulate(
          ByteTensor.of(s.x(), (byte) 103),
          plan.pack(ByteTensor.of(s.w(), (byte) 10, (byte) -20, (byte) 30)),
          null,
          y,
          Workspace.allocate(plan.workspace(), 1),
          Parallel.SEQUENTIAL);
      assertEquals(-60, y.array()[0]);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    ConvShape s = ConvShape.parse("ic2 ih4 oc3 kh3");
    Layout first = Layout.CHANNELS_FIRST;
    Quantisation q = Quantisation.perTensor(QuantisedType.INT8, 1f, 0);
    Quantisation two = CodeData.perChannel(QuantisedType.INT8, 1, 2, false, 1);
    Parallel one = Parallel.SEQUENTIAL;
    for (Quantised all : List.of(new KernelQuantised(Targets.best()), REFERENCE)) {
      assertRefused(() -> all.conv(s, first, two, q), "x must be quantised per tensor");
      assertRefused(() -> all.conv(s, first, q, two), "w must be", "axis 0, got axis 1");
      Quantisation four = CodeData.perChannel(QuantisedType.INT8, 0, 4, false, 1);
      assertRefused(() -> all.conv(s, first, q, four), "4 scales along axis 0");
      QuantisedConv plan = all.conv(s, first, q, q);
      assertRefused(() -> plan.pack(ByteTensor.zeros(s.x())), "w must have shape");
      QuantisedWeights w = plan.pack(ByteTensor.zeros(s.w()));
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      ByteTensor x = ByteTensor.zeros(s.x());
      ByteTensor y = ByteTensor.zeros(s.y());
      IntTensor sums = IntTensor.zeros(s.y());
      Requantisation out = Requantisation.byScale(q, q, Y, 3);
      IntTensor bias = IntTensor.zeros(Shape.of(3));
      assertRefused(() -> plan.run(y, w, bias, out, y, ws, one), "x must have shape");
      assertRefused(() -> plan.run(x, w, bias, out, x, ws, one), "y must have shape");
      assertRefused(() -> plan.run(x, () -> "another", bias, out, y, ws, one), "another");
      IntTensor short2 = IntTensor.zeros(Shape.of(2));
      assertRefused(() -> plan.run(x, w, short2, out, y, ws, one), "bias must have shape [3]");
      Requantisation two2 = Requantisation.byScale(q, q, Y, 2);
      assertRefused(() -> plan.run(x, w, bias, two2, y, ws, one), "3 outputs", "got 2");
      assertRefused(() -> plan.accumulate(x, w, bias, bias, ws, one), "y must have shape");
      byte[] array = new byte[100];
      ByteTensor in = ByteTensor.wrap(s.x(), first, array, 0);
      ByteTensor over = ByteTensor.wrap(s.y(), first, array, 31);
      assertRefused(() -> plan.run(in, w, bias, out, over, ws, one), "y must not share", "x");
      IntTensor inside = IntTensor.wrap(Shape.of(3), first, sums.array(), 0);
      assertRefused(() -> plan.accumulate(x, w, inside, sums, ws, one), "y must not share", "bias");
    }
    QuantisedConv plan = new KernelQuantised(Targets.best()).conv(s, first, q, q);
    QuantisedWeights w = plan.pack(ByteTensor.zeros(s.w()));
    assertRefused(
        () ->
            plan.accumulate(
                ByteTensor.zeros(s.x()), w, null, IntTensor.zeros(s.y()), Workspace.NONE, one),
        "workspace");
  }
}
