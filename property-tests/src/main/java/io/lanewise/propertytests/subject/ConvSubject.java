package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.propertytests.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Convolutions: all, or those of a kind that some laws are about. */
public final class ConvSubject implements Subject<ConvShape> {
  /** All convolutions. */
  public static final ConvSubject INSTANCE =
      new ConvSubject("convolutions", s -> true, ConvShapes::any);

  /** The list that this project's benchmarks and tests share. */
  private static final String REGRESSIONS = "shapes/regressions.txt";

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
    return parseLines(regressionsText()).filter(member).toList();
  }

  /**
   * Reads a list of shapes.
   *
   * @param text one shape a line, {@code #} starts a comment
   */
  static Stream<ConvShape> parseLines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .map(ConvShape::parse);
  }

  private static String regressionsText() {
    try (InputStream in = ConvSubject.class.getResourceAsStream(REGRESSIONS)) {
      if (in == null) {
        throw new IllegalStateException(REGRESSIONS + " is not in this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
