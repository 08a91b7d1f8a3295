package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.QuantisedKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Quantising and requantising; C2 turns what the scalar kernels do of the rest into vectors by
 * itself. Codes leave as the lower bytes of floats near 1.5 · 2^23, whose lower bits are an
 * integer. There is no vector of 4 bytes, so at 128 bits everything goes to {@code rest}, as do
 * ends of rows.
 */
final class VectorQuantised implements QuantisedKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, V.vectorShape());
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, V.vectorBitSize() / 4)));
  private static final boolean BYTES_FIT = BYTES.length() == L;

  /** Adding it rounds a float below 2^22 to an integer, halves to even; its lower byte is 0. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** Of the high parts of sums. */
  private static final int RADIX = 4096;

  /** Beyond all codes, and below 2^22. */
  private static final float FAR = 0x1p20f;

  private final QuantisedKernels rest;

  VectorQuantised(QuantisedKernels rest) {
    this.rest = rest;
  }

  private static int whole(int n) {
    return BYTES_FIT ? V.loopBound(n) : 0;
  }

  @Override
  public void quantise(
      int n,
      float[] x,
      int xOff,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    int whole = whole(n);
    if (step == 0 && n > 0 && isMiddling(scales[table])) {
      quantiseAlike(whole, x, xOff, scales, zeros, table, lo, hi, y, yOff);
    } else if (step == 0) {
      whole = 0;
    } else {
      quantiseEach(whole, x, xOff, scales, zeros, table, lo, hi, y, yOff);
    }
    int at = table + whole * step;
    rest.quantise(n - whole, x, xOff + whole, scales, zeros, at, step, lo, hi, y, yOff + whole);
  }

  /** True if no step of {@link #quantiseAlike} leaves the normal floats where its result counts. */
  private static boolean isMiddling(float scale) {
    return scale > 0x1p-64f && scale < 0x1p64f;
  }

  /**
   * By one scale. A quotient of vectors takes 16 cycles; the product with the inverse, corrected
   * twice by the remainder, is rounded as the quotient is (Markstein, Computation of elementary
   * functions on the IBM RISC System/6000 processor, IBM Journal of Research and Development 34(1),
   * 1990: the last step, since the inverse is the nearest float and the one before is within an
   * ulp). Far from the codes, where infinities and NaN are, {@code rest} divides.
   */
  private void quantiseAlike(
      int n,
      float[] x,
      int xOff,
      float[] scales,
      float[] zeros,
      int table,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    float scale = scales[table];
    float inverse = 1 / scale;
    int zero = (int) zeros[table];
    int least = ROUND_BITS + lo - zero;
    int most = ROUND_BITS + hi - zero;
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(V, x, xOff + i);
      FloatVector q0 = v.mul(inverse);
      if (q0.abs().compare(VectorOperators.LT, FAR).allTrue()) {
        FloatVector minus = FloatVector.broadcast(V, -scale);
        FloatVector by = FloatVector.broadcast(V, inverse);
        FloatVector q1 = minus.fma(q0, v).fma(by, q0);
        FloatVector q2 = minus.fma(q1, v).fma(by, q1);
        IntVector bits = q2.add(ROUND).reinterpretAsInts().max(least).min(most).add(zero);
        ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
      } else {
        rest.quantise(L, x, xOff + i, scales, zeros, table, 0, lo, hi, y, yOff + i);
      }
    }
  }

  private static void quantiseEach(
      int n,
      float[] x,
      int xOff,
      float[] scales,
      float[] zeros,
      int table,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      FloatVector zero = FloatVector.fromArray(V, zeros, table + i);
      FloatVector least = FloatVector.broadcast(V, lo).sub(zero);
      FloatVector most = FloatVector.broadcast(V, hi).sub(zero);
      FloatVector q =
          FloatVector.fromArray(V, x, xOff + i).div(FloatVector.fromArray(V, scales, table + i));
      FloatVector low = q.blend(least, q.compare(VectorOperators.LT, least));
      FloatVector in = low.blend(most, low.compare(VectorOperators.GT, most));
      FloatVector code = in.add(ROUND).add(zero);
      FloatVector none = zero.add(ROUND);
      IntVector bits = code.blend(none, q.compare(VectorOperators.NE, q)).reinterpretAsInts();
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
  }

  @Override
  public void dequantise(
      int n,
      byte[] x,
      int xOff,
      boolean signed,
      float[] scales,
      float[] zeros,
      int table,
      int step,
      float[] y,
      int yOff) {
    int whole = whole(n);
    if (step == 0 && n > 0) {
      widen(whole, x, xOff, signed, zeros[table], scales[table], y, yOff);
    } else {
      dequantiseEach(whole, x, xOff, signed, scales, zeros, table, y, yOff);
    }
    int at = table + whole * step;
    rest.dequantise(n - whole, x, xOff + whole, signed, scales, zeros, at, step, y, yOff + whole);
  }

  private static void dequantiseEach(
      int n,
      byte[] x,
      int xOff,
      boolean signed,
      float[] scales,
      float[] zeros,
      int table,
      float[] y,
      int yOff) {
    int flip = signed ? 0 : 0x80; // u - 128 has a sign
    float shift = signed ? 0 : 128;
    for (int i = 0; i < n; i += L) {
      ByteVector b = ByteVector.fromArray(BYTES, x, xOff + i);
      FloatVector q = (FloatVector) b.lanewise(VectorOperators.XOR, (byte) flip).castShape(V, 0);
      q.add(shift)
          .sub(FloatVector.fromArray(V, zeros, table + i))
          .mul(FloatVector.fromArray(V, scales, table + i))
          .intoArray(y, yOff + i);
    }
  }

  @Override
  public void widen(int n, byte[] x, int xOff, boolean signed, int zero, float[] y, int yOff) {
    int whole = whole(n);
    widen(whole, x, xOff, signed, zero, 1, y, yOff);
    rest.widen(n - whole, x, xOff + whole, signed, zero, y, yOff + whole);
  }

  /** {@code y = (x - zero) · factor}, of whole vectors. */
  private static void widen(
      int n, byte[] x, int xOff, boolean signed, float zero, float factor, float[] y, int yOff) {
    int flip = signed ? 0 : 0x80; // u - 128 has a sign
    float shift = signed ? -zero : 128 - zero;
    for (int i = 0; i < n; i += L) {
      ByteVector b = ByteVector.fromArray(BYTES, x, xOff + i);
      FloatVector q = (FloatVector) b.lanewise(VectorOperators.XOR, (byte) flip).castShape(V, 0);
      q.add(shift).mul(factor).intoArray(y, yOff + i);
    }
  }

  @Override
  public void fold(int n, float[] part, int partOff, float[] sums, int high, int low) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector p = FloatVector.fromArray(V, part, partOff + i);
      FloatVector h = p.mul(1f / RADIX).add(ROUND).sub(ROUND);
      FloatVector.fromArray(V, sums, high + i).add(h).intoArray(sums, high + i);
      FloatVector l = p.sub(h.mul(RADIX));
      FloatVector.fromArray(V, sums, low + i).add(l).intoArray(sums, low + i);
    }
    rest.fold(n - whole, part, partOff + whole, sums, high + whole, low + whole);
  }

  @Override
  public void accumulate(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      int step,
      int[] y,
      int yOff) {
    rest.accumulate(n, sums, high, low, bias, biasOff, step, y, yOff);
  }

  @Override
  public void requantise(
      int rows,
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    int whole = whole(n);
    int least = ROUND_BITS + lo - zero;
    int most = ROUND_BITS + hi - zero;
    for (int row = 0; row < rows * n; row += n) {
      int from = low + row;
      int to = yOff + row;
      if (step == 0 && high < 0) {
        one(whole, sums, from, bias[biasOff], scales[at], zero, least, most, y, to);
      } else if (step == 0) {
        int h = high + row;
        oneOfTwo(whole, sums, h, from, bias[biasOff], scales[at], zero, least, most, y, to);
      } else if (high < 0) {
        each(whole, sums, from, bias, biasOff, scales, at, zero, least, most, y, to);
      } else {
        int h = high + row;
        eachOfTwo(whole, sums, h, from, bias, biasOff, scales, at, zero, least, most, y, to);
      }
      if (whole < n) {
        rest.requantise(
            1,
            n - whole,
            sums,
            high < 0 ? high : high + row + whole,
            low + row + whole,
            bias,
            biasOff + whole * step,
            scales,
            at + whole * step,
            step,
            zero,
            lo,
            hi,
            y,
            yOff + row + whole);
      }
    }
  }

  /** Of one row; the lower bits of ROUND plus a number below 2^22 are the number's, rounded. */
  private static void each(
      int n,
      float[] sums,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int zero,
      int least,
      int most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector sum =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      IntVector biased = sum.add(IntVector.fromArray(INTS, bias, biasOff + i));
      FloatVector q =
          ((FloatVector) biased.convert(VectorOperators.I2F, 0))
              .mul(FloatVector.fromArray(V, scales, at + i));
      IntVector bits = q.add(ROUND).reinterpretAsInts().max(least).min(most).add(zero);
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
  }

  private static void one(
      int n,
      float[] sums,
      int low,
      int bias,
      float scale,
      int zero,
      int least,
      int most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector sum =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      FloatVector q = ((FloatVector) sum.add(bias).convert(VectorOperators.I2F, 0)).mul(scale);
      IntVector bits = q.add(ROUND).reinterpretAsInts().max(least).min(most).add(zero);
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
  }

  /** As {@link #each}, of sums in two parts. */
  private static void eachOfTwo(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int zero,
      int least,
      int most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector h =
          (IntVector) FloatVector.fromArray(V, sums, high + i).convert(VectorOperators.F2I, 0);
      IntVector l =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      IntVector sum = h.mul(RADIX).add(l);
      IntVector biased = sum.add(IntVector.fromArray(INTS, bias, biasOff + i));
      FloatVector q =
          ((FloatVector) biased.convert(VectorOperators.I2F, 0))
              .mul(FloatVector.fromArray(V, scales, at + i));
      IntVector bits = q.add(ROUND).reinterpretAsInts().max(least).min(most).add(zero);
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
  }

  /** As {@link #one}, of sums in two parts. */
  private static void oneOfTwo(
      int n,
      float[] sums,
      int high,
      int low,
      int bias,
      float scale,
      int zero,
      int least,
      int most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector h =
          (IntVector) FloatVector.fromArray(V, sums, high + i).convert(VectorOperators.F2I, 0);
      IntVector l =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      IntVector sum = h.mul(RADIX).add(l);
      FloatVector q = ((FloatVector) sum.add(bias).convert(VectorOperators.I2F, 0)).mul(scale);
      IntVector bits = q.add(ROUND).reinterpretAsInts().max(least).min(most).add(zero);
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
  }

  @Override
  public void requantiseFixed(
      int n,
      float[] sums,
      int high,
      int low,
      int[] bias,
      int biasOff,
      int[] multipliers,
      int[] shifts,
      int at,
      int step,
      int zero,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    rest.requantiseFixed(
        n, sums, high, low, bias, biasOff, multipliers, shifts, at, step, zero, lo, hi, y, yOff);
  }

  @Override
  public void scale(
      int n,
      float[] sums,
      int high,
      int low,
      float factor,
      float[] scales,
      int at,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff) {
    rest.scale(n, sums, high, low, factor, scales, at, bias, biasOff, y, yOff);
  }

  @Override
  public float dynamicCodes(int n, float[] x, int xOff, float[] y, int yOff) {
    return rest.dynamicCodes(n, x, xOff, y, yOff);
  }
}
