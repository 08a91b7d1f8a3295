package io.lanewise.kernels.pool;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong argument of every pooling is refused in words. */
final class PoolingErrorsTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Layout LAST = Layout.CHANNELS_LAST;
  private static final Shape X = Shape.of(1, 2, 4, 4);
  private static final Shape Y = Shape.of(1, 2, 2, 2);

  private final Tensor x = Tensor.zeros(X, LAST);
  private final Tensor y = Tensor.zeros(Y, LAST);
  private final Tensor wrong = Tensor.zeros(Shape.of(1, 2, 3, 3), LAST);
  private final Tensor first = Tensor.zeros(X);
  private final Tensor onX = Tensor.wrap(Y, LAST, x.array(), 1);
  private final int[] indices = new int[8];
  private final int[] few = new int[3];

  static List<Backend> backends() {
    return List.of(CpuBackend.best(), CpuBackend.scalar(), new ReferenceBackend());
  }

  private static PoolShape shape() {
    return PoolShape.parse("n1 c2 ih4 kh2 s2");
  }

  private static Workspace scratch(Backend b) {
    return Workspace.allocate(b.pooling().max(shape(), LAST).workspace(), 1);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void max(Backend b) {
    MaxPool plan = b.pooling().max(shape(), LAST);
    Workspace ws = scratch(b);
    assertRefused(() -> plan.forward(wrong, y, indices, ws, ONE), "x must have shape [1, 2, 4, 4]");
    assertRefused(
        () -> plan.forward(first, y, indices, ws, ONE), "x must have layout CHANNELS_LAST");
    assertRefused(() -> plan.forward(x, wrong, indices, ws, ONE), "y must have shape");
    assertRefused(() -> plan.forward(x, onX, indices, ws, ONE), "y must not share elements with x");
    assertRefused(() -> plan.forward(x, y, few, ws, ONE), "indices must have 8 elements", "got 3");
    assertRefused(() -> plan.backward(wrong, indices, x, ONE), "dy must have shape");
    assertRefused(() -> plan.backward(y, indices, wrong, ONE), "dx must have shape");
    assertRefused(() -> plan.backward(y, few, x, ONE), "indices must have 8 elements");
    assertRefused(() -> plan.backward(onX, indices, x, ONE), "dx must not share elements with dy");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void norms(Backend b) {
    for (double p : new double[] {0.5, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(() -> b.pooling().lp(shape(), p, LAST), "p must be at least 1", "got " + p);
    }
    LpPool plan = b.pooling().lp(shape(), 2, LAST);
    Workspace ws = scratch(b);
    Tensor dy = Tensor.zeros(Y, LAST);
    Tensor dx = Tensor.zeros(X, LAST);
    assertRefused(() -> plan.forward(wrong, y, ws, ONE), "x must have shape");
    assertRefused(() -> plan.forward(x, wrong, ws, ONE), "y must have shape");
    assertRefused(() -> plan.forward(x, onX, ws, ONE), "y must not share elements with x");
    assertRefused(() -> plan.backward(wrong, y, dy, dx, ONE), "x must have shape");
    assertRefused(() -> plan.backward(x, wrong, dy, dx, ONE), "y must have shape");
    assertRefused(() -> plan.backward(x, y, wrong, dx, ONE), "dy must have shape");
    assertRefused(() -> plan.backward(x, y, dy, wrong, ONE), "dx must have shape");
    assertRefused(() -> plan.backward(x, y, dy, x, ONE), "dx must not share elements with x");
    assertRefused(() -> plan.backward(dx, onX, dy, x, ONE), "dx must not share elements with y");
    assertRefused(() -> plan.backward(dx, y, onX, x, ONE), "dx must not share elements with dy");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void adaptive(Backend b) {
    AdaptivePoolShape s = AdaptivePoolShape.of(X, 2);
    AdaptiveMaxPool max = b.pooling().adaptiveMax(s, LAST);
    Workspace ws = scratch(b);
    assertRefused(() -> max.forward(wrong, y, indices, ws, ONE), "x must have shape");
    assertRefused(() -> max.forward(x, onX, indices, ws, ONE), "y must not share elements with x");
    assertRefused(() -> max.forward(x, y, few, ws, ONE), "indices must have 8 elements");
    assertRefused(() -> max.backward(y, few, x, ONE), "indices must have 8 elements");
    assertRefused(() -> max.backward(wrong, indices, x, ONE), "dy must have shape");
    AdaptiveAvgPool mean = b.pooling().adaptiveAverage(s, LAST);
    assertRefused(() -> mean.forward(x, wrong, ws, ONE), "y must have shape");
    assertRefused(() -> mean.backward(y, wrong, ws, ONE), "dx must have shape");
    assertRefused(() -> mean.backward(onX, x, ws, ONE), "dx must not share elements with dy");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void unpooling(Backend b) {
    Pooling p = b.pooling();
    String shapes = "x and y must have one batch";
    assertRefused(() -> p.maxUnpool(Y, Shape.of(1, 3, 4, 4), LAST), shapes, "[1, 3, 4, 4]");
    assertRefused(() -> p.maxUnpool(Y, Shape.of(1, 2, 4), LAST), shapes);
    assertRefused(() -> p.maxUnpool(Y, Shape.of(1, 2, 4, 0), LAST), shapes);
    assertRefused(() -> p.maxUnpool(Shape.of(1, 2), Shape.of(1, 2), LAST), shapes);
    MaxUnpool plan = p.maxUnpool(Y, X, LAST);
    assertRefused(() -> plan.forward(wrong, indices, x, ONE), "x must have shape [1, 2, 2, 2]");
    assertRefused(() -> plan.forward(y, indices, wrong, ONE), "y must have shape");
    assertRefused(() -> plan.forward(y, few, x, ONE), "indices must have 8 elements", "got 3");
    assertRefused(() -> plan.forward(onX, indices, x, ONE), "y must not share elements with x");
    assertRefused(() -> plan.backward(wrong, indices, y, ONE), "dy must have shape");
    assertRefused(() -> plan.backward(x, indices, wrong, ONE), "dx must have shape");
    assertRefused(() -> plan.backward(x, few, y, ONE), "indices must have 8 elements");
    assertRefused(() -> plan.backward(x, indices, onX, ONE), "dx must not share elements with dy");
    for (int index : new int[] {-2, 16}) {
      int[] outside = indices.clone();
      outside[5] = index;
      String message = "indices must lie in [-1, 16), got " + index + " at 5";
      assertRefused(() -> plan.forward(y, outside, x, ONE), message);
      assertRefused(() -> plan.backward(x, outside, y, ONE), message);
    }
  }
}
