package io.lanewise.kernels.simd;

import static io.lanewise.kernels.micro.ExpConstants.C2;
import static io.lanewise.kernels.micro.ExpConstants.C3;
import static io.lanewise.kernels.micro.ExpConstants.C4;
import static io.lanewise.kernels.micro.ExpConstants.C5;
import static io.lanewise.kernels.micro.ExpConstants.C6;
import static io.lanewise.kernels.micro.ExpConstants.C7;
import static io.lanewise.kernels.micro.ExpConstants.HIGH;
import static io.lanewise.kernels.micro.ExpConstants.LOG2E;
import static io.lanewise.kernels.micro.ExpConstants.LOW;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_HIGH;
import static io.lanewise.kernels.micro.ExpConstants.MINUS_LN2_LOW;
import static io.lanewise.kernels.micro.ExpConstants.ROUND;
import static io.lanewise.kernels.micro.TanhConstants.ONE;
import static io.lanewise.kernels.micro.TanhConstants.P11;
import static io.lanewise.kernels.micro.TanhConstants.P13;
import static io.lanewise.kernels.micro.TanhConstants.P3;
import static io.lanewise.kernels.micro.TanhConstants.P5;
import static io.lanewise.kernels.micro.TanhConstants.P7;
import static io.lanewise.kernels.micro.TanhConstants.P9;
import static io.lanewise.kernels.micro.TanhConstants.SMALL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transcendental functions step by step as {@code ScalarMath} computes them: same operations, same
 * order, same bits.
 *
 * <p>A vector that passes a call is an object. C2 inlines a callee unless the call site is rare in
 * its method or the callee has been compiled to more than 2,500 bytes of machine code; so callers
 * call these from loops in methods of their own, which they enter for whole vectors only, and
 * nothing here grows beyond that.
 */
final class VectorMath {
  private static final VectorSpecies<Float> V = SimdKernels.V;

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector y = expFinite(x.min(HIGH).max(LOW)); // min and max keep NaN
    return y.blend(0f, x.compare(VectorOperators.LT, LOW));
  }

  /** e^x for x in [LOW, HIGH]. */
  private static FloatVector expFinite(FloatVector x) {
    FloatVector t = x.fma(FloatVector.broadcast(V, LOG2E), FloatVector.broadcast(V, ROUND));
    FloatVector j = t.sub(ROUND);
    FloatVector r = j.fma(FloatVector.broadcast(V, MINUS_LN2_HIGH), x);
    r = j.fma(FloatVector.broadcast(V, MINUS_LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(V, C7), FloatVector.broadcast(V, C6));
    p = p.fma(r, FloatVector.broadcast(V, C5));
    p = p.fma(r, FloatVector.broadcast(V, C4));
    p = p.fma(r, FloatVector.broadcast(V, C3));
    p = p.fma(r, FloatVector.broadcast(V, C2));
    p = r.mul(r).fma(p, r).add(1f);
    // p · 2^j: j's bits are the low ones of t. In [LOW, HIGH] the exponent of the product stays in
    // range.
    FloatVector y =
        p.reinterpretAsInts()
            .add(t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
            .reinterpretAsFloats();
    return y.blend(p, p.test(VectorOperators.IS_NAN)); // a NaN's low bits would carry
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector one = FloatVector.broadcast(V, 1f);
    FloatVector a = x.abs();
    FloatVector q = x.mul(x);
    FloatVector p = q.fma(FloatVector.broadcast(V, P13), FloatVector.broadcast(V, P11));
    p = p.fma(q, FloatVector.broadcast(V, P9));
    p = p.fma(q, FloatVector.broadcast(V, P7));
    p = p.fma(q, FloatVector.broadcast(V, P5));
    p = p.fma(q, FloatVector.broadcast(V, P3));
    FloatVector small = a.mul(q).fma(p, a);
    FloatVector c = a.min(ONE);
    FloatVector e = expFinite(c.add(c));
    FloatVector large = one.sub(FloatVector.broadcast(V, 2f).div(e.add(1f)));
    FloatVector y = large.blend(small, a.compare(VectorOperators.LT, SMALL));
    return y.blend(y.neg(), x.test(VectorOperators.IS_NEGATIVE)); // -0, too
  }
}
