package io.lanewise.kernels.conv;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The selection policy. */
final class ConvAlgorithmsTest {
  private static final ConvShape SHAPE = ConvShape.parse("ic1 ih1 oc1 kh1");
  private static final ConvOptions ANY = ConvOptions.DEFAULT;

  static Set<ConvShape> shapes() {
    return ConvShapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShapeHasAPlan(ConvShape s) {
    for (Target t : Targets.all()) {
      for (ConvOptions options : ConvContract.STRICT) {
        assertEquals(s, ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, options, t).shape());
        assertEquals(s, ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_DATA, s, options, t).shape());
        assertEquals(
            s, ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_WEIGHTS, s, options, t).shape());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aPlanTellsTheNameOfItsAlgorithmAndItsLayout(ConvShape s) {
    Target t = Targets.best();
    for (ConvOptions options : ConvContract.ALL) {
      for (ConvAlgorithm<ConvForward> a : able(ConvAlgorithms.FORWARD, s, options)) {
        assertEquals(a.name(), a.plan(s, options, t).algorithm());
        assertEquals(options.layout(), a.plan(s, options, t).layout());
      }
      for (ConvAlgorithm<ConvBackwardData> a : able(ConvAlgorithms.BACKWARD_DATA, s, options)) {
        assertEquals(a.name(), a.plan(s, options, t).algorithm());
        assertEquals(options.layout(), a.plan(s, options, t).layout());
      }
      for (ConvAlgorithm<ConvBackwardWeights> a :
          able(ConvAlgorithms.BACKWARD_WEIGHTS, s, options)) {
        assertEquals(a.name(), a.plan(s, options, t).algorithm());
        assertEquals(options.layout(), a.plan(s, options, t).layout());
      }
    }
  }

  private static <P> List<ConvAlgorithm<P>> able(
      List<ConvAlgorithm<P>> list, ConvShape s, ConvOptions options) {
    return ConvContract.able(list, s, options, Targets.best());
  }

  private static final List<ConvAlgorithm<String>> LIST =
      List.of(
          new Named("a", "too small", null),
          new Named("b", null, "slow here"),
          new Named("c", null, null),
          new Named("d", null, null));

  @Test
  void theFirstThatCanAndDoesNotDeclinePlans() {
    assertEquals("plan of c", ConvAlgorithms.plan(LIST, SHAPE, ANY, Targets.best()));
  }

  @Test
  void allThatCanPlanTheChosenOneFirst() {
    assertEquals(
        List.of("plan of c", "plan of b", "plan of d"),
        ConvAlgorithms.plans(LIST, SHAPE, ANY, Targets.best()));
  }

  @Test
  void oneThatIsAskedForPlansThoughItDeclines() {
    ConvOptions b = ANY.algorithm("b");
    assertEquals("plan of b", ConvAlgorithms.plan(LIST, SHAPE, b, Targets.best()));
    assertEquals(List.of("plan of b"), ConvAlgorithms.plans(LIST, SHAPE, b, Targets.best()));
  }

  @Test
  void theExplanationTellsEachVerdict() {
    assertEquals(
        "a: too small\nb: slow here\nc: chosen\nd: not needed\n",
        ConvAlgorithms.explain(LIST, SHAPE, ANY, Targets.best()));
    assertEquals(
        "a: 'b' was asked for\nb: chosen\nc: 'b' was asked for\nd: 'b' was asked for\n",
        ConvAlgorithms.explain(LIST, SHAPE, ANY.algorithm("b"), Targets.best()));
  }

  @Test
  void refusesAnAlgorithmThatCannotOrIsNotThere() {
    assertRefused(
        () -> ConvAlgorithms.plan(LIST, SHAPE, ANY.algorithm("a"), Targets.best()), "too small");
    assertRefused(
        () -> ConvAlgorithms.plan(LIST, SHAPE, ANY.algorithm("e"), Targets.best()),
        "no algorithm computes " + SHAPE);
  }

  private record Named(String name, String cannot, String declines)
      implements ConvAlgorithm<String> {
    @Override
    public Optional<String> cannot(ConvShape shape, ConvOptions options, Target target) {
      return Optional.ofNullable(cannot);
    }

    @Override
    public Optional<String> declines(ConvShape shape, ConvOptions options, Target target) {
      return Optional.ofNullable(declines);
    }

    @Override
    public String plan(ConvShape shape, ConvOptions options, Target target) {
      return "plan of " + name;
    }
  }
}
