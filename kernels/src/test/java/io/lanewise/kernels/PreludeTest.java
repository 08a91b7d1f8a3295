package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Once there is a SIMD backend, the compiler does not bet on the one operator that vectors happened
 * to meet first; without one it does, which says that the test sees it.
 */
@Timeout(60)
final class PreludeTest {
  @Test
  void theCompilerBetsOnNoOperator(@TempDir Path folder) throws Exception {
    assumeTrue(CpuBackend.best().describe().startsWith("SIMD"), "no vectors here");
    assertEquals(0, lostBets(folder, "with", 200));
    long without = 0;
    for (int pause = 200; without == 0 && pause < 10_000; pause *= 6) { // on a busy machine longer
      without = lostBets(folder, "without", pause);
    }
    assertNotEquals(0, without);
  }

  /** How often compiled code that all operators share was left, since it had bet on one. */
  private static long lostBets(Path folder, String prelude, int pause) throws Exception {
    Path log = folder.resolve(prelude + ".log");
    OtherJvm.Output o =
        OtherJvm.run(
            folder,
            OperatorsProbe.class,
            List.of(prelude, Integer.toString(pause)),
            "--add-modules",
            "jdk.incubator.vector",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+LogCompilation",
            "-XX:LogFile=" + log,
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=log,io.lanewise.None::none");
    assertEquals(1, o.out().size(), o::toString);
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(l -> l.startsWith("<jvms ") && l.contains(" class_check_traps="))
          .filter(l -> l.contains("VectorSupport unaryOp") || l.contains("VectorSupport binaryOp"))
          .count();
    }
  }
}
