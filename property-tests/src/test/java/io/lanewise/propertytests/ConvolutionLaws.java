package io.lanewise.propertytests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Laws of the convolution for any shape. The data are small whole numbers, so every sum is exact
 * and the laws hold to the bit.
 */
class ConvolutionLaws {
  private final Backend backend = Backend.best();

  @Provide
  Arbitrary<ConvShape> shapes() {
    Arbitrary<int[]> window =
        Arbitraries.integers().between(1, 4).array(int[].class).ofSize(6); // kh kw sh sw dh dw
    Arbitrary<int[]> padding = Arbitraries.integers().between(0, 5).array(int[].class).ofSize(4);
    Arbitrary<int[]> channels = Arbitraries.integers().between(1, 9).array(int[].class).ofSize(3);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            channels,
            Arbitraries.integers().between(1, 19),
            Arbitraries.integers().between(1, 35),
            window,
            padding)
        .as(ConvolutionLaws::shape);
  }

  /** Dilation shrinks until the window fits. */
  private static ConvShape shape(int n, int[] channels, int ih, int iw, int[] k, int[] p) {
    int groups = channels[2] % 3 + 1;
    int kh = Math.min(k[0], ih + p[0] + p[1]);
    int kw = Math.min(k[1], iw + p[2] + p[3]);
    int dilationH = kh == 1 ? k[4] : Math.clamp((ih + p[0] + p[1] - 1) / (kh - 1), 1, k[4]);
    int dilationW = kw == 1 ? k[5] : Math.clamp((iw + p[2] + p[3] - 1) / (kw - 1), 1, k[5]);
    return new ConvShape(
        n,
        channels[0] * groups,
        ih,
        iw,
        channels[1] * groups,
        kh,
        kw,
        k[2],
        k[3],
        dilationH,
        dilationW,
        new Padding(p[0], p[1], p[2], p[3]),
        groups);
  }

  private static Tensor integers(Shape shape, SplittableRandom random) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = random.nextInt(-4, 5);
    }
    return t;
  }

  private Tensor forward(ConvShape s, Tensor x, Tensor w) {
    ConvForward conv = backend.convForward(s);
    Tensor y = Tensor.zeros(s.y()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(conv.workspace(), 1);
    conv.run(x, conv.pack(w), Epilogue.none(), y, ws, Parallel.SEQUENTIAL);
    return y;
  }

  private Tensor backwardData(ConvShape s, Tensor dy, Tensor w) {
    ConvBackwardData conv = backend.convBackwardData(s);
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    Workspace ws = Workspace.allocate(conv.workspace(), 1);
    conv.run(dy, conv.pack(w), dx, ws, Parallel.SEQUENTIAL);
    return dx;
  }

  private Tensor backwardWeights(ConvShape s, Tensor x, Tensor dy) {
    ConvBackwardWeights conv = backend.convBackwardWeights(s);
    Tensor dw = Tensor.zeros(s.w());
    Workspace ws = Workspace.allocate(conv.workspace(), 1);
    conv.run(x, dy, dw, null, ws, Parallel.SEQUENTIAL);
    return dw;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[i] * b.array()[i];
    }
    return sum;
  }

  private static Tensor plus(Tensor a, Tensor b) {
    Tensor c = a.copy();
    for (int i = 0; i < c.size(); i++) {
      c.array()[i] += b.array()[i];
    }
    return c;
  }

  /** Equal as numbers: -0 is 0. */
  private static void assertSame(Tensor want, Tensor got, ConvShape s) {
    assertEquals(want.shape(), got.shape(), s::toString);
    for (int i = 0; i < want.size(); i++) {
      if (want.array()[i] != got.array()[i]) {
        throw new AssertionError(
            s + " element " + i + ": expected " + want.array()[i] + ", got " + got.array()[i]);
      }
    }
  }

  @Property(tries = 300)
  void agreesWithTheReference(@ForAll("shapes") ConvShape s, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = integers(s.x(), random);
    Tensor w = integers(s.w(), random);
    Tensor dy = integers(s.y(), random);
    Tensor y = Tensor.zeros(s.y());
    ReferenceConv.forward(s, x, w, null, y);
    assertSame(y, forward(s, x, w), s);
    Tensor dx = Tensor.zeros(s.x());
    ReferenceConv.backwardData(s, dy, w, dx);
    assertSame(dx, backwardData(s, dy, w), s);
    Tensor dw = Tensor.zeros(s.w());
    ReferenceConv.backwardWeights(s, x, dy, dw, null);
    assertSame(dw, backwardWeights(s, x, dy), s);
  }

  /** conv(a + b) = conv(a) + conv(b). */
  @Property(tries = 200)
  void isLinear(@ForAll("shapes") ConvShape s, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor a = integers(s.x(), random);
    Tensor b = integers(s.x(), random);
    Tensor w = integers(s.w(), random);
    assertSame(plus(forward(s, a, w), forward(s, b, w)), forward(s, plus(a, b), w), s);
  }

  /** (conv x, dy) = (x, convᵀ dy) = (w, dw): the three passes are one trilinear form. */
  @Property(tries = 200)
  void passesAreAdjoint(@ForAll("shapes") ConvShape s, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = integers(s.x(), random);
    Tensor w = integers(s.w(), random);
    Tensor dy = integers(s.y(), random);
    double form = dot(forward(s, x, w), dy);
    assertEquals(form, dot(x, backwardData(s, dy, w)), s::toString);
    assertEquals(form, dot(w, backwardWeights(s, x, dy)), s::toString);
  }

  /** One image of a batch gives what it gives alone, to the bit, whatever the data. */
  @Property(tries = 100)
  void imagesOfABatchDoNotMeet(@ForAll("shapes") ConvShape s, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor x = Tensor.zeros(s.x());
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = (float) random.nextDouble();
    }
    Tensor w = integers(s.w(), random);
    Tensor y = forward(s, x, w);
    for (int img = 0; img < s.n(); img++) {
      Tensor alone = forward(s.withBatch(1), x.slice(img, img + 1).copy(), w);
      assertTrue(alone.sameBits(y.slice(img, img + 1)), s::toString);
    }
  }
}
