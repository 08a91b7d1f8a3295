package io.lanewise.cli.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Use;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CeilingsTest {

  @Test
  void mediansOverTheSamplesOfOneNumberOfThreads() {
    Row failed = ExampleBench.failed(Op.CONV, "u", "a", "v", "x");
    List<Ceilings> all =
        Ceilings.of(
            List.of(
                row("s", MemoryLevel.L3, 2, sample(1, 240, 20)),
                row("s", MemoryLevel.L2, 1, sample(1, 100, 10), sample(2, 130, 12)),
                row("t", MemoryLevel.L2, 1, sample(1, 120, 50)),
                row("u", MemoryLevel.L1, 1, sample(1, 140, 61)),
                failed));
    assertEquals(List.of(1, 2), all.stream().map(Ceilings::threads).toList());
    assertEquals(Spread.of(100, 130, 120, 140), all.getFirst().peak());
    assertEquals(
        Map.of(MemoryLevel.L1, Spread.of(61), MemoryLevel.L2, Spread.of(10, 12, 50)),
        all.getFirst().copy());
    assertEquals(Map.of(MemoryLevel.L3, Spread.of(20)), all.getLast().copy());
    String table = Ceilings.table(all);
    assertTrue(
        table.contains("FMA peak</th><td>1</td><td>125 GFLOP/s</td><td>100 to 140</td><td>4</td>"),
        table);
    assertTrue(
        table.contains("L2 copy</th><td>1</td><td>12.0 GB/s</td><td>10.0 to 50.0</td><td>3</td>"),
        table);
  }

  private static Row row(String shape, MemoryLevel level, int threads, Sample... samples) {
    List<Use> uses = List.of(new Use("f", 1));
    return new Row(
        Op.CONV,
        shape,
        uses,
        1,
        1,
        level,
        "a",
        "v",
        threads,
        0.0,
        0.0,
        null,
        List.of(samples),
        null);
  }

  private static Sample sample(int round, double peak, double copy) {
    return new Sample(1, round, 20_000, peak, copy);
  }
}
