package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.harness.LabListener.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BenchBarTest {
  private final AtomicLong time = new AtomicLong();
  private final BenchBar bar = new BenchBar(time::get);

  private String render(long done, int width) {
    bar.show(new Progress(done, 1000, 2, 3, "conv n1 ic64 · lanewise im2col"));
    return bar.render(null, width);
  }

  @Test
  void timeLeftFollowsFromTheWorkDone() {
    assertEquals("starting", bar.render(null, 80));
    time.set(30_000_000_000L);
    assertEquals(
        "fork 2/3 [#######.......................] 1:30 left  conv n1 ic64 · lanewise im2col",
        render(250, 100));
    time.set(7_200_000_000_000L);
    assertTrue(render(500, 100).contains(" 2:00:00 left"));
    assertTrue(render(10, 100).contains(" -:-- left"), "too early to tell");
    assertTrue(render(1000, 100).contains("[##############################] 0:00 left"));
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    assertTrue(render(0, 60).startsWith("fork 2/3 [.......] -:-- left  conv"), render(0, 60));
    assertEquals("fork 2/3 -:-- left  conv n1 ic64", render(0, 32));
    assertEquals(10, render(0, 10).length());
  }

  @Test
  void withoutATerminalForksAndProblemsAreLines() {
    StringWriter out = new StringWriter();
    try (BenchDisplay display = new BenchDisplay(new PrintWriter(out), null)) {
      display.onProgress(new Progress(0, 9, 1, 2, "a"));
      display.onProgress(new Progress(1, 9, 1, 2, "b"));
      display.onProblem("onednn, conv: it broke\nat line 7");
      display.onProgress(new Progress(2, 9, 2, 2, "c"));
    }
    assertEquals(
        "fork 1 of 2\nleft out: onednn, conv: it broke\nfork 2 of 2\n",
        out.toString().replace(System.lineSeparator(), "\n"));
  }
}
