package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.times;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ActivationCase;
import io.lanewise.propertytests.subject.ActivationSubject;
import java.util.Arrays;
import java.util.List;

/** Laws of activations, forward: ReLU is exact, tanh within {@value #TANH_ULPS} ulp. */
public final class ActivationLaws {
  /** What {@code ElementwiseKernels.tanh} promises. */
  static final double TANH_ULPS = 2;

  private static final int ENOUGH = 20; // of so many outputs ReLU does not make all zero by chance
  private static final String FUNCTIONS = "NIST Digital Library of Mathematical Functions, §4.";

  /** All of them. */
  public static final List<Law<ActivationCase>> ALL =
      List.of(
          law(
              "agreement",
              "|y - f(x)| <= 2 ulp for tanh, y = f(x) for ReLU",
              "definition: Activation; the bound: ElementwiseKernels",
              ActivationLaws::agreement),
          law(
              "specials",
              "NaN stays NaN; tanh(±∞) = ±1, tanh(±0) = ±0, tanh(x) = x below 2^-126; ReLU(-∞) = 0",
              "IEEE 754-2019, §9.2.1 and §6.2",
              ActivationLaws::specials),
          law(
              "symmetry",
              "tanh(-x) = -tanh(x); ReLU(x) - ReLU(-x) = x",
              FUNCTIONS + "28",
              ActivationLaws::symmetry),
          law(
              "bounds",
              "|tanh x| <= 1 and <= |x|; ReLU(x) >= 0 and >= x",
              FUNCTIONS + "32",
              ActivationLaws::bounds),
          law(
              "monotone",
              "x <= x' gives f(x) <= f(x'), for tanh but for its error",
              FUNCTIONS + "34",
              ActivationLaws::monotone),
          law(
              "doubling",
              "tanh(2x) = 2·tanh(x) / (1 + tanh²(x)); ReLU(2x) = 2·ReLU(x)",
              FUNCTIONS + "35",
              ActivationLaws::doubling),
          law(
              "idempotence",
              "ReLU(ReLU(x)) = ReLU(x); |tanh(tanh(x))| <= |tanh(x)|",
              FUNCTIONS + "32",
              ActivationLaws::idempotence),
          law(
              "elementwise",
              "an element's bits do not depend on its place nor on the other elements",
              "definition: ActivationOp",
              ActivationLaws::elementwise));

  private ActivationLaws() {}

  static Law<ActivationCase> law(
      String name, String formula, String source, Statement<ActivationCase> statement) {
    return new Law<>("activation." + name, ActivationSubject.INSTANCE, formula, source, statement);
  }

  static Tensor forward(Backend backend, Activation kind, Tensor x) {
    Tensor y = Tensor.zeros(x.shape()).fill(Float.NaN);
    backend.activation(kind).forward(x, y, Parallel.SEQUENTIAL);
    return y;
  }

  static Tensor reference(Activation kind, Tensor x) {
    return map(x, v -> (float) ReferenceElementwise.activate(kind, v));
  }

  /** What an output may be off by. */
  static double error(Activation kind, double y) {
    return kind.kind() == Activation.Kind.RELU ? 0 : TANH_ULPS * Math.ulp((float) y);
  }

  /** Finite data; ReLU makes some half of many outputs zero, of a few perhaps all. */
  static Tensor finite(ActivationCase s, Trial trial) {
    Tensor x = Values.finite(s.shape(), trial);
    if (x.size() >= ENOUGH) {
      trial.requireAlive(reference(s.kind(), x));
    }
    return x;
  }

  private static void agreement(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = finite(s, trial);
    Tensor want = reference(s.kind(), x);
    // The reference is itself rounded once: half an ulp.
    double[] bounds = Elements.bounds(want, y -> 1.25 * error(s.kind(), y));
    trial.within("y", want, forward(backend, s.kind(), x), bounds);
  }

  private static void specials(Backend backend, ActivationCase s, Trial trial) {
    Tensor x =
        map(
            Values.withSpecials(s.shape(), trial),
            v -> Float.isFinite(v) && Math.abs(v) >= Float.MIN_NORMAL ? 0f : v);
    Tensor want =
        map(x, v -> s.kind().kind() == Activation.Kind.RELU ? Math.max(v, 0f) : saturated(v));
    Tensor got = forward(backend, s.kind(), x);
    if (s.kind().kind() == Activation.Kind.RELU) {
      got = Elements.plus(got, Tensor.zeros(s.shape())); // either zero will do
    }
    trial.sameBits("y", Elements.oneNan(want), Elements.oneNan(got));
  }

  private static float saturated(float x) {
    return Float.isInfinite(x) ? Math.signum(x) : x;
  }

  private static void symmetry(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = finite(s, trial);
    Tensor y = forward(backend, s.kind(), x);
    Tensor other = forward(backend, s.kind(), times(x, -1));
    switch (s.kind().kind()) {
      case RELU -> trial.equal("ReLU(x) - ReLU(-x)", x, Elements.minus(y, other));
      case TANH -> trial.sameBits("tanh(-x)", times(y, -1), other);
      default -> throw new IllegalStateException("no law for " + s.kind());
    }
  }

  private static void bounds(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = finite(s, trial);
    Tensor y = forward(backend, s.kind(), x);
    switch (s.kind().kind()) {
      case RELU -> trial.equal("y", map(map(y, x, Math::max), v -> Math.max(v, 0)), y);
      case TANH -> {
        Tensor most = map(x, v -> Math.min(Math.abs(v), 1));
        Tensor want = map(y, most, (v, m) -> Math.clamp(v, -m, m));
        double[] bounds = Elements.bounds(want, v -> Math.abs(v) == 1 ? 0 : error(s.kind(), v));
        trial.within("y", want, y, bounds);
      }
      default -> throw new IllegalStateException("no law for " + s.kind());
    }
  }

  private static void monotone(Backend backend, ActivationCase s, Trial trial) {
    float[] sorted = finite(s, trial).toArray();
    Arrays.sort(sorted);
    Tensor y = forward(backend, s.kind(), Tensor.of(s.shape(), sorted));
    Tensor want = y.copy();
    for (int i = 1; i < want.size(); i++) {
      want.array()[i] = Math.max(want.array()[i], want.array()[i - 1]);
    }
    // Each value may be off by its error, the one above as much as the one below.
    trial.within("y", want, y, Elements.bounds(want, v -> 2 * error(s.kind(), v)));
  }

  /** In t = tanh(x) the right side has the slope 2(1 - t²) / (1 + t²)², at most 2. */
  private static void doubling(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = map(finite(s, trial), v -> Math.clamp(v, -1e30f, 1e30f));
    Tensor y = forward(backend, s.kind(), x);
    Tensor twice = forward(backend, s.kind(), times(x, 2));
    if (s.kind().kind() == Activation.Kind.RELU) {
      trial.equal("ReLU(2x)", times(y, 2), twice);
      return;
    }
    Tensor want = map(y, t -> (float) (2.0 * t / (1 + (double) t * t)));
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length; i++) {
      double t = Elements.at(y, i);
      double slope = 2 * (1 - t * t) / ((1 + t * t) * (1 + t * t));
      bounds[i] = slope * error(s.kind(), t) + 2 * error(s.kind(), Elements.at(want, i));
    }
    trial.within("tanh(2x)", want, twice, bounds);
  }

  private static void idempotence(Backend backend, ActivationCase s, Trial trial) {
    Tensor y = forward(backend, s.kind(), finite(s, trial));
    Tensor again = forward(backend, s.kind(), y);
    switch (s.kind().kind()) {
      case RELU -> trial.sameBits("ReLU(ReLU(x))", y, again);
      case TANH -> {
        Tensor want = map(again, y, (v, m) -> Math.clamp(v, -Math.abs(m), Math.abs(m)));
        double[] bounds = Elements.bounds(want, v -> error(s.kind(), v));
        trial.within("tanh(tanh(x))", want, again, bounds);
      }
      default -> throw new IllegalStateException("no law for " + s.kind());
    }
  }

  private static void elementwise(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = finite(s, trial).reshape(s.shape().size());
    Tensor y = forward(backend, s.kind(), x);
    int[] order = Axes.permutation(x.size(), trial.random());
    int[] some = Arrays.copyOf(order, trial.random().nextInt(x.size() + 1));
    for (int[] which : new int[][] {order, some}) {
      Tensor got = forward(backend, s.kind(), Axes.pick(x, 0, which));
      trial.sameBits("y", Axes.pick(y, 0, which), got);
    }
  }
}
