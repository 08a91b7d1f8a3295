package io.lanewise.benchmarks.cold;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A network's cold starts without and with a warm-up. */
public record ColdRow(String name, List<ColdSample> cold, List<ColdSample> warm) {
  private static final String HEAD =
      """
      | | ready | warm-up | first run | first result | steady from | steady run |
      |---|--:|--:|--:|--:|--:|--:|
      """;

  /** Copies the lists. */
  public ColdRow {
    cold = List.copyOf(cold);
    warm = List.copyOf(warm);
  }

  /** A Markdown table of medians, in milliseconds, two lines for each row. */
  public static String markdown(List<ColdRow> rows) {
    StringBuilder table = new StringBuilder(HEAD);
    for (ColdRow row : rows) {
      table.append(line(row.name, row.cold)).append(line(row.name + ", warm-up", row.warm));
    }
    return table.toString();
  }

  private static String line(String name, List<ColdSample> samples) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.1f | %.0f | %.0f | %.2f |%n",
        name,
        median(samples, ColdSample::ready),
        median(samples, ColdSample::warmUp),
        median(samples, ColdSample::firstRun),
        median(samples, ColdSample::firstResult),
        median(samples, ColdSample::steadyFrom),
        median(samples, ColdSample::steadyRun));
  }

  private static double median(List<ColdSample> samples, ToDoubleFunction<ColdSample> value) {
    return Medians.of(samples.stream().mapToDouble(value).boxed().toList());
  }
}
