package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.cli.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who took part, in a fixed order, and how each is drawn: a contender has a colour (bench.css), a
 * variant of it a marker (bench.html, and in the same order bench.js). Markers are not used twice
 * before all are used, so that who cannot tell the colours has them.
 */
final class Lineup {
  private static final int TONES = 8;
  private static final int MARKS = 11;

  private final List<ContenderInfo> contenders = new ArrayList<>();
  private final List<Series> series = new ArrayList<>();
  private final Map<String, Integer> contenderOf = new LinkedHashMap<>();
  private final Map<List<String>, Integer> seriesOf = new LinkedHashMap<>();

  /** One variant of one contender. */
  record Series(int contender, String name, String variant, int tone, int mark) {}

  Lineup(BenchResult result) {
    result.contenders().forEach(this::add);
    for (Row row : result.rows()) {
      if (!contenderOf.containsKey(row.contender())) {
        add(new ContenderInfo(row.contender(), "version not recorded"));
      }
    }
    for (ContenderInfo contender : contenders) {
      for (Row row : result.rows()) {
        List<String> key = List.of(row.contender(), row.variant());
        if (row.contender().equals(contender.name()) && !seriesOf.containsKey(key)) {
          int place = contenderOf.get(row.contender());
          int mark = series.size() % MARKS;
          seriesOf.put(key, series.size());
          series.add(new Series(place, row.contender(), row.variant(), place % TONES, mark));
        }
      }
    }
  }

  private void add(ContenderInfo contender) {
    if (contenderOf.putIfAbsent(contender.name(), contenders.size()) == null) {
      contenders.add(contender);
    }
  }

  /** Those that the run names, then those that only its rows name. */
  List<ContenderInfo> contenders() {
    return contenders;
  }

  /** All but our own. */
  List<ContenderInfo> rivals() {
    return contenders.stream().filter(c -> !ContenderInfo.ours(c.name())).toList();
  }

  /** Place of a contender in {@link #contenders}. */
  int contender(String name) {
    return contenderOf.get(name);
  }

  /** Number of a contender's colour. */
  int tone(ContenderInfo contender) {
    return contender(contender.name()) % TONES;
  }

  /** All variants, by contender. */
  List<Series> series() {
    return series;
  }

  /** Place of a row's variant in {@link #series}. */
  int series(Row row) {
    return seriesOf.get(List.of(row.contender(), row.variant()));
  }

  /** A row's marker, contender and variant, as markup. */
  String label(Row row) {
    Series s = series.get(series(row));
    return "%s%s <span class=\"variant\">%s</span>"
        .formatted(mark(s.tone, s.mark), Html.escape(s.name), Html.escape(s.variant));
  }

  /** A contender's colour and name, as markup. */
  String label(ContenderInfo contender) {
    return "<span class=\"swatch t%s\"></span>%s"
        .formatted(tone(contender), Html.escape(contender.name()));
  }

  private static String mark(int tone, int mark) {
    return """
    <svg class="mark t%s" viewBox="0 0 14 14" aria-hidden="true"><use href="#m%s"/></svg>\
    """
        .formatted(tone, mark);
  }
}
