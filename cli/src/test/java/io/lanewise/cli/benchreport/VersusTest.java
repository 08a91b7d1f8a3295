package io.lanewise.cli.benchreport;

import static io.lanewise.cli.benchreport.ExampleBench.failed;
import static io.lanewise.cli.benchreport.ExampleBench.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Versus;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersusTest {
  private static final ContenderInfo RIVAL = new ContenderInfo("rival", "1");
  private static final Row OURS = of("lanewise", "direct", 100, 110, 90);

  @Test
  void fastestAgainstFastest() {
    Versus v =
        versus(
            OURS,
            of("lanewise", "slow", 500, 500, 500),
            of("lanewise-scalar", "slow", 900, 900, 900),
            of("rival", "a", 300, 300, 300),
            of("rival", "b", 200, 165, 171));
    assertTrue(v.compared());
    assertEquals("b", v.theirs().variant());
    assertEquals("direct", v.ours().variant());
    assertEquals(1.9, v.ratio(), 1e-12); // the median of 2, 1.5 and 1.9
  }

  @Test
  void aRivalThatFailedSaysWhy() {
    Versus v = versus(OURS, failed(Op.CONV, "s", "rival", "a", "no AVX"));
    assertFalse(v.compared());
    assertTrue(v.tried());
    assertEquals("no AVX", v.why());
  }

  @Test
  void halfARunIsNotCompared() {
    Row half = of("rival", "a", 1, 1, 1);
    Row broken =
        new Row(
            half.op(),
            half.shape(),
            half.uses(),
            half.flops(),
            half.bytes(),
            half.level(),
            half.contender(),
            half.variant(),
            1,
            null,
            null,
            null,
            half.samples(),
            "wrong result in fork 2");
    assertEquals("wrong result in fork 2", versus(OURS, broken).why());
    assertTrue(versus(OURS, broken, of("rival", "b", 100, 110, 90)).compared(), "b is sound");
  }

  @Test
  void aRivalWithoutRowsIsNotTried() {
    Versus v = versus(OURS);
    assertFalse(v.tried());
    assertEquals("not measured: it has no way to compute this", v.why());
  }

  @Test
  void ourOwnFailureIsSaid() {
    Versus v = versus(failed(Op.CONV, "s", "lanewise", "a", "x"), of("rival", "a", 1, 1, 1));
    assertEquals("nothing of ours to compare with", v.why());
  }

  @Test
  void noCommonRound() {
    Row elsewhere = row(Op.CONV, "s", "rival", "a", new Sample(9, 1, 5, 131, 60));
    assertEquals("measured in other rounds than ours", versus(OURS, elsewhere).why());
  }

  @Test
  void ratiosBeyondNumbersAreNone() {
    Versus v = versus(of("lanewise", "a", Double.MIN_VALUE), of("rival", "a", 1e300));
    assertEquals("the times are too far apart for a ratio", v.why());
  }

  private static Versus versus(Row... rows) {
    return Versus.of(new TaskGroup(Op.CONV, "s", 1, List.of(rows)), RIVAL);
  }

  private static Row of(String contender, String variant, double... nanos) {
    Sample[] samples = new Sample[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      samples[i] = new Sample(1, i + 1, nanos[i], 131, 60);
    }
    return row(Op.CONV, "s", contender, variant, samples);
  }
}
