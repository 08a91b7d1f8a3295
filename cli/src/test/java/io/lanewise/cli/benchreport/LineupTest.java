package io.lanewise.cli.benchreport;

import static io.lanewise.cli.benchreport.ExampleBench.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineupTest {
  private static final Sample SAMPLE = new Sample(1, 1, 20_000, 131, 60);

  @Test
  void coloursByContenderMarkersByVariant() {
    Lineup lineup =
        new Lineup(
            ExampleBench.with(
                List.of(
                    row(Op.CONV, "s", "onednn", "nchw", SAMPLE),
                    row(Op.CONV, "s", "lanewise", "direct", SAMPLE),
                    row(Op.CONV, "t", "onednn", "blocked", SAMPLE),
                    row(Op.CONV, "t", "onednn", "nchw", SAMPLE),
                    row(Op.CONV, "s", "stranger", "x", SAMPLE))));
    assertEquals(
        List.of(
            new Lineup.Series(0, "lanewise", "direct", 0, 0),
            new Lineup.Series(2, "onednn", "nchw", 2, 1),
            new Lineup.Series(2, "onednn", "blocked", 2, 2),
            new Lineup.Series(4, "stranger", "x", 4, 3)),
        lineup.series());
    assertEquals(
        new ContenderInfo("stranger", "version not recorded"), lineup.contenders().getLast());
    assertEquals(
        List.of("onednn", "onnxruntime", "stranger"),
        lineup.rivals().stream().map(ContenderInfo::name).toList());
  }

  @Test
  void oursByName() {
    assertTrue(Lineup.ours("lanewise"));
    assertTrue(Lineup.ours("lanewise-scalar"));
    assertFalse(Lineup.ours("lanewiser"));
    assertFalse(Lineup.ours("onednn"));
  }

  @Test
  void ceilingsAreMediansOfOneNumberOfThreads() {
    Row one = row(Op.CONV, "s", "a", "v", sample(1, 100, 10), sample(2, 130, 12));
    Row other = row(Op.CONV, "t", "a", "v", sample(1, 120, 50));
    Row two =
        new Row(
            Op.CONV,
            "s",
            one.uses(),
            1,
            1,
            MemoryLevel.L3,
            "a",
            "v",
            2,
            0.0,
            List.of(sample(1, 240, 20)),
            null);
    Row failed = ExampleBench.failed(Op.CONV, "u", "a", "v", "x");
    List<Ceilings> all = Ceilings.of(List.of(two, one, other, failed));
    assertEquals(List.of(1, 2), all.stream().map(Ceilings::threads).toList());
    assertEquals(120, all.getFirst().peak().median());
    assertEquals(Map.of(MemoryLevel.L2, Spread.of(10, 12, 50)), all.getFirst().copy());
    assertEquals(Map.of(MemoryLevel.L3, Spread.of(20)), all.getLast().copy());
    assertTrue(
        Ceilings.table(all)
            .contains("FMA peak</th><td>1</td><td>120 GFLOP/s</td><td>100 to 130</td><td>3</td>"));
  }

  private static Sample sample(int round, double peak, double copy) {
    return new Sample(1, round, 20_000, peak, copy);
  }
}
