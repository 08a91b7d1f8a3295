package io.lanewise.cli.benchreport;

import static io.lanewise.cli.benchreport.ExampleBench.failed;
import static io.lanewise.cli.benchreport.ExampleBench.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.JvmInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.benchmarks.result.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the scripts read, and what text from outside may do to the page. */
class BenchDataTest {
  private static final String HOSTILE =
      "</script><script>alert('x')</script><!--\" onload=\"y&amp;{{style}}\u2028\\";
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void rowsTasksAndCeilings() throws IOException {
    JsonNode data =
        data(
            ExampleBench.with(
                List.of(
                    row(Op.CONV, "s", "lanewise", "a", new Sample(1, 1, 20_000, 125, 60)),
                    row(Op.CONV, "s", "onednn", "b", new Sample(1, 1, 10_000, 125, 60)),
                    failed(Op.CONV, "s", "onnxruntime", "c", "crashed"))));
    assertEquals("lanewise-scalar", data.at("/contenders/1/name").asText());
    assertEquals("onednn b", data.at("/series/1/name").asText());
    JsonNode row = data.at("/rows/0");
    assertEquals("conv", row.get("op").asText());
    assertEquals("resnet50", row.at("/files/0").asText());
    assertEquals(0.02, row.get("ms").asDouble());
    assertEquals(100, row.get("gflops").asDouble());
    assertEquals(50, row.get("gbs").asDouble());
    assertEquals(2, row.get("intensity").asDouble());
    assertEquals(0.8, row.get("ofPeak").asDouble(), 1e-12);
    assertTrue(row.get("noise").isNull(), "one sample has no noise");
    assertFalse(data.at("/rows/2").has("ms"));
    assertTrue(data.at("/rows/2/failed").asBoolean());
    assertEquals(0.5, data.at("/tasks/0/ratios/0").asDouble());
    assertTrue(data.at("/tasks/0/ratios/1").isNull());
    assertEquals(0.5, data.at("/tasks/0/worst").asDouble());
    assertEquals(0.8, data.at("/tasks/0/best").asDouble(), 1e-12);
    assertEquals(125, data.at("/ceilings/0/peak").asDouble());
    assertEquals("L2", data.at("/ceilings/0/levels/0/name").asText());
    assertEquals(60, data.at("/ceilings/0/levels/0/gbs").asDouble());
  }

  @Test
  void extremeNumbersAreNumbers() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (double nanos : new double[] {Double.MIN_VALUE, 1e-9, 1e300}) {
      for (long flops : new long[] {1, Long.MAX_VALUE}) {
        rows.add(
            new Row(
                Op.RELU,
                "n" + flops,
                List.of(new Use("f", Integer.MAX_VALUE)),
                flops,
                Long.MAX_VALUE,
                MemoryLevel.MEMORY,
                rows.size() < 4 ? "lanewise" : "onednn",
                "v" + nanos,
                1,
                Double.MIN_VALUE,
                Double.MIN_VALUE,
                null,
                List.of(new Sample(1, 1, nanos, 1e-300, 1e300), new Sample(1, 2, 1, 1e300, 1e-9)),
                null));
      }
    }
    String page = BenchPage.render(ExampleBench.with(rows));
    JsonNode data = data(ExampleBench.with(rows));
    assertEquals(6, data.get("rows").size());
    assertFalse(json(page).contains("NaN"));
    assertFalse(json(page).contains("Infinity"));
  }

  @Test
  void textOfTheResultNeverBecomesMarkup() throws IOException {
    BenchResult result =
        new BenchResult(
            BenchResult.VERSION,
            "2026-11-22T05:30:00Z",
            new HostInfo(HOSTILE, HOSTILE, 1, 1, 1, null, HOSTILE),
            new JvmInfo(HOSTILE, HOSTILE, List.of(HOSTILE)),
            HOSTILE,
            new Settings(
                List.of(HOSTILE), List.of(), List.of(HOSTILE), List.of(), List.of(1), 1, 1, 1, 0),
            List.of(new ContenderInfo(HOSTILE, HOSTILE)),
            List.of(
                row(Op.CONV, HOSTILE, HOSTILE, HOSTILE, new Sample(1, 1, 1, 1, 1)),
                row(Op.CONV, HOSTILE, "lanewise", HOSTILE, new Sample(1, 1, 1, 1, 1)),
                failed(Op.CONV, "t", HOSTILE, HOSTILE, HOSTILE),
                failed(Op.CONV, "t", "lanewise", HOSTILE, HOSTILE)));
    String page = BenchPage.render(result);
    String markup = page.replace(json(page), "");
    assertFalse(markup.contains("alert('x')"), "an unescaped quote");
    assertFalse(markup.contains("onload=\"y"), "an attribute was opened");
    assertFalse(json(page).contains("<"), "data can end its element");
    assertEquals(HOSTILE, data(result).at("/contenders/0/name").asText());
    assertEquals(
        matches("(?i)<script", BenchPage.render(ExampleBench.resnet())),
        matches("(?i)<script", page));
    assertEquals(matches("(?i)<script", page), matches("(?i)</script", page));
  }

  private static JsonNode data(BenchResult result) throws IOException {
    return new ObjectMapper().readTree(json(BenchPage.render(result)));
  }

  private static String json(String page) {
    Matcher m = DATA.matcher(page);
    assertTrue(m.find(), "no data on the page");
    return m.group(1);
  }

  private static int matches(String regex, String page) {
    return Pattern.compile(regex).matcher(page).results().toList().size();
  }
}
