package io.lanewise.kernels.activation;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Activations as values: text, equality and what their parameters may be. */
final class ActivationTextTest {
  @Test
  void everyKindIsTested() {
    Set<Activation.Kind> tested =
        Activations.all().stream().map(Activation::kind).collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(Activation.Kind.class), tested);
  }

  @Test
  void textComesBack() {
    for (Activation a : Activations.all()) {
      Activation again = Activation.parse(a.toString());
      assertEquals(a, again);
      assertEquals(a.hashCode(), again.hashCode());
    }
    long different = Activations.all().stream().distinct().count();
    assertEquals(Activations.all().size(), different);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relu | relu",
        "relu6 | relu6",
        "clamp(0,6) | relu6",
        "clamp(-0.0,Infinity) | relu",
        "clamp(-Infinity,Infinity) | identity",
        "clamp(-Infinity,1) | clamp(-Infinity,1.0)",
        "leaky-relu | leaky-relu(0.01)",
        "hard-sigmoid | hard-sigmoid(0.16666667,0.5)",
        "hard-swish | hard-swish",
        "silu | silu",
        "threshold(1,2) | threshold(1.0,2.0)",
        "elu | elu(1.0)",
        "celu | celu(1.0)",
        "gelu-tanh | gelu-tanh",
        "softplus | softplus(1.0,Infinity)",
        "softplus(1,20) | softplus(1.0,20.0)"
      })
  void reads(String text, String canonical) {
    assertEquals(canonical, Activation.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "swish",
        "relu(1)",
        "clamp",
        "clamp(1)",
        "clamp(1,2,3)",
        "clamp(1,2",
        "clamp(1,x)",
        "silu()",
        "leaky-relu(",
        "(1)",
        "Relu",
        "tanh.",
        "''"
      })
  void refusesOtherText(String text) {
    assertRefused(
        () -> Activation.parse(text),
        "not an activation: '"
            + text
            + "'; it must be one of relu6, identity, relu, clamp(min,max)");
  }

  @Test
  void parametersAreChecked() {
    assertRefused(() -> Activation.clamp(2f, 1f), "min=2.0 max=1.0");
    assertRefused(() -> Activation.clamp(Float.NaN, 1f), "min=NaN");
    assertRefused(() -> Activation.clamp(0f, Float.NaN), "max=NaN");
    assertRefused(() -> Activation.leakyRelu(Float.NaN), "slope must be finite, got NaN");
    assertRefused(
        () -> Activation.hardSigmoid(Float.POSITIVE_INFINITY, 0f), "alpha must be finite");
    assertRefused(() -> Activation.hardSigmoid(1f, Float.NaN), "beta must be finite");
    assertRefused(() -> Activation.threshold(Float.NaN, 1f), "threshold must be finite");
    assertRefused(() -> Activation.threshold(1f, Float.NaN), "value must be finite");
    assertRefused(() -> Activation.elu(0f), "alpha must be positive, as must its inverse, got 0.0");
    assertRefused(() -> Activation.celu(Float.MIN_VALUE), "alpha must be positive");
    assertRefused(() -> Activation.softplus(Float.NaN, 20), "beta must be positive");
    assertRefused(() -> Activation.softplus(1, Float.NaN), "threshold must be a number, got NaN");
  }

  @Test
  void equalityLooksAtKindAndParameters() {
    assertNotEquals(Activation.leakyRelu(0.1f), Activation.leakyRelu(0.2f));
    assertNotEquals(Activation.clamp(0f, 1f), Activation.clamp(0f, 2f));
    assertNotEquals(Activation.clamp(0f, 1f), Activation.hardSigmoid(0f, 1f));
    assertFalse(Activation.relu().equals(null));
  }

  @Test
  void onlyThoseThatFoldNeedTheirInput() {
    List<String> need =
        Activations.all().stream()
            .filter(Activation::needsInput)
            .map(Activation::toString)
            .toList();
    assertEquals(
        List.of(
            "leaky-relu(-0.3)",
            "hard-swish",
            "silu",
            "step",
            "threshold(0.5,-0.25)",
            "gelu",
            "gelu-tanh",
            "mish",
            "softplus(1.0,Infinity)",
            "softplus(1.0,20.0)",
            "softplus(2.5,3.0)",
            "softsign"),
        need);
  }
}
