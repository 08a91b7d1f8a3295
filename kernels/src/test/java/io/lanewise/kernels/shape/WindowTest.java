package io.lanewise.kernels.shape;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a window's taps lie, by counting. */
final class WindowTest {
  @ParameterizedTest
  @CsvSource({
    "5,3,1,1,0,0,3",
    "5,3,2,1,1,1,3",
    "6,3,2,1,1,0,3",
    "9,3,1,3,0,0,3",
    "1,1,7,9,0,0,1",
    "2147483647,1,1,1,0,0,2147483647"
  })
  void outputSizesByHand(
      int in, int k, int stride, int dilation, int before, int after, int expected) {
    assertEquals(expected, Window.outputSize("width", in, k, stride, dilation, before, after));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,9,1", "3,1,3", "3,2,5", "2,7,8"})
  void extentsByHand(int k, int dilation, int expected) {
    assertEquals(expected, Window.extent(k, dilation));
  }

  @Test
  void aWindowLargerThanItsInputIsRefused() {
    assertRefused(
        () -> Window.outputSize("depth", 3, 2, 1, 4, 0, 1),
        "spans 5 along depth (size 2, dilation 4) but the padded input has only 4");
  }

  @Test
  void insideIsWhereTheTapMeetsTheInput() {
    for (int stride = 1; stride <= 4; stride++) {
      for (int tap = -9; tap <= 9; tap++) {
        for (int in = 1; in <= 5; in++) {
          for (int out = 1; out <= 6; out++) {
            int first = Window.firstInside(tap, stride, out);
            int end = Window.endInside(tap, stride, in, out);
            for (int o = 0; o < out; o++) {
              int at = o * stride + tap;
              boolean expected = at >= 0 && at < in;
              String context =
                  "stride %d tap %d in %d out %d o %d".formatted(stride, tap, in, out, o);
              assertEquals(expected, o >= first && o < end, context);
            }
          }
        }
      }
    }
  }

  @Test
  void theLargestStrideHasItsFirstOutputInside() {
    int stride = Integer.MAX_VALUE;
    assertEquals(0, Window.firstInside(0, stride, 1));
    assertEquals(1, Window.endInside(0, stride, 5, 1), "output 0 reads input 0 of 5");
    assertEquals(1, Window.firstInside(-3, stride, 1), "output 0 reads the padding");
  }
}
