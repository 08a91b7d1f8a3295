package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.platform.Machine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend JVMs of several kinds get, and what they say of it: each a JVM of its own. */
@Timeout(60)
final class BackendChoiceTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String WARNING = "Lanewise runs scalar, many times slower: ";

  @TempDir Path folder;

  @Test
  void withoutTheModuleItRunsScalarAndSaysSoOnce() throws Exception {
    assertScalarAndOneLine(run(), "the module jdk.incubator.vector is not there");
  }

  @Test
  void withoutAnythingButJavaBaseItStillRuns() throws Exception {
    OtherJvm.Output o = run("--limit-modules=java.base");
    assertTrue(o.out().getFirst().startsWith("scalar"), o::toString);
    assertEquals("sum 16.0", o.out().get(1), o::toString);
    assertTrue(String.join("\n", o.err()).contains(WARNING), o::toString);
  }

  @Test
  void anInterpreterRunsScalar() throws Exception {
    assertScalarAndOneLine(run(VECTORS, "-Xint"), "-Xint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-XX:CompilationMode=quick-only"})
  void withoutTheOptimisingCompilerItRunsScalar(String flag) throws Exception {
    assertScalarAndOneLine(run(VECTORS, flag), "C2");
  }

  @Test
  void withoutFusedMultiplyAddItRunsScalar() throws Exception {
    OtherJvm.Output o = run(VECTORS, "-XX:-UseFMA");
    assertTrue(o.out().getFirst().startsWith("scalar without fused multiply-add ("), o::toString);
    assertScalarAndOneLine(o, "no hardware fused multiply-add");
  }

  @Test
  void withTheModuleItRunsSimdAndSaysNothing() throws Exception {
    Assumptions.assumeTrue(Machine.detect().fma(), "no hardware fused multiply-add");
    OtherJvm.Output o = run(VECTORS);
    assertTrue(o.out().getFirst().startsWith("SIMD "), o::toString);
    assertEquals("sum 16.0", o.out().get(1), o::toString);
    assertEquals(List.of(), o.err());
  }

  @Test
  void scalarOnRequestIsNoNews() throws Exception {
    OtherJvm.Output o = run(VECTORS, "-Dlanewise.backend=scalar");
    assertEquals("scalar (asked for with -Dlanewise.backend=scalar)", o.out().getFirst());
    assertEquals(List.of(), o.err());
  }

  @Test
  void aWrongRequestIsAClearErrorEachTime() throws Exception {
    OtherJvm.Output o = run("-Dlanewise.backend=nonsense");
    String error =
        "java.lang.IllegalArgumentException: "
            + "-Dlanewise.backend must be auto, simd or scalar, got 'nonsense'";
    assertEquals(List.of(error, error), o.out());
  }

  @Test
  void simdOnRequestWhereThereIsNoneIsAClearErrorEachTime() throws Exception {
    OtherJvm.Output o = run("-Dlanewise.backend=simd");
    assertEquals(2, o.out().size(), o::toString);
    for (String line : o.out()) {
      String error = "java.lang.UnsupportedOperationException: SIMD cannot run: the module";
      assertTrue(line.startsWith(error), o::toString);
    }
  }

  @Test
  void thisJvmTakesSimdWhereItCan() {
    boolean simd = Machine.detect().noSimd().isEmpty();
    String description = CpuBackend.best().describe();
    assertEquals(simd, description.startsWith("SIMD "), description);
    assertTrue(CpuBackend.scalar().describe().startsWith("scalar"));
  }

  private static void assertScalarAndOneLine(OtherJvm.Output o, String reason) {
    assertEquals(4, o.out().size(), o::toString);
    assertTrue(o.out().getFirst().startsWith("scalar"), o::toString);
    assertTrue(o.out().getFirst().contains(reason), o::toString);
    assertEquals(o.out().subList(0, 2), o.out().subList(2, 4), o::toString);
    assertEquals("sum 16.0", o.out().get(1), o::toString);
    assertEquals(1, o.err().size(), o::toString);
    assertTrue(o.err().getFirst().startsWith("WARNING: " + WARNING), o::toString);
    assertTrue(o.err().getFirst().contains(reason), o::toString);
  }

  private OtherJvm.Output run(String... flags) throws Exception {
    return OtherJvm.run(folder, BackendProbe.class, flags);
  }
}
