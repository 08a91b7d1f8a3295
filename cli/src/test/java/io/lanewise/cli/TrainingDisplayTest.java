package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.training.Evaluation;
import io.lanewise.training.History;
import io.lanewise.training.TrainingListener.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingDisplayTest {
  private static final long SECOND = 1_000_000_000;

  private static History.Epoch epoch(int number) {
    Evaluation test = new Evaluation(0.25, 0.875);
    return new History.Epoch(number, 0.5, 0.75, Optional.of(test), 2, 12345.6);
  }

  @Test
  void epochsStandInColumns() {
    EpochTable table = new EpochTable(15);
    assertEquals("epoch     loss  accuracy  test loss  test accuracy  images/s", table.header());
    assertEquals(
        " 3/15    0.500    75.0 %      0.250         87.5 %    12,346", table.line(epoch(3)));
    EpochTable wide = new EpochTable(10_000);
    assertEquals(wide.header().length(), wide.line(epoch(10_000)).length());
    assertTrue(wide.line(epoch(1)).startsWith("    1/10000 "), wide.line(epoch(1)));
  }

  @Test
  void withoutTestDataTheColumnsAreEmpty() {
    History.Epoch e = new History.Epoch(1, 0.5, 0.75, Optional.empty(), 2, 10);
    assertEquals(
        "  1/1    0.500    75.0 %          -              -        10", new EpochTable(1).line(e));
  }

  @Test
  void theBarTellsWhereTheRunIs() {
    AtomicLong time = new AtomicLong();
    TrainingBar bar = new TrainingBar(time::get);
    assertEquals("starting", bar.render(null, 100));
    bar.show(new Progress(2, 4, 500, 1000, 0.25, 0.9));
    time.set(3 * SECOND);
    assertEquals(
        "epoch 2/4 [#########...............]"
            + " loss 0.250  accuracy 90.0 %  500 images/s  0:05 left",
        bar.render(null, 89));
    bar.show(new Progress(2, 4, 600, 1000, 0.25, 0.9));
    time.set(4 * SECOND); // 100 in a second: the mean falls, by a fifth of the difference
    assertTrue(bar.render(null, 200).endsWith("  420 images/s  0:06 left"), bar.render(null, 200));
    assertTrue(bar.render(null, 200).startsWith("epoch 2/4 [" + "#".repeat(16) + "."));
  }

  @Test
  void nothingIsForetoldWhileTheJvmWarmsUp() {
    AtomicLong time = new AtomicLong();
    TrainingBar bar = new TrainingBar(time::get);
    bar.show(new Progress(1, 1, 10, 1000, 2, 0.1));
    time.set(SECOND);
    assertTrue(bar.render(null, 100).endsWith("  -:-- left"), bar.render(null, 100));
  }

  @ParameterizedTest
  @CsvSource({"1000000, 2:46:40", "360000, 1:00:00", "359900, 59:59", "100, 0:01"})
  void longTimes(int images, String left) {
    AtomicLong time = new AtomicLong();
    TrainingBar bar = new TrainingBar(time::get);
    bar.show(new Progress(1, 1, 300, 300 + images, 2, 0.1));
    time.set(3 * SECOND);
    assertTrue(bar.render(null, 200).endsWith("  " + left + " left"), bar.render(null, 200));
  }

  @Test
  void narrowTerminalsLoseTheBarThenTheSpeed() {
    AtomicLong time = new AtomicLong(0);
    TrainingBar bar = new TrainingBar(time::get);
    bar.show(new Progress(1, 2, 1000, 2000, 0.25, 0.9));
    time.set(4 * SECOND);
    String full = bar.render(null, 200);
    for (int width = 0; width <= 120; width++) {
      String text = bar.render(null, width);
      assertTrue(text.length() <= width, text);
      assertEquals(width >= 70, text.contains("["), text);
      assertEquals(width >= 63, text.contains("images/s"), width + text);
      assertEquals(width >= 49, text.endsWith("0:12 left"), width + text);
    }
    assertTrue(full.contains("[" + "#".repeat(10) + ".".repeat(30) + "]"), full);
  }

  @Test
  void onATerminalEpochsStayAboveTheBar() throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    TerminalLine line = new TerminalLine(out, () -> 80);
    try (TrainingDisplay display = new TrainingDisplay(2, 100, out, line)) {
      display.onBatch(new Progress(1, 2, 100, 100, 0.5, 0.75));
      for (int i = 0; i < 100 && !text.toString().contains("[###"); i++) {
        Thread.sleep(50);
      }
      display.onEpoch(epoch(1));
      display.onEpoch(epoch(2));
    }
    TestScreen screen = new TestScreen(80);
    screen.print(text.toString());
    EpochTable table = new EpochTable(2);
    assertEquals(
        table.header() + "\n" + table.line(epoch(1)) + "\n" + table.line(epoch(2)), screen.text());
    assertTrue(text.toString().contains("epoch 1/2 ["), text.toString());
  }

  @Test
  void shorterLinesLeaveNothingOfLongerOnes() {
    StringWriter text = new StringWriter();
    TerminalLine line = new TerminalLine(new PrintWriter(text), () -> 80);
    TestScreen screen = new TestScreen(80);
    line.accept("a long line");
    line.accept("short");
    line.above("stays");
    screen.print(text.toString());
    assertEquals("stays\nshort", screen.text());
    line.close();
    int length = text.toString().length();
    line.accept("late");
    line.above("later");
    line.close();
    assertEquals(length, text.toString().length(), "silent once closed");
    assertTrue(text.toString().endsWith("\r"), "and the next line begins at the left");
  }

  @Test
  void aTerminalIsAskedForItsWidthNowAndThen() {
    int[] columns = {100, 0};
    TerminalLine line =
        new TerminalLine(
            new PrintWriter(new StringWriter()),
            () -> {
              columns[1]++;
              return columns[0];
            });
    assertEquals(97, line.getMaxRenderedLength());
    columns[0] = 60;
    for (int i = 0; i < 10; i++) {
      line.getMaxRenderedLength();
    }
    assertEquals(57, line.getMaxRenderedLength());
    assertEquals(2, columns[1]);
  }

  @ParameterizedTest
  @CsvSource({"'24 132\n', 132", "'0 0\n', 80", "'', 80", "24, 80", "'24 x', 80", "'24 -5', 80"})
  void widthAsSttyPrintsIt(String size, int columns) {
    assertEquals(columns, TerminalWidth.parse(size));
  }
}
