package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  @Test
  void aCrashIsSignalAndFrame() {
    assertEquals(
        "SIGSEGV in C  [libonnxruntime.so+0x8f6b52]  OrtRun+0x12",
        LastWords.of(
            """
            loading
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f1, pid=5, tid=6
            #
            # JRE version: OpenJDK Runtime Environment (25.0.3) (build 25.0.3+9-LTS)
            # Problematic frame:
            # C  [libonnxruntime.so+0x8f6b52]  OrtRun+0x12
            #
            # No core dump will be written.
            """
                .lines()
                .toList()));
    assertEquals("SIGILL", LastWords.of(List.of("#  SIGILL (0x4) at pc=0x1, pid=2, tid=3")));
  }

  @Test
  void otherwiseTheLastLines() {
    assertEquals("b | c | d", LastWords.of(List.of("a", "b", "", " c ", "d", "")));
    assertEquals("", LastWords.of(List.of("")));
    assertEquals(303, LastWords.of(List.of("x".repeat(999))).length());
  }
}
