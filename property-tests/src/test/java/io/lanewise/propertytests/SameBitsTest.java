package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.kernels.platform.Machine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The promise of the same bits: the weights after an epoch of training do not depend on the number
 * of threads, on the vectors' width, on SIMD or scalar kernels, nor on what the JIT compiled when.
 * Each case is a JVM of its own.
 */
@Tag("slow")
class SameBitsTest {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static String want;

  @BeforeAll
  static void trainOnOneThread() {
    assumeTrue(Machine.detect().fma(), "without a hardware fused multiply-add the bits may differ");
    want = train("", 1).line("weights");
  }

  private static OtherJvm.Run train(String flags, int threads) {
    List<String> all = new ArrayList<>(VECTORS);
    if (!flags.isEmpty()) {
      all.add("-XX:+IgnoreUnrecognizedVMOptions"); // UseAVX means nothing on other processors
      all.addAll(List.of(flags.split(" ", -1)));
    }
    OtherJvm.Run run = OtherJvm.run(TrainOnce.class, all, String.valueOf(threads));
    assertEquals(0, run.exit(), run::output);
    return run;
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "'', 3",
    "-XX:UseAVX=3, 1",
    "-XX:UseAVX=2, 2",
    "-XX:MaxVectorSize=16, 1",
    "-Dlanewise.backend=scalar, 2",
    "-XX:-TieredCompilation, 1",
  })
  void weightsAfterAnEpoch(String flags, int threads) {
    assertEquals(want, train(flags, threads).line("weights"), flags + " threads " + threads);
  }

  @Test
  void theCasesAreWhatTheySay() {
    assumeTrue(Machine.detect().noSimd().isEmpty(), "this JVM has no vectors");
    assertTrue(train("-XX:MaxVectorSize=16", 1).line("backend").startsWith("SIMD 128 bit"));
    assertTrue(train("-Dlanewise.backend=scalar", 1).line("backend").startsWith("scalar"));
  }
}
