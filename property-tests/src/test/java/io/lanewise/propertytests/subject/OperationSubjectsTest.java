package io.lanewise.propertytests.subject;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.propertytests.Subject;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the law-book draws: how much of what bites, how large, in words that can be read back. */
class OperationSubjectsTest {
  private static final int DRAWS = 2_000;

  /**
   * What is expected of a subject.
   *
   * @param work multiply-adds, taps or elements of a shape
   * @param mostWork no shape may have more
   * @param size falls with every step of the shrinker
   * @param features what must be drawn at least once in 200 draws
   */
  record Expected<S>(
      Subject<S> subject,
      ToLongFunction<S> work,
      long mostWork,
      ToLongFunction<S> size,
      Map<String, Predicate<S>> features) {
    @Override
    public String toString() {
      return subject.name();
    }
  }

  static Stream<Expected<?>> subjects() {
    return Stream.of(gemm(), linear(), pool(), activation(), softmax(), crossEntropy(), network());
  }

  private static Expected<GemmShape> gemm() {
    return new Expected<>(
        GemmSubject.INSTANCE,
        GemmShape::flops,
        400_000,
        s -> (long) s.m() + s.n() + s.k() + flags(s),
        Map.of(
            "m0", s -> s.m() == 0,
            "k0", s -> s.k() == 0,
            "a row more than a tile", s -> s.m() == 9,
            "a column less than a tile", s -> s.n() == 31 || s.n() == 63,
            "a panel of 192, one more or less", s -> Math.abs(s.k() - 192) <= 1,
            "more columns than a block", s -> s.n() > 4096,
            "both transposed, adding", s -> flags(s) == 3,
            "no flag", s -> flags(s) == 0));
  }

  private static int flags(GemmShape s) {
    return (s.transposeA() ? 1 : 0) + (s.transposeB() ? 1 : 0) + (s.accumulate() ? 1 : 0);
  }

  private static Expected<LinearShape> linear() {
    return new Expected<>(
        LinearSubject.INSTANCE,
        LinearShape::flops,
        400_000,
        s -> (long) s.n() + s.in() + s.out(),
        Map.of(
            "empty batch", s -> s.n() == 0,
            "one output", s -> s.out() == 1,
            "a panel of 128, one more or less", s -> Math.abs(s.in() - 128) <= 1,
            "a column more than a tile", s -> s.out() == 33 || s.out() == 65));
  }

  private static Expected<PoolShape> pool() {
    return new Expected<>(
        PoolSubject.INSTANCE,
        s -> (long) s.y().size() * s.kh() * s.kw(),
        60_000,
        OperationSubjectsTest::size,
        Map.of(
            "empty batch", s -> s.n() == 0,
            "padding of the window or more", s -> s.padding().top() >= s.kh(),
            "asymmetric", s -> !s.padding().equals(Padding.of(s.padding().top())),
            "no padding", s -> s.padding().isNone(),
            "stride above the window", s -> s.strideW() > s.kw(),
            "dilation", s -> s.dilationH() > 1,
            "a vector's length of outputs, one more or less", s -> Math.abs(s.ow() - 16) <= 1,
            "a window of padding alone", s -> s.rowsInside(0) == 0));
  }

  private static long size(PoolShape s) {
    Padding p = s.padding();
    return (long) s.n()
        + s.c()
        + s.ih()
        + s.iw()
        + s.kh()
        + s.kw()
        + s.strideH()
        + s.strideW()
        + s.dilationH()
        + s.dilationW()
        + p.top()
        + p.bottom()
        + p.left()
        + p.right();
  }

  private static Expected<ActivationCase> activation() {
    return new Expected<>(
        ActivationSubject.INSTANCE,
        s -> s.shape().size(),
        20_000,
        s -> 1_000_000L * s.shape().rank() + Arrays.stream(s.shape().toArray()).sum(),
        Map.of(
            "scalar", s -> s.shape().rank() == 0,
            "empty", s -> s.shape().size() == 0,
            "rank 4", s -> s.shape().rank() == 4,
            "a vector and one more", s -> s.shape().size() == 17,
            "more than a task", s -> s.shape().size() > 16_384,
            "relu", s -> s.kind().equals(Activation.relu()),
            "tanh", s -> s.kind().equals(Activation.tanh())));
  }

  private static Expected<RowsShape> softmax() {
    return rows(RowsSubject.SOFTMAX);
  }

  private static Expected<RowsShape> crossEntropy() {
    return rows(RowsSubject.CROSS_ENTROPY);
  }

  private static Expected<RowsShape> rows(RowsSubject subject) {
    return new Expected<>(
        subject,
        s -> s.shape().size(),
        8_000,
        s -> (long) s.n() + s.classes(),
        Map.of(
            "no rows", s -> s.n() == 0,
            "one class", s -> s.classes() == 1,
            "many classes", s -> s.classes() >= 1000,
            "a task and one more", s -> s.n() == 17,
            "a vector less one", s -> s.classes() == 15));
  }

  private static Expected<NetworkCase> network() {
    return new Expected<>(
        NetworkSubject.INSTANCE,
        NetworkCase::work,
        30_000,
        OperationSubjectsTest::size,
        Map.of(
            "empty batch", s -> s.n() == 0,
            "convolution", s -> has(s, Kind.CONV),
            "grouped", s -> s.layers().stream().anyMatch(l -> l.g() > 1),
            "max pooling", s -> has(s, Kind.MAXPOOL),
            "average pooling", s -> has(s, Kind.AVGPOOL),
            "tanh", s -> has(s, Kind.TANH),
            "linear", s -> has(s, Kind.LINEAR),
            "ends with an image", s -> s.shapes().getLast().rank() == 4,
            "starts without parameters", s -> s.layers().getFirst().kind() == Kind.AVGPOOL,
            "six layers or more", s -> s.layers().size() >= 6));
  }

  private static boolean has(NetworkCase net, Kind kind) {
    return net.layers().stream().anyMatch(l -> l.kind() == kind);
  }

  private static long size(NetworkCase net) {
    long size = (long) net.n() + net.c() + net.ih() + net.iw();
    for (LayerCase l : net.layers()) {
      size += 1_000L + l.out() + l.k() + l.s() + l.p() + l.d() + l.g();
    }
    return size;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <S> void drawsWhatBites(Expected<S> expected) {
    List<S> shapes = Draws.of(expected.subject, DRAWS);
    assertAll(
        expected.features.entrySet().stream()
            .map(
                e ->
                    () -> {
                      long count = shapes.stream().filter(e.getValue()).count();
                      assertTrue(
                          count >= DRAWS / 200, () -> e.getKey() + ": " + count + " of " + DRAWS);
                    }));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <S> void drawsMostlyDifferentShapesWithinTheBudget(Expected<S> expected) {
    Set<S> different = new HashSet<>();
    for (S shape : Draws.of(expected.subject, DRAWS)) {
      different.add(shape);
      assertTrue(expected.work.applyAsLong(shape) <= expected.mostWork, shape::toString);
    }
    assertTrue(different.size() > DRAWS / 5, () -> "only " + different.size());
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <S> void textComesBack(Expected<S> expected) {
    for (S shape : Draws.of(expected.subject, DRAWS)) {
      assertEquals(shape, expected.subject.parse(shape.toString()), shape::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("subjects")
  <S> void everyStepOfTheShrinkerIsSimpler(Expected<S> expected) {
    for (S shape : Draws.of(expected.subject, DRAWS / 10)) {
      long size = expected.size.applyAsLong(shape);
      expected
          .subject
          .simpler(shape)
          .forEach(s -> assertTrue(expected.size.applyAsLong(s) < size, () -> shape + " to " + s));
    }
  }

  /** Whatever fails, the last step is a shape that has no simpler one. */
  @ParameterizedTest
  @MethodSource("subjects")
  <S> void shrinkingEnds(Expected<S> expected) {
    for (S shape : Draws.of(expected.subject, DRAWS / 10)) {
      Optional<S> at = Optional.of(shape);
      int steps = 0;
      while (at.isPresent()) {
        at = expected.subject.simpler(at.get()).findFirst();
        assertTrue(++steps < 100, () -> "too many steps from " + shape);
      }
    }
  }
}
