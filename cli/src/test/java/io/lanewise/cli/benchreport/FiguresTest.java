package io.lanewise.cli.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.cli.page.Html;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1.00, 1",
    "0.25, 0.250, 0.25",
    "0.99951, 1.00, 1",
    "9.996, 10.0, 10",
    "0.00123456, 0.00123, 0.00123",
    "0.0001, 0.000100, 0.0001",
    "0.00001, 1.00e-5, 1e-5",
    "45.65, 45.6, 45.6", // the nearest double is below 45.65
    "999.6, '1,000', '1,000'",
    "1234567, '1,230,000', '1,230,000'",
    "9999999, 1.00e7, 1e7",
    "1.5e300, 1.50e300, 1.5e300",
    "2.5e-310, 2.50e-310, 2.5e-310",
    "-0.5, -0.500, -0.5",
  })
  void threeDigitsCount(double value, String number, String plain) {
    assertEquals(number, Figures.number(value));
    assertEquals(plain, Figures.plain(value));
  }

  @ParameterizedTest
  @CsvSource({"0.4567, 45.7", "1.6, 160", "0.00012, 0.0120", "1, 100"})
  void sharesArePercents(double share, String digits) {
    assertEquals(digits + "\u202F%", Figures.share(share));
  }

  @Test
  void whatIsNotANumberIsADash() {
    assertEquals(Html.NONE, Figures.number(Double.NaN));
    assertEquals(Html.NONE, Figures.share(Double.POSITIVE_INFINITY));
    assertEquals(Html.NONE, Figures.times(Double.NaN));
    assertEquals(Html.NONE, Figures.error(null));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2.14e-7, 2.1e-7", "1, 1.0e+0", "0.05, 5.0e-2", "3e-300, 3.0e-300"})
  void errorsAreInScientificNotation(double error, String text) {
    assertEquals(text, Figures.error(error));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1_B",
    "1024, 1_KiB",
    "49152, 48_KiB",
    "2097152, 2_MiB",
    "1500, 1.46_KiB",
    "34359738368, 32_GiB"
  })
  void memoryHasBinaryUnits(long bytes, String text) {
    assertEquals(text.replace('_', '\u202F'), Figures.memory(bytes));
  }

  @Test
  void oneIsNotMany() {
    assertEquals("1 task", Figures.count(1, "task"));
    assertEquals("0 tasks", Figures.count(0, "task"));
    assertEquals("1,234 tasks", Figures.count(1234, "task"));
  }
}
