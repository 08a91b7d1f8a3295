package io.lanewise.kernels.activation;

import static io.lanewise.kernels.ErrorBound.U;
import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.Unoffered;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PReluTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(1, 1),
        Shape.of(3, 5),
        Shape.of(2, 33, 3),
        Shape.of(1, 3, 41, 27),
        Shape.of(2, 1500, 2),
        Shape.of(2, 7, 3, 2, 5),
        Shape.of(40, 17, 29),
        Shape.of(0, 4, 2),
        Shape.of(2, 3, 0));
  }

  /** y, dx and dslope, the last added to what was there. */
  private static List<Tensor> run(PRelu op, Tensor x, Tensor slope, Tensor dy, Parallel par) {
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(x.shape(), x.layout());
    Guarded dx = Guarded.unwritten(x.shape(), x.layout());
    Guarded dslope = Guarded.of(Tensor.zeros(slope.shape()).fill(0.5f));
    op.forward(in.tensor(), slope, y.tensor(), TestData.workspace(op.workspace(), par), par);
    op.backward(
        in.tensor(),
        slope,
        dy,
        dx.tensor(),
        dslope.tensor(),
        TestData.workspace(op.workspace(), par),
        par);
    in.assertUnchanged("x");
    y.assertGuardsIntact("y");
    dx.assertGuardsIntact("dx");
    return List.of(y.tensor().copy(), dx.tensor().copy(), dslope.tensor().copy());
  }

  /** One rounding in y and dx; sums of k products of at most 1 in |dslope|. */
  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithTheReferenceInTheSameBitsEverywhere(Shape shape) {
    for (Layout layout : Layout.values()) {
      for (int slopes : new int[] {1, shape.dim(1)}) {
        Tensor x = TestData.uniform(shape, 1).copy(layout);
        Tensor dy = TestData.uniform(shape, 2).copy(layout);
        Tensor slope = TestData.uniform(Shape.of(slopes), 3);
        PRelu reference = new ReferenceBackend().prelu(shape, layout, slopes);
        List<Tensor> want = run(reference, x, slope, dy, ONE);
        PRelu scalar = new KernelPRelu(shape, layout, slopes, CpuBackend.scalar().target());
        List<Tensor> bits = run(scalar, x, slope, dy, ONE);
        for (Target t : Targets.all()) {
          for (Parallel par : Teams.ONE_AND_THREE) {
            String context = shape + " " + layout + " " + slopes + " " + t.kernels().name();
            PRelu op = new KernelPRelu(shape, layout, slopes, t);
            List<Tensor> got = run(op, x, slope, dy, par);
            near(want, got, x.size() / Math.max(1, slopes), context);
            for (int i = 0; i < 3; i++) {
              assertSameBits(bits.get(i), got.get(i), context);
            }
          }
        }
      }
    }
  }

  private static void near(List<Tensor> want, List<Tensor> got, int k, String context) {
    for (int i = 0; i < 3; i++) {
      assertEquals(want.get(i).shape(), got.get(i).shape());
      for (int j = 0; j < want.get(i).size(); j++) {
        double w = want.get(i).array()[j];
        double bound = i < 2 ? 2 * U * Math.abs(w) : (Math.min(k, 600) + 8) * U * (k / 2.0 + 1);
        assertClose(w, bound, got.get(i).array()[j], j, context + ", output " + i);
      }
    }
  }

  static Stream<Backend> backends() {
    return Stream.of(new ReferenceBackend(), CpuBackend.scalar(), CpuBackend.best());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void byHand(Backend backend) {
    Shape s = Shape.of(1, 2, 3);
    PRelu op = backend.prelu(s, Layout.CHANNELS_FIRST, 2);
    Tensor x = Tensor.of(s, 2, -4, 0, Float.NaN, -1, Float.NEGATIVE_INFINITY);
    Tensor slope = Tensor.of(Shape.of(2), 0.25f, -2);
    Tensor y = Tensor.zeros(s);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.forward(x, slope, y, ws, ONE);
    assertArrayEquals(new float[] {2, -1, 0, Float.NaN, 2, Float.POSITIVE_INFINITY}, y.toArray());
    x.array()[3] = 5;
    x.array()[5] = -3;
    Tensor dy = Tensor.of(s, 1, 2, 3, Float.POSITIVE_INFINITY, 5, 6);
    Tensor dslope = Tensor.of(Shape.of(2), 100, 200);
    op.backward(x, slope, dy, y, dslope, ws, ONE);
    assertArrayEquals(new float[] {1, 0.5f, 0.75f, Float.POSITIVE_INFINITY, -10, -12}, y.toArray());
    assertArrayEquals(new float[] {100 - 8, 200 - 5 - 18}, dslope.toArray());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void inPlace(Backend backend) {
    Shape s = Shape.of(2, 3, 400);
    for (Layout layout : Layout.values()) {
      PRelu op = backend.prelu(s, layout, 3);
      Tensor x = TestData.uniform(s, 1).copy(layout);
      Tensor dy = TestData.uniform(s, 2).copy(layout);
      Tensor slope = TestData.uniform(Shape.of(3), 3);
      List<Tensor> want = run(op, x, slope, dy, ONE);
      Workspace ws = Workspace.allocate(op.workspace(), 1);
      Tensor inPlace = x.copy();
      op.forward(inPlace, slope, inPlace, ws, ONE);
      assertSameBits(want.get(0), inPlace, "y is x");
      Tensor dslope = Tensor.zeros(3).fill(0.5f);
      Tensor gradient = dy.copy();
      op.backward(x, slope, gradient, gradient, dslope, ws, ONE);
      assertSameBits(want.get(1), gradient, "dx is dy");
      assertSameBits(want.get(2), dslope, "dslope");
      op.backward(x, slope, dy, x, Tensor.zeros(3), ws, ONE);
      assertSameBits(want.get(1), x, "dx is x");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusals(Backend backend) {
    Shape s = Shape.of(2, 3);
    assertRefused(
        () -> backend.prelu(s, Layout.CHANNELS_FIRST, 2),
        "there must be 1 slope or 3, one a channel of [2, 3], got 2");
    assertRefused(() -> backend.prelu(Shape.of(5), Layout.CHANNELS_FIRST, 5), "1 slope for [5]");
    assertRefused(() -> backend.prelu(Shape.of(5), Layout.CHANNELS_LAST, 1), "no channels");
    PRelu op = backend.prelu(s, Layout.CHANNELS_FIRST, 3);
    float[] array = new float[30];
    Tensor x = Tensor.wrap(s, array, 0);
    Tensor slope = Tensor.wrap(Shape.of(3), array, 10);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    assertRefused(() -> op.forward(x, x, x, ws, ONE), "slope must have shape [3]");
    assertRefused(
        () -> op.forward(x, slope, Tensor.wrap(s, array, 1), ws, ONE), "y must be x itself");
    assertRefused(
        () -> op.forward(x, slope, Tensor.wrap(s, array, 8), ws, ONE),
        "y must not share elements with slope");
    assertRefused(
        () -> op.backward(x, slope, x, x, slope, ws, ONE),
        "dslope must not share elements with slope");
    assertRefused(() -> op.forward(x.copy(Layout.CHANNELS_LAST), slope, x, ws, ONE), "layout");
  }

  @Test
  void aBackendNeedNotOfferIt() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> Unoffered.backend().prelu(Shape.of(1), Layout.CHANNELS_FIRST, 1));
  }
}
