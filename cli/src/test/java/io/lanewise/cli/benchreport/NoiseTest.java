package io.lanewise.cli.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTest {
  /** Fork 2 is 10 % slower than fork 1, on a machine that is just as much slower. */
  private static final Row ROW =
      ExampleBench.row(
          Op.CONV,
          "s",
          "lanewise",
          "v",
          new Sample(1, 1, 100, 110, 60),
          new Sample(1, 2, 104, 110, 60),
          new Sample(1, 3, 102, 110, 60),
          new Sample(2, 1, 110, 100, 60),
          new Sample(2, 2, 114.4, 100, 60),
          new Sample(2, 3, 112.2, 100, 60));

  @Test
  void partsOfTheLeast() {
    Noise noise = Noise.of(ROW);
    assertEquals(0.144, noise.times(), 1e-12);
    assertEquals(0.1, noise.forks(), 1e-12);
    assertEquals(0.04, noise.rounds(), 1e-12);
    assertEquals(0.04, noise.shares(), 1e-12);
  }

  @Test
  void oneSampleHasNone() {
    Noise noise = Noise.of(ExampleBench.row(Op.CONV, "s", "x", "v", ROW.samples().getFirst()));
    for (double n : new double[] {noise.times(), noise.forks(), noise.rounds(), noise.shares()}) {
      assertTrue(Double.isNaN(n), () -> "expected NaN, got " + n);
    }
  }

  @Test
  void quartilesAreBetweenNeighbours() {
    Spread s = Spread.of(4, 1, 3, 2);
    assertEquals(new Spread(4, 1, 1.75, 2.5, 3.25, 4), s);
    assertEquals(3, s.range());
    assertEquals(new Spread(1, 7, 7, 7, 7, 7), Spread.of(7));
  }

  @Test
  void stripsHaveADotForEachSampleAndALineForEachFork() {
    Row row = ROW;
    NoiseSection section =
        new NoiseSection(new Lineup(ExampleBench.with(List.of(row))), List.of(row));
    assertEquals("±\u202F10.0\u202F%", section.windowText());
    String table = section.table();
    // The median is 107 ns, so the first sample is 6.5 % to the left of it, of 10 % and 70 wide.
    assertTrue(table.contains("d=\"M28.2 6.0h0M54.4 6.0h0M41.3 6.0h0M93.6 18.0h0"), table);
    assertTrue(section.sentence().contains("by 14.4\u202F% in the median row"), section.sentence());
  }

  @Test
  void theSentenceIsAboutTheMedianRow() {
    List<Row> rows = List.of(twice(1.5), twice(1.1), twice(1.2));
    NoiseSection section = new NoiseSection(new Lineup(ExampleBench.with(rows)), rows);
    // Nine of ten: four fifths of the way from the 20 % of the second row to the 50 % of the third.
    assertTrue(
        section
            .sentence()
            .contains("by 20.0\u202F% in the median row, by 44.0\u202F% or less in nine of ten"),
        section.sentence());
    assertTrue(section.table().startsWith("<tr data-row=\"0\""), "the noisiest row comes first");
  }

  private static Row twice(double factor) {
    return ExampleBench.row(
        Op.CONV,
        "s" + factor,
        "lanewise",
        "v",
        new Sample(1, 1, 100, 131, 60),
        new Sample(1, 2, 100 * factor, 131, 60));
  }

  @Test
  void noSamplesNoSentence() {
    NoiseSection none = new NoiseSection(new Lineup(ExampleBench.with(List.of())), List.of());
    assertEquals("No row has two samples, so nothing is known about the noise.", none.sentence());
    assertEquals(0, none.count());
  }
}
