package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector at the end of a row, which may have fewer elements than lanes: the lanes beyond repeat
 * the last element, and are not stored.
 *
 * <p>Why not masks: where masks from two branches meet, or an access under a mask crosses the
 * array's end, C2 may keep them as objects, and then each run allocates (seen on JDK 25, in some
 * starts of the JVM and not in others).
 */
final class VectorTail {
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int[] NEIGHBOURS = lanes(1);

  private VectorTail() {}

  /** [count][lane]: the offsets of {@code count} elements {@code step} apart, the last repeated. */
  static int[] lanes(int step) {
    int[] lanes = new int[(L + 1) * L];
    for (int count = 1; count <= L; count++) {
      for (int lane = 0; lane < L; lane++) {
        lanes[count * L + lane] = Math.min(lane, count - 1) * step;
      }
    }
    return lanes;
  }

  /** The next {@code count} elements, or a whole vector if there are more. */
  static FloatVector load(float[] src, int at, int count) {
    return count >= L
        ? FloatVector.fromArray(V, src, at)
        : FloatVector.fromArray(V, src, at, NEIGHBOURS, count * L);
  }

  /** Stores what {@link #load} loaded. */
  static void store(FloatVector v, float[] dst, int at, int count) {
    if (count >= L) {
      v.intoArray(dst, at);
    } else {
      for (int lane = 0; lane < count; lane++) {
        dst[at + lane] = v.lane(lane);
      }
    }
  }
}
