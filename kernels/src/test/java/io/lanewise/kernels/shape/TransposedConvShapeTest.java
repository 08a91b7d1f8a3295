package io.lanewise.kernels.shape;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransposedConvShapeTest {
  @Test
  void sizesByHand() {
    TransposedConvShape s =
        TransposedConvShape.parse("n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 sw1 dh1 dw3 pt1 pb0 pl2 pr1 g2");
    assertEquals(Shape.of(2, 6, 7, 9), s.x());
    assertEquals(Shape.of(6, 2, 3, 2), s.w());
    assertEquals(Shape.of(2, 4, 14, 9), s.y()); // 6·2 + 3 - 1 and 8 + 4 - 3
    assertEquals(Shape.of(4), s.bias());
    assertEquals(3, s.icg());
    assertEquals(2, s.ocg());
    assertEquals(63, s.xPixels());
    assertEquals(14 * 9, s.yPixels());
    assertEquals(6, s.area());
    assertEquals(2, s.groups());
    assertEquals(2L * 2 * 6 * 63 * 2 * 6, s.flops());
    assertEquals(Shape.of(5, 4, 14, 9), s.withBatch(5).y());
    assertEquals(s, s.withBatch(5).withBatch(2));
  }

  @Test
  void outputPaddingAddsToEachAxis() {
    TransposedConvShape s =
        TransposedConvShape.parse("ic1 id2 ih3 iw4 oc1 kd1 kh1 sd4 sh3 sw2 opd3 oph0 opw1");
    assertEquals(Shape.of(1, 1, 8, 7, 8), s.y()); // 4 + 1 + 3, 6 + 1, 6 + 1 + 1
    assertEquals(3, s.outputPaddingD());
    assertEquals(0, s.outputPaddingH());
    assertEquals(1, s.outputPaddingW());
    assertEquals(3, s.rank());
  }

  @Test
  void theBuilderSetsEveryPart() {
    assertEquals(
        TransposedConvShape.parse("n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 sw3 d2 p1 oph1 opw2 g2"),
        TransposedConvShape.input(2, 6, 7, 9)
            .filters(4, 3, 2)
            .stride(2, 3)
            .dilation(2)
            .padding(1)
            .outputPadding(1, 2)
            .groups(2)
            .build());
    assertEquals(
        TransposedConvShape.parse("n1 ic2 iw9 oc3 kw4 s2"),
        TransposedConvShape.input(1, 2, 9).filters(3, 4).stride(2).build());
    assertEquals(
        TransposedConvShape.parse("n1 ic2 id4 ih5 iw6 oc3 kd2 kh2 s2 op1"),
        TransposedConvShape.input(1, 2, 4, 5, 6).filters(3, 2).stride(2).outputPadding(1).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic64 ih28 oc32 kh2 s2",
        "n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 sw1 d2 pt1 pb0 pl2 pr1 g2 oph1 opw0",
        "n0 ic1 iw5 oc1 kw3 s2 op1",
        "n1 ic8 id4 ih5 iw6 oc3 kd2 kh3 s3 p1 opd2 oph0 opw1"
      })
  void writesWhatItReads(String text) {
    assertEquals(text, TransposedConvShape.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic3 ih9 oc1 kh3 d2",
        "n2 ic6 ih8 iw9 oc4 kh3 kw2 sh4 sw3 pt1 pb0 pl2 pr1 g2",
        "n1 ic1 id5 ih4 oc1 kd2 kh1 s2 d3 pk1"
      })
  void everyConvolutionHasOne(String conv) {
    ConvShape c = ConvShape.parse(conv);
    TransposedConvShape s = new TransposedConvShape(c);
    assertEquals(c.y(), s.x());
    assertEquals(c.x(), s.y());
    assertEquals(s, TransposedConvShape.parse(s.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ic1 ih3 oc1 kh3 x1 | not a word of a transposed convolution shape: 'x1'",
        "ic1 iw3 oc1 kw3 s2 oph1 | not a word of a 1-D transposed convolution shape: 'oph1'",
        "ic1 oc1 kh3 | 'ih' is missing",
        "ic1 ih3 oc1 kh3 op1 | less than the stride 1, got 1 along height",
        "ic1 ih3 oc1 kh3 sh2 sw3 opw3 | less than the stride 3, got 3 along width",
        "ic0 ih3 oc1 kh3 | got ic=0 oc=1",
        "ic1 ih3 oc0 kh3 | got ic=1 oc=0",
        "ic6 ih3 oc4 kh3 g4 | groups must divide ic and oc, got groups=4 ic=6 oc=4",
        "ic4 ih3 oc4 kh3 g0 | groups must divide ic and oc, got groups=0",
        "ic1 ih0 oc1 kh3 | must be at least 1, got 0, 3, 1 and 1 along height",
        "ic1 ih3 oc1 kh3 kw0 | must be at least 1, got 3, 0, 1 and 1 along width",
        "ic1 ih3 oc1 kh3 s0 | must be at least 1, got 3, 3, 0 and 1 along height",
        "ic1 ih3 oc1 kh3 d0 | must be at least 1, got 3, 3, 1 and 0 along height",
        "ic1 ih1 oc1 kh3 p2 | 1 to 2^31 - 1 positions, got -1 along height (of 3, padding cuts 4)",
        "ic1 iw99999999 oc1 kw1 s99 | got 9899999803 along width",
        "ic1 ih40000 oc1 kh1 s2 | at most 2^31 - 1 elements"
      })
  void refusesNonsense(String text, String message) {
    assertRefused(() -> TransposedConvShape.parse(text), message);
  }

  @Test
  void refusesWhatTextCannotSay() {
    assertRefused(
        () -> TransposedConvShape.input(1, 1, 5).filters(1, 1).outputPadding(-1).build(),
        "got -1 along width");
    assertRefused(
        () -> TransposedConvShape.input(-1, 1, 5).filters(1, 1).build(), "n must be at least 0");
  }
}
