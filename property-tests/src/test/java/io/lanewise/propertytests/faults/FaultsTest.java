package io.lanewise.propertytests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.faults.Hunt.Catch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law-book notices every seeded fault, and nothing where none is seeded. Which law noticed, and
 * on what shape, goes to {@code target/faults.md}.
 */
@Tag("slow")
class FaultsTest {
  static final List<Fault> FAULTS = Faults.ALL;

  private static final Path TABLE = Path.of("target", "faults.md");
  private static final Map<Fault, Catch> CAUGHT = new LinkedHashMap<>();

  @ParameterizedTest
  @FieldSource("FAULTS")
  void someLawDoesNotHold(Fault fault) {
    Optional<Catch> found = Hunt.of(fault);
    found.ifPresent(c -> CAUGHT.put(fault, c));
    assertTrue(found.isPresent(), () -> "every law holds, but it " + fault.mistake().what());
  }

  static List<String> subjects() {
    return Arrays.stream(Place.values()).map(Place::subject).distinct().toList();
  }

  /** Places of one subject have laws in common: each is checked once. */
  @ParameterizedTest
  @MethodSource("subjects")
  void allLawsHoldWithoutAFault(String subject) {
    LawReport report =
        Hunt.laws(
                law ->
                    Arrays.stream(Place.values())
                        .anyMatch(p -> p.subject().equals(subject) && p.isSubjectOf(law)))
            .cases(Hunt.MOST_CASES)
            .check(new SeededBackend());
    assertTrue(report.holds(), () -> report.failures().toString());
  }

  @Test
  void noFaultIsSeededTwice() {
    assertEquals(FAULTS.size(), FAULTS.stream().distinct().count());
    assertTrue(FAULTS.size() >= 80, "expected at least 80 faults, got " + FAULTS.size());
  }

  @AfterAll
  static void writeTable() throws IOException {
    String rows =
        CAUGHT.entrySet().stream()
            .map(e -> row(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    Files.writeString(
        TABLE, "| fault | the code | law | cases | shrunk |\n|---|---|---|--:|---|\n" + rows);
    long laws = CAUGHT.values().stream().map(Catch::law).distinct().count();
    System.out.printf(
        "%d of %d faults caught, by %d laws: %s%n", CAUGHT.size(), FAULTS.size(), laws, TABLE);
  }

  private static String row(Fault fault, Catch c) {
    String what = fault.mistake().what();
    return "| %s | %s | %s | %d | %s |%n"
        .formatted(fault, what, c.law(), c.cases(), c.shrunk().shape());
  }
}
