package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The generator reaches what it promises to reach. */
class ConvShapesTest {
  private static final int MANY = 20_000;

  static List<ConvShape> draw(Arbitrary<ConvShape> arbitrary, int count, long seed) {
    List<ConvShape> shapes = new ArrayList<>();
    Random random = new Random(seed);
    JqwikSession.run(
        () -> {
          RandomGenerator<ConvShape> generator = arbitrary.generator(1000, true);
          for (int i = 0; i < count; i++) {
            shapes.add(generator.next(random).value());
          }
        });
    return shapes;
  }

  @Test
  void everyShapeIsAffordableAndAlive() {
    for (ConvShape s : draw(ConvShapes.anyRank(), MANY, 1)) {
      assertTrue(ConvFamily.isAffordable(s) && ConvFamily.isAlive(s), s::toString);
    }
  }

  @Test
  void nearlyAllAreDistinct() {
    assertTrue(new HashSet<>(draw(ConvShapes.any(), MANY, 2)).size() > 0.97 * MANY);
  }

  /** So that a seed names the same case on every machine. */
  @Test
  void theSameSeedGivesTheSameShapes() {
    assertEquals(draw(ConvShapes.any(), 500, 3), draw(ConvShapes.any(), 500, 3));
    assertEquals(
        List.of(
            "n1 ic4 ih6 iw14 oc8 kh7 s2 p3",
            "n1 ic8 ih70 iw1 oc3 kh7 kw1 sh2 sw1 pt4 pb7 pl0 pr0",
            "n1 ic5 ih16 iw12 oc3 kh4 sh2 sw1 d2 pt0 pb1 pl3 pr2",
            "n3 ic34 ih13 iw9 oc7 kh1"),
        draw(ConvShapes.any(), 4, 3).stream().map(ConvShape::toString).toList());
  }

  @Test
  void bordersComeUpOften() {
    List<ConvShape> shapes = draw(ConvShapes.any(), MANY, 4);
    List<Executable> checks =
        List.of(
            atLeast(0.005, "no image", shapes, s -> s.n() == 0),
            atLeast(0.02, "eight images and more", shapes, s -> s.n() >= 8),
            atLeast(0.02, "pointwise", shapes, ConvShape::isPointwise),
            atLeast(0.04, "depthwise", shapes, ConvShape::isDepthwise),
            atLeast(0.01, "multiplier", shapes, s -> s.isDepthwise() && s.ocg() > 1),
            atLeast(0.15, "groups", shapes, s -> s.groups() > 1),
            atLeast(0.04, "1-D", shapes, s -> s.ih() == 1 && s.kh() == 1),
            atLeast(0.03, "Winograd", shapes, ConvShapesTest::isWinograd),
            atLeast(0.03, "7x7/2", shapes, s -> s.kh() == 7 && s.strideH() == 2),
            atLeast(0.04, "wide padding", shapes, s -> s.padding().top() >= s.kh()),
            atLeast(0.10, "uneven", shapes, s -> s.padding().top() != s.padding().bottom()),
            atLeast(0.04, "strides beyond", shapes, s -> s.strideH() > s.kh()),
            atLeast(0.10, "dilation", shapes, s -> s.dilationH() > 1 && s.kh() > 1),
            atLeast(0.03, "threads", shapes, s -> s.flops() >= Parallel.WORTH_SHARING),
            atLeast(0.03, "pixel blocks", shapes, s -> near(s.oh() * s.ow(), 512, 1024)),
            atLeast(0.015, "sums", shapes, s -> near(s.reduction(), 128, 192, 256, 384)),
            atLeast(0.01, "filters' sums", shapes, s -> near(s.ocg(), 128, 192, 256, 384)),
            atLeast(0.10, "vectors' rows", shapes, s -> near(s.ow(), 4, 8, 16)),
            atLeast(0.10, "tiles' rows", shapes, s -> near(s.ocg(), 8, 12, 16)),
            atLeast(
                0.02, "wide tiles", shapes, s -> near(s.ocg(), 32, 64) || near(s.icg(), 32, 64)));
    assertAll(checks);
  }

  @Test
  void volumesAndLinesHaveEverything() {
    List<ConvShape> volumes = draw(ConvShapes.volumes(), 2_000, 7);
    List<ConvShape> lines = draw(ConvShapes.lines(), 2_000, 8);
    List<ConvShape> all = draw(ConvShapes.anyRank(), MANY, 9);
    assertAll(
        atLeast(0.3, "deep", volumes, s -> s.kd() > 1),
        atLeast(0.05, "planes one by one", volumes, ConvShape::isPlaneByPlane),
        atLeast(0.2, "stride into depth", volumes, s -> s.strideD() > 1),
        atLeast(0.05, "dilation into depth", volumes, s -> s.dilationD() > 1 && s.kd() > 1),
        atLeast(0.1, "front", volumes, s -> s.padding().front() != s.padding().back()),
        atLeast(0.05, "wide front", volumes, s -> s.padding().front() >= s.kd()),
        atLeast(0.1, "groups", volumes, s -> s.groups() > 1),
        atLeast(0.05, "depthwise", volumes, ConvShape::isDepthwise),
        atLeast(0.1, "groups", lines, s -> s.groups() > 1),
        atLeast(0.3, "dilation", lines, s -> s.dilationW() > 1 && s.kw() > 1),
        atLeast(0.3, "stride", lines, s -> s.strideW() > 1),
        atLeast(0.1, "lines", all, s -> s.rank() == 1),
        atLeast(0.1, "volumes", all, s -> s.rank() == 3),
        atLeast(0.6, "planes", all, s -> s.rank() == 2));
  }

  private static Executable atLeast(
      double share, String what, List<ConvShape> shapes, Predicate<ConvShape> is) {
    long count = shapes.stream().filter(is).count();
    return () -> assertTrue(count >= share * shapes.size(), () -> what + ": only " + count);
  }

  private static boolean near(int size, int... borders) {
    for (int border : borders) {
      if (Math.abs(size - border) <= 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWinograd(ConvShape s) {
    return s.kh() == 3
        && s.kw() == 3
        && s.strideH() * s.strideW() * s.dilationH() * s.dilationW() * s.groups() == 1
        && s.padding().equals(Padding.of(1));
  }

  @Test
  void eachFamilyIsWhatItsNameSays() {
    assertAll(
        all(ConvShapes.ones(), s -> Math.max(s.ih(), s.iw()) <= 3 && s.icg() <= 2 && s.ocg() <= 2),
        all(ConvShapes.lanes(), s -> near(s.ow(), 4, 8, 16, 32) || near(s.ow(), 11, 19, 35)),
        all(ConvShapes.tiles(), s -> near(s.oh() * s.ow(), 8, 16, 32, 64)),
        all(ConvShapes.longSums(), ConvShapesTest::hasLongSum),
        all(ConvShapes.pixelBlocks(), s -> near(s.oh() * s.ow(), 512, 1024)),
        all(ConvShapes.primes(), s -> s.groups() == 1 && isPrime(s.ic()) && isPrime(s.oc())),
        all(
            ConvShapes.widePadding(),
            s -> s.padding().top() >= s.kh() || s.padding().left() >= s.kw()),
        all(ConvShapes.unevenPadding(), s -> s.padding().left() != s.padding().right()),
        all(ConvShapes.longStrides(), s -> s.strideH() > s.kh() && s.strideW() > s.kw()),
        all(ConvShapes.dilated(), s -> s.dilationH() > 1 && s.dilationW() > 1),
        all(ConvShapes.grouped(), s -> s.groups() > 1),
        all(ConvShapes.depthwise(), ConvShape::isDepthwise),
        all(ConvShapes.pointwise(), ConvShape::isPointwise),
        all(ConvShapes.threeByThree(), s -> s.reduction() == 9 * s.ic() && s.strideH() == 1),
        all(ConvShapes.stem(), s -> s.kh() == 7 && s.strideW() == 2 && s.ic() <= 4),
        all(ConvShapes.oneDimensional(), s -> s.ih() * s.kh() == 1 || s.iw() * s.kw() == 1),
        all(ConvShapes.lines(), s -> s.rank() == 1),
        all(ConvShapes.volumes(), s -> s.rank() == 3),
        all(ConvShapes.batches(), s -> near(s.n(), 8, 16, 32)),
        all(ConvShapes.emptyBatch(), s -> s.n() == 0),
        all(ConvShapes.worthSharing(), s -> s.flops() >= Parallel.WORTH_SHARING),
        all(ConvShapes.mixed(), s -> s.n() > 0));
  }

  private static Executable all(Arbitrary<ConvShape> family, Predicate<ConvShape> is) {
    return () -> {
      for (ConvShape s : draw(family, 300, 5)) {
        assertTrue(is.test(s), s::toString);
      }
    };
  }

  private static boolean hasLongSum(ConvShape s) {
    return Stream.of(s.reduction(), s.ocg(), s.oh() * s.ow())
        .anyMatch(sum -> near(sum, 128, 192, 256, 384));
  }

  private static boolean isPrime(int n) {
    return n > 1 && IntStream.range(2, n).noneMatch(d -> n % d == 0);
  }
}
