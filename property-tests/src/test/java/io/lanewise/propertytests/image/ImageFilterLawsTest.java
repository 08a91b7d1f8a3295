package io.lanewise.propertytests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.image.ImageBorder;
import io.lanewise.kernels.image.ImageFilter;
import io.lanewise.kernels.image.ImageFiltering;
import io.lanewise.kernels.image.ImageFilters;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every named filter, any border and images of any size, SIMD and scalar. */
class ImageFilterLawsTest {
  private static final double U = 0x1p-24;

  /** An image, what is outside it, and the filter; pixels follow from the seed. */
  record Case(Shape shape, ImageFilter filter, ImageBorder border, boolean scalar, long seed) {
    Backend backend() {
      return scalar ? CpuBackend.scalar() : Backend.best();
    }

    /** Whole numbers from -9 to 9. */
    Tensor image() {
      SplittableRandom random = new SplittableRandom(seed);
      Tensor x = Tensor.zeros(shape);
      for (int i = 0; i < x.size(); i++) {
        x.array()[i] = random.nextInt(-9, 10);
      }
      return x;
    }

    Tensor correlated(ImageFilter w, Tensor x) {
      Tensor y = Tensor.zeros(shape).fill(Float.NaN);
      ImageFiltering.crossCorrelation(backend(), shape, w, border, Parallel.SEQUENTIAL).apply(x, y);
      return y;
    }

    Tensor convolved(ImageFilter w, Tensor x) {
      Tensor y = Tensor.zeros(shape).fill(Float.NaN);
      ImageFiltering.convolution(backend(), shape, w, border, Parallel.SEQUENTIAL).apply(x, y);
      return y;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Shape> shapes =
        Combinators.combine(
                Arbitraries.integers().between(1, 2),
                Arbitraries.integers().between(1, 19),
                Arbitraries.integers().between(1, 12),
                Arbitraries.integers().between(1, 12))
            .as(Shape::of);
    return Combinators.combine(
            shapes,
            Arbitraries.of(ImageFilters.names()).map(ImageFilters::named),
            Arbitraries.of(ImageBorder.class),
            Arbitraries.of(false, true),
            Arbitraries.longs())
        .as(Case::new);
  }

  private static double size(ImageFilter w) {
    double size = 0;
    for (int i = 0; i < w.kh() * w.kw(); i++) {
      size += Math.abs(w.weight(i / w.kw(), i % w.kw()));
    }
    return size;
  }

  /** A rounding for each weight, of sums of at most 9 times their sizes. */
  private static double bound(ImageFilter w) {
    return (w.kh() * w.kw() + 2) * U * 9 * size(w);
  }

  private static float pixel(Tensor x, int plane, int iy, int ix) {
    int ih = x.shape().dim(2);
    int iw = x.shape().dim(3);
    return iy < 0 || ix < 0 ? 0 : x.array()[(plane * ih + iy) * iw + ix];
  }

  @Property(tries = 300)
  void isTheSumOverTheWeightsAroundAPixel(@ForAll("cases") Case c) {
    Tensor x = c.image();
    ImageFilter w = c.filter();
    Tensor y = c.correlated(w, x);
    int ih = c.shape().dim(2);
    int iw = c.shape().dim(3);
    for (int i = 0; i < y.size(); i++) {
      int oy = i / iw % ih;
      int ox = i % iw;
      double sum = 0;
      for (int tap = 0; tap < w.kh() * w.kw(); tap++) {
        int ky = tap / w.kw();
        int kx = tap % w.kw();
        int iy = c.border().pixel(oy + ky - (w.kh() - 1) / 2, ih);
        int ix = c.border().pixel(ox + kx - (w.kw() - 1) / 2, iw);
        sum += (double) w.weight(ky, kx) * pixel(x, i / ih / iw, iy, ix);
      }
      assertEquals(sum, y.array()[i], bound(w), c + " element " + i);
    }
  }

  /** Signal processing's convolution is cross-correlation by the filter turned by half a circle. */
  @Property(tries = 200)
  void convolvesByTheTurnedFilter(@ForAll("cases") Case c) {
    ImageFilter odd = c.filter().kh() % 2 == 1 ? c.filter() : ImageFilters.emboss();
    Tensor x = c.image();
    assertTrue(
        c.convolved(odd, x).sameBits(c.correlated(odd.flipped(), x)), () -> "not turned: " + c);
  }

  /** What has no outside: a constant image becomes that constant times the sum of the weights. */
  @Property(tries = 200)
  void constantImagesStayConstant(@ForAll("cases") Case c) {
    Tensor y = c.correlated(c.filter(), Tensor.zeros(c.shape()).fill(3f));
    if (c.border() != ImageBorder.ZERO) {
      for (float v : y.array()) {
        assertEquals(3 * c.filter().sum(), v, bound(c.filter()), c::toString);
      }
    }
  }

  /** Sums of whole numbers below 2^24 are exact, so f(x + 2z) = f(x) + 2 f(z), to the bit. */
  @Property(tries = 200)
  void isLinear(@ForAll("cases") Case c) {
    ImageFilter w = isWhole(c.filter()) ? c.filter() : ImageFilters.kirschNorth();
    Tensor x = c.image();
    Tensor z = new Case(c.shape(), w, c.border(), c.scalar(), ~c.seed()).image();
    Tensor both = Tensor.zeros(c.shape());
    for (int i = 0; i < both.size(); i++) {
      both.array()[i] = x.array()[i] + 2 * z.array()[i];
    }
    float[] fx = c.correlated(w, x).array();
    float[] fz = c.correlated(w, z).array();
    float[] sum = c.correlated(w, both).array();
    for (int i = 0; i < sum.length; i++) {
      assertEquals(fx[i] + 2 * fz[i], sum[i], c + " element " + i);
    }
  }

  private static boolean isWhole(ImageFilter w) {
    for (int i = 0; i < w.kh() * w.kw(); i++) {
      float v = w.weight(i / w.kw(), i % w.kw());
      if (v != Math.rint(v)) {
        return false;
      }
    }
    return true;
  }

  /** Derivatives and outlines answer nothing to a constant image, the others its own brightness. */
  @Property(tries = 50)
  void weightsSumToNothingOrOne(@ForAll("cases") Case c) {
    List<String> keep =
        List.of("identity", "box", "gaussian", "sharpen", "unsharp", "emboss", "motion-blur");
    boolean keeps = keep.stream().anyMatch(c.filter().name()::startsWith);
    assertEquals(keeps ? 1 : 0, c.filter().sum(), 25 * U, c.filter()::toString);
  }
}
