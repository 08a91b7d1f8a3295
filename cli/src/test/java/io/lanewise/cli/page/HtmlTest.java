package io.lanewise.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "1, 100.00",
    "0.5, 50.00",
    "0.99996, 99.99",
    "0.00001, 0.01",
    "0.98765, 98.77",
  })
  void percentNeverRoundsToAllOrNone(double share, String digits) {
    assertEquals(digits + "\u202F%", Html.percent(share));
  }

  @Test
  void missingNumbersAreADash() {
    assertEquals(Html.NONE, Html.percent(Double.NaN));
    assertEquals(Html.NONE, Html.percent(0, 0));
    assertEquals(Html.NONE, Html.loss(Double.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.00_k",
    "999994, 999.99_k",
    "999995, 1.00_M",
    "4133742592, 4.13_G",
  })
  void operationsHaveAUnit(long flops, String text) {
    assertEquals(text.replace('_', '\u202F'), Html.operations(flops));
  }

  @Test
  void escapesWhatMarkupNeeds() {
    assertEquals("&lt;a b=&quot;&#39;&amp;amp;&quot;&gt;é😀", Html.escape("<a b=\"'&amp;\">é😀"));
  }
}
