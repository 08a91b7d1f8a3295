package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** Transposed convolutions along one, two or three axes: those of all convolutions. */
public final class TransposedConvSubject implements Subject<TransposedConvShape> {
  /** All of them. */
  public static final TransposedConvSubject INSTANCE = new TransposedConvSubject();

  private TransposedConvSubject() {}

  @Override
  public String name() {
    return "conv-transposed";
  }

  /** The convolutions' families: each has a transposed one, which is as alive. */
  @Override
  public Arbitrary<TransposedConvShape> shapes() {
    return ConvShapes.anyRank().map(TransposedConvShape::new);
  }

  /** Those of {@code benchmarks/shapes/regressions.txt}. */
  @Override
  public List<TransposedConvShape> regressions() {
    return Regressions.shared().transposedConvs().toList();
  }

  @Override
  public TransposedConvShape parse(String text) {
    return TransposedConvShape.parse(text);
  }

  @Override
  public Stream<TransposedConvShape> simpler(TransposedConvShape shape) {
    return SimplerConv.of(shape.conv()).map(TransposedConvShape::new);
  }
}
