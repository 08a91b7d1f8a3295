package io.lanewise.cli.benchreport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.TaskGroup;
import io.lanewise.benchmarks.result.Use;
import io.lanewise.benchmarks.result.Versus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The numbers that the page's scripts draw, filter and sort by, as JSON for a script element. What
 * is not finite is null.
 */
final class BenchData {
  private static final JsonFactory JSON = new JsonFactory();

  private BenchData() {}

  /** The whole object; it has no {@code <}, so it cannot end its element. */
  static String json(
      Lineup lineup,
      List<Row> rows,
      NoiseSection noise,
      List<TaskGroup> tasks,
      List<List<Versus>> versus) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("contenders");
      for (ContenderInfo c : lineup.contenders()) {
        json.writeStartObject();
        json.writeStringField("name", c.name());
        json.writeNumberField("tone", lineup.tone(c));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("series");
      for (Lineup.Series s : lineup.series()) {
        json.writeStartObject();
        json.writeNumberField("contender", s.contender());
        json.writeStringField("name", s.name() + " " + s.variant());
        json.writeNumberField("tone", s.tone());
        json.writeNumberField("mark", s.mark());
        json.writeEndObject();
      }
      json.writeEndArray();
      ceilings(json, Ceilings.of(rows));
      rows(json, lineup, rows, noise);
      tasks(json, tasks, versus);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString().replace("<", "\\u003c");
  }

  private static void ceilings(JsonGenerator json, List<Ceilings> all) throws IOException {
    json.writeArrayFieldStart("ceilings");
    for (Ceilings c : all) {
      json.writeStartObject();
      json.writeNumberField("threads", c.threads());
      number(json, "peak", c.peak().median());
      json.writeArrayFieldStart("levels");
      for (Map.Entry<MemoryLevel, Spread> level : c.copy().entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", level.getKey().label());
        number(json, "gbs", level.getValue().median());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rows(JsonGenerator json, Lineup lineup, List<Row> rows, NoiseSection noise)
      throws IOException {
    json.writeArrayFieldStart("rows");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      json.writeStartObject();
      place(json, row.op().option(), row.shape(), row.uses(), row.threads());
      json.writeNumberField("contender", lineup.contender(row.contender()));
      json.writeNumberField("series", lineup.series(row));
      json.writeStringField("level", row.level().label());
      number(json, "intensity", Derived.intensity(row));
      number(json, "error", row.worstError() == null ? Double.NaN : row.worstError());
      number(json, "rms", row.rmsError() == null ? Double.NaN : row.rmsError());
      number(json, "allocated", row.allocatedBytes() == null ? Double.NaN : row.allocatedBytes());
      json.writeBooleanField("failed", row.failure() != null);
      if (row.measured()) {
        number(json, "ms", Derived.millis(row));
        number(json, "gflops", Derived.gflops(row));
        number(json, "gbs", Derived.gigabytes(row));
        number(json, "ofPeak", Derived.shareOfPeak(row));
        number(json, "ofBandwidth", Derived.shareOfBandwidth(row));
        number(json, "noise", noise.of(i).times());
        number(json, "forks", noise.of(i).forks());
        number(json, "rounds", noise.of(i).rounds());
        number(json, "shares", noise.of(i).shares());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void tasks(JsonGenerator json, List<TaskGroup> tasks, List<List<Versus>> versus)
      throws IOException {
    json.writeArrayFieldStart("tasks");
    for (int t = 0; t < tasks.size(); t++) {
      TaskGroup task = tasks.get(t);
      json.writeStartObject();
      place(json, task.op().option(), task.shape(), task.uses(), task.threads());
      json.writeArrayFieldStart("ratios");
      for (Versus v : versus.get(t)) {
        number(json, v.ratio());
      }
      json.writeEndArray();
      number(json, "worst", RivalBars.worst(versus.get(t)));
      number(json, "best", AlgorithmBars.best(task));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void place(
      JsonGenerator json, String op, String shape, List<Use> uses, int threads) throws IOException {
    json.writeStringField("op", op);
    json.writeStringField("shape", shape);
    json.writeArrayFieldStart("files");
    for (Use use : uses) {
      json.writeString(use.file());
    }
    json.writeEndArray();
    json.writeNumberField("threads", threads);
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    number(json, value);
  }

  private static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
