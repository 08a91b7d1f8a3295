package io.lanewise.kernels.quantised;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** All 65,536 values of both formats, the floats half-way between them, and their neighbours. */
final class HalfFloatsTest {
  private static final int CODES = 1 << 16;

  /** A format's value by its definition, in float64. */
  private static double value(int bits, int fractionBits, int bias) {
    int fraction = bits & ((1 << fractionBits) - 1);
    int exponent = (bits & 0x7fff) >>> fractionBits;
    int most = 0x7fff >>> fractionBits;
    double magnitude;
    if (exponent == most) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, 1 - bias - fractionBits);
    } else {
      double significand = fraction + (1 << fractionBits);
      magnitude = Math.scalb(significand, exponent - bias - fractionBits);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void backIsExact() {
    for (int bits = 0; bits < CODES; bits++) {
      assertEquals(value(bits, 10, 15), HalfFloats.fromFloat16((short) bits), 0.0);
      assertEquals(value(bits, 7, 127), HalfFloats.fromBfloat16((short) bits), 0.0);
      float f = HalfFloats.fromFloat16((short) bits);
      assertEquals(bits >= 0x8000, Float.floatToRawIntBits(f) < 0, "the sign of " + bits);
    }
  }

  @Test
  void thereAndBackKeepsAllBits() {
    for (int bits = 0; bits < CODES; bits++) {
      float half = HalfFloats.fromFloat16((short) bits);
      float upper = HalfFloats.fromBfloat16((short) bits);
      if (Float.isNaN(half)) {
        assertTrue(Float.isNaN(HalfFloats.fromFloat16(HalfFloats.toFloat16(half))));
      } else {
        assertEquals((short) bits, HalfFloats.toFloat16(half));
      }
      if (Float.isNaN(upper)) {
        assertTrue(Float.isNaN(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(upper))));
      } else {
        assertEquals((short) bits, HalfFloats.toBfloat16(upper));
      }
    }
  }

  /** Neighbouring values are neighbouring codes; what lies half-way goes to the even one. */
  @Test
  void betweenTwoTheNearerAndHalvesToEven() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      double low = value(bits, 10, 15);
      double high = bits == 0x7bff ? 65536 : value(bits + 1, 10, 15);
      float half = (float) ((low + high) / 2);
      int even = bits + (bits & 1);
      for (int sign = 0; sign <= 0x8000; sign += 0x8000) {
        float s = sign == 0 ? 1 : -1;
        assertEquals((short) (even | sign), HalfFloats.toFloat16(s * half));
        assertEquals((short) (bits | sign), HalfFloats.toFloat16(s * Math.nextDown(half)));
        assertEquals((short) ((bits + 1) | sign), HalfFloats.toFloat16(s * Math.nextUp(half)));
      }
    }
    for (int bits = 0; bits < 0x7f80; bits++) {
      float half = Float.intBitsToFloat((bits << 16) + 0x8000);
      int even = bits + (bits & 1);
      for (int sign = 0; sign <= 0x8000; sign += 0x8000) {
        float s = sign == 0 ? 1 : -1;
        assertEquals((short) (even | sign), HalfFloats.toBfloat16(s * half));
        assertEquals((short) (bits | sign), HalfFloats.toBfloat16(s * Math.nextDown(half)));
        assertEquals((short) ((bits + 1) | sign), HalfFloats.toBfloat16(s * Math.nextUp(half)));
      }
    }
  }

  @Test
  void aNanWithALowFractionStaysOne() {
    float nan = Float.intBitsToFloat(0x7f800001);
    assertTrue(Float.isNaN(HalfFloats.fromBfloat16(HalfFloats.toBfloat16(nan))));
    assertTrue(Float.isNaN(HalfFloats.fromFloat16(HalfFloats.toFloat16(nan))));
  }
}
