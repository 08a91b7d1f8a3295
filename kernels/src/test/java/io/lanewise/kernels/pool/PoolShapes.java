package io.lanewise.kernels.pool;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.PoolShape;
import java.util.stream.Stream;

/** The shapes that pooling's contracts run on, in the words of a convolution's geometry. */
final class PoolShapes {
  private PoolShapes() {}

  static Stream<PoolShape> all() {
    Stream<String> rows = // of 3 to 35 outputs: V-1, V, V+1, 2V+3 for V = 4, 8, 16
        Stream.of(3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 19, 31, 32, 33, 35)
            .map(ow -> "n1 ic2 ih3 iw" + (ow + 1) + " kh2");
    Stream<String> stridedRows =
        Stream.of(3, 4, 5, 7, 8, 9, 15, 16, 17, 35)
            .map(ow -> "n1 ic2 ih5 iw" + (2 * ow + 1) + " kh3 s2");
    Stream<String> others =
        Stream.of(
            "n1 ic1 ih1 kh1",
            "n2 ic3 ih4 kh2 s2",
            "n2 ic3 ih6 kh2 s2",
            "n3 ic5 ih13 iw11 kh3 kw2 s2 p1",
            "n1 ic2 ih7 kh7",
            "n1 ic2 ih11 iw23 kh3 p1", // padding
            "n1 ic2 ih4 kh2 p2", // windows of padding alone
            "n1 ic2 ih2 iw9 kh2 s2 p4",
            "n1 ic1 ih1 kh1 p3",
            "n1 ic2 ih5 iw6 kh3 pt1 pb0 pl2 pr3", // padding that differs
            "n1 ic2 ih5 iw6 kh2 s3 pt0 pb3 pl0 pr1",
            "n2 ic2 ih7 iw20 kh1 s2", // stride greater than the window
            "n1 ic3 ih11 iw40 kh2 s3",
            "n1 ic2 ih10 iw14 kh2 kw1 sh3 sw5 p1",
            "n1 ic2 ih9 iw12 kh3 d2", // dilation
            "n1 ic2 ih8 iw19 kh2 kw3 d3 p2",
            "n1 ic1 ih3 kh3 d3 p5",
            "n1 ic2 ih12 kh3 s2 dh1 dw3 p4",
            "n0 ic3 ih4 kh2", // empty batch
            "n2 ic3 ih1 iw37 kh1 kw4 sw2", // 1-D
            "n2 ic40 ih14 kh2 s1 p1"); // enough work for any team
    return Stream.of(rows, stridedRows, others).flatMap(s -> s).map(PoolShapes::parse);
  }

  static PoolShape parse(String text) {
    ConvShape s = ConvShape.parse("oc1 " + text);
    return new PoolShape(
        s.n(),
        s.ic(),
        s.ih(),
        s.iw(),
        s.kh(),
        s.kw(),
        s.strideH(),
        s.strideW(),
        s.dilationH(),
        s.dilationW(),
        s.padding());
  }
}
