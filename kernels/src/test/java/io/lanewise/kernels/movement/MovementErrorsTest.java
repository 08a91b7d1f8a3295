package io.lanewise.kernels.movement;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results known by hand, and what is refused; of the reference and of the kernels. */
final class MovementErrorsTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final List<Backend> BACKENDS =
      List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar());

  private static int[] ints(int... values) {
    return values;
  }

  /** x is 0, 1, 2, ... */
  private static void assertMoves(Movement op, float... expected) {
    Tensor x = Tensor.zeros(op.x(), op.xLayout());
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = i;
    }
    Tensor y = Tensor.zeros(op.y(), op.yLayout()).fill(Float.NaN);
    op.forward(x, y, ONE);
    assertArrayEquals(expected, y.toArray());
  }

  private static void assertBack(Movement op, float... expected) {
    Tensor dx = Tensor.zeros(op.x(), op.xLayout()).fill(Float.NaN);
    op.backward(Tensor.zeros(op.y(), op.yLayout()).fill(1), dx, ONE);
    assertArrayEquals(expected, dx.toArray());
  }

  @Test
  void byHand() {
    for (Backend b : BACKENDS) {
      Movements m = b.movements();
      Shape row = Shape.of(4);
      Shape matrix = Shape.of(2, 3);
      assertMoves(m.slice(row, ints(0), ints(-1), ints(-9), ints(-2)), 3, 1);
      assertBack(m.slice(row, ints(0), ints(-1), ints(-9), ints(-2)), 0, 1, 0, 1);
      assertMoves(m.pad(row, ints(1), ints(-2), 9f), 9, 0, 1);
      assertMoves(m.pad(row, ints(2), ints(5), PadMode.REFLECT), 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2);
      assertMoves(m.pad(row, ints(2), ints(5), PadMode.WRAP), 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0);
      assertMoves(m.pad(row, ints(2), ints(1), PadMode.EDGE), 0, 0, 0, 1, 2, 3, 3);
      assertBack(m.pad(row, ints(2), ints(1), PadMode.EDGE), 3, 1, 1, 2);
      assertBack(m.pad(row, ints(1), ints(0), PadMode.REFLECT), 1, 2, 1, 1);
      assertMoves(m.permute(matrix, 1, 0), 0, 3, 1, 4, 2, 5);
      assertMoves(m.flip(matrix, -1), 2, 1, 0, 5, 4, 3);
      assertMoves(m.expand(Shape.of(2, 1), matrix), 0, 0, 0, 1, 1, 1);
      assertBack(m.expand(Shape.of(2, 1), matrix), 3, 3);
      assertMoves(m.tile(Shape.of(2), 2), 0, 1, 0, 1);
      assertMoves(m.trilu(matrix, true, 1), 0, 1, 2, 0, 0, 5);
      assertMoves(m.trilu(matrix, false, 0), 0, 0, 0, 3, 4, 0);
      assertMoves(m.channelShuffle(Shape.of(1, 6), 2), 0, 3, 1, 4, 2, 5);
      Shape deep = Shape.of(1, 8, 1, 1);
      assertMoves(m.depthToSpace(deep, 2, BlockOrder.DCR), 0, 2, 4, 6, 1, 3, 5, 7);
      assertMoves(m.depthToSpace(deep, 2, BlockOrder.CRD), 0, 1, 2, 3, 4, 5, 6, 7);
      UnfoldShape windows = UnfoldShape.of(Shape.of(1, 1, 3), 2).padding(1);
      assertMoves(m.im2col(windows), 0, 0, 1, 2, 0, 1, 2, 0);
      assertMoves(m.col2im(windows), 1 + 4, 2 + 5, 3 + 6);
      Movement last = m.reorder(Shape.of(1, 2, 3), Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST);
      assertMoves(last, 0, 3, 1, 4, 2, 5);
    }
  }

  /** PyTorch's unfold numbers rows by channel, then by the window's rows, then its columns. */
  @Test
  void columnsAreNumberedAsPyTorchDoes() {
    for (Backend b : BACKENDS) {
      Movement op = b.movements().im2col(UnfoldShape.of(Shape.of(1, 2, 2, 2), 2));
      assertEquals(Shape.of(1, 8, 1), op.y());
      assertMoves(op, 0, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void viewsAreKnown() {
    Movements m = CpuBackend.best().movements();
    Layout first = Layout.CHANNELS_FIRST;
    Shape image = Shape.of(2, 3, 4, 5);
    assertTrue(m.flatten(image, 1).isView());
    assertTrue(m.permute(Shape.of(1, 3, 1, 4), 2, 1, 0, 3).isView());
    assertTrue(m.reorder(Shape.of(2, 1, 4, 5), first, Layout.CHANNELS_LAST).isView());
    assertTrue(m.expand(image, image).isView());
    assertTrue(m.pad(image, new int[4], new int[4], 1f).isView());
    assertFalse(m.reorder(image, first, Layout.CHANNELS_LAST).isView());
    assertFalse(m.in(Layout.CHANNELS_LAST).flatten(image, 1).isView());
    assertFalse(m.expand(Shape.of(1), Shape.of(2)).isView());
    assertFalse(m.slice(Shape.of(4), ints(0), ints(0), ints(3), ints(1)).isView());
    assertFalse(m.flip(Shape.of(4), 0).isView());
  }

  @Test
  void refusesWrongPlans() {
    Shape s = Shape.of(2, 3);
    Shape image = Shape.of(1, 4, 5, 6);
    for (Backend b : BACKENDS) {
      Movements m = b.movements();
      assertRefused(() -> m.slice(s, ints(0), ints(0), ints(1), ints(0)), "step must not be 0");
      assertRefused(() -> m.slice(s, ints(2), ints(0), ints(1), ints(1)), "got 2");
      assertRefused(
          () -> m.slice(s, ints(0, -2), ints(0, 0), ints(1, 1), ints(1, 1)), "axes must differ");
      assertRefused(() -> m.slice(s, ints(0), ints(), ints(1), ints(1)), "1 axes, 0 starts");
      assertRefused(() -> m.pad(s, ints(1), ints(1, 1), 0f), "before must have a number", "[1]");
      assertRefused(() -> m.pad(s, ints(1, 1), ints(1), PadMode.EDGE), "after must have", "[1]");
      assertRefused(() -> m.pad(s, ints(-3, 0), ints(0, 0), 0f), "axis 0 of [2, 3] -1 long");
      int most = Integer.MAX_VALUE;
      assertRefused(() -> m.pad(s, ints(most, 0), ints(most, 0), 0f), "4294967296 long");
      Shape empty = Shape.of(0, 3);
      assertRefused(() -> m.pad(empty, ints(1, 0), ints(0, 0), PadMode.WRAP), "no element to pad");
      assertRefused(() -> m.permute(s, 0), "order must have a number for each axis", "[0]");
      assertRefused(() -> m.permute(s, 0, 0), "axes must differ, got [0, 0]");
      assertRefused(() -> m.expand(s, Shape.of(2, 4)), "cannot expand [2, 3] to [2, 4]");
      assertRefused(() -> m.expand(s, Shape.of(3)), "cannot expand [2, 3] to [3]");
      assertRefused(() -> m.tile(s, 1), "repeats must have a number for each axis");
      assertRefused(() -> m.tile(s, 1, -1), "repeats must be at least 0, got [1, -1]");
      assertRefused(() -> m.flip(s, 2), "the axis must be in [-2, 2)");
      assertRefused(() -> m.crop(image, ints(0, 3), ints(5, 4)), "must lie inside", "[5, 4]");
      assertRefused(() -> m.crop(image, ints(-1, 0), ints(1, 1)), "from [-1, 0]");
      assertRefused(() -> m.crop(image, ints(0), ints(1, 1)), "starts must have a number");
      assertRefused(() -> m.centerCrop(image, 6, 6), "must lie inside of images");
      assertRefused(() -> m.centerCrop(s, 1), "images have shape", "[2, 3]");
      assertRefused(() -> m.depthToSpace(image, 3, BlockOrder.DCR), "a multiple of 9 for blocks");
      assertRefused(() -> m.depthToSpace(image, 0, BlockOrder.DCR), "at least 1, got 0");
      assertRefused(() -> m.spaceToDepth(image, 2, BlockOrder.CRD), "multiples of the block 2");
      assertRefused(() -> m.channelShuffle(image, 3), "divide the channels", "got 3");
      assertRefused(() -> m.channelShuffle(Shape.of(4), 2), "divide the channels of [4]");
      assertRefused(() -> m.trilu(Shape.of(3), true, 0), "needs rows and columns, got shape [3]");
      Shape nine = Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1);
      assertRefused(() -> m.flip(nine, 0), "at most 8 axes");
      Movements last = m.in(Layout.CHANNELS_LAST);
      assertRefused(() -> last.flip(Shape.of(3), 0), "no channels to be last");
      assertRefused(() -> last.expand(s, Shape.of(1, 2, 3)), "needs as many axes as y");
      Layout cl = Layout.CHANNELS_LAST;
      assertRefused(() -> m.reshape(s, cl, Shape.of(3, 2), cl), "batch and channels must stay");
      assertRefused(() -> m.reshape(s, cl, Shape.of(5), cl), "cannot reshape [2, 3] to [5]");
      assertRefused(() -> m.flatten(s, 3), "got 3");
    }
  }

  @Test
  void refusesWrongWindows() {
    Shape image = Shape.of(1, 2, 5, 6);
    assertRefused(() -> UnfoldShape.of(image, 6), "a window of 6 does not fit in axis 2");
    assertRefused(() -> UnfoldShape.of(image, 3).dilation(3), "a window of 7 does not fit");
    assertRefused(() -> UnfoldShape.of(image, 0), "kernel must have", "at least 1, got [0]");
    assertRefused(() -> UnfoldShape.of(image, 1, 2, 3), "got [1, 2, 3]");
    assertRefused(() -> UnfoldShape.of(image, 1).stride(0), "stride must have");
    assertRefused(() -> UnfoldShape.of(image, 1).padding(-1), "at least 0, got [-1]");
    assertRefused(() -> UnfoldShape.of(Shape.of(2, 2), 1), "images have shape");
  }

  @Test
  void refusesWrongTensors() {
    Shape s = Shape.of(2, 3);
    for (Backend b : BACKENDS) {
      Movement op = b.movements().flip(s, 0);
      float[] array = new float[20];
      Tensor x = Tensor.wrap(s, array, 0);
      Tensor near = Tensor.wrap(s, array, 5);
      Tensor other = Tensor.wrap(Shape.of(3, 2), array, 10);
      Tensor last = Tensor.wrap(s, Layout.CHANNELS_LAST, array, 10);
      assertRefused(() -> op.forward(x, near, ONE), "y must not share elements with x");
      assertRefused(() -> op.forward(x, x, ONE), "y must not share elements with x");
      assertRefused(() -> op.backward(x, near, ONE), "dx must not share elements with dy");
      assertRefused(() -> op.forward(x, other, ONE), "y must have shape [2, 3], got [3, 2]");
      assertRefused(() -> op.forward(other, x, ONE), "x must have shape [2, 3], got [3, 2]");
      assertRefused(() -> op.backward(other, x, ONE), "dy must have shape");
      assertRefused(() -> op.backward(x, other, ONE), "dx must have shape");
      assertRefused(() -> op.forward(x, last, ONE), "y must have layout CHANNELS_FIRST");
    }
  }
}
