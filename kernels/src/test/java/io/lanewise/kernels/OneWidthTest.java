package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The kernels' vectors of floats are of one class: with a second one the compiler may leave vectors
 * of any kernel on the heap (ADR 6). Narrower ones may be loaded only to be converted.
 */
final class OneWidthTest {
  private static final Path SIMD =
      Path.of("").toAbsolutePath().resolve("src/main/java/io/lanewise/kernels/simd");

  private static final Pattern SPECIES =
      Pattern.compile("VectorSpecies<Float>(\\w+)=([^;]*);|FloatVector\\.SPECIES_\\w+");

  private static final Pattern CONVERTED =
      Pattern.compile(
          "fromArray\\(H,\\w+,[^()]*\\)\\.convertShape\\(|D2F,H,0\\)\\.convertShape\\(");

  @Test
  void vectorsOfFloatsAreOfOneClass() throws IOException {
    List<String> others = new ArrayList<>();
    for (Path file : sources()) {
      String name = file.getFileName().toString();
      String code = Files.readString(file).replaceAll("\\s+", "");
      SPECIES
          .matcher(code)
          .results()
          .filter(m -> !"SimdKernels.V".equals(m.group(2)))
          .map(m -> name + " " + m.group(1))
          .forEach(others::add);
    }
    others.sort(null);
    assertEquals(List.of("SimdKernels.java V", "VectorNormSums.java H"), others);
  }

  @Test
  void halfVectorsAreOnlyConverted() throws IOException {
    String code = Files.readString(SIMD.resolve("VectorNormSums.java")).replaceAll("\\s+", "");
    String rest = CONVERTED.matcher(code).replaceAll("");
    assertFalse(rest.contains("(H,") || rest.contains(",H,"), rest);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(SIMD)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    }
  }
}
