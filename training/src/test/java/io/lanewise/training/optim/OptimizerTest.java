package io.lanewise.training.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps computed by hand; the same against PyTorch in PyTorchStepTest. */
class OptimizerTest {
  private static Parameter parameter(float value) {
    Parameter p = new Parameter("w", Shape.of(1));
    p.set(Tensor.of(Shape.of(1), value));
    return p;
  }

  private static float step(Optimizer o, Parameter p, float grad, double factor) {
    p.grad().fill(grad);
    o.step(List.of(p), factor);
    return p.value().get(0);
  }

  @Test
  void plainSgd() {
    assertEquals(0.75f, step(Sgd.withLearningRate(0.5), parameter(1f), 0.5f, 1));
    assertEquals(0.875f, step(Sgd.withLearningRate(0.5), parameter(1f), 0.5f, 0.5));
  }

  @Test
  void momentumKeepsGoing() {
    Sgd o = Sgd.withLearningRate(1).momentum(0.5);
    Parameter p = parameter(0f);
    assertEquals(-1f, step(o, p, 1f, 1)); // v = 1
    assertEquals(-1.5f, step(o, p, 0f, 1)); // v = 0.5
    assertEquals(-1.75f, step(o, p, 0f, 1)); // v = 0.25
  }

  @Test
  void nesterovLooksAhead() {
    Sgd o = Sgd.withLearningRate(1).momentum(0.5).nesterov();
    Parameter p = parameter(0f);
    assertEquals(-1.5f, step(o, p, 1f, 1)); // v = 1, step 1 + 0.5 · 1
    assertEquals(-1.75f, step(o, p, 0f, 1)); // v = 0.5, step 0.25
  }

  @Test
  void decayPullsTowardsZero() {
    assertEquals(1f, step(Sgd.withLearningRate(0.5).weightDecay(1), parameter(2f), 0f, 1));
  }

  @Test
  void adamsFirstStepIsTheLearningRate() {
    // m and v, freed from their start, are g and g²: the step is rate · g / (|g| + epsilon).
    assertEquals(1f - 0.1f, step(Adam.withLearningRate(0.1), parameter(1f), 3f, 1), 1e-7f);
    assertEquals(1f + 0.1f, step(Adam.withLearningRate(0.1), parameter(1f), -0.02f, 1), 1e-6f);
    assertEquals(1f, step(Adam.withLearningRate(0.1), parameter(1f), 0f, 1));
  }

  @Test
  void adamsSecondStepByHand() {
    Adam o = Adam.withLearningRate(0.1).betas(0.5, 0.75).epsilon(0);
    Parameter p = parameter(0f);
    step(o, p, 1f, 1); // m = 0.5, v = 0.25, freed 1 and 1: w = -0.1
    // m = 0.25 + 1 = 1.25, freed by 0.75: 5/3; v = 0.1875 + 1 = 1.1875, freed by 0.4375: 19/7.
    double want = -0.1 - 0.1 * (5.0 / 3) / Math.sqrt(19.0 / 7);
    assertEquals(want, step(o, p, 2f, 1), 1e-7);
  }

  @Test
  void eachParameterHasAStateOfItsOwn() {
    Sgd o = Sgd.withLearningRate(1).momentum(0.5);
    Parameter a = parameter(0f);
    Parameter b = parameter(0f);
    step(o, a, 1f, 1);
    assertEquals(0f, step(o, b, 0f, 1));
  }

  @Test
  void schedules() {
    assertEquals(1, LearningRate.constant().factor(7, 10));
    assertEquals(1, LearningRate.cosine().factor(0, 10));
    assertEquals(0.5, LearningRate.cosine().factor(5, 10), 1e-15);
    assertEquals(0, LearningRate.cosine().factor(10, 10), 1e-15);
    assertEquals(1, LearningRate.decay(3, 0.1).factor(2, 10));
    assertEquals(0.01, LearningRate.decay(3, 0.1).factor(8, 10), 1e-15);
  }

  @Test
  void refusesWrongSettings() {
    assertEquals(
        "learning rate must be 0 or more, got -1.0",
        assertThrows(IllegalArgumentException.class, () -> Sgd.withLearningRate(-1)).getMessage());
    assertEquals(
        "learning rate must be 0 or more, got NaN",
        assertThrows(IllegalArgumentException.class, () -> Adam.withLearningRate(Double.NaN))
            .getMessage());
    assertEquals(
        "momentum must be in [0, 1.0], got 1.5",
        assertThrows(IllegalArgumentException.class, () -> Sgd.withLearningRate(1).momentum(1.5))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Adam.withLearningRate(1).betas(1, 0.9));
    assertThrows(IllegalArgumentException.class, () -> LearningRate.decay(0, 0.5));
  }
}
