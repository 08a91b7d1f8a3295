package io.lanewise.kernels.conv;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class EpilogueTest {
  @Test
  void limitsAreOrderedNumbers() {
    assertRefused(() -> new Epilogue(null, 2f, 1f), "min=2.0 max=1.0");
    assertRefused(() -> new Epilogue(null, Float.NaN, 1f), "min=NaN");
    assertRefused(() -> Epilogue.none().clamp(0f, Float.NaN), "max=NaN");
  }

  @Test
  void wordsSetTheLimitsAndKeepTheBias() {
    Tensor bias = Tensor.zeros(3);
    assertFalse(Epilogue.none().clamps());
    assertFalse(Epilogue.bias(bias).clamps());
    assertNull(Epilogue.bias(null).bias());
    Epilogue relu = Epilogue.bias(bias).relu();
    assertTrue(relu.clamps());
    assertSame(bias, relu.bias());
    assertEquals(0f, relu.min());
    assertEquals(Float.POSITIVE_INFINITY, relu.max());
    assertEquals(new Epilogue(bias, 0f, 6f), Epilogue.bias(bias).relu6());
    assertTrue(Epilogue.none().clamp(Float.NEGATIVE_INFINITY, 1f).clamps());
    assertTrue(Epilogue.none().clamp(3f, 3f).clamps());
  }
}
