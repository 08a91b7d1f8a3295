package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  static Set<ConvShape> shapes() {
    return ConvShapes.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theLastAlgorithmAcceptsEveryShape(ConvShape s) {
    for (Target t : Targets.all()) {
      assertEquals(Optional.empty(), ConvAlgorithms.FORWARD.getLast().rejects(s, t));
      assertEquals(Optional.empty(), ConvAlgorithms.BACKWARD_DATA.getLast().rejects(s, t));
      assertEquals(Optional.empty(), ConvAlgorithms.BACKWARD_WEIGHTS.getLast().rejects(s, t));
    }
  }

  @Test
  void aPlanTellsTheNameOfItsAlgorithm() {
    Target t = Targets.best();
    for (ConvAlgorithm<ConvForward> a : ConvAlgorithms.FORWARD) {
      if (a.rejects(SHAPE, t).isEmpty()) {
        assertEquals(a.name(), a.plan(SHAPE, t).algorithm());
      }
    }
    for (ConvAlgorithm<ConvBackwardData> a : ConvAlgorithms.BACKWARD_DATA) {
      if (a.rejects(SHAPE, t).isEmpty()) {
        assertEquals(a.name(), a.plan(SHAPE, t).algorithm());
      }
    }
    for (ConvAlgorithm<ConvBackwardWeights> a : ConvAlgorithms.BACKWARD_WEIGHTS) {
      if (a.rejects(SHAPE, t).isEmpty()) {
        assertEquals(a.name(), a.plan(SHAPE, t).algorithm());
      }
    }
  }

  @Test
  void theFirstThatDoesNotRejectPlans() {
    List<ConvAlgorithm<String>> list =
        List.of(new Named("a", "too small"), new Named("b", null), new Named("c", null));
    assertEquals("plan of b", ConvAlgorithms.plan(list, SHAPE, Targets.best()));
  }

  @Test
  void allThatDoNotRejectPlan() {
    List<ConvAlgorithm<String>> list =
        List.of(new Named("a", null), new Named("b", "too small"), new Named("c", null));
    assertEquals(
        List.of("plan of a", "plan of c"), ConvAlgorithms.plans(list, SHAPE, Targets.best()));
  }

  @Test
  void theExplanationTellsEachVerdict() {
    List<ConvAlgorithm<String>> list =
        List.of(new Named("a", "too small"), new Named("b", null), new Named("c", null));
    assertEquals(
        "a: too small\nb: chosen\nc: not needed\n",
        ConvAlgorithms.explain(list, SHAPE, Targets.best()));
  }

  @Test
  void aListThatRejectsAShapeIsOurMistake() {
    List<ConvAlgorithm<String>> list = List.of(new Named("a", "too small"));
    AssertionError e =
        assertThrows(AssertionError.class, () -> ConvAlgorithms.plan(list, SHAPE, Targets.best()));
    assertTrue(e.getMessage().contains(SHAPE.toString()), e.getMessage());
  }

  private record Named(String name, String reason) implements ConvAlgorithm<String> {
    @Override
    public Optional<String> rejects(ConvShape shape, Target target) {
      return Optional.ofNullable(reason);
    }

    @Override
    public String plan(ConvShape shape, Target target) {
      return "plan of " + name;
    }
  }
}
