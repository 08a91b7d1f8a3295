package io.lanewise.kernels.tensor;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import org.junit.jupiter.api.Test;

/** Tensors whose channels are last. */
final class LayoutTest {
  private static final Tensor FIRST = Tensor.of(Shape.of(1, 2, 1, 3), 0, 1, 2, 10, 11, 12);

  @Test
  void channelsOfAPixelLieTogether() {
    Tensor last = FIRST.copy(Layout.CHANNELS_LAST);
    assertEquals(Layout.CHANNELS_LAST, last.layout());
    assertEquals(FIRST.shape(), last.shape());
    assertArrayEquals(new float[] {0, 10, 1, 11, 2, 12}, last.toArray());
    assertEquals(11, last.get(0, 1, 0, 1));
    last.set(5, 0, 1, 0, 2);
    assertEquals(5, last.array()[5]);
    assertFalse(last.sameBits(FIRST));
    assertArrayEquals(new float[] {0, 1, 2, 10, 11, 5}, last.copy(Layout.CHANNELS_FIRST).toArray());
  }

  @Test
  void refusesWhatItsOrderDoesNotAllow() {
    Tensor last = FIRST.copy(Layout.CHANNELS_LAST);
    assertRefused(() -> last.reshape(6), "whose channels are last");
    assertRefused(() -> FIRST.copy().copyFrom(last), "src must have layout CHANNELS_FIRST");
    assertRefused(
        () -> Tensor.zeros(Shape.of(3), Layout.CHANNELS_LAST), "has no channels to be last");
  }

  @Test
  void aConvolutionRefusesTheOtherLayout() {
    ConvShape s = ConvShape.parse("ic2 ih1 iw3 oc4 kh1");
    Tensor last = FIRST.copy(Layout.CHANNELS_LAST);
    for (Layout layout : Layout.values()) {
      ConvOptions options = ConvOptions.DEFAULT.layout(layout);
      ConvForward plan = CpuBackend.best().convForward(s, options);
      Tensor wrong = layout == Layout.CHANNELS_FIRST ? last : FIRST;
      Tensor y = Tensor.zeros(s.y(), layout);
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      assertRefused(
          () ->
              plan.run(
                  wrong,
                  plan.pack(Tensor.zeros(s.w())),
                  Epilogue.none(),
                  y,
                  ws,
                  Parallel.SEQUENTIAL),
          "x must have layout " + layout);
    }
    assertRefused(
        () -> CpuBackend.best().convForward(s, ConvOptions.DEFAULT.algorithm("fft")),
        "no algorithm computes " + s);
  }
}
