package io.lanewise.kernels.movement;

import static io.lanewise.kernels.Refusals.assertRefused;
import static io.lanewise.kernels.movement.MovementTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Concatenation and splitting, either of which is the other's gradient. */
final class PartsTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  /** A whole, the axis, and the sizes of the parts. */
  @SuppressWarnings("ArrayRecordComponent") // cases are not compared
  record Case(Shape whole, int axis, int... sizes) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Shape.of(7), 0, 3, 4),
        new Case(Shape.of(3, 40), 1, 17, 0, 1, 22),
        new Case(Shape.of(3, 40), 0, 1, 2),
        new Case(Shape.of(2, 70, 5, 9), 1, 16, 33, 21),
        new Case(Shape.of(2, 6, 5, 9), -1, 2, 7),
        new Case(Shape.of(2, 6, 5, 9), 2, 5),
        new Case(Shape.of(1, 70, 20, 20), 1, 30, 40),
        new Case(Shape.of(0, 6, 5), 1, 2, 4),
        new Case(Shape.of(4, 0), 1, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void joinAndCutAsTheReferenceDoes(Case c) {
    for (Layout layout : Layout.values()) {
      if (c.whole().rank() < 2 && layout == Layout.CHANNELS_LAST) {
        continue;
      }
      Tensor whole = TestData.withSpecials(c.whole(), 1).copy(layout);
      Movements reference = new ReferenceBackend().movements().in(layout);
      Split cut = reference.split(c.whole(), c.axis(), c.sizes());
      List<Tensor> parts = cut(cut, whole, ONE);
      Shape[] shapes = cut.ys().toArray(new Shape[0]);
      for (Target t : Targets.all()) {
        Movements kernels = new KernelMovements(t).in(layout);
        for (Parallel par : Teams.ONE_AND_THREE) {
          for (Movements m : List.of(reference, kernels)) {
            Split split = m.split(c.whole(), c.axis(), c.sizes());
            Concat concat = m.concat(c.axis(), shapes);
            assertEquals(c.whole(), concat.y());
            assertParts(parts, cut(split, whole, par));
            assertParts(parts, cutBack(concat, whole, par));
            assertSameBits(whole, joined(split, concat, parts, par, true), c.toString());
            assertSameBits(whole, joined(split, concat, parts, par, false), c.toString());
          }
        }
      }
    }
  }

  private static List<Tensor> cut(Split split, Tensor whole, Parallel par) {
    List<Guarded> ys = split.ys().stream().map(s -> Guarded.unwritten(s, split.layout())).toList();
    split.forward(whole, ys.stream().map(Guarded::tensor).toList(), par);
    ys.forEach(y -> y.assertGuardsIntact("split"));
    return ys.stream().map(y -> y.tensor().copy()).toList();
  }

  private static List<Tensor> cutBack(Concat concat, Tensor whole, Parallel par) {
    List<Tensor> dxs = new ArrayList<>();
    concat.xs().forEach(s -> dxs.add(Tensor.zeros(s, concat.layout()).fill(Float.NaN)));
    concat.backward(whole, dxs, par);
    return dxs;
  }

  private static Tensor joined(
      Split split, Concat concat, List<Tensor> parts, Parallel par, boolean forward) {
    Guarded whole = Guarded.unwritten(split.x(), split.layout());
    if (forward) {
      concat.forward(parts, whole.tensor(), par);
    } else {
      split.backward(parts, whole.tensor(), par);
    }
    whole.assertGuardsIntact("joined");
    return whole.tensor().copy();
  }

  private static void assertParts(List<Tensor> expected, List<Tensor> got) {
    assertEquals(expected.size(), got.size());
    for (int i = 0; i < got.size(); i++) {
      assertSameBits(expected.get(i), got.get(i), "part " + i);
    }
  }

  @Test
  void oneTensorMayComeTwice() {
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      Tensor x = Tensor.of(Shape.of(2, 1), 1, 2);
      Tensor y = Tensor.zeros(2, 2);
      b.movements().concat(1, x.shape(), x.shape()).forward(List.of(x, x), y, ONE);
      assertSameBits(Tensor.of(Shape.of(2, 2), 1, 1, 2, 2), y, "twice");
    }
  }

  @Test
  void refusesWrongArguments() {
    Shape s = Shape.of(2, 3);
    for (Backend b : List.of(new ReferenceBackend(), CpuBackend.best())) {
      Movements m = b.movements();
      assertRefused(() -> m.concat(0), "at least one tensor, got none");
      assertRefused(() -> m.concat(0, s, Shape.of(2, 4)), "along axis 0", "number 1, [2, 4]");
      assertRefused(() -> m.concat(2, s, s), "the axis must be in [-2, 2)");
      assertRefused(() -> m.split(s, 1, 1, 1), "that of axis 1 of [2, 3], got [1, 1]");
      assertRefused(() -> m.split(s, 1, 4, -1), "at least 0", "got [4, -1]");
      assertRefused(() -> m.split(s, 1), "got []");
      assertRefused(
          () -> m.in(Layout.CHANNELS_LAST).split(Shape.of(3), 0, 3), "no channels to be last");
      Concat concat = m.concat(0, s, s);
      Split split = m.split(Shape.of(4, 3), 0, 2, 2);
      float[] array = new float[40];
      Tensor whole = Tensor.wrap(Shape.of(4, 3), array, 0);
      Tensor inside = Tensor.wrap(s, array, 6);
      Tensor a = Tensor.wrap(s, array, 12);
      Tensor near = Tensor.wrap(s, array, 17);
      Tensor c = Tensor.wrap(s, array, 30);
      assertRefused(() -> concat.forward(List.of(a), whole, ONE), "xs must be 2 tensors, got 1");
      assertRefused(
          () -> concat.forward(List.of(a, whole), whole, ONE), "xs[1] must have shape [2, 3]");
      assertRefused(() -> concat.forward(List.of(a, inside), whole, ONE), "y must not share", "xs");
      assertRefused(() -> concat.forward(List.of(a, c), a, ONE), "y must have shape [4, 3]");
      assertRefused(
          () -> concat.backward(whole, List.of(a, near), ONE),
          "dxs must not share elements with dxs");
      assertRefused(() -> split.forward(whole, List.of(a, near), ONE), "ys must not share");
      assertRefused(() -> split.forward(whole, List.of(a, inside), ONE), "ys must not share", "x");
      assertRefused(() -> split.backward(List.of(a, inside), whole, ONE), "dx must not share");
      assertRefused(() -> split.backward(List.of(), whole, ONE), "dys must be 2 tensors, got 0");
    }
  }
}
