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
      int scalesOff,
      float[] zeros,
      int zerosOff,
      int lo,
      int hi,
      byte[] y,
      int yOff) {
    int whole = whole(n);
    for (int i = 0; i < whole; i += L) {
      FloatVector zero = FloatVector.fromArray(V, zeros, zerosOff + i);
      FloatVector least = FloatVector.broadcast(V, lo).sub(zero);
      FloatVector most = FloatVector.broadcast(V, hi).sub(zero);
      FloatVector q =
          FloatVector.fromArray(V, x, xOff + i)
              .div(FloatVector.fromArray(V, scales, scalesOff + i));
      FloatVector low = q.blend(least, q.compare(VectorOperators.LT, least));
      FloatVector in = low.blend(most, low.compare(VectorOperators.GT, most));
      FloatVector code = in.add(ROUND).add(zero);
      FloatVector none = zero.add(ROUND);
      IntVector bits = code.blend(none, q.compare(VectorOperators.NE, q)).reinterpretAsInts();
      ((ByteVector) bits.castShape(BYTES, 0)).intoArray(y, yOff + i);
    }
    rest.quantise(
        n - whole,
        x,
        xOff + whole,
        scales,
        scalesOff + whole,
        zeros,
        zerosOff + whole,
        lo,
        hi,
        y,
        yOff + whole);
  }

  @Override
  public void dequantise(
      int n,
      byte[] x,
      int xOff,
      boolean signed,
      float[] scales,
      int scalesOff,
      float[] zeros,
      int zerosOff,
      float[] y,
      int yOff) {
    int whole = whole(n);
    int flip = signed ? 0 : 0x80; // u - 128 has a sign
    float shift = signed ? 0 : 128;
    for (int i = 0; i < whole; i += L) {
      ByteVector b = ByteVector.fromArray(BYTES, x, xOff + i);
      FloatVector q = (FloatVector) b.lanewise(VectorOperators.XOR, (byte) flip).castShape(V, 0);
      q.add(shift)
          .sub(FloatVector.fromArray(V, zeros, zerosOff + i))
          .mul(FloatVector.fromArray(V, scales, scalesOff + i))
          .intoArray(y, yOff + i);
    }
    rest.dequantise(
        n - whole,
        x,
        xOff + whole,
        signed,
        scales,
        scalesOff + whole,
        zeros,
        zerosOff + whole,
        y,
        yOff + whole);
  }

  @Override
  public void widen(int n, byte[] x, int xOff, boolean signed, int zero, float[] y, int yOff) {
    rest.widen(n, x, xOff, signed, zero, y, yOff);
  }

  @Override
  public void fold(int n, float[] part, int partOff, float[] sums, int high, int low) {
    rest.fold(n, part, partOff, sums, high, low);
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
    int whole = high < 0 ? whole(n) : 0; // two parts are rare
    int least = lo - zero;
    int most = hi - zero;
    if (step == 0 && n > 0) {
      one(whole, sums, low, bias[biasOff], scales[at], zero, least, most, y, yOff);
    } else {
      each(whole, sums, low, bias, biasOff, scales, at, zero, least, most, y, yOff);
    }
    rest.requantise(
        n - whole,
        sums,
        high < 0 ? high : high + whole,
        low + whole,
        bias,
        biasOff + whole * step,
        scales,
        at + whole * step,
        step,
        zero,
        lo,
        hi,
        y,
        yOff + whole);
  }

  private static void each(
      int n,
      float[] sums,
      int low,
      int[] bias,
      int biasOff,
      float[] scales,
      int at,
      int zero,
      float least,
      float most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector sum =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      IntVector biased = sum.add(IntVector.fromArray(INTS, bias, biasOff + i));
      FloatVector q =
          ((FloatVector) biased.convert(VectorOperators.I2F, 0))
              .mul(FloatVector.fromArray(V, scales, at + i));
      FloatVector in = q.max(least).min(most);
      IntVector bits = in.add(ROUND).add(zero).reinterpretAsInts();
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
      float least,
      float most,
      byte[] y,
      int yOff) {
    for (int i = 0; i < n; i += L) {
      IntVector sum =
          (IntVector) FloatVector.fromArray(V, sums, low + i).convert(VectorOperators.F2I, 0);
      FloatVector q = ((FloatVector) sum.add(bias).convert(VectorOperators.I2F, 0)).mul(scale);
      FloatVector in = q.max(least).min(most);
      IntVector bits = in.add(ROUND).add(zero).reinterpretAsInts();
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
