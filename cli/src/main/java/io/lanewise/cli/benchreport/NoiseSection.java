package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.cli.page.Html;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The rows' noise in words, numbers and a strip of dots: one for each sample, a line for each fork,
 * to the right what took longer than the row's median.
 */
final class NoiseSection {
  private static final double HALF_WIDTH = 70;
  private static final double HEIGHT = 24;
  private static final double MARGIN = 4;
  private static final double[] WINDOWS = {0.02, 0.05, 0.1, 0.2, 0.5, 1};

  private final Lineup lineup;
  private final List<Row> rows;
  private final List<Integer> noisiestFirst;
  private final Noise[] noise;
  private final double window;

  /** Rows that were not measured have no noise. */
  NoiseSection(Lineup lineup, List<Row> rows) {
    this.lineup = lineup;
    this.rows = rows;
    this.noise = rows.stream().map(r -> r.measured() ? Noise.of(r) : null).toArray(Noise[]::new);
    this.noisiestFirst =
        IntStream.range(0, rows.size())
            .filter(i -> noise[i] != null)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> noise[i].times() >= 0 ? -noise[i].times() : 1))
            .toList();
    this.window = window();
  }

  /** A row’s noise; only of one that was measured. */
  Noise of(int row) {
    return noise[row];
  }

  /** How many rows have noise. */
  int count() {
    return noisiestFirst.size();
  }

  /** Both ends of the strips, such as "± 5 %". */
  String windowText() {
    return "±\u202F" + Figures.share(window);
  }

  /** What the median and the noisy row look like. */
  String sentence() {
    double[] times =
        noisiestFirst.stream()
            .mapToDouble(i -> noise[i].times())
            .filter(t -> t >= 0)
            .sorted()
            .toArray();
    if (times.length == 0) {
      return "No row has two samples, so nothing is known about the noise.";
    }
    return """
    Slowest and fastest sample of a row differ by %s in the median row, by %s or less in nine \
    of ten. A difference smaller than its row’s noise says nothing.\
    """
        .formatted(
            Figures.share(Spread.quantile(times, 0.5)), Figures.share(Spread.quantile(times, 0.9)));
  }

  /** Rows of the table, the noisiest first. */
  String table() {
    StringBuilder html = new StringBuilder();
    for (int i : noisiestFirst) {
      Row row = rows.get(i);
      Noise n = noise[i];
      html.append(
          """
          <tr data-row="%s"><th scope="row">%s</th><td class="who">%s</td><td>%s</td><td>%s</td>\
          <td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>
          """
              .formatted(
                  i,
                  Html.escape(row.task()),
                  lineup.label(row),
                  row.threads(),
                  strip(row),
                  Html.count(row.samples().size()),
                  Figures.share(n.times()),
                  Figures.share(n.forks()),
                  Figures.share(n.rounds()),
                  Figures.share(n.shares())));
    }
    return html.toString();
  }

  private String strip(Row row) {
    double median = Derived.millis(row) * 1e6;
    List<Integer> forks = row.samples().stream().map(Sample::fork).distinct().sorted().toList();
    StringBuilder dots = new StringBuilder();
    for (Sample s : row.samples()) {
      double part = Math.clamp((s.nanos() / median - 1) / window, -1.0, 1.0);
      double y = (forks.indexOf(s.fork()) + 0.5) * HEIGHT / forks.size();
      dots.append(String.format(Locale.ROOT, "M%.1f %.1fh0", MARGIN + HALF_WIDTH * (1 + part), y));
    }
    return """
    <svg class="strip" viewBox="0 0 %s %s" aria-hidden="true"><path d="M%s 0v%s"/>\
    <path class="dots" d="%s"/></svg>\
    """
        .formatted(
            Math.round(2 * (HALF_WIDTH + MARGIN)),
            Math.round(HEIGHT),
            Math.round(HALF_WIDTH + MARGIN),
            Math.round(HEIGHT),
            dots);
  }

  /** The strips' half width, so that nine of ten rows fit; what does not is drawn at the edge. */
  private double window() {
    double[] furthest =
        rows.stream().filter(Row::measured).mapToDouble(NoiseSection::furthest).sorted().toArray();
    double most = furthest.length == 0 ? 0 : Spread.quantile(furthest, 0.9);
    return DoubleStream.of(WINDOWS)
        .filter(w -> w >= most)
        .findFirst()
        .orElse(WINDOWS[WINDOWS.length - 1]);
  }

  private static double furthest(Row row) {
    double median = Derived.millis(row) * 1e6;
    return row.samples().stream()
        .mapToDouble(s -> Math.abs(s.nanos() / median - 1))
        .max()
        .orElse(0);
  }
}
