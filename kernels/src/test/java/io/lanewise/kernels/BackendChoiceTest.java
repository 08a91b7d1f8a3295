package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.platform.Machine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  /** What a JVM printed, without the JVM's own remark on incubator modules. */
  private record Output(List<String> out, List<String> err) {}

  @Test
  void withoutTheModuleItRunsScalarAndSaysSoOnce() throws Exception {
    assertScalarAndOneLine(run(), "the module jdk.incubator.vector is not there");
  }

  @Test
  void withoutAnythingButJavaBaseItStillRuns() throws Exception {
    Output o = run("--limit-modules=java.base");
    assertTrue(o.out.getFirst().startsWith("scalar"), o::toString);
    assertEquals("sum 16.0", o.out.get(1), o::toString);
    assertTrue(String.join("\n", o.err).contains(WARNING), o::toString);
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
    Output o = run(VECTORS, "-XX:-UseFMA");
    assertTrue(o.out.getFirst().startsWith("scalar without fused multiply-add ("), o::toString);
    assertScalarAndOneLine(o, "no hardware fused multiply-add");
  }

  @Test
  void withTheModuleItRunsSimdAndSaysNothing() throws Exception {
    Assumptions.assumeTrue(Machine.detect().fma(), "no hardware fused multiply-add");
    Output o = run(VECTORS);
    assertTrue(o.out.getFirst().startsWith("SIMD "), o::toString);
    assertEquals("sum 16.0", o.out.get(1), o::toString);
    assertEquals(List.of(), o.err);
  }

  @Test
  void scalarOnRequestIsNoNews() throws Exception {
    Output o = run(VECTORS, "-Dlanewise.backend=scalar");
    assertEquals("scalar (asked for with -Dlanewise.backend=scalar)", o.out.getFirst());
    assertEquals(List.of(), o.err);
  }

  @Test
  void aWrongRequestIsAClearErrorEachTime() throws Exception {
    Output o = run("-Dlanewise.backend=nonsense");
    String error =
        "java.lang.IllegalArgumentException: "
            + "-Dlanewise.backend must be auto, simd or scalar, got 'nonsense'";
    assertEquals(List.of(error, error), o.out);
  }

  @Test
  void simdOnRequestWhereThereIsNoneIsAClearErrorEachTime() throws Exception {
    Output o = run("-Dlanewise.backend=simd");
    assertEquals(2, o.out.size(), o::toString);
    for (String line : o.out) {
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

  private static void assertScalarAndOneLine(Output o, String reason) {
    assertEquals(4, o.out.size(), o::toString);
    assertTrue(o.out.getFirst().startsWith("scalar"), o::toString);
    assertTrue(o.out.getFirst().contains(reason), o::toString);
    assertEquals(o.out.subList(0, 2), o.out.subList(2, 4), o::toString);
    assertEquals("sum 16.0", o.out.get(1), o::toString);
    assertEquals(1, o.err.size(), o::toString);
    assertTrue(o.err.getFirst().startsWith("WARNING: " + WARNING), o::toString);
    assertTrue(o.err.getFirst().contains(reason), o::toString);
  }

  private Output run(String... flags) throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n");
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classPath(), BackendProbe.class.getName()));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, () -> "still running: " + command);
    return new Output(lines(out), lines(err));
  }

  private static List<String> lines(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.filter(l -> !l.isBlank() && !l.contains("Using incubator modules")).toList();
    }
  }

  private static String classPath() throws URISyntaxException {
    return location(CpuBackend.class) + File.pathSeparator + location(BackendProbe.class);
  }

  private static Path location(Class<?> c) throws URISyntaxException {
    return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
