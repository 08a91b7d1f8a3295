package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.propertytests.Subject;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Convolutions. */
public final class ConvSubject implements Subject<ConvShape> {
  /** The one there is. */
  public static final ConvSubject INSTANCE = new ConvSubject();

  private ConvSubject() {}

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public Arbitrary<ConvShape> shapes() {
    return ConvShapes.any();
  }

  @Override
  public ConvShape parse(String text) {
    return ConvShape.parse(text);
  }

  @Override
  public Stream<ConvShape> simpler(ConvShape shape) {
    return SimplerConv.of(shape);
  }
}
