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

  /** All of them. */
  public static final List<Law<ActivationCase>> ALL =
      List.of(
          ActivationLaws.law(
              "backward-agreement",
              "dx = [y > 0]·dy exactly; |dx - (1 - y²)·dy| <= 4u·|dx| + u·y²·|dy|",
              "NIST Digital Library of Mathematical Functions, §4.34; one rounding a step",
              ActivationGradientLaws::agreement),
          ActivationLaws.law(
              "backward-powers-of-two",
              "dx of 2ᵖ·dy = 2ᵖ·dx to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              ActivationGradientLaws::linearity),
          ActivationLaws.law(
              "central-differences",
              "|(f(x+h) - f(x-h))/2h - dx| <= h²·max|f'''|/6 and the roundings; |tanh'''| <= 2",
              "Burden and Faires, Numerical Analysis, 9th ed., 2011, §4.1",
              ActivationGradientLaws::differences));

  private ActivationGradientLaws() {}

  private static Tensor backward(Backend backend, Activation kind, Tensor y, Tensor dy) {
    Tensor dx = Tensor.zeros(y.shape()).fill(Float.NaN);
    backend.activation(kind).backward(y, dy, dx, Parallel.SEQUENTIAL);
    return dx;
  }

  private static void agreement(Backend backend, ActivationCase s, Trial trial) {
    Tensor y = ActivationLaws.reference(s.kind(), ActivationLaws.finite(s, trial));
    Tensor dy = trial.wideRange(s.shape());
    Tensor want = map(y, dy, (v, d) -> (float) (ReferenceElementwise.slope(s.kind(), v) * d));
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length; i++) {
      double v = at(y, i);
      double square = v * v * Math.abs(at(dy, i));
      bounds[i] =
          s.kind().kind() == Activation.Kind.RELU ? 0 : U * (4 * Math.abs(at(want, i)) + square);
    }
    trial.within("dx", want, backward(backend, s.kind(), y, dy), bounds);
  }

  private static void linearity(Backend backend, ActivationCase s, Trial trial) {
    Tensor y = ActivationLaws.reference(s.kind(), ActivationLaws.finite(s, trial));
    Tensor dy = trial.wideRange(s.shape());
    float p = Math.scalb(1f, trial.random().nextInt(-20, 21));
    Tensor want = times(backward(backend, s.kind(), y, dy), p);
    trial.sameBits("dx", want, backward(backend, s.kind(), y, times(dy, p)));
  }

  /** On a grid twice as wide as the step, so that no step crosses ReLU's kink. */
  private static void differences(Backend backend, ActivationCase s, Trial trial) {
    Activation kind = s.kind();
    Tensor x = Values.grid(s.shape(), 2 * STEP, trial);
    Tensor dy = trial.integers(s.shape());
    Tensor y = ActivationLaws.forward(backend, kind, x);
    Tensor up = ActivationLaws.forward(backend, kind, map(x, v -> v + STEP));
    Tensor down = ActivationLaws.forward(backend, kind, map(x, v -> v - STEP));
    Tensor want = Tensor.zeros(s.shape());
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length; i++) {
      double quotient = ((double) at(up, i) - at(down, i)) / (2 * STEP);
      want.array()[i] = (float) (quotient * at(dy, i));
      bounds[i] =
          kind.kind() == Activation.Kind.RELU ? 0 : tanhBound(at(y, i)) * Math.abs(at(dy, i));
    }
    trial.within("dx", want, backward(backend, kind, y, dy), bounds);
  }

  private static double tanhBound(double y) {
    double truncation = STEP * STEP / 3.0;
    double error = ActivationLaws.error(Activation.tanh(), Math.min(1, Math.abs(y) + STEP));
    return truncation + error / STEP + 2 * error + 6 * U;
  }
}
