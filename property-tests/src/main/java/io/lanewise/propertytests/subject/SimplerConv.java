package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Convolutions a step simpler than a given one: each size lowered on its own. */
final class SimplerConv {
  private static final int[] LEAST = {
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0
  };

  private SimplerConv() {}

  static Stream<ConvShape> of(ConvShape s) {
    return Steps.simpler(sizes(s), LEAST).flatMap(v -> shape(s.rank(), v));
  }

  /** The sum of all sizes: every simpler shape has a smaller one, so shrinking ends. */
  static long complexity(ConvShape s) {
    return IntStream.of(sizes(s)).asLongStream().sum();
  }

  /** Channels are counted per group, so that any number of groups divides them. */
  private static int[] sizes(ConvShape s) {
    Padding p = s.padding();
    return new int[] {
      s.n(),
      s.icg(),
      s.ocg(),
      s.ih(),
      s.iw(),
      s.kh(),
      s.kw(),
      s.strideH(),
      s.strideW(),
      s.dilationH(),
      s.dilationW(),
      p.top(),
      p.bottom(),
      p.left(),
      p.right(),
      s.groups(),
      s.id(),
      s.kd(),
      s.strideD(),
      s.dilationD(),
      p.front(),
      p.back()
    };
  }

  /** None where the window no longer fits. */
  private static Stream<ConvShape> shape(int rank, int[] v) {
    try {
      return Stream.of(
          new ConvShape(
              rank,
              v[0],
              v[1] * v[15],
              v[16],
              v[3],
              v[4],
              v[2] * v[15],
              v[17],
              v[5],
              v[6],
              v[18],
              v[7],
              v[8],
              v[19],
              v[9],
              v[10],
              new Padding(v[20], v[21], v[11], v[12], v[13], v[14]),
              v[15]));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }
}
