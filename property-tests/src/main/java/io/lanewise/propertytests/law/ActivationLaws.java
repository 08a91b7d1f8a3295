package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.map;
import static io.lanewise.propertytests.law.Elements.minus;
import static io.lanewise.propertytests.law.Elements.plus;
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

/** Laws of activations, forward; what they may be off by is in {@link ActivationBounds}. */
public final class ActivationLaws {
  private static final int ENOUGH = 20; // of so many outputs ReLU does not make all zero by chance
  private static final float VALLEY = -1.25f; // hard-swish and SiLU fall left of -1.5 and -1.28
  private static final float LEAST_SILU = -0.27846456f;
  private static final float LEAST_HARD_SWISH = -0.375f;
  private static final String FUNCTIONS = "NIST Digital Library of Mathematical Functions, §4.";

  /** All of them. */
  public static final List<Law<ActivationCase>> ALL =
      List.of(
          law(
              "agreement",
              "y = f(x) for identity, ReLU and clamp; |y - f(x)| <= 0.5 ulp for leaky ReLU, 2 for"
                  + " tanh, 3 for sigmoid and SiLU, 3.5 for hard-swish, a rounding of its line for"
                  + " hard-sigmoid",
              "definition: Activation; the bounds: ActivationKernels",
              ActivationLaws::agreement),
          law(
              "specials",
              "NaN stays NaN; f(±∞) are the limits; f(±0) = f(0), tanh(±0) = ±0; tanh(x) = x below"
                  + " 2^-126",
              "IEEE 754-2019, §9.2.1 and §6.2",
              ActivationLaws::specials),
          law(
              "symmetry",
              "tanh(-x) = -tanh(x); σ(-x) = 1 - σ(x), hard or not; f(x) - f(-x) = x for ReLU, SiLU,"
                  + " hard-swish; leaky: f(x) + f(-x) = (1 - slope)·|x|",
              FUNCTIONS + "28; from the definitions",
              ActivationLaws::symmetry),
          law(
              "bounds",
              "|tanh x| <= 1 and <= |x|; 0 <= σ <= 1; least <= f(x) <= max(x, 0) for SiLU (-0.2785)"
                  + " and hard-swish (-3/8); x <= leaky <= max(x, 0); ReLU(x) = max(x, 0)",
              FUNCTIONS + "32; Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear Units, 2018, §2",
              ActivationLaws::bounds),
          law(
              "monotone",
              "x <= x' gives f(x) <= f(x') but for the error; SiLU and hard-swish right of -1.25",
              FUNCTIONS + "34; from the definitions",
              ActivationLaws::monotone),
          law(
              "doubling",
              "tanh(2x) = 2·tanh(x) / (1 + tanh²(x)); 2σ(2x) = 1 + tanh(x); SiLU(2x) = 2x·σ(2x), so"
                  + " hard-swish; f(2x) = 2·f(x) for ReLU, leaky and not, and for clamps by doubled"
                  + " limits; hard-sigmoid by half its slope is itself",
              FUNCTIONS + "35; from the definitions",
              ActivationLaws::doubling),
          law(
              "idempotence",
              "f(f(x)) = f(x) for ReLU and clamp; |f(f(x))| <= |f(x)| for tanh, leaky ReLU, SiLU,"
                  + " hard-swish; σ(0) <= σ(σ(x)) <= σ(1)",
              FUNCTIONS + "32; from the definitions",
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

  static Tensor forward(Backend backend, Activation f, Tensor x) {
    Tensor y = Tensor.zeros(x.shape()).fill(Float.NaN);
    backend.activation(f).forward(x, y, Parallel.SEQUENTIAL);
    return y;
  }

  static Tensor reference(Activation f, Tensor x) {
    return map(x, v -> (float) ReferenceElementwise.activate(f, v));
  }

  /** Finite data; ReLU makes some half of many outputs zero, of a few perhaps all. */
  static Tensor finite(ActivationCase s, Trial trial) {
    Tensor x = Values.finite(s.shape(), trial);
    if (x.size() >= ENOUGH) {
      trial.requireAlive(reference(s.kind(), x));
    }
    return x;
  }

  private static double[] errors(Activation f, Tensor x, double factor) {
    return Elements.bounds(x, v -> factor * ActivationBounds.error(f, v));
  }

  private static void agreement(Backend backend, ActivationCase s, Trial trial) {
    Tensor x = finite(s, trial);
    double[] bounds = Elements.bounds(x, v -> ActivationBounds.rounded(s.kind(), v));
    trial.within("y", reference(s.kind(), x), forward(backend, s.kind(), x), bounds);
  }

  private static void specials(Backend backend, ActivationCase s, Trial trial) {
    Tensor x =
        map(
            Values.withSpecials(s.shape(), trial),
            v -> Float.isFinite(v) && Math.abs(v) >= Float.MIN_NORMAL ? 0f : v);
    Tensor want = Elements.oneNan(reference(s.kind(), x));
    Tensor got = Elements.oneNan(forward(backend, s.kind(), x));
    if (s.kind().kind() != Activation.Kind.TANH) { // either zero will do
      want = Elements.oneZero(want);
      got = Elements.oneZero(got);
    }
    trial.sameBits("y", want, got);
  }

  private static void symmetry(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor x = finite(s, trial);
    Tensor y = forward(backend, f, x);
    Tensor minus = times(x, -1);
    switch (f.kind()) {
      case IDENTITY, TANH -> trial.sameBits(f + " of -x", times(y, -1), forward(backend, f, minus));
      case RELU -> trial.equal("f(x) - f(-x)", x, minus(y, forward(backend, f, minus)));
      case CLAMP -> {
        Activation mirrored = Activation.clamp(-f.second(), -f.first());
        trial.equal(mirrored + " of -x", times(y, -1), forward(backend, mirrored, minus));
      }
      case LEAKY_RELU -> {
        Tensor want = map(x, v -> (float) ((1 - (double) f.first()) * Math.abs(v)));
        double[] bounds = Elements.bounds(x, v -> 3 * Bounds.U * Math.abs(v) + Float.MIN_VALUE);
        trial.within("f(x) + f(-x)", want, plus(y, forward(backend, f, minus)), bounds);
      }
      case HARD_SWISH, SILU -> {
        double[] bounds = Elements.bounds(x, v -> both(f, v) + Bounds.U * Math.abs(v));
        trial.within("f(x) - f(-x)", x, minus(y, forward(backend, f, minus)), bounds);
      }
      case HARD_SIGMOID, SIGMOID -> {
        Activation g =
            f.kind() == Activation.Kind.SIGMOID
                ? f
                : Activation.hardSigmoid(f.first(), 1 - f.second());
        Tensor one = Tensor.zeros(s.shape()).fill(1f);
        double[] bounds = Elements.bounds(x, v -> both(f, v) + Bounds.U);
        trial.within("f(x) + f(-x)", one, plus(y, forward(backend, g, minus)), bounds);
      }
      default -> throw ActivationBounds.unknown(f);
    }
  }

  private static double both(Activation f, double x) {
    return ActivationBounds.error(f, x) + ActivationBounds.error(f, -x);
  }

  private static void bounds(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor x = finite(s, trial);
    Tensor y = forward(backend, f, x);
    Tensor want = map(y, x, (v, at) -> Math.clamp(v, least(f, at), most(f, at)));
    boolean touches = f.kind() == Activation.Kind.SILU || f.kind() == Activation.Kind.HARD_SWISH;
    boolean tanh = f.kind() == Activation.Kind.TANH;
    double[] bounds =
        Elements.bounds(
            want,
            v ->
                tanh && Math.abs(v) < 1
                    ? 2 * Math.ulp((float) v)
                    : touches && v < 0 ? 3.5 * Math.ulp((float) v) : 0);
    trial.within("y", want, y, bounds);
  }

  private static float least(Activation f, float x) {
    return switch (f.kind()) {
      case IDENTITY, LEAKY_RELU -> x;
      case RELU -> Math.max(x, 0f);
      case CLAMP -> f.first();
      case HARD_SIGMOID, SIGMOID -> 0f;
      case HARD_SWISH -> LEAST_HARD_SWISH;
      case SILU -> LEAST_SILU;
      case TANH -> -Math.min(Math.abs(x), 1f);
      default -> throw ActivationBounds.unknown(f);
    };
  }

  private static float most(Activation f, float x) {
    return switch (f.kind()) {
      case IDENTITY -> x;
      case RELU, LEAKY_RELU, HARD_SWISH, SILU -> Math.max(x, 0f);
      case CLAMP -> f.second();
      case HARD_SIGMOID, SIGMOID -> 1f;
      case TANH -> Math.min(Math.abs(x), 1f);
      default -> throw ActivationBounds.unknown(f);
    };
  }

  private static void monotone(Backend backend, ActivationCase s, Trial trial) {
    float from =
        switch (s.kind().kind()) {
          case HARD_SWISH, SILU -> VALLEY;
          default -> Float.NEGATIVE_INFINITY;
        };
    float[] sorted = map(finite(s, trial), v -> Math.max(v, from)).toArray();
    Arrays.sort(sorted);
    Tensor x = Tensor.of(s.shape(), sorted);
    Tensor y = forward(backend, s.kind(), x);
    Tensor want = y.copy();
    for (int i = 1; i < want.size(); i++) {
      want.array()[i] = Math.max(want.array()[i], want.array()[i - 1]);
    }
    // Each value may be off by its error, the one above as much as the one below.
    trial.within("y", want, y, errors(s.kind(), x, 2));
  }

  private static void doubling(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor x = map(finite(s, trial), v -> Math.clamp(v, -1e30f, 1e30f));
    Tensor x2 = times(x, 2);
    Tensor y = forward(backend, f, x);
    switch (f.kind()) {
      case IDENTITY, RELU -> trial.equal("f(2x)", times(y, 2), forward(backend, f, x2));
      case LEAKY_RELU -> {
        double[] bounds = Elements.bounds(x, v -> 2 * Float.MIN_VALUE); // where digits are lost
        trial.within("f(2x)", times(y, 2), forward(backend, f, x2), bounds);
      }
      case CLAMP -> {
        Activation doubled = Activation.clamp(2 * f.first(), 2 * f.second());
        trial.equal(doubled + " of 2x", times(y, 2), forward(backend, doubled, x2));
      }
      case HARD_SIGMOID -> {
        Activation half = Activation.hardSigmoid(f.first() / 2, f.second());
        trial.equal(half + " of 2x", y, forward(backend, half, x2));
      }
      case HARD_SWISH -> gated(backend, f, Activation.hardSigmoid(), x2, trial);
      case SILU -> gated(backend, f, Activation.sigmoid(), x2, trial);
      case SIGMOID -> {
        Tensor want = map(forward(backend, Activation.tanh(), x), t -> (float) (1.0 + t));
        double[] bounds = errors(f, x2, 2);
        for (int i = 0; i < bounds.length; i++) {
          bounds[i] += ActivationBounds.error(Activation.tanh(), Elements.at(x, i)) + 2 * Bounds.U;
        }
        trial.within("2σ(2x)", want, times(forward(backend, f, x2), 2), bounds);
      }
      case TANH -> tanhDoubling(backend, x2, y, trial);
      default -> throw ActivationBounds.unknown(f);
    }
  }

  /** f(x) = x · gate(x). */
  private static void gated(Backend backend, Activation f, Activation gate, Tensor x, Trial trial) {
    Tensor want = map(x, forward(backend, gate, x), (v, g) -> (float) ((double) v * g));
    double[] bounds =
        Elements.bounds(
            x,
            v ->
                2 * ActivationBounds.rounded(f, v)
                    + Math.abs(v) * 2 * ActivationBounds.error(gate, v));
    trial.within(f + " = x · " + gate, want, forward(backend, f, x), bounds);
  }

  /** In t = tanh(x) the right side has the slope 2(1 - t²) / (1 + t²)², at most 2. */
  private static void tanhDoubling(Backend backend, Tensor x2, Tensor y, Trial trial) {
    Tensor want = map(y, t -> (float) (2.0 * t / (1 + (double) t * t)));
    double[] bounds = new double[want.size()];
    for (int i = 0; i < bounds.length; i++) {
      double t = Elements.at(y, i);
      double slope = 2 * (1 - t * t) / ((1 + t * t) * (1 + t * t));
      bounds[i] = slope * tanhError(t) + 2 * tanhError(Elements.at(want, i));
    }
    trial.within("tanh(2x)", want, forward(backend, Activation.tanh(), x2), bounds);
  }

  /** What a tanh of {@code y} may be off by. */
  static double tanhError(double y) {
    return 2 * Math.ulp((float) y);
  }

  private static void idempotence(Backend backend, ActivationCase s, Trial trial) {
    Activation f = s.kind();
    Tensor y = forward(backend, f, finite(s, trial));
    Tensor again = forward(backend, f, y);
    switch (f.kind()) {
      case IDENTITY, RELU, CLAMP -> trial.sameBits("f(f(x))", y, again);
      case LEAKY_RELU, HARD_SWISH, SILU, TANH -> {
        Tensor want = map(again, y, (v, m) -> Math.clamp(v, -Math.abs(m), Math.abs(m)));
        trial.within("f(f(x))", want, again, errors(f, y, 1));
      }
      case HARD_SIGMOID, SIGMOID -> {
        float low = (float) ReferenceElementwise.activate(f, 0);
        float high = (float) ReferenceElementwise.activate(f, 1);
        trial.within("f(f(x))", map(again, v -> Math.clamp(v, low, high)), again, errors(f, y, 2));
      }
      default -> throw ActivationBounds.unknown(f);
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
