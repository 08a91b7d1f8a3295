package io.lanewise.kernels;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@link PreludeTest} runs: each kind of operator many times with one operator, as a backend's
 * first kernels may, and then with others.
 */
public final class OperatorsProbe {
  private static final VectorSpecies<Float> V = FloatVector.SPECIES_PREFERRED;
  private static final int MANY = 30_000; // the optimising compiler comes after 5,000

  private OperatorsProbe() {}

  /** Prints that it ran; what the compiler lost is in its log. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    String backend = args[0].equals("with") ? CpuBackend.simd().describe() : "none";
    float[] a = new float[V.length()];
    Steps first = x -> x.neg().add(1f);
    List<Steps> others =
        List.of(
            FloatVector::abs,
            x -> x.lanewise(VectorOperators.SQRT),
            x -> x.mul(x),
            x -> x.sub(x),
            x -> x.div(x),
            x -> x.max(x));
    for (int i = 0; i < MANY; i++) {
      run(first, a);
    }
    Thread.sleep(Integer.parseInt(args[1])); // the compiler works in a thread of its own
    for (int i = 0; i < MANY; i++) {
      run(others.get(i % others.size()), a);
    }
    System.out.println("ran, backend: " + backend);
  }

  private interface Steps {
    FloatVector of(FloatVector x);
  }

  private static void run(Steps steps, float[] a) {
    steps.of(FloatVector.fromArray(V, a, 0)).intoArray(a, 0);
  }
}
