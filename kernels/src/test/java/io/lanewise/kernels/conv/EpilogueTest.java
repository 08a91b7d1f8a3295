package io.lanewise.kernels.conv;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class EpilogueTest {
  private final Tensor bias = Tensor.zeros(3);
  private final Tensor residual = Tensor.zeros(1, 3, 2, 2);

  @Test
  void wordsAddUp() {
    assertEquals(new Epilogue(null, null, Activation.identity()), Epilogue.none());
    assertSame(Epilogue.none(), Epilogue.bias(null).add(null));
    Epilogue all = Epilogue.bias(bias).add(residual).relu();
    assertSame(bias, all.bias());
    assertSame(residual, all.residual());
    assertEquals(Activation.relu(), all.activation());
    assertEquals(
        new Epilogue(null, residual, Activation.identity()), Epilogue.none().add(residual));
  }

  @Test
  void eachWordHasItsActivation() {
    Epilogue e = Epilogue.bias(bias);
    assertEquals(Activation.relu(), e.relu().activation());
    assertEquals(Activation.relu6(), e.relu6().activation());
    assertEquals(Activation.clamp(-1f, 2f), e.clamp(-1f, 2f).activation());
    assertEquals(Activation.leakyRelu(0.1f), e.leakyRelu(0.1f).activation());
    assertEquals(Activation.hardSwish(), e.hardSwish().activation());
    assertEquals(Activation.silu(), e.silu().activation());
    assertEquals(Activation.tanh(), e.activation(Activation.tanh()).activation());
    assertEquals(
        Activation.tanh(),
        e.activation(Activation.identity()).activation(Activation.tanh()).activation());
  }

  @Test
  void theOrderIsFixed() {
    assertRefused(
        () -> Epilogue.none().relu().add(residual),
        "an epilogue ends with its activation, which is relu, got a residual after it");
    assertRefused(() -> Epilogue.none().silu().clamp(0f, 1f), "which is silu, got clamp(0.0,1.0)");
    assertRefused(() -> Epilogue.none().add(residual).add(residual), "one residual, got a second");
    assertThrows(NullPointerException.class, () -> Epilogue.none().activation(null));
    assertThrows(NullPointerException.class, () -> new Epilogue(bias, residual, null));
  }
}
