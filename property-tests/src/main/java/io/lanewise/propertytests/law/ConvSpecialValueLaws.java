package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvShapes;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;
import java.util.stream.Stream;

/** Where values that are no numbers get to. */
final class ConvSpecialValueLaws {
  private static final String IEEE = "IEEE 754-2019, §6.1 and §6.2";

  /** Where padding is, a kernel may multiply its zeros with what stands in b, or leave them out. */
  private static final ConvSubject UNPADDED =
      ConvSubject.of("convolutions without padding", s -> s.padding().isNone(), ConvShapes::any);

  static final List<Law<ConvShape>> ALL =
      Stream.of(
              PassLaws.of(
                  "special-values",
                  ConvSubject.INSTANCE,
                  "an infinity or NaN in a reaches the elements of f whose sums hold it, and no"
                      + " others",
                  IEEE,
                  ConvSpecialValueLaws::specialValues),
              PassLaws.of(
                  "special-factors",
                  UNPADDED,
                  "an infinity or NaN in b reaches the elements of f whose sums hold it, makes a NaN"
                      + " of a 0 in a, and reaches no others, but where a gradient's kernel ends",
                  IEEE + " and §7.2",
                  ConvSpecialValueLaws::specialFactors))
          .flatMap(List::stream)
          .toList();

  private static final List<Float> SPECIALS =
      List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);

  private ConvSpecialValueLaws() {}

  private static void specialValues(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    SPECIALS.forEach(special -> put(special, a, trial));
    requireSame(pass, backend, s, a, b, trial);
  }

  private static void specialFactors(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    Tensor a = Elements.map(trial.integers(pass.left(s)), v -> Math.abs(v) == 4 ? 0 : v);
    Tensor b = trial.integers(pass.right(s));
    put(SPECIALS.get(trial.random().nextInt(SPECIALS.size())), b, trial);
    if (pass != ConvPass.INPUT_GRADIENT) {
      requireSame(pass, backend, s, a, b, trial);
      return;
    }
    Tensor want = pass.reference(s, a, b);
    Tensor read = pass.reference(s, ones(pass.left(s)), ones(pass.right(s)));
    long all = pass.terms(s);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      Tensor got = run.of(a, b);
      for (int i = 0; i < got.size(); i++) {
        if (Float.isNaN(got.array()[i]) && read.array()[i] < all) {
          got.array()[i] = want.array()[i]; // a weight may meet the zeros around dy
        }
      }
      trial.sameBits(run + " special", Elements.oneZero(want), Elements.oneZero(got));
    }
  }

  private static Tensor ones(Shape shape) {
    return Tensor.zeros(shape).fill(1f);
  }

  private static void put(float special, Tensor t, Trial trial) {
    if (t.size() > 0) {
      t.array()[trial.random().nextInt(t.size())] = special;
    }
  }

  private static void requireSame(
      ConvPass pass, Backend backend, ConvShape s, Tensor a, Tensor b, Trial trial) {
    Tensor want = pass.reference(s, a, b);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      Tensor got = run.of(a, b);
      trial.sameBits(run + " special", Elements.oneZero(want), Elements.oneZero(got));
    }
  }
}
