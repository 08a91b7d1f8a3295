package io.lanewise.cli.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarScaleTest {

  @Test
  void ratiosSpanWholeOctavesAroundOne() {
    BarScale none = BarScale.ratios(List.of());
    assertEquals(List.of(0.5, 1.0, 2.0), none.ticks());
    BarScale some = BarScale.ratios(List.of(0.4, 1.1));
    assertEquals(0.25, some.low());
    assertEquals(2, some.high());
    assertEquals(List.of(0.25, 0.5, 1.0, 2.0), some.ticks());
    assertEquals(2.0 / 3, some.at(1), 1e-12);
    assertEquals("0.0000", some.place(0.25));
    assertEquals("1.0000", some.place(2));
  }

  @Test
  void farRatiosKeepFewTicksAndOneAmongThem() {
    for (double far : new double[] {3, 50, 1e9, 1e300, 1e-300}) {
      BarScale scale = BarScale.ratios(List.of(far));
      assertTrue(scale.ticks().size() <= 5, () -> scale.ticks().toString());
      assertTrue(scale.ticks().contains(1.0), () -> scale.ticks().toString());
      assertTrue(scale.at(far) >= 0 && scale.at(far) <= 1, () -> "outside: " + far);
    }
  }

  @Test
  void sharesStartAtNoneAndReachAll() {
    BarScale low = BarScale.shares(List.of(0.2));
    assertEquals(List.of(0.0, 0.5, 1.0), low.ticks());
    assertEquals("0.2000", low.place(0.2));
    BarScale high = BarScale.shares(List.of(0.2, 2.3));
    assertEquals(List.of(0.0, 1.0, 2.0), high.ticks());
    assertEquals("1.0000", high.place(2.3));
    assertEquals("1.0000", high.place(Double.POSITIVE_INFINITY));
    assertTrue(BarScale.shares(List.of(1e26)).ticks().size() <= 5);
  }

  @Test
  void theLineAtOneIsTheStrongOne() {
    assertEquals(
        "linear-gradient(var(--line) 0 0) 0.00% 0/1px 100% no-repeat,"
            + "linear-gradient(var(--text) 0 0) 50.00% 0/1px 100% no-repeat,"
            + "linear-gradient(var(--line) 0 0) 100.00% 0/1px 100% no-repeat",
        BarScale.ratios(List.of()).grid());
    assertEquals(
        "<span style=\"--at:0.0000\">0.5</span><span style=\"--at:0.5000\">1</span>"
            + "<span style=\"--at:1.0000\">2</span>",
        BarScale.ratios(List.of()).axis(Figures::plain));
  }
}
