package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1-D and 3-D convolutions beside the 2-D ones that compute the same. */
final class ConvRankTest {
  private static final Target TARGET = Targets.best();

  /** Same numbers in the same order: every algorithm is there in both and gives the same bits. */
  @ParameterizedTest
  @CsvSource({
    "n2 ic20 iw50 oc18 kw5 p2,                 n2 ic20 ih1 iw50 oc18 kh1 kw5 pl2 pr2",
    "n1 ic6 iw37 oc9 kw3 s2 d2 pl4 pr1 g3,     n1 ic6 ih1 iw37 oc9 kh1 kw3 sw2 dw2 pl4 pr1 g3",
    "n2 ic17 iw9 oc33 kw1,                     n2 ic17 ih1 iw9 oc33 kh1",
    "n1 ic18 iw31 oc18 kw3 p1 g18,             n1 ic18 ih1 iw31 oc18 kh1 kw3 pl1 pr1 g18",
    "n2 ic17 id1 ih13 iw12 oc18 kd1 kh3 pt1 pb1 pl1 pr1, n2 ic17 ih13 iw12 oc18 kh3 p1",
    "n2 ic5 id1 ih7 iw9 oc6 kd1 kh3 kw2 s2,    n2 ic5 ih7 iw9 oc6 kh3 kw2 s2"
  })
  void likeItsTwoDimensionalSelf(String text, String flat) {
    ConvShape s = ConvShape.parse(text);
    ConvShape twoD = ConvShape.parse(flat);
    for (ConvOptions options : ConvContract.ALL) {
      List<ConvForward> plans = ConvAlgorithms.plans(ConvAlgorithms.FORWARD, s, options, TARGET);
      List<ConvForward> others =
          ConvAlgorithms.plans(ConvAlgorithms.FORWARD, twoD, options, TARGET);
      assertEquals(
          others.stream().map(ConvForward::algorithm).toList(),
          plans.stream().map(ConvForward::algorithm).toList(),
          text);
      for (int i = 0; i < plans.size(); i++) {
        Tensor y = run(plans.get(i));
        Tensor expected = run(others.get(i));
        Tensor got = Tensor.wrap(expected.shape(), expected.layout(), y.array(), 0);
        assertSameBits(expected, got, plans.get(i).algorithm() + ", " + options + ", " + text);
      }
    }
  }

  private static Tensor run(ConvForward plan) {
    ConvShape s = plan.shape();
    // the same values in memory, whatever the rank
    Tensor x = Tensor.wrap(s.x(), plan.layout(), TestData.uniform(s.x(), 1).array(), 0);
    Tensor y = Tensor.zeros(s.y(), plan.layout());
    Epilogue epilogue = Epilogue.bias(TestData.uniform(s.bias(), 2)).relu();
    Workspace ws = TestData.workspace(plan.workspace(), Parallel.SEQUENTIAL);
    plan.run(x, plan.pack(TestData.uniform(s.w(), 3)), epilogue, y, ws, Parallel.SEQUENTIAL);
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "n1 ic16 id16 ih56 oc32 kd3 kh3 p1,           im2strip",
    "n1 ic64 iw1000 oc64 kw5 p2,                  im2strip",
    "n1 ic64 id8 ih28 oc64 kd1 kh1,               pointwise",
    "n1 ic64 id8 ih28 oc64 kd1 kh1 sd2 sh1 sw1,   im2row",
    "n1 ic64 id8 ih28 oc64 kd1 kh3 pt1 pb1 pl1 pr1, winograd-f4x4-3x3",
    "n1 ic64 id8 ih28 oc64 kd3 kh3 p1,            im2strip",
    "n1 ic64 id8 ih28 oc64 kd1 kh3 pt1 pb1 pl1 pr1 g64, depthwise",
    "n1 ic64 id8 ih28 oc64 kd3 kh3 p1 g64,        grouped",
    "n1 ic128 ih56 oc128 kh3 p1 g32,              grouped",
    "n1 ic64 ih7 oc64 kh1 g8,                     grouped",
    "n1 ic512 ih14 oc512 kh3 p1 g32,              im2row",
    "n1 ic3 id16 ih112 oc64 kd3 kh3 p1,           direct",
    "n1 ic1 iw16000 oc512 kw10 s5,                direct",
    "n1 ic64 iw500 oc64 kw3 p1 g64,               depthwise"
  })
  void isChosen(String text, String algorithm) {
    ConvOptions last = ConvOptions.DEFAULT.channelsLast();
    ConvShape s = ConvShape.parse(text);
    ConvForward plan = ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, last, TARGET);
    assertEquals(algorithm, plan.algorithm());
  }

  @Test
  void anAlgorithmForPlanesSaysWhyItRefusesDepth() {
    ConvShape deep = ConvShape.parse("n1 ic64 id8 ih28 oc64 kd3 kh3 p1");
    String why = "windows reach over several planes, or leave some out";
    for (String name : List.of("winograd-f4x4-3x3", "winograd-f2x2-3x3")) {
      assertRefused(() -> forced(deep, name), name + ": " + why);
    }
    ConvShape depthwise = ConvShape.parse("n1 ic64 id8 ih28 oc64 kd3 kh3 p1 g64");
    assertRefused(() -> forced(depthwise, "depthwise"), "depthwise: " + why);
  }

  private static ConvForward forced(ConvShape s, String name) {
    ConvOptions options = ConvOptions.DEFAULT.algorithm(name);
    return ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, options, TARGET);
  }

  @Test
  void aTensorOfAnotherRankIsRefused() {
    ConvShape s = ConvShape.parse("n2 ic4 iw9 oc6 kw3");
    for (ConvOptions options : ConvContract.ALL) {
      ConvForward plan = ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, options, TARGET);
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      Layout layout = options.layout();
      Tensor x = Tensor.zeros(ConvShape.parse("n2 ic4 ih1 iw9 oc6 kh1").x(), layout);
      assertRefused(
          () ->
              plan.run(
                  x,
                  plan.pack(Tensor.zeros(s.w())),
                  Epilogue.none(),
                  Tensor.zeros(s.y(), layout),
                  ws,
                  Parallel.SEQUENTIAL),
          "x must have shape [2, 4, 9], got [2, 4, 1, 9]");
      assertRefused(
          () -> plan.pack(Tensor.zeros(6, 4, 1, 3)),
          "w must have shape [6, 4, 3], got [6, 4, 1, 3]");
    }
  }
}
