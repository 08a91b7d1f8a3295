package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.NarrowKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two panels of two vectors: four chains hide half of a multiply-add's latency, enough for weights
 * that stream from L2 or beyond. Bytes and halves of floats are widened in registers (a load that
 * extends the sign and a conversion, or a shift). There is no vector of 4 bytes, so at 128 bits
 * bytes are widened into L1 first, as are the 16-bit floats of IEEE 754, for which the Vector API
 * has no conversion while C2 turns the loop into one.
 */
final class VectorNarrow implements NarrowKernels {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, V.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(V.vectorBitSize() / 2));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, V.vectorBitSize() / 4)));
  private static final boolean BYTES_FIT = BYTES.length() == L;

  private final NarrowKernels rest;

  VectorNarrow(NarrowKernels rest) {
    this.rest = rest;
  }

  @Override
  public int columns() {
    return 2 * L;
  }

  @Override
  public void int8(int k, float[] x, int xOff, byte[] w, int wOff, int panel, float[] y, int yOff) {
    if (BYTES_FIT) {
      bytes(k, x, xOff, w, wOff, wOff + panel, y, yOff);
    } else {
      rest.int8(k, x, xOff, w, wOff, panel, y, yOff);
    }
  }

  private static void bytes(
      int k, float[] x, int xOff, byte[] w, int w0, int w2, float[] y, int yOff) {
    FloatVector s0 = FloatVector.fromArray(V, y, yOff);
    FloatVector s1 = FloatVector.fromArray(V, y, yOff + L);
    FloatVector s2 = FloatVector.fromArray(V, y, yOff + 2 * L);
    FloatVector s3 = FloatVector.fromArray(V, y, yOff + 3 * L);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      int at = p * 2 * L;
      s0 = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + at).castShape(V, 0)).fma(v, s0);
      s1 = ((FloatVector) ByteVector.fromArray(BYTES, w, w0 + at + L).castShape(V, 0)).fma(v, s1);
      s2 = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + at).castShape(V, 0)).fma(v, s2);
      s3 = ((FloatVector) ByteVector.fromArray(BYTES, w, w2 + at + L).castShape(V, 0)).fma(v, s3);
    }
    s0.intoArray(y, yOff);
    s1.intoArray(y, yOff + L);
    s2.intoArray(y, yOff + 2 * L);
    s3.intoArray(y, yOff + 3 * L);
  }

  @Override
  public void bfloat16(
      int k, float[] x, int xOff, short[] w, int wOff, int panel, float[] y, int yOff) {
    halves(k, x, xOff, w, wOff, wOff + panel, y, yOff);
  }

  private static void halves(
      int k, float[] x, int xOff, short[] w, int w0, int w2, float[] y, int yOff) {
    FloatVector s0 = FloatVector.fromArray(V, y, yOff);
    FloatVector s1 = FloatVector.fromArray(V, y, yOff + L);
    FloatVector s2 = FloatVector.fromArray(V, y, yOff + 2 * L);
    FloatVector s3 = FloatVector.fromArray(V, y, yOff + 3 * L);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      int at = p * 2 * L;
      s0 = upper(w, w0 + at).fma(v, s0);
      s1 = upper(w, w0 + at + L).fma(v, s1);
      s2 = upper(w, w2 + at).fma(v, s2);
      s3 = upper(w, w2 + at + L).fma(v, s3);
    }
    s0.intoArray(y, yOff);
    s1.intoArray(y, yOff + L);
    s2.intoArray(y, yOff + 2 * L);
    s3.intoArray(y, yOff + 3 * L);
  }

  private static FloatVector upper(short[] w, int at) {
    return ((IntVector) ShortVector.fromArray(SHORTS, w, at).castShape(INTS, 0))
        .lanewise(VectorOperators.LSHL, Short.SIZE)
        .reinterpretAsFloats();
  }

  @Override
  public void floats(
      int k, float[] x, int xOff, float[] w, int wOff, int panel, float[] y, int yOff) {
    int second = wOff + panel;
    FloatVector s0 = FloatVector.fromArray(V, y, yOff);
    FloatVector s1 = FloatVector.fromArray(V, y, yOff + L);
    FloatVector s2 = FloatVector.fromArray(V, y, yOff + 2 * L);
    FloatVector s3 = FloatVector.fromArray(V, y, yOff + 3 * L);
    for (int p = 0; p < k; p++) {
      FloatVector v = FloatVector.broadcast(V, x[xOff + p]);
      int at = p * 2 * L;
      s0 = FloatVector.fromArray(V, w, wOff + at).fma(v, s0);
      s1 = FloatVector.fromArray(V, w, wOff + at + L).fma(v, s1);
      s2 = FloatVector.fromArray(V, w, second + at).fma(v, s2);
      s3 = FloatVector.fromArray(V, w, second + at + L).fma(v, s3);
    }
    s0.intoArray(y, yOff);
    s1.intoArray(y, yOff + L);
    s2.intoArray(y, yOff + 2 * L);
    s3.intoArray(y, yOff + 3 * L);
  }

  @Override
  public void widenInt8(int n, byte[] src, int srcOff, float[] dst, int dstOff) {
    rest.widenInt8(n, src, srcOff, dst, dstOff);
  }

  @Override
  public void widenBfloat16(int n, short[] src, int srcOff, float[] dst, int dstOff) {
    int whole = V.loopBound(n);
    for (int i = 0; i < whole; i += L) {
      upper(src, srcOff + i).intoArray(dst, dstOff + i);
    }
    rest.widenBfloat16(n - whole, src, srcOff + whole, dst, dstOff + whole);
  }

  @Override
  public void widenFloat16(int n, short[] src, int srcOff, float[] dst, int dstOff) {
    rest.widenFloat16(n, src, srcOff, dst, dstOff);
  }
}
