package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.Test;

/** Kinds of convolutions, shapes as text, and that regressions run first. */
class ConvSubjectTest {
  private static final ConvSubject POINTWISE =
      ConvSubject.of("1x1 convolutions", ConvShape::isPointwise, ConvShapes::any);

  @Test
  void aKindHasItsOwnShapesOnly() {
    assertTrue(
        ConvShapesTest.draw(POINTWISE.shapes(), 100, 1).stream().allMatch(ConvShape::isPointwise));
    assertTrue(POINTWISE.regressions().stream().allMatch(ConvShape::isPointwise));
    ConvShape s = ConvShape.parse("n1 ic2 ih3 oc2 kh1");
    assertTrue(POINTWISE.simpler(s).count() > 3);
    assertTrue(POINTWISE.simpler(s).allMatch(ConvShape::isPointwise));
    assertEquals(s, POINTWISE.parse("n1 ic2 ih3 oc2 kh1"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> POINTWISE.parse("n1 ic2 ih3 oc2 kh3"));
    assertEquals("the law is about 1x1 convolutions, got 'n1 ic2 ih3 oc2 kh3'", e.getMessage());
  }

  @Test
  void regressionsRunFirst() {
    List<ConvShape> seen = new ArrayList<>();
    ConvShape known = ConvShape.parse("n1 ic1 ih17 oc1 kh17");
    Subject<ConvShape> subject =
        new Subject<>() {
          @Override
          public String name() {
            return "conv";
          }

          @Override
          public Arbitrary<ConvShape> shapes() {
            return ConvShapes.ones();
          }

          @Override
          public List<ConvShape> regressions() {
            return List.of(known);
          }

          @Override
          public ConvShape parse(String text) {
            return ConvShape.parse(text);
          }

          @Override
          public Stream<ConvShape> simpler(ConvShape shape) {
            return Stream.of();
          }
        };
    Law<ConvShape> law =
        new Law<>(
            "conv.seen",
            subject,
            "",
            "",
            (backend, s, trial) -> {
              seen.add(s);
              trial.require(true, () -> "");
            });
    Backend backend = new ReferenceBackend();
    assertEquals(4, LawBook.of(List.of(law)).cases(3).check(backend).results().getFirst().cases());
    assertEquals(known, seen.getFirst());
  }
}
