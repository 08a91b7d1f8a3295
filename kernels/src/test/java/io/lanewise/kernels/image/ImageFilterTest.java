package io.lanewise.kernels.image;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFilterTest {
  private static final List<Backend> BACKENDS =
      List.of(CpuBackend.best(), CpuBackend.scalar(), new ReferenceBackend());

  private static Tensor filtered(
      Backend backend, ImageFilter f, ImageBorder border, boolean flipped, Tensor x) {
    Parallel one = Parallel.SEQUENTIAL;
    ImageFiltering filtering =
        flipped
            ? ImageFiltering.convolution(backend, x.shape(), f, border, one)
            : ImageFiltering.crossCorrelation(backend, x.shape(), f, border, one);
    Tensor y = Tensor.zeros(x.shape()).fill(Float.NaN);
    filtering.apply(x, y);
    filtering.apply(x, y); // its memory is used again
    return y;
  }

  /** The sums of the definition, pixel by pixel. */
  @Test
  void everyFilterAndBorderIsItsDefinition() {
    Tensor x = TestData.uniform(Shape.of(2, 3, 4, 6), 1);
    for (String name : ImageFilters.names()) {
      ImageFilter f = ImageFilters.named(name);
      assertEquals(name, f.name());
      for (ImageBorder border : ImageBorder.values()) {
        for (boolean flipped : new boolean[] {false, true}) {
          for (Backend backend : BACKENDS) {
            Tensor y = filtered(backend, f, border, flipped, x);
            for (int i = 0; i < y.size(); i++) {
              double expected = pixel(x, f, border, flipped, i);
              assertEquals(expected, y.array()[i], 1e-4, name + " " + border + " " + flipped);
            }
          }
        }
      }
    }
  }

  private static double pixel(
      Tensor x, ImageFilter f, ImageBorder border, boolean flipped, int element) {
    int ih = x.shape().dim(2);
    int iw = x.shape().dim(3);
    int plane = element / (ih * iw);
    double sum = 0;
    for (int ky = 0; ky < f.kh(); ky++) {
      for (int kx = 0; kx < f.kw(); kx++) {
        int dy = ky - (f.kh() - 1) / 2;
        int dx = kx - (f.kw() - 1) / 2;
        int iy = border.pixel(element / iw % ih + (flipped ? -dy : dy), ih);
        int ix = border.pixel(element % iw + (flipped ? -dx : dx), iw);
        if (iy >= 0 && ix >= 0) {
          sum += f.weight(ky, kx) * x.get(plane / 3, plane % 3, iy, ix);
        }
      }
    }
    return sum;
  }

  /** A bright square on a dark ground: what each filter is there for. */
  @Test
  void endToEnd() {
    Tensor square = Tensor.zeros(1, 1, 9, 9);
    for (int y = 3; y < 6; y++) {
      for (int x = 3; x < 6; x++) {
        square.set(1, 0, 0, y, x);
      }
    }
    Backend best = Backend.best();
    Tensor slope = filtered(best, ImageFilters.sobelX(), ImageBorder.EDGE, false, square);
    assertEquals(4, slope.get(0, 0, 4, 2)); // grows brighter to the right
    assertEquals(-4, slope.get(0, 0, 4, 6));
    assertEquals(0, slope.get(0, 0, 4, 4));
    Tensor turned = filtered(best, ImageFilters.sobelX(), ImageBorder.EDGE, true, square);
    assertEquals(-4, turned.get(0, 0, 4, 2)); // convolution turns the filter
    Tensor edges = filtered(best, ImageFilters.laplacian8(), ImageBorder.ZERO, false, square);
    assertEquals(0, edges.get(0, 0, 4, 4));
    assertEquals(-5, edges.get(0, 0, 3, 3));
    Tensor blurred = filtered(best, ImageFilters.gaussian(1), ImageBorder.SYMMETRIC, false, square);
    double sum = 0;
    for (float v : blurred.toArray()) {
      sum += v;
    }
    assertEquals(9, sum, 1e-5); // light is spread, not lost
    assertTrue(blurred.get(0, 0, 4, 4) < 1 && blurred.get(0, 0, 4, 4) > blurred.get(0, 0, 3, 3));
    Tensor point = Tensor.zeros(1, 1, 5, 5);
    point.set(1, 0, 0, 2, 2);
    Tensor response = filtered(best, ImageFilters.emboss(), ImageBorder.ZERO, true, point);
    assertEquals(-2, response.get(0, 0, 1, 1)); // convolution copies the filter to a point
    assertEquals(2, response.get(0, 0, 3, 3));
  }

  @Test
  void sums() {
    for (String name : List.of("box-3", "gaussian-5", "unsharp", "sharpen", "motion-blur-5")) {
      assertEquals(1, ImageFilters.named(name).sum(), 1e-6, name);
    }
    for (String name : List.of("sobel-x", "scharr-y", "laplacian-8", "laplacian-of-gaussian")) {
      assertEquals(0, ImageFilters.named(name).sum(), 1e-6, name);
    }
    assertEquals(1, ImageFilters.motionBlur(7, 30).sum(), 1e-6);
    assertEquals(1f / 3, ImageFilters.motionBlur(3, 45).weight(0, 2)); // up to the right
    assertEquals(9, ImageFilters.gaussian(1.2).kh());
  }

  @Test
  void textsComeBack() {
    ImageFilter f = ImageFilter.parse("mine", "1 2; 3 -4 / 8");
    assertEquals(-0.5f, f.weight(1, 1));
    assertEquals(f, ImageFilter.parse("mine", f.toString().substring("mine:".length())));
    assertEquals(f.hashCode(), ImageFilter.parse("mine", "1,2; 3,-4 / 8").hashCode());
    assertEquals(1f / 8, f.flipped().weight(1, 1));
    assertEquals(ImageFilter.random(2, 3, 7), ImageFilter.random(2, 3, 7));
    assertNotEquals(ImageFilter.random(2, 3, 7), ImageFilter.random(2, 3, 8));
  }

  @Test
  void borders() {
    Iterator<String> expected =
        List.of("...abcd...", "aaaabcdddd", "dcbabcdcba", "cbaabcddcb", "bcdabcdabc").iterator();
    for (ImageBorder border : ImageBorder.values()) {
      StringBuilder row = new StringBuilder();
      for (int i = -3; i < 7; i++) {
        int pixel = border.pixel(i, 4);
        row.append(pixel < 0 ? '.' : "abcd".charAt(pixel));
      }
      assertEquals(expected.next(), row.toString());
      assertEquals(border == ImageBorder.ZERO ? -1 : 0, border.pixel(-9, 1));
    }
  }

  @Test
  void badArguments() {
    assertRefused(() -> ImageFilter.of("none"), "at least one weight");
    assertRefused(() -> ImageFilter.of("odd", new double[2], new double[3]), "row 1 has 3");
    assertRefused(() -> ImageFilter.of("n", new double[] {Double.NaN}), "finite, got NaN in row 0");
    assertRefused(() -> ImageFilter.parse("t", "1 x"), "got 'x' in '1 x'");
    assertRefused(() -> ImageFilter.parse("t", "1 / 2 / 3"), "divided once");
    assertRefused(() -> ImageFilter.parse("t", "1 / 0"), "finite");
    assertRefused(() -> ImageFilters.named("sobel"), "no image filter 'sobel'", "sobel-x");
    assertRefused(() -> ImageFilters.box(0), "size of box must be at least 1");
    assertRefused(() -> ImageFilters.gaussian(3, 0), "sigma must be finite and above 0");
    assertRefused(() -> ImageFilters.unsharp(4, 1, 1), "odd size");
    assertRefused(() -> ImageFilters.motionBlur(4, 0), "odd size");
    assertRefused(() -> ImageFilter.random(0, 1, 1), "at least 1");
    assertRefused(
        () -> ImageFilters.box(3).combined("c", 1, ImageFilters.box(5), 1), "3x3 and 5x5");
    Parallel one = Parallel.SEQUENTIAL;
    ImageFilter f = ImageFilters.box(3);
    Shape s = Shape.of(1, 1, 2, 2);
    assertRefused(
        () ->
            ImageFiltering.convolution(Backend.best(), Shape.of(1, 2, 2), f, ImageBorder.WRAP, one),
        "[n][c][ih][iw]");
    ImageFiltering plan =
        ImageFiltering.crossCorrelation(Backend.best(), s, f, ImageBorder.WRAP, one);
    assertEquals(s, plan.shape());
    Tensor x = Tensor.zeros(s);
    assertRefused(() -> plan.apply(x, x), "y must not share elements with x");
    assertRefused(() -> plan.apply(Tensor.zeros(4), x), "x must have shape");
  }
}
