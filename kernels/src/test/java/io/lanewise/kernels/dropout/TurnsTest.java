package io.lanewise.kernels.dropout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TurnsTest {
  @Test
  void sinesOfPartsOfATurn() {
    int parts = 1 << 12;
    for (int i = 0; i < 2 * parts; i++) {
      double turn = (double) i / parts;
      double want = Math.sin(2 * Math.PI * (turn % 1));
      assertEquals(want, Turns.sine(turn), 9e-16, "turn " + turn); // the argument is rounded, too
    }
  }

  @Test
  void quartersAreExact() {
    double[] want = {0, 1, 0, -1, 0};
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], Turns.sine(0.25 * i) + 0.0, "quarter " + i);
    }
  }
}
