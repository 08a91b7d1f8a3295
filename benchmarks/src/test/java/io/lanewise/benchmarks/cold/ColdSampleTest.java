package io.lanewise.benchmarks.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColdSampleTest {
  @Test
  void moments() {
    ColdSample s = ColdSample.parse("100 150 40 13 12 10 11 10 10 10");
    assertEquals(50, s.warmUp());
    assertEquals(190, s.firstResult());
    assertEquals(10, s.steadyRun());
    assertEquals(150 + 40 + 13 + 12, s.steadyFrom(), "12 is the first of at most 1.2 times 10");
    ColdSample alone = ColdSample.parse("100 100 7.5");
    assertEquals(107.5, alone.steadyFrom());
    assertEquals(7.5, alone.steadyRun());
  }

  @Test
  void refusesWhatIsNotOne() {
    assertEquals(
        "expected two moments and some runs, got '1 2'",
        assertThrows(IllegalArgumentException.class, () -> ColdSample.parse("1 2")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> ColdSample.parse("Error: no"));
  }

  @Test
  void tableOfMedians() {
    ColdSample a = ColdSample.parse("100 100 40 10 10 10");
    ColdSample b = ColdSample.parse("200 300 10 10 10 10");
    String table = ColdRow.markdown(List.of(new ColdRow("net", List.of(a, b), List.of(b, b, a))));
    assertEquals(
        List.of(
            "| net | 150 | 50 | 25.0 | 225 | 230 | 10.00 |",
            "| net, warm-up | 200 | 100 | 10.0 | 310 | 310 | 10.00 |"),
        table.lines().skip(2).toList());
  }

  @Test
  void aNetworkHasLayers() {
    assertEquals(
        "there is no convolution in gemm",
        assertThrows(IllegalArgumentException.class, () -> new ColdStart.Network("gemm", List.of()))
            .getMessage());
  }
}
