package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** Where values that are no numbers get to. */
final class ConvSpecialValueLaws {
  static final List<Law<ConvShape>> ALL =
      PassLaws.of(
          "special-values",
          ConvSubject.INSTANCE,
          "an infinity or NaN in a reaches the elements of f whose sums hold it, and no others",
          "IEEE 754-2019, §6.1 and §6.2",
          ConvSpecialValueLaws::specialValues);

  private ConvSpecialValueLaws() {}

  private static void specialValues(ConvPass pass, Backend backend, ConvShape s, Trial trial) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    Tensor a = trial.integers(pass.left(s));
    Tensor b = trial.integers(pass.right(s));
    for (float special : specials) {
      if (a.size() > 0) {
        a.array()[trial.random().nextInt(a.size())] = special;
      }
    }
    Tensor want = pass.reference(s, a, b);
    for (ConvRun run : pass.exactRuns(backend, s)) {
      trial.sameBits(run + " special", oneZero(want), oneZero(run.of(a, b)));
    }
  }

  /** With one bit pattern for every NaN and one for both zeros. */
  private static Tensor oneZero(Tensor t) {
    return Elements.map(Elements.oneNan(t), v -> v + 0f);
  }
}
