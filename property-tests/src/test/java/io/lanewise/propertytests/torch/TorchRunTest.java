package io.lanewise.propertytests.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TorchRunTest {
  private static final String LINE =
      "twice-1 | twice | note=a b=c | floats x [2] 1.5,-0.0 | ints at 3,-1 | out y [2] 1e-06";

  private static TorchRun run(float... expected) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * expected.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : expected) {
      bytes.putFloat(value);
    }
    TorchCase read = new TorchCase(LINE, new TorchNumbers(bytes.array()));
    return new TorchRun(read, new ReferenceBackend());
  }

  private static Tensor two(float first, float second) {
    return Tensor.of(Shape.of(2), first, second);
  }

  private static String refusal(TorchRun run, Tensor got) {
    return assertThrows(AssertionError.class, () -> run.agrees("y", got)).getMessage();
  }

  @Test
  void readsEveryKindOfField() {
    TorchRun run = run(3f, 0f);
    assertEquals("a b=c", run.text("note"));
    assertArrayEquals(new float[] {1.5f, -0f}, run.input("x").toArray());
    assertArrayEquals(new int[] {3, -1}, run.integers("at"));
    run.agrees("y", two(3f, 0f));
    run.requireAll();
  }

  @Test
  void refusesWhatIsOff() {
    run(3f, 0f).agrees("y", two(3f, 0.9e-6f));
    assertEquals(
        "twice-1 on reference (naive loops in float64, for checking): y, element 1 of [2]: expected"
            + " 0.0, got 1.1E-6, 1.10e-06 apart, not within 1.00e-06",
        refusal(run(3f, 0f), two(3f, 1.1e-6f)));
    refusal(run(3f, 0f), two(Float.NaN, 0f));
    refusal(run(3f, 0f), Tensor.of(Shape.of(1), 3f));
  }

  @Test
  void refusesWhatIsNeverCompared() {
    TorchRun run = run(3f, 0f);
    assertEquals(
        "twice-1: never compared y",
        assertThrows(AssertionError.class, run::requireAll).getMessage());
  }

  @Test
  void saysWhatIsNotThere() {
    TorchRun run = run(3f, 0f);
    assertEquals(
        "twice-1 has no 'w', it has x",
        assertThrows(IllegalArgumentException.class, () -> run.input("w")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> run.text("k"));
    assertThrows(AssertionError.class, () -> run.agrees("dx", two(0f, 0f)));
  }
}
