package io.lanewise.kernels.shape;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvShapeTest {
  @Test
  void derivedSizesByHand() {
    ConvShape s = ConvShape.parse("n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 dw3 pt1 pb0 pl2 pr1 g2");
    assertEquals(3, s.oh()); // (7 + 1 + 0 - 3) / 2 + 1
    assertEquals(9, s.ow()); // (9 + 2 + 1 - 4) / 1 + 1
    assertEquals(3, s.icg());
    assertEquals(2, s.ocg());
    assertEquals(18, s.reduction());
    assertEquals(Shape.of(2, 6, 7, 9), s.x());
    assertEquals(Shape.of(4, 3, 3, 2), s.w());
    assertEquals(Shape.of(2, 4, 3, 9), s.y());
    assertEquals(Shape.of(4), s.bias());
    assertEquals(2L * 2 * 4 * 3 * 9 * 18, s.flops());
    assertEquals(5, s.withBatch(5).n());
    assertEquals(s, s.withBatch(5).withBatch(2));
  }

  @Test
  void partsOfAShapeAreReplaced() {
    ConvShape s = ConvShape.parse("n2 ic6 id8 ih7 iw9 oc4 kd2 kh3 kw2 sd3 sh2 dd4 pf2 pl1 g2");
    assertEquals(
        ConvShape.parse("n2 ic9 id8 ih7 iw9 oc12 kd2 kh3 kw2 sd3 sh2 dd4 pf2 pl1 g3"),
        s.withChannels(9, 12, 3));
    assertEquals(
        ConvShape.parse("n2 ic6 id5 ih6 iw4 oc4 kd2 kh3 kw2 sd3 sh2 dd4 pr3 g2"),
        s.withImage(5, 6, 4, new Padding(0, 0, 0, 3)));
    assertRefused(() -> s.withChannels(9, 12, 2), "groups must divide ic and oc");
  }

  @Test
  void derivedSizesOfThreeAxesByHand() {
    ConvShape s =
        ConvShape.parse(
            "n2 ic6 id8 ih7 iw9 oc4 kd2 kh3 kw2 sd3 sh2 sw1 dd4 dw3 pf2 pk1 pt1 pb0 pl2 pr1 g2");
    assertEquals(3, s.rank());
    assertEquals(3, s.od()); // (8 + 2 + 1 - 5) / 3 + 1
    assertEquals(3, s.oh());
    assertEquals(9, s.ow());
    assertEquals(8 * 7 * 9, s.xPixels());
    assertEquals(81, s.yPixels());
    assertEquals(12, s.area());
    assertEquals(36, s.reduction());
    assertEquals(Shape.of(2, 6, 8, 7, 9), s.x());
    assertEquals(Shape.of(4, 3, 2, 3, 2), s.w());
    assertEquals(Shape.of(2, 4, 3, 3, 9), s.y());
    assertEquals(2L * 2 * 4 * 81 * 36, s.flops());
    assertEquals(s, s.withBatch(5).withBatch(2));
  }

  @Test
  void derivedSizesOfOneAxisByHand() {
    ConvShape s = ConvShape.parse("n2 ic6 iw9 oc4 kw2 s2 d3 pl2 pr1 g2");
    assertEquals(1, s.rank());
    assertEquals(5, s.ow()); // (9 + 2 + 1 - 4) / 2 + 1
    assertEquals(5, s.yPixels());
    assertEquals(Shape.of(2, 6, 9), s.x());
    assertEquals(Shape.of(4, 3, 2), s.w());
    assertEquals(Shape.of(2, 4, 5), s.y());
    assertNotEquals(s, ConvShape.parse("n2 ic6 ih1 iw9 oc4 kh1 kw2 sw2 dw3 pl2 pr1 g2"));
  }

  @Test
  void theBuilderTakesOneNumberForAllAxesOrOneForEach() {
    assertEquals(
        ConvShape.parse("n1 ic64 iw1000 oc64 kw5 s2 d3 p4"),
        ConvShape.input(1, 64, 1000).filters(64, 5).stride(2).dilation(3).padding(4).build());
    assertEquals(
        ConvShape.parse("n1 ic16 id16 ih56 oc32 kd3 kh3 s2 d2 p1"),
        ConvShape.input(1, 16, 16, 56, 56).filters(32, 3).stride(2).dilation(2).padding(1).build());
    assertEquals(
        ConvShape.parse("n1 ic1 id9 ih8 oc1 kd1 kh2 kw3 sd4 sh5 sw6 dd7 dh1 dw2 pf1 pk1 pl2 pr2"),
        ConvShape.input(1, 1, 9, 8, 8)
            .filters(1, 1, 2, 3)
            .stride(4, 5, 6)
            .dilation(7, 1, 2)
            .padding(1, 0, 2)
            .build());
    assertRefused(
        () -> ConvShape.input(1, 1, 9, 9, 9).stride(1, 2),
        "the stride of a 3-D convolution takes one number or 3, got [1, 2]");
    assertRefused(
        () -> ConvShape.input(1, 1, 9).filters(1, 3, 3),
        "the kernel of a 1-D convolution takes one number, got [3, 3]");
    assertRefused(() -> ConvShape.input(1, 1, 9, 9).padding(), "one number or 2, got []");
    assertRefused(() -> ConvShape.input(1, 1, 9, 9).dilation(1, 1, 1), "one number or 2");
  }

  @Test
  void planesOneByOneAreImages() {
    ConvShape s = ConvShape.parse("n2 ic3 id5 ih6 iw7 oc4 kd1 kh3 pt1 pb0 pl1 pr1");
    assertTrue(s.isPlaneByPlane());
    assertEquals(ConvShape.parse("n10 ic3 ih6 iw7 oc4 kh3 pt1 pb0 pl1 pr1"), s.planes());
    for (String word : new String[] {"kd2", "kd1 sd2", "kd1 pf1", "kd1 pk1"}) {
      ConvShape deep = ConvShape.parse("ic3 id5 ih6 oc4 kh3 " + word);
      assertFalse(deep.isPlaneByPlane(), word);
      assertRefused(deep::planes, "planes are not convolved one by one in " + deep);
    }
    assertTrue(ConvShape.parse("ic1 iw3 oc1 kw2").isPlaneByPlane());
  }

  @Test
  void refusesAnAxisThatTheRankDoesNotHave() {
    Padding none = Padding.NONE;
    assertRefused(
        () -> new ConvShape(2, 1, 1, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, none, 1),
        "a 2-D convolution has no depth (size 1, kernel 1, stride 1, dilation 1, padding 0), got size 2, kernel 1, stride 1, dilation 1, padding 0");
    for (int part = 0; part < 4; part++) {
      int[] v = {1, 1, 1, 1};
      v[part] = 2;
      assertRefused(
          () -> new ConvShape(1, 1, 1, 1, v[0], 3, 1, 1, v[1], 1, 1, v[2], 1, 1, v[3], 1, none, 1),
          "a 1-D convolution has no height");
    }
    assertRefused(
        () -> ConvShape.input(1, 1, 9).filters(1, 1).padding(Padding.of(1)).build(),
        "a 1-D convolution has no height",
        "padding 2");
    assertRefused(
        () -> ConvShape.input(1, 1, 9, 9).filters(1, 1).padding(Padding.of(1, 0, 0)).build(),
        "a 2-D convolution has no depth",
        "padding 2");
    assertRefused(
        () -> new ConvShape(4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, none, 1),
        "rank 1, 2 or 3, got 4");
    assertRefused(
        () -> new PoolShape(1, 1, 3, 3, 1, 1, 1, 1, 1, 1, new Padding(0, 1, 0, 0, 0, 0)),
        "a 2-D pooling has no depth");
  }

  @Test
  void theBuilderSetsEveryPart() {
    ConvShape built =
        ConvShape.input(2, 6, 7, 9)
            .filters(4, 3, 2)
            .stride(2, 1)
            .dilation(1, 3)
            .padding(new Padding(1, 0, 2, 1))
            .groups(2)
            .build();
    assertEquals(ConvShape.parse("n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 dw3 pt1 pb0 pl2 pr1 g2"), built);
    ConvShape square =
        ConvShape.input(1, 1, 9, 9).filters(1, 3, 3).stride(2).dilation(2).padding(1).build();
    assertEquals(ConvShape.parse("n1 ic1 ih9 oc1 kh3 s2 d2 p1"), square);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic64 ih56 oc128 kh3 s2 p1",
        "n0 ic1 ih1 oc1 kh1",
        "n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 sw1 dh1 dw3 pt1 pb0 pl2 pr1 g2",
        "n1 ic3 ih9 oc1 kh3 d2",
        "n3 ic4 ih5 oc4 kh3 pt0 pb1 pl1 pr0 g4",
        "n1 ic64 iw1000 oc64 kw5 p2",
        "n2 ic4 iw9 oc6 kw2 s2 d3 pl1 pr0 g2",
        "n1 ic16 id16 ih56 oc32 kd3 kh3 p1",
        "n1 ic1 id3 ih3 oc1 kd3 kh3",
        "n2 ic6 id8 ih7 iw9 oc4 kd2 kh3 kw2 sd3 sh2 sw1 dd4 dh1 dw3 pf2 pk1 pt1 pb0 pl2 pr1 g2",
        "n1 ic1 id5 ih4 oc1 kd2 kh1 s2 d3 pf0 pk1 pt0 pb0 pl0 pr0"
      })
  void writesWhatItReads(String text) {
    ConvShape s = ConvShape.parse(text);
    assertEquals(text, s.toString());
    assertEquals(s, ConvShape.parse(s.toString()));
  }

  @Test
  void leftOutWordsHaveDefaults() {
    ConvShape s = ConvShape.parse("  ic2\tih5  oc3 kh3 p1 pl2 s2 sw1 ");
    assertEquals("n1 ic2 ih5 oc3 kh3 sh2 sw1 pt1 pb1 pl2 pr1", s.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | not a word of a convolution shape: ''",
        "ic1 ih1 oc1 kh1 x3 | not a word of a convolution shape: 'x3'",
        "ic1 ih1 oc1 kh1 s-1 | not a word of a convolution shape: 's-1'",
        "ic1 ih1 oc1 kh | not a word of a convolution shape: 'kh'",
        "IC1 ih1 oc1 kh1 | not a word of a convolution shape: 'IC1'",
        "ic9999999999 ih1 oc1 kh1 | is above 2^31 - 1",
        "ic1 ih1 oc1 kh1 ic1 | 'ic' comes twice",
        "ih1 oc1 kh1 | 'ic' is missing",
        "ic1 oc1 kh1 | 'ih' is missing",
        "ic1 iw5 oc1 kh1 | 'ih' is missing",
        "ic1 iw5 oc1 | 'kw' is missing",
        "ic1 ih5 oc1 kw3 | 'kh' is missing",
        "ic1 id5 ih5 oc1 kh3 | 'kd' is missing",
        "ic1 ih5 oc1 kd3 kh3 | 'id' is missing",
        "ic1 id5 iw5 oc1 kd3 kh3 | 'ih' is missing",
        "ic1 iw5 oc1 kw3 sh2 | not a word of a 1-D convolution shape: 'sh2'",
        "ic1 ih5 oc1 kh3 dd2 | not a word of a 2-D convolution shape: 'dd2'",
        "ic1 id0 ih1 oc1 kd1 kh1 | id must be at least 1, got 0",
        "ic1 id1 ih1 oc1 kd0 kh1 | kd must be at least 1, got 0",
        "ic1 id1 ih1 oc1 kd1 kh1 sd0 | strideD must be at least 1, got 0",
        "ic1 id1 ih1 oc1 kd1 kh1 dd0 | dilationD must be at least 1, got 0",
        "ic1 id2 ih5 oc1 kd3 kh3 | the window spans 3 along depth (size 3, dilation 1) but the padded input has only 2",
        "ic1 ih1 kh1 | 'oc' is missing",
        "ic1 ih1 oc1 | 'kh' is missing",
        "ic0 ih1 oc1 kh1 | ic must be at least 1, got 0",
        "ic1 ih0 oc1 kh1 | ih must be at least 1, got 0",
        "ic1 ih1 iw0 oc1 kh1 | iw must be at least 1, got 0",
        "ic1 ih1 oc0 kh1 | oc must be at least 1, got 0",
        "ic1 ih1 oc1 kh0 | kh must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 kw0 | kw must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 sh0 | strideH must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 sw0 | strideW must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 dh0 | dilationH must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 dw0 | dilationW must be at least 1, got 0",
        "ic1 ih1 oc1 kh1 g0 | groups must be at least 1, got 0",
        "ic6 ih1 oc4 kh1 g4 | groups must divide ic and oc, got groups=4 ic=6 oc=4",
        "ic4 ih1 oc6 kh1 g4 | groups must divide ic and oc, got groups=4 ic=4 oc=6",
        "ic1 ih2 iw5 oc1 kh3 | the window spans 3 along height (size 3, dilation 1) but the padded input has only 2",
        "ic1 ih5 iw4 oc1 kh3 d2 | the window spans 5 along width (size 3, dilation 2) but the padded input has only 4",
        "ic99999 ih99999 oc1 kh1 | at most 2^31 - 1 elements",
        "ic1 ih30000 oc9999 kh1 | at most 2^31 - 1 elements",
        "ic99999 ih1 oc99999 kh1 | at most 2^31 - 1 elements"
      })
  void refusesNonsense(String text, String message) {
    assertRefused(() -> ConvShape.parse(text), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ic1 ih9 oc1 kh999999999 d9",
        "ic1 ih999999999 iw1 oc1 kh1 p999999999",
      })
  void refusesWhatNoIntCanCount(String text) {
    assertRefused(() -> ConvShape.parse(text));
  }

  @Test
  void refusesWhatTextCannotSay() {
    ConvShape s = ConvShape.parse("ic1 ih1 oc1 kh1");
    assertRefused(() -> s.withBatch(-1), "n must be at least 0, got -1");
    assertRefused(() -> new Padding(0, -1, 0, 0), "at least 0, got top=0 bottom=-1 left=0 right=0");
  }

  @Test
  void kindsOfConvolution() {
    assertTrue(ConvShape.parse("ic3 ih5 oc4 kh1").isPointwise());
    assertFalse(ConvShape.parse("ic3 ih5 oc4 kh1 s2").isPointwise());
    assertFalse(ConvShape.parse("ic3 ih5 oc4 kh1 p1").isPointwise());
    assertFalse(ConvShape.parse("ic4 ih5 oc4 kh1 g2").isPointwise());
    assertFalse(ConvShape.parse("ic3 ih5 oc4 kh1 kw2").isPointwise());
    assertTrue(ConvShape.parse("ic4 ih5 oc8 kh3 g4").isDepthwise());
    assertFalse(ConvShape.parse("ic4 ih5 oc8 kh3 g2").isDepthwise());
    assertFalse(ConvShape.parse("ic1 ih5 oc8 kh3").isDepthwise());
  }

  @Test
  void paddingsByHand() {
    assertEquals(new Padding(2, 2, 2, 2), Padding.of(2));
    assertEquals(new Padding(1, 1, 3, 3), Padding.of(1, 3));
    assertEquals(new Padding(1, 1, 2, 2, 3, 3), Padding.of(1, 2, 3));
    assertFalse(new Padding(1, 0, 0, 0, 0, 0).isNone());
    assertRefused(() -> new Padding(0, -1, 0, 0, 0, 0), "at least 0, got front=0 back=-1 top=0");
    assertTrue(Padding.NONE.isNone());
    assertTrue(Padding.of(0).isNone());
    assertFalse(new Padding(0, 0, 0, 1).isNone());
    assertFalse(new Padding(0, 1, 0, 0).isNone());
  }
}
