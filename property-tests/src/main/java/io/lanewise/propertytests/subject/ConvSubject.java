package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Convolutions: all, or those of a kind that some laws are about. */
public final class ConvSubject implements Subject<ConvShape> {
  /** All convolutions, along one, two or three axes. */
  public static final ConvSubject INSTANCE =
      new ConvSubject("convolutions", s -> true, ConvShapes::anyRank);

  /** 2-D convolutions, for laws that are stated for rows and columns. */
  public static final ConvSubject PLANES =
      new ConvSubject("2-D convolutions", s -> s.rank() == 2, ConvShapes::any);

  private final String kind;
  private final Predicate<ConvShape> member;
  private final Supplier<Arbitrary<ConvShape>> shapes;

  private ConvSubject(
      String kind, Predicate<ConvShape> member, Supplier<Arbitrary<ConvShape>> shapes) {
    this.kind = kind;
    this.member = member;
    this.shapes = shapes;
  }

  /**
   * Convolutions of a kind.
   *
   * @param kind what they are, in words
   * @param member true for those that belong to it
   * @param shapes draws from a family that has many of them; the others are passed over
   */
  public static ConvSubject of(
      String kind, Predicate<ConvShape> member, Supplier<Arbitrary<ConvShape>> shapes) {
    return new ConvSubject(kind, member, () -> shapes.get().filter(member));
  }

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public Arbitrary<ConvShape> shapes() {
    return shapes.get();
  }

  /** Those of {@code benchmarks/shapes/regressions.txt} that are of this kind. */
  @Override
  public List<ConvShape> regressions() {
    return Regressions.shared().convs().filter(member).toList();
  }

  @Override
  public ConvShape parse(String text) {
    ConvShape shape = ConvShape.parse(text);
    if (!member.test(shape)) {
      throw new IllegalArgumentException("the law is about " + kind + ", got '" + text + "'");
    }
    return shape;
  }

  @Override
  public Stream<ConvShape> simpler(ConvShape shape) {
    return SimplerConv.of(shape).filter(member);
  }
}
