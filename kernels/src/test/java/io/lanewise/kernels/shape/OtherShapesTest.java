package io.lanewise.kernels.shape;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Shapes of pooling, matrix products and fully connected layers. */
final class OtherShapesTest {
  private static PoolShape pool(int n, int... s) {
    return new PoolShape(
        n, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], new Padding(1, 0, 2, 1));
  }

  @Test
  void poolingByHand() {
    PoolShape s = pool(2, 3, 7, 9, 3, 2, 2, 1, 1, 3);
    assertEquals(3, s.oh());
    assertEquals(9, s.ow());
    assertEquals(Shape.of(2, 3, 7, 9), s.x());
    assertEquals(Shape.of(2, 3, 3, 9), s.y());
    assertEquals(2, s.rowsInside(0)); // rows -1 0 1
    assertEquals(3, s.rowsInside(1)); // rows 1 2 3
    assertEquals(1, s.columnsInside(0)); // columns -2 1
    assertEquals(2, s.columnsInside(2)); // columns 0 3
    assertEquals(1, s.columnsInside(8)); // columns 6 9
    PoolShape square = PoolShape.square(1, 2, 8, 8, 3, 2, 1);
    assertEquals(new PoolShape(1, 2, 8, 8, 3, 3, 2, 2, 1, 1, Padding.of(1)), square);
  }

  @Test
  void poolingAlongOneAndThreeAxes() {
    PoolShape flat = PoolShape.input(2, 3, 9).window(4).stride(2).padding(1).build();
    assertEquals(Shape.of(2, 3, 4), flat.y());
    assertEquals("n2 c3 iw9 kw4 s2 p1", flat.toString());
    PoolShape deep =
        PoolShape.input(1, 2, 6, 8, 9).window(1, 2, 3).stride(1, 2, 3).dilation(2).ceil().build();
    assertEquals(Shape.of(1, 2, 6, 4, 3), deep.y()); // (8 - 3) / 2 and (9 - 5) / 3 rounded up
    assertEquals("n1 c2 id6 ih8 iw9 kd1 kh2 kw3 sd1 sh2 sw3 d2 ceil", deep.toString());
    assertEquals(6, deep.area());
    assertEquals(
        PoolShape.parse("n5 c3 id6 ih8 iw9 kd1 kh2 kw3 sd1 sh2 sw3 d2 ceil"), deep.with(5, 3));
    for (PoolShape s : new PoolShape[] {flat, deep}) {
      assertEquals(s, PoolShape.parse(s.toString()));
    }
    PoolShape global = PoolShape.global(Shape.of(2, 3, 4, 5));
    assertEquals(PoolShape.parse("n2 c3 ih4 iw5 kh4 kw5"), global);
    assertEquals(Shape.of(2, 3, 1, 1), global.y());
    assertEquals(1, new PoolShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, Padding.NONE).planesInside(0));
  }

  /** PyTorch's rule: a window beyond the padding has to start within the input or before it. */
  @Test
  void poolingRoundsUp() {
    assertEquals(3, PoolShape.parse("c1 iw5 kw2 s2 ceil").ow());
    assertEquals(2, PoolShape.parse("c1 iw5 kw2 s2").ow());
    assertEquals(2, PoolShape.parse("c1 iw4 kw1 s3 p1 ceil").ow()); // a third would start at 6 - 1
    assertEquals(1, PoolShape.parse("c1 iw2 kw3 s2 ceil").ow());
    assertRefused(() -> PoolShape.parse("c1 iw2 kw3 ceil"), "the window spans 3 along width");
  }

  @Test
  void poolingRefusesWrongAxes() {
    Padding none = Padding.NONE;
    assertRefused(
        () -> new PoolShape(4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, none, false),
        "a pooling has rank 1, 2 or 3, got 4");
    assertRefused(
        () -> new PoolShape(1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, none, false),
        "a 1-D pooling has no height",
        "got size 2");
    assertRefused(
        () -> PoolShape.input(1, 1, 4, 4).window(2, 2, 2),
        "the window of a 2-D pooling takes one number or 2, got [2, 2, 2]");
    assertRefused(() -> PoolShape.global(Shape.of(2, 3)), "1 to 3 axes, got shape [2, 3]");
  }

  @Test
  void adaptivePooling() {
    AdaptivePoolShape s = AdaptivePoolShape.of(Shape.of(2, 3, 5, 7), 3);
    assertEquals(Shape.of(2, 3, 3, 3), s.y());
    assertEquals(s, AdaptivePoolShape.of(Shape.of(2, 3, 5, 7), 3, 3));
    int[] starts = {0, 1, 3};
    int[] ends = {2, 4, 5};
    for (int o = 0; o < 3; o++) {
      assertEquals(starts[o], AdaptivePoolShape.start(o, 5, 3));
      assertEquals(ends[o], AdaptivePoolShape.end(o, 5, 3));
    }
    Shape x = Shape.of(2, 3, 4);
    assertRefused(() -> AdaptivePoolShape.of(Shape.of(2, 3), 1), "1 to 3 axes, got shape [2, 3]");
    assertRefused(() -> AdaptivePoolShape.of(x, 1, 2), "one number or 1, got [1, 2]");
    assertRefused(() -> AdaptivePoolShape.of(x, 0), "at least 1", "y [2, 3, 0]");
    assertRefused(
        () -> new AdaptivePoolShape(x, Shape.of(2, 4, 4)), "the channels", "got [2, 4, 4]");
  }

  @Test
  void poolingRefusesNonsense() {
    String[] names = {"c", "ih", "iw", "kh", "kw", "strideH", "strideW", "dilationH", "dilationW"};
    for (int i = 0; i < names.length; i++) {
      int[] sizes = {3, 7, 9, 3, 2, 2, 1, 1, 3};
      sizes[i] = 0;
      assertRefused(() -> pool(2, sizes), names[i] + " must be at least 1, got 0");
    }
    assertRefused(() -> pool(-1, 3, 7, 9, 3, 2, 2, 1, 1, 3), "n must be at least 0, got -1");
    assertRefused(() -> pool(1, 3, 7, 9, 9, 2, 2, 1, 1, 3), "spans 9 along height");
    assertRefused(() -> pool(1, 3, 7, 9, 3, 6, 2, 1, 1, 3), "spans 16 along width");
    assertRefused(() -> pool(1, 1 << 20, 1 << 10, 9, 1, 1, 2, 1, 1, 3), "2^31 - 1 elements");
    assertThrows(
        NullPointerException.class, () -> new PoolShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, null));
  }

  @Test
  void matrixProducts() {
    GemmShape s = new GemmShape(2, 3, 5, true, true, false);
    assertEquals(Shape.of(5, 2), s.a());
    assertEquals(Shape.of(3, 5), s.b());
    assertEquals(Shape.of(2, 3), s.c());
    assertEquals(60, s.flops());
    assertEquals(Shape.of(2, 5), GemmShape.of(2, 3, 5).a());
    assertEquals(Shape.of(5, 3), GemmShape.of(2, 3, 5).b());
    assertRefused(() -> GemmShape.of(2, -3, 5), "at least 0, got m=2 n=-3 k=5");
    assertRefused(() -> GemmShape.of(1 << 16, 1 << 16, 1), "2^31 - 1 elements");
  }

  @Test
  void fullyConnectedLayers() {
    LinearShape s = new LinearShape(2, 3, 5);
    assertEquals(Shape.of(2, 3), s.x());
    assertEquals(Shape.of(5, 3), s.w());
    assertEquals(Shape.of(2, 5), s.y());
    assertEquals(Shape.of(5), s.bias());
    assertEquals(60, s.flops());
    assertEquals("n2 in3 out5", s.toString());
    for (int[] bad : new int[][] {{-1, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
      assertRefused(
          () -> new LinearShape(bad[0], bad[1], bad[2]),
          "n >= 0, in >= 1, out >= 1, got n=" + bad[0] + " in=" + bad[1] + " out=" + bad[2]);
    }
    assertRefused(() -> new LinearShape(1, 1 << 16, 1 << 16), "2^31 - 1 elements");
  }
}
