package io.lanewise.propertytests.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promise of the same bits, in JVMs of every kind. */
@Tag("slow")
class BitsLawsTest {
  /** One object: each JVM runs once. */
  private static final BitsLaws LAWS = new BitsLaws(BackendName.of("best"), BitCases.OPS);

  @Test
  void everyOperationHasTheSameBitsInEveryJvm() {
    LawReport report = LawBook.of(LAWS.all()).check(Backend.best());
    assertTrue(report.holds(), report::toString);
    Map<String, Verdict> verdicts = new TreeMap<>();
    report.results().forEach(r -> verdicts.put(r.law().name(), r.verdict()));
    assertEquals(Setting.ALL.size(), verdicts.size());
    assertEquals(Verdict.HOLDS, verdicts.get("bits.plain"));
    assertEquals(Verdict.HOLDS, verdicts.get("bits.interpreter"));
    if (Machine.detect().arch().equals("amd64")) {
      assertEquals(Verdict.HOLDS, verdicts.get("bits.avx2"), verdicts::toString);
    }
    assertEquals(BitCases.OPS.size(), report.results().getFirst().cases());
  }

  @ParameterizedTest
  @CsvSource({"plain", "avx2", "128-bit", "no-module", "c2"})
  void weightsAfterAnEpoch(String setting) {
    assumeTrue(Machine.detect().fma(), "without a hardware fused multiply-add the bits may differ");
    Setting.ALL.stream()
        .filter(s -> s.name().equals(setting))
        .findFirst()
        .orElseThrow()
        .skipped()
        .ifPresent(why -> assumeTrue(false, why));
    Case c = repeat(LAWS.all(), "bits." + setting, BitCases.LONG_OP);
    assertEquals(Verdict.HOLDS, c.verdict(), c::toString);
  }

  private static Case repeat(List<Law<String>> laws, String law, String op) {
    return LawBook.of(laws).repeat(law, op, 1, Backend.best());
  }

  @Test
  void theSettingsAreWhatTheySay() {
    assumeTrue(Machine.detect().noSimd().isEmpty(), "this JVM has no vectors");
    Map<String, String> backends = new TreeMap<>();
    for (Setting s : Setting.ALL) {
      if (s.skipped().isEmpty()
          && List.of("128-bit", "avx2", "no-module", "c1", "interpreter").contains(s.name())) {
        backends.put(s.name(), LAWS.fingerprint(s, "linear").backend());
      }
    }
    assertTrue(backends.get("128-bit").startsWith("SIMD 128 bit"), backends::toString);
    for (String scalar : List.of("no-module", "c1", "interpreter")) {
      assertTrue(backends.get(scalar).startsWith("scalar ("), backends::toString);
    }
    if (Machine.detect().arch().equals("amd64")) {
      assertTrue(backends.get("avx2").startsWith("SIMD 256 bit"), backends::toString);
    }
  }

  @Test
  void simdIsNotOfferedWhereItCannotRun() {
    assumeTrue(Machine.detect().noSimd().isEmpty(), "this JVM has no vectors");
    List<Law<String>> simd = new BitsLaws(BackendName.of("simd"), List.of("linear")).all();
    Case c = repeat(simd, "bits.c1", "linear");
    assertEquals(Verdict.NOT_OFFERED, c.verdict(), c::toString);
    assertTrue(c.detail().orElseThrow().contains("C2 is off"), c::toString);
  }
}
