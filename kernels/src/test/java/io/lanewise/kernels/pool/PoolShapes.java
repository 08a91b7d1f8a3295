package io.lanewise.kernels.pool;

import io.lanewise.kernels.shape.PoolShape;
import java.util.stream.Stream;

/** The shapes that pooling's contracts run on, of all ranks. */
final class PoolShapes {
  private PoolShapes() {}

  static Stream<PoolShape> all() {
    Stream<String> rows = // of 3 to 35 outputs: V-1, V, V+1, 2V+3 for V = 4, 8, 16
        Stream.of(3, 4, 5, 7, 8, 9, 11, 15, 16, 17, 19, 31, 32, 33, 35)
            .map(ow -> "n1 c2 ih3 iw" + (ow + 1) + " kh2");
    Stream<String> stridedRows =
        Stream.of(3, 4, 5, 7, 8, 9, 15, 16, 17, 35)
            .map(ow -> "n1 c2 ih5 iw" + (2 * ow + 1) + " kh3 s2");
    Stream<String> fewChannels = // several windows in a vector, and some left
        Stream.of(1, 2, 3, 5, 6, 7, 8).map(c -> "n2 c" + c + " ih5 iw67 kh2 s2");
    Stream<String> others =
        Stream.of(
            "n1 c1 ih1 kh1",
            "n2 c3 ih4 kh2 s2",
            "n2 c3 ih6 kh2 s2",
            "n3 c5 ih13 iw11 kh3 kw2 s2 p1",
            "n1 c6 ih5 iw66 kh2 s2 p1", // in a vector's middle, with padding
            "n1 c3 ih3 iw41 kh2 s2 d2",
            "n1 c2 ih7 kh7",
            "n1 c2 ih11 iw23 kh3 p1", // padding
            "n1 c2 ih4 kh2 p2", // windows of padding alone
            "n1 c2 ih2 iw9 kh2 s2 p4",
            "n1 c1 ih1 kh1 p3",
            "n1 c2 ih5 iw6 kh3 pt1 pb0 pl2 pr3", // padding that differs
            "n1 c2 ih5 iw6 kh2 s3 pt0 pb3 pl0 pr1",
            "n2 c2 ih7 iw20 kh1 s2", // stride greater than the window
            "n1 c3 ih11 iw40 kh2 s3",
            "n1 c2 ih10 iw14 kh2 kw1 sh3 sw5 p1",
            "n1 c2 ih9 iw12 kh3 d2", // dilation
            "n1 c2 ih8 iw19 kh2 kw3 d3 p2",
            "n1 c1 ih3 kh3 d3 p5",
            "n1 c2 ih12 kh3 s2 dh1 dw3 p4",
            "n0 c3 ih4 kh2", // empty batch
            "n2 c3 ih1 iw37 kh1 kw4 sw2", // 1-D
            "n2 c40 ih14 kh2 s1 p1", // enough work for any team
            "n1 c67 ih5 iw6 kh3 s2 p1", // whole vectors of channels and more
            "n2 c131 ih3 kh3",
            "n1 c16 ih6 kh2 s2",
            "n2 c3 iw23 kw3 s2 p1", // 1-D
            "n1 c33 iw12 kw3 dw2 pl2 pr0",
            "n1 c2 id3 ih4 iw5 kd2 kh3 kw2 p1", // 3-D
            "n2 c17 id4 ih5 iw6 kd2 kh3 kw2 s2 dd2 pf1 pk0 pt0 pb2 pl1 pr0",
            "n1 c2 ih5 kh2 s2 ceil", // windows beyond the input
            "n1 c18 ih4 kh3 s2 p1 ceil",
            "n1 c18 iw3 kw2 s2 d3 pl0 pr2 ceil", // as many taps inside, but another count
            "n1 c2 ih2 iw9 kh3 kw5 sh2 sw3 ceil",
            "n1 c2 iw7 kw2 s3 dw2 pl0 pr1 ceil",
            "n1 c3 id4 ih5 iw6 kd3 kh2 kw4 s3 p1 ceil");
    return Stream.of(rows, stridedRows, fewChannels, others).flatMap(s -> s).map(PoolShape::parse);
  }
}
