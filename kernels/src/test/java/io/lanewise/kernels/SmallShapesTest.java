package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmallShapesTest {
  static List<ConvShape> thatBite() throws IOException {
    try (InputStream in = SmallShapesTest.class.getResourceAsStream("conv/shapes-that-bite.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(ConvShape::parse)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("thatBite")
  void aSmallConvolutionIsOfTheSameKindAndNowhereLarger(ConvShape s) {
    ConvShape small = SmallShapes.conv(s);
    assertEquals(s.isDepthwise(), small.isDepthwise());
    assertEquals(s.isPointwise(), small.isPointwise());
    assertEquals(s.padding(), small.padding());
    assertEquals(
        List.of(s.rank(), s.kd(), s.kh(), s.kw(), s.strideD(), s.dilationD()),
        List.of(
            small.rank(), small.kd(), small.kh(), small.kw(), small.strideD(), small.dilationD()));
    assertEquals(
        List.of(s.strideH(), s.strideW(), s.dilationH(), s.dilationW()),
        List.of(small.strideH(), small.strideW(), small.dilationH(), small.dilationW()));
    assertTrue(small.icg() <= s.icg() && small.ocg() <= s.ocg() && small.groups() <= s.groups());
    assertTrue(small.oh() <= s.oh() && small.ow() <= s.ow() && small.ih() <= s.ih());
    assertTrue(small.od() <= s.od() && small.id() <= s.id() && small.iw() <= s.iw());
    assertTrue(small.n() <= Math.max(1, s.n()), small::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "n1 ic3 ih224 oc64 kh7 s2 p3, n1 ic3 ih31 oc64 kh1 kw7 s2 pt0 pb0 pl3 pr3",
    "n1 ic512 ih14 oc512 kh3 s2 p1, n1 ic16 ih14 oc512 kh1 kw3 s2 pt0 pb0 pl1 pr1",
    "n1 ic64 ih1 iw1000 oc64 kh1 kw5, n1 ic16 ih1 iw260 oc64 kh1 kw5",
  })
  void windowsOfOneRowIfSumsWouldBeLong(String shape, String small) {
    assertEquals(small, SmallShapes.window(ConvShape.parse(shape)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "n1 ic64 ih56 oc64 kh3 p1, n1 ic16 ih16 oc64 kh3 p1",
    "n1 ic3 ih224 oc64 kh7 s2 p3, n1 ic3 ih31 oc64 kh7 s2 p3",
    "n1 ic512 ih7 oc2048 kh1, n1 ic48 ih7 oc512 kh1",
    "n8 ic512 ih7 oc2048 kh1, n5 ic48 ih7 oc128 kh1",
    "n1 ic67 ih28 oc200 kh1, n1 ic19 ih16 oc200 kh1",
    "n1 ic512 ih14 oc512 kh3 s2 p1, n1 ic16 ih14 oc128 kh3 s2 p1",
    "n1 ic130 ih112 oc130 kh3 p1 g130, n1 ic66 ih16 oc66 kh3 p1 g66",
    "n1 ic32 ih1 iw1000 oc64 kh1 kw5, n1 ic16 ih1 iw260 oc64 kh1 kw5",
    "n1 ic128 ih56 oc128 kh3 p1 g32, n1 ic8 ih16 oc8 kh3 p1 g2",
    "n1 ic1 ih28 oc6 kh5 p2, n1 ic1 ih16 oc6 kh5 p2",
  })
  void convolutions(String shape, String small) {
    assertEquals(small, SmallShapes.conv(ConvShape.parse(shape)).toString());
  }

  @Test
  void theOthers() {
    assertEquals("m232 n130 k48", SmallShapes.gemm(GemmShape.parse("m1000 n258 k512")).toString());
    assertEquals("m232 n130 k16", SmallShapes.gemm(GemmShape.parse("m1000 n258 k64")).toString());
    assertEquals("m1 n1 k1 acc", SmallShapes.gemm(GemmShape.parse("m1 n1 k1 acc")).toString());
    assertEquals(
        "n1 in16 out168", SmallShapes.linear(LinearShape.parse("in2048 out1000")).toString());
    assertEquals(
        "n1 c16 ih7 iw63 kh3 s2 p1",
        SmallShapes.pool(PoolShape.parse("n2 c64 ih112 iw128 kh3 s2 p1")).toString());
    assertEquals(
        "n1 c16 ih7 kh7", SmallShapes.pool(PoolShape.parse("n8 c2048 ih7 kh7")).toString());
  }
}
