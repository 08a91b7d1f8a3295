package io.lanewise.cli.benchreport;

import static io.lanewise.cli.benchreport.ExampleBench.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Sample;
import java.util.List;
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
    assertTrue(ContenderInfo.ours("lanewise"));
    assertTrue(ContenderInfo.ours("lanewise-scalar"));
    assertFalse(ContenderInfo.ours("lanewiser"));
    assertFalse(ContenderInfo.ours("onednn"));
  }
}
