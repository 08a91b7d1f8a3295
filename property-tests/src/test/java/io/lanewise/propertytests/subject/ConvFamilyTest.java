package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a family refuses, and how its shapes shrink. */
class ConvFamilyTest {
  @ParameterizedTest
  @CsvSource({
    "n1 ic1 ih4 oc1 kh1, 1, 1, 1",
    "n1 ic1 ih4 oc1 kh1 s2, 0.25, 1, 1",
    "n1 ic1 ih2 oc1 kh1 p1, 1, 0.25, 1",
    "n1 ic1 ih1 oc1 kh3 p1, 1, 1, 0.1111111111111111",
    "n1 ic1 ih1 iw4 oc1 kh1 kw2 dw3 pt0 pb0 pl0 pr3, 1, 1, 1"
  })
  void sharesAreTheseByHand(String text, double inputs, double windows, double taps) {
    ConvShape s = ConvShape.parse(text);
    ConvAxis h = ConvAxis.height(s);
    ConvAxis w = ConvAxis.width(s);
    assertEquals(inputs, h.inputsSeen() * w.inputsSeen());
    assertEquals(windows, h.windowsThatSee() * w.windowsThatSee());
    assertEquals(taps, h.tapsThatSee() * w.tapsThatSee());
  }

  /** With all data 1 an element of a result is 0 only where nothing takes part. */
  @Test
  void sharesAreThoseOfTheReference() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      ConvShape s = i % 3 == 0 ? deep(random) : deadOrAlive(random);
      Tensor x = Tensor.zeros(s.x()).fill(1);
      Tensor w = Tensor.zeros(s.w()).fill(1);
      Tensor y = Tensor.zeros(s.y());
      ReferenceConv.forward(s, x, w, null, y);
      Tensor ones = Tensor.zeros(s.y()).fill(1);
      Tensor dx = Tensor.zeros(s.x());
      ReferenceConv.backwardData(s, ones, w, dx);
      Tensor dw = Tensor.zeros(s.w());
      ReferenceConv.backwardWeights(s, x, ones, dw, null);
      List<ConvAxis> axes = List.of(ConvAxis.depth(s), ConvAxis.height(s), ConvAxis.width(s));
      assertEquals(share(axes, ConvAxis::windowsThatSee), shareOfNonZeros(y), 1e-9, s::toString);
      assertEquals(share(axes, ConvAxis::inputsSeen), shareOfNonZeros(dx), 1e-9, s::toString);
      assertEquals(share(axes, ConvAxis::tapsThatSee), shareOfNonZeros(dw), 1e-9, s::toString);
    }
  }

  private static double share(List<ConvAxis> axes, ToDoubleFunction<ConvAxis> of) {
    return axes.stream().mapToDouble(of).reduce(1, (a, b) -> a * b);
  }

  private static ConvShape deep(Random r) {
    ConvShape s = deadOrAlive(r);
    ConvAxis d = new ConvAxis(3, 1 + r.nextInt(3), 1 + r.nextInt(4), 1, r.nextInt(5), 1);
    return ConvAxis.volume(1, 1, 2, 2, d, ConvAxis.height(s), ConvAxis.width(s));
  }

  private static ConvShape deadOrAlive(Random r) {
    int[] p = r.ints(4, 0, 7).toArray();
    ConvAxis h = new ConvAxis(1 + r.nextInt(5), 1 + r.nextInt(3), 1 + r.nextInt(6), 1, p[0], p[1]);
    ConvAxis w = new ConvAxis(3 + r.nextInt(5), 1 + r.nextInt(2), 1 + r.nextInt(6), 2, p[2], p[3]);
    boolean fits = h.k() <= h.in() + p[0] + p[1];
    return fits ? ConvAxis.shape(1, 1, 2, 2, h, w) : deadOrAlive(r);
  }

  private static double shareOfNonZeros(Tensor t) {
    int count = 0;
    for (float v : t.toArray()) {
      count += v == 0 ? 0 : 1;
    }
    return (double) count / t.size();
  }

  @ParameterizedTest
  @CsvSource({
    "n1 ic1 ih8 oc1 kh1 s8, nothing is seen of most inputs",
    "n1 ic1 ih1 oc1 kh1 p5, most windows see padding only",
    "n1 ic1 ih1 oc1 kh3 p2 d2, most taps see padding only"
  })
  void deadShapesAreRefused(String text, String why) {
    assertFalse(ConvFamily.isAlive(ConvShape.parse(text)), why);
  }

  @ParameterizedTest
  @CsvSource({
    "n1 ic64 ih56 oc64 kh3 p1, work",
    "n1 ic1 ih300 oc1 kh1, image",
    "n1 ic1 ih16 oc300 kh1, result",
    "n1 ic257 ih1 oc257 kh1, weights"
  })
  void costlyShapesAreRefused(String text, String what) {
    assertFalse(ConvFamily.isAffordable(ConvShape.parse(text)), what);
  }

  @Test
  void aFamilyThatNeverFitsSaysSo() {
    ConvShape dead = ConvShape.parse("n1 ic1 ih1 oc1 kh1 p5");
    Arbitrary<ConvShape> never = ConvFamily.of(s -> true, random -> dead);
    Random random = new Random(1);
    JqwikSession.run(
        () ->
            assertThrows(
                IllegalStateException.class, () -> never.generator(1000).next(random).value()));
  }

  /** Every step is simpler and stays in the family, so a walk ends; it ends at a simplest shape. */
  @Test
  void shapesShrinkWithinTheirFamily() {
    JqwikSession.run(
        () -> {
          Random random = new Random(2);
          Shrinkable<ConvShape> at = ConvShapes.depthwise().generator(1000).next(random);
          ConvShape start = at.value();
          int steps = 0;
          List<Shrinkable<ConvShape>> next = at.shrink().toList();
          while (!next.isEmpty()) {
            for (Shrinkable<ConvShape> simpler : next) {
              assertTrue(simpler.value().isDepthwise(), () -> simpler.value().toString());
              assertTrue(simpler.distance().compareTo(at.distance()) < 0);
            }
            at = next.getFirst();
            next = at.shrink().toList();
            steps++;
          }
          assertTrue(steps > 3 && steps <= SimplerConv.complexity(start));
          assertEquals("n0 ic2 ih1 oc2 kh1 g2", at.value().toString());
        });
  }

  @Test
  void everySimplerShapeIsLessComplex() {
    for (ConvShape s : ConvShapesTest.draw(ConvShapes.anyRank(), 2_000, 6)) {
      SimplerConv.of(s)
          .forEach(
              t ->
                  assertTrue(
                      SimplerConv.complexity(t) < SimplerConv.complexity(s), s + " to " + t));
    }
  }
}
