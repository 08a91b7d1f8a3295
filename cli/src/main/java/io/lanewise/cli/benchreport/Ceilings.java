package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.cli.page.Html;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the probes beside all rows of one number of threads reached: the roofline's lines are the
 * medians.
 *
 * @param peak of the loop of fused multiply-adds, in 10^9 operations a second
 * @param copy of the copy loop, in 10^9 bytes a second, for each level that a task's data were in
 */
record Ceilings(int threads, Spread peak, Map<MemoryLevel, Spread> copy) {

  /** One for each number of threads that something was measured with, in ascending order. */
  static List<Ceilings> of(List<Row> rows) {
    Map<Integer, List<Row>> byThreads =
        rows.stream()
            .filter(Row::measured)
            .collect(Collectors.groupingBy(Row::threads, TreeMap::new, Collectors.toList()));
    List<Ceilings> ceilings = new ArrayList<>();
    byThreads.forEach(
        (threads, of) -> {
          Map<MemoryLevel, Spread> copy = new EnumMap<>(MemoryLevel.class);
          of.stream()
              .collect(Collectors.groupingBy(Row::level))
              .forEach((level, at) -> copy.put(level, spread(at, Sample::copyGBs)));
          ceilings.add(new Ceilings(threads, spread(of, Sample::peakGflops), copy));
        });
    return ceilings;
  }

  /** Rows of the table that says what the roofline's lines are. */
  static String table(List<Ceilings> all) {
    StringBuilder html = new StringBuilder();
    for (Ceilings c : all) {
      html.append(row(c.threads, "FMA peak", c.peak, "GFLOP/s"));
      c.copy.forEach(
          (level, gbs) -> html.append(row(c.threads, level.label() + " copy", gbs, "GB/s")));
    }
    return html.toString();
  }

  private static String row(int threads, String name, Spread s, String unit) {
    return """
    <tr><th scope="row">%s</th><td>%s</td><td>%s %s</td><td>%s to %s</td><td>%s</td></tr>
    """
        .formatted(
            name,
            threads,
            Figures.number(s.median()),
            unit,
            Figures.number(s.min()),
            Figures.number(s.max()),
            Html.count(s.count()));
  }

  private static Spread spread(Collection<Row> rows, ToDoubleFunction<Sample> value) {
    return Spread.of(rows.stream().flatMap(r -> r.samples().stream()).mapToDouble(value).toArray());
  }
}
