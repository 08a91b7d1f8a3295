package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ActivationCase;
import java.util.List;

/** Laws of the activations' gradients. */
public final class ActivationGradientLaws {
  private static final float STEP = 1f / 256;
  private static final float LEFT = -20;

  /** All of them. */
  public static final List<Law<ActivationCase>> ALL =
      List.of(
          ActivationLaws.law(
              "backward-agreement",
              "dx = f'·dy exactly for identity, ReLU and clamp; |dx - f'·dy| <= 2u·|dx| + e·|dy|, e"
                  + " being a rounding a step of f': u·(2|f'| + y²) for tanh and sigmoid, 3u·|f'| for"
                  + " hard-swish, 19u·σ(x)·(1 + |x|·σ(-x)) for SiLU, 0 for the others",
              "NIST Digital Library of Mathematical Functions, §4.34; one rounding a step",
              ActivationGradientLaws::agreement),
          ActivationLaws.law(
              "backward-powers-of-two",
              "dx of 2ᵖ·dy = 2ᵖ·dx to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              ActivationGradientLaws::linearity),
          ActivationLaws.law(
              "central-differences",
              "|(f(x+h) - f(x-h))/2h - dx| <= h²·max|f'''|/6 and the roundings; |f'''| <= 2",
              "Burden and Faires, Numerical Analysis, 9th ed., 2011, §4.1",
              ActivationGradientLaws::differences));

  private ActivationGradientLaws() {}

  private static Tensor backward(Backend backend, Activation f, Tensor saved, Tensor dy) {
    Tensor dx = Tensor.zeros(saved.shape()).fill(Float.NaN);
    backend.activation(f).backward(saved, dy, dx, Parallel.SEQUENTIAL);
    return dx;
  }

  /** What the backward pass reads. */
  private static Tensor saved(Activation f, Tensor x) {
    return f.needsInput() ? x : ActivationLaws.reference(f, x);
  }

  private static void agreement(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor saved = saved(f, ActivationLaws.finite(s, trial));
    Tensor dy = trial.wideRange(s.shape());
    Tensor want = map(saved, dy, (v, d) -> (float) (ReferenceElementwise.slope(f, v) * d));
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length && !ActivationBounds.isExact(f); i++) {
      double slope = ActivationBounds.slopeError(f, at(saved, i)) * Math.abs(at(dy, i));
      bounds[i] = slope + 2 * U * Math.abs(at(want, i)) + Float.MIN_VALUE;
    }
    trial.within("dx", want, backward(backend, f, saved, dy), bounds);
  }

  /** Where no slope is so small that its product with dy loses digits. */
  private static void linearity(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = map(ActivationLaws.finite(s, trial), v -> Math.max(v, LEFT));
    Tensor saved = saved(s.kind(), x);
    Tensor dy = trial.wideRange(s.shape());
    float p = Math.scalb(1f, trial.random().nextInt(-20, 21));
    Tensor want = times(backward(backend, s.kind(), saved, dy), p);
    trial.sameBits("dx", want, backward(backend, s.kind(), saved, times(dy, p)));
  }

  /** On odd multiples of the step, so that no step crosses a kink. */
  private static void differences(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor x = map(Values.grid(s.shape(), 2 * STEP, trial), v -> v + STEP);
    Tensor dy = trial.integers(s.shape());
    Tensor y = ActivationLaws.forward(backend, f, x);
    Tensor up = ActivationLaws.forward(backend, f, map(x, v -> v + STEP));
    Tensor down = ActivationLaws.forward(backend, f, map(x, v -> v - STEP));
    Tensor want = Tensor.zeros(s.shape());
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length; i++) {
      double quotient = ((double) at(up, i) - at(down, i)) / (2 * STEP);
      want.array()[i] = (float) (quotient * at(dy, i));
      bounds[i] = differenceBound(f, at(x, i)) * Math.abs(at(dy, i));
    }
    trial.within("dx", want, backward(backend, f, f.needsInput() ? x : y, dy), bounds);
  }

  private static double differenceBound(Activation f, double x) {
    if (ActivationBounds.isExact(f)) {
      return 0;
    }
    double truncation = STEP * STEP * ActivationBounds.third(f) / 6;
    double error =
        Math.max(ActivationBounds.error(f, x - STEP), ActivationBounds.error(f, x + STEP));
    return truncation + error / STEP + 2 * error + 19 * 2 * U;
  }
}
