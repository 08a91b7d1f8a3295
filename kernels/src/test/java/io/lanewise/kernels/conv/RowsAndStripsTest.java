package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Convolution by rows, by strips, directly and in groups: what every algorithm's tests do not
 * reach.
 */
final class RowsAndStripsTest {
  private static final ConvAlgorithm<ConvForward> ROWS = new Im2rowConv();
  private static final ConvAlgorithm<ConvForward> STRIPS = new StripsConv();
  private static final ConvAlgorithm<ConvForward> DIRECT = new DirectConv();
  private static final ConvAlgorithm<ConvForward> GROUPED = new GroupedConv();
  private static final ConvOptions LAST = ConvOptions.DEFAULT.channelsLast();

  /** Other caches mean other tiles. Lines of more than 120 outputs go in parts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic19 ih13 oc35 kh3 p1",
        "n3 ic19 ih20 iw9 oc35 kh3 s2 p1",
        "n1 ic3 ih41 iw33 oc33 kh7 s2 p3",
        "n2 ic5 ih6 iw260 oc33 kh3 pt2 pb0 pl3 pr1",
        "n1 ic8 iw500 oc40 kw5 s2 p2",
        "n2 ic9 id5 ih6 iw7 oc40 kd3 kh3 p1",
        "n2 ic20 ih14 oc40 kh3 kw2 p1 g2",
        "n0 ic20 ih14 oc40 kh3 p1"
      })
  void stripsAreTheSameWhateverTheCaches(String text) {
    assertExactWhateverTheCaches(STRIPS, text);
  }

  /** Where L2 is small, the long windows are copied in pieces. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic35 ih7 oc37 kh3 p1",
        "n1 ic66 ih7 oc80 kh3 s2 p1",
        "n2 ic200 ih5 oc64 kh3 g2",
        "n1 ic130 iw40 oc33 kw5 d2 p4",
        "n1 ic33 id4 ih4 iw3 oc40 kd3 kh3 p1",
        "n1 ic600 ih1 oc70 kh3 p1",
        "n1 ic80 ih14 oc33 kh3 p1",
        "n2 ic33 id2 ih7 oc40 kd3 kh3 p1",
        "n3 ic17 id1 ih5 oc33 kd2 kh1 pf3 pk3 pt0 pb0 pl0 pr0",
        "n1 ic34 id7 ih3 iw4 oc33 kd3 kh2 s2 d2 pf5 pk1 pt0 pb1 pl2 pr0",
        "n2 ic66 id3 ih2 oc70 kd3 kh3 p1 g2",
        "n0 ic200 ih5 oc64 kh3"
      })
  void rowsAreTheSameWhateverTheCaches(String text) {
    assertExactWhateverTheCaches(ROWS, text);
  }

  /** Where L2 is small, fewer lines are copied at a time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic3 ih41 iw33 oc33 kh7 s2 p3",
        "n1 ic1 ih20 iw13 oc70 kh3 p1",
        "n3 ic3 ih33 iw29 oc17 kh3 kw2 s2 d3 pt9 pb0 pl7 pr4",
        "n1 ic6 ih23 iw31 oc9 kh5 p1 g3",
        "n2 ic2 id2 ih21 iw18 oc40 kd3 kh3 p1",
        "n2 ic4 id3 ih7 iw5 oc34 kd2 kh2 sd2 sh1 sw3 pf3 pk2 pt0 pb2 pl1 pr0 g2",
        "n1 ic200 ih9 iw17 oc64 kh3 p1",
        "n1 ic1 iw500 oc96 kw10 s5",
        "n2 ic2 iw777 oc33 kw4 d5 pl9 pr30",
        "n1 ic3 ih4 iw300 oc17 kh3 p1",
        "n1 ic40 ih9 iw31 oc40 kh3 p1",
        "n0 ic3 ih20 oc32 kh3 p1"
      })
  void directIsTheSameWhateverTheCaches(String text) {
    assertExactWhateverTheCaches(DIRECT, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic128 ih9 iw29 oc128 kh3 p1 g32",
        "n1 ic64 ih8 iw15 oc64 kh3 s2 p1 g8",
        "n1 ic38 ih7 iw13 oc38 kh3 p1 g19",
        "n2 ic33 ih7 iw27 oc33 kh3 p1 g11",
        "n1 ic20 ih6 iw26 oc30 kh3 kw2 s2 d3 pt9 pb0 pl7 pr4 g5",
        "n1 ic6 ih23 iw31 oc12 kh5 p1 g3",
        "n1 ic14 ih5 iw14 oc4 kh3 p4 g2",
        "n1 ic36 ih8 iw9 oc36 kh1 g9",
        "n1 ic5 ih8 iw13 oc6 kh3",
        "n2 ic18 id4 ih5 iw20 oc18 kd3 kh3 p1 g18",
        "n2 ic8 id3 ih7 iw5 oc12 kd2 kh2 sd2 sh1 sw3 pf3 pk2 pt0 pb2 pl1 pr0 g4",
        "n1 ic24 iw700 oc24 kw5 p2 g12",
        "n0 ic8 ih20 oc8 kh3 p1 g4"
      })
  void groupedIsTheSameWhateverTheCaches(String text) {
    assertExactWhateverTheCaches(GROUPED, text);
  }

  private static void assertExactWhateverTheCaches(
      ConvAlgorithm<ConvForward> algorithm, String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Epilogue bias = Epilogue.bias(TestData.integers(s.bias(), 3));
    for (Epilogue epilogue : List.of(bias.relu(), bias.add(TestData.integers(s.y(), 4)).relu())) {
      Tensor expected =
          run(new ReferenceBackend().convForward(s), x, w, epilogue, Parallel.SEQUENTIAL);
      for (Target target : List.of(Targets.best(), smallCache(Targets.best()))) {
        ConvForward plan = algorithm.plan(s, LAST, target);
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
          Tensor y = run(plan, x, w, epilogue, par);
          assertExact(expected, y, text + ", L2 of " + target.machine().l2Bytes());
        }
      }
    }
  }

  private static Target smallCache(Target target) {
    Machine m = target.machine();
    return new Target(
        new Machine(m.arch(), m.cores(), 4 << 10, 64 << 10, m.fma(), m.noSimd()), target.kernels());
  }

  @Test
  void sameBitsWhateverTheCaches() {
    ConvShape s = ConvShape.parse("n2 ic40 ih15 iw13 oc35 kh3 s2 p1");
    Tensor x = TestData.uniform(s.x(), 5);
    Tensor w = TestData.uniform(s.w(), 6);
    Epilogue epilogue = Epilogue.bias(TestData.uniform(s.bias(), 7));
    ConvForward near = STRIPS.plan(s, LAST, Targets.best());
    ConvForward far = STRIPS.plan(s, LAST, smallCache(Targets.best()));
    assertExact(
        run(near, x, w, epilogue, Parallel.SEQUENTIAL),
        run(far, x, w, epilogue, Teams.THREE),
        "near and far");
  }

  @Test
  void saysWhyItIsNotTaken() {
    Target target = Targets.best();
    ConvShape dilated = ConvShape.parse("n1 ic8 ih9 oc32 kh3 d2");
    ConvShape apart = ConvShape.parse("n1 ic8 ih60 oc32 kh2 s2");
    ConvShape narrow = ConvShape.parse("n1 ic8 ih19 oc32 kh3");
    ConvShape heavy = ConvShape.parse("n1 ic512 ih30 oc512 kh3");
    ConvShape shallow = ConvShape.parse("n1 ic8 id2 ih30 oc32 kd3 kh3 p1");
    assertEquals(2.0 / 3, Depth.share(shallow));
    assertEquals(
        "many taps lie before the first plane or behind the last",
        STRIPS.declines(shallow, LAST, target).orElseThrow());
    assertEquals("only 17 outputs in a line", STRIPS.declines(narrow, LAST, target).orElseThrow());
    assertEquals(
        "a group's 2359296 weights would be read again for each line",
        STRIPS.declines(heavy, LAST, target).orElseThrow());
    assertEquals(
        "taps of a row do not lie side by side",
        STRIPS.cannot(dilated, LAST, target).orElseThrow());
    assertEquals(
        "windows side by side do not overlap", STRIPS.declines(apart, LAST, target).orElseThrow());
  }

  @Test
  void saysWhyItIsNotDirect() {
    Target target = Targets.best();
    assertEquals(
        "windows of 16 channels are copied fast",
        DIRECT.declines(ConvShape.parse("n1 ic16 ih20 oc32 kh2"), LAST, target).orElseThrow());
    assertEquals(
        "147 taps: copying is little beside multiplying them",
        DIRECT.declines(ConvShape.parse("n1 ic3 ih20 oc32 kh7"), LAST, target).orElseThrow());
    assertEquals(
        "only 11 outputs in a line",
        DIRECT.declines(ConvShape.parse("n1 ic3 ih13 oc32 kh3"), LAST, target).orElseThrow());
    assertEquals(
        "a table of 65536 taps would be too long",
        DIRECT.cannot(ConvShape.parse("n1 ic16384 ih2 oc1 kh2"), LAST, target).orElseThrow());
    assertEquals(
        "there is one group, and room for more beside it",
        GROUPED.declines(ConvShape.parse("n1 ic4 ih9 oc4 kh3"), LAST, target).orElseThrow());
    assertEquals(
        "groups of more than 8 channels",
        GROUPED.cannot(ConvShape.parse("n1 ic8 ih9 oc18 kh3 g2"), LAST, target).orElseThrow());
  }

  private static Tensor run(ConvForward plan, Tensor x, Tensor w, Epilogue epilogue, Parallel par) {
    Guarded y = Guarded.unwritten(plan.shape().y(), plan.layout());
    Epilogue ours =
        epilogue.residual() == null
            ? epilogue
            : new Epilogue(
                epilogue.bias(), epilogue.residual().copy(plan.layout()), epilogue.activation());
    plan.run(
        x.copy(plan.layout()),
        plan.pack(w),
        ours,
        y.tensor(),
        TestData.workspace(plan.workspace(), par),
        par);
    y.assertGuardsIntact(plan.algorithm());
    return y.tensor().copy(Layout.CHANNELS_FIRST);
  }
}
