package io.lanewise.onnx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.onnx.conformance.ConformanceResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ONNX project's own cases, as Debian's package libonnx-testdata has them. */
class ConformanceTest {
  private static final Path DATA = Path.of("/usr/share/libonnx-testdata/data");

  @ParameterizedTest
  @CsvSource({"node, 915", "simple, 21", "pytorch-converted, 82", "pytorch-operator, 35"})
  void nothingFailsOnTheHost(String suite, int leastPassed) throws IOException {
    if (!Files.isDirectory(DATA)) {
      assumeTrue(
          !Boolean.getBoolean("lanewise.ci"), "package libonnx-testdata must be installed in CI");
      assumeTrue(false, "package libonnx-testdata is not installed");
    }
    List<ConformanceResult> results =
        Conformance.cases(DATA.resolve(suite)).stream()
            .map(c -> c.check(ModelExecutor.HOST, Tolerance.DEFAULT))
            .toList();
    String failed = report(results, Outcome.FAILED);
    assertEquals("", failed, () -> report(results, Outcome.UNSUPPORTED));
    long passed = results.stream().filter(r -> r.outcome() == Outcome.PASSED).count();
    assertTrue(passed >= leastPassed, () -> passed + ":\n" + report(results, Outcome.UNSUPPORTED));
  }

  private static String report(List<ConformanceResult> results, Outcome outcome) {
    return results.stream()
        .filter(r -> r.outcome() == outcome)
        .map(r -> r.name() + ": " + r.reason())
        .collect(Collectors.joining("\n"));
  }
}
