package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.shape.ConvShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a depthwise convolution's rows are cut. */
final class BlockStripsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic16 ih7 oc16 kh3 s2 p1 g16",
        "n1 ic7 ih13 iw3 oc7 kh3 d3 p3 g7",
        "n1 ic13 ih2 iw3 oc13 kh2 p4 g13",
        "n1 ic3 ih31 iw2 oc3 kh1 s5 g3",
        "n1 ic24 ih56 oc24 kh5 p2 g24"
      })
  void everyWindowLiesInItsStrip(String text) {
    ConvShape s = ConvShape.parse(text);
    for (long floats : new long[] {1, 500, 5000, 1 << 20}) {
      BlockStrips strips = BlockStrips.of(s, true, floats);
      for (int oy = 0; oy < s.oh(); oy = strips.end(oy)) {
        int end = Math.min(s.oh(), strips.end(oy));
        assertTrue(end - oy <= strips.outRows(), text);
        assertTrue(strips.bottom(end) - strips.top(oy) <= strips.inRows(), text);
        for (int row = oy; row < end; row++) {
          for (int ky = 0; ky < s.kh(); ky++) {
            int iy = row * s.strideH() - s.padding().top() + ky * s.dilationH();
            boolean inside = iy >= 0 && iy < s.ih();
            assertTrue(!inside || (iy >= strips.top(oy) && iy < strips.bottom(end)), text);
          }
        }
      }
    }
  }

  @Test
  void stripsFitUnlessAGroupOfRowsDoesNot() {
    ConvShape s = ConvShape.parse("n1 ic96 ih112 oc96 kh3 s2 p1 g96");
    BlockStrips some = BlockStrips.of(s, true, 1 << 18);
    assertTrue(some.inFloats() + some.outFloats() <= 1 << 18, some::toString);
    assertTrue(some.each() > DepthwisePass.ROWS, some::toString);
    assertEquals(0, some.each() % DepthwisePass.ROWS);
    assertEquals(DepthwisePass.ROWS, BlockStrips.of(s, true, 1).each());
    assertEquals(56, BlockStrips.of(s, true, Long.MAX_VALUE).each());
  }

  /**
   * More parts only where workers would wait; where rows cost nothing again, as many as workers.
   */
  @Test
  void partsFollowTheTeam() {
    ConvShape one = ConvShape.parse("n1 ic96 ih14 oc96 kh3 p1 g96");
    BlockStrips strips = BlockStrips.of(one, true, 1 << 18);
    assertEquals(1, strips.parts(1, 0.5));
    assertEquals(2, strips.parts(2, 0.5));
    assertEquals(3, strips.parts(3, 0));
    BlockStrips four = BlockStrips.of(one.withBatch(4), true, 1 << 18);
    assertEquals(1, four.parts(2, 0.5));
    assertEquals(3, four.parts(3, 0));
    for (int parts = 1; parts < 20; parts++) {
      assertEquals(0, strips.from(0, parts));
      assertEquals(14, strips.from(parts, parts));
    }
  }

  @Test
  void paysWhereWhatLiesBetweenIsNotSmall() {
    int l2 = 1 << 21;
    assertTrue(pays(ConvShape.parse("n1 ic96 ih112 oc96 kh3 s2 p1 g96"), l2));
    assertFalse(pays(ConvShape.parse("n1 ic16 ih7 oc16 kh3 s2 p1 g16"), l2));
    assertFalse(pays(ConvShape.parse("n900 ic16 ih7 oc16 kh3 s2 p1 g16"), l2));
    assertTrue(pays(ConvShape.parse("n1 ic16 ih7 oc16 kh3 s2 p1 g16"), 1 << 10));
  }

  @Test
  void doesNotPayForMuchWorkOnWhatLiesBetween() {
    ConvShape each = ConvShape.parse("n3 ic512 ih14 oc512 kh3 p1 g512");
    assertTrue(pays(each, 96, 1 << 20));
    assertFalse(pays(each, 512, 1 << 20));
    assertTrue(pays(each.withBatch(0), 96, 1 << 20));
  }

  private static boolean pays(ConvShape d, int l2) {
    return pays(d, 8, l2);
  }

  private static boolean pays(ConvShape d, int ic, int l2) {
    ConvShape before = ConvShape.input(d.n(), ic, d.ih(), d.iw()).filters(d.ic(), 1, 1).build();
    return DepthwiseBlocks.pays(new DepthwiseBlockShape(before, d, null), l2);
  }
}
