package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.law.Laws;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyDisplayTest {
  private static final long SECOND = 1_000_000_000;
  private static final List<Law<?>> TWO = Laws.ALL.subList(0, 2);

  private static LawResult result(Law<?> law, Verdict verdict, String reason) {
    return new LawResult(
        law,
        verdict == Verdict.HOLDS ? 12 : 0,
        3,
        0.25,
        verdict,
        Optional.empty(),
        Optional.ofNullable(reason));
  }

  private static void show(VerifyDisplay display) {
    display.onLaw(result(TWO.getFirst(), Verdict.HOLDS, null));
    display.onLaw(result(TWO.getLast(), Verdict.NOT_OFFERED, "not here"));
  }

  private static void assertTable(String text) {
    List<String> lines = text.lines().toList();
    assertEquals(3, lines.size(), text);
    assertTrue(lines.get(0).matches("law +cases  error/bound  verdict"), text);
    assertTrue(lines.get(1).endsWith(" 12        0.250  holds (3 more not offered)"), text);
    assertTrue(lines.get(2).endsWith("  0            -  not offered: not here"), text);
  }

  @Test
  void withoutATerminalEachLawIsALine() {
    StringWriter text = new StringWriter();
    try (VerifyDisplay display = new VerifyDisplay(TWO, new PrintWriter(text), null)) {
      show(display);
    }
    assertTable(text.toString());
  }

  @Test
  void onATerminalTheLinesStayAboveTheBar() throws Exception {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    TerminalLine line = new TerminalLine(out, () -> 100);
    try (VerifyDisplay display = new VerifyDisplay(TWO, out, line)) {
      for (int i = 0; i < 100 && !text.toString().contains("law 1 of 2 ["); i++) {
        Thread.sleep(50);
      }
      show(display);
    }
    assertTrue(text.toString().contains("law 1 of 2 ["), text.toString());
    TestScreen screen = new TestScreen(100);
    screen.print(text.toString());
    assertTable(screen.text());
  }

  @Test
  void theBarTellsWhichLawRuns() {
    AtomicLong time = new AtomicLong();
    VerifyBar bar = new VerifyBar(4, time::get);
    bar.show(1, "conv.adjoint");
    time.set(61 * SECOND);
    assertEquals(
        "law 2 of 4 [##########..............................] 1:01  conv.adjoint",
        bar.render(null, 100));
    bar.show(4, "");
    assertTrue(bar.render(null, 100).startsWith("law 4 of 4 [####"), bar.render(null, 100));
  }

  @ParameterizedTest
  @CsvSource({
    "72, true, true",
    "40, true, true",
    "35, false, true",
    "20, false, false",
    "0, false, false"
  })
  void narrowTerminalsLoseTheBarThenTheName(int width, boolean hasBar, boolean hasName) {
    VerifyBar bar = new VerifyBar(4, () -> 0);
    bar.show(1, "conv.adjoint");
    String text = bar.render(null, width);
    assertTrue(text.length() <= width, text);
    assertEquals(hasBar, text.contains("["), text);
    assertEquals(hasName, text.endsWith("conv.adjoint"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "conv, conv, 0",
    "cnov, conv, 2",
    "'', abc, 3",
    "kitten, sitting, 3",
    "adjiont, adjoint, 2"
  })
  void lettersToChange(String a, String b, int distance) {
    assertEquals(distance, Nearest.distance(a, b));
    assertEquals(distance, Nearest.distance(b, a));
  }

  @Test
  void onlyNearWordsAreOffered() {
    List<String> known = List.of("conv.adjoint", "gemm.linear");
    assertEquals(Optional.of("gemm.linear"), Nearest.to("gem.lineer", known));
    assertEquals(Optional.empty(), Nearest.to("softmax", known));
    assertEquals("; did you mean 'conv.adjoint'?", Nearest.question("conv.adjoin", known));
    assertEquals("", Nearest.question("softmax", known));
  }
}
