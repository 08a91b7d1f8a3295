package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.NetworkData.Passes;
import io.lanewise.propertytests.subject.LayerCase;
import io.lanewise.propertytests.subject.LayerCase.Kind;
import io.lanewise.propertytests.subject.NetworkCase;
import java.util.List;

/**
 * Whole networks against {@link Float64Network}. The bounds are those of a product of matrices,
 * {@code |fl(A₁···Aₗ) - A₁···Aₗ| <= (1 + Σ(kᵢ + 5))·u·|A₁|···|Aₗ|} (Higham 2002, §3.5): activations
 * have slopes of at most 1 and a maximum is at most the sum, so the majorant network bounds the
 * rest.
 */
public final class NetworkGradientLaws {
  private static final double STEP = 0x1p-22;
  private static final double U64 = 0x1p-53; // as U, of float64
  private static final double MAJORANT_STEP = 0x1p-10;
  private static final double SECOND_ORDER = 1.01;
  private static final int MOST_DRAWS = 20;

  /**
   * A share of the greatest value, a margin and no bound: errors of either sign make a sum of k
   * products some √k·u off (Higham 2002, §2.8), k is far below 128² here, and a network has few
   * layers. The worst case, k·u in every layer, would leave too little data.
   */
  private static final double NEAR = 128 * U;

  /**
   * What the difference quotient is off by for curvature, as a share of the derivative: h²/6 =
   * 2^-46.6 of the third derivative, which may thus be 10^6 times the first. That it is not more is
   * assumed, of small networks whose sums are about 1, not derived.
   */
  private static final double TRUNCATION = 1e-8;

  /** All of them. */
  public static final List<Law<NetworkCase>> ALL =
      List.of(
          NetworkLaws.law(
              "bounded-forward",
              "|y - ŷ| <= 1.01·(1 + Σ(k + 5))·u·|W₁|···|Wₗ|·|x|",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §3.5",
              NetworkGradientLaws::forward),
          NetworkLaws.law(
              "gradient",
              "(dx, e) and (gradient, e) = (L(+he) - L(-he)) / 2h in float64, in any direction e",
              "Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008, §3.2",
              NetworkGradientLaws::gradient));

  private NetworkGradientLaws() {}

  private static void forward(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    Point at = Point.of(data);
    Tensor y = data.forward(backend);
    Tensor want = tensor(y.shape(), new Float64Network(net, false).forward(at));
    trial.requireAlive(want);
    Point sizes = at.magnitudes();
    double[] bounds = new Float64Network(net, true).forward(sizes);
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = SECOND_ORDER * (roundings(net) + 1) * U * bounds[i] + Float.MIN_NORMAL;
    }
    trial.within("y", want, y, bounds);
  }

  private static Tensor tensor(Shape shape, double[] values) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < values.length; i++) {
      t.array()[i] = (float) values[i];
    }
    return t;
  }

  /** Roundings on the way of a value through the network. */
  private static double roundings(NetworkCase net) {
    double sum = 0;
    for (int i = 0; i < net.layers().size(); i++) {
      sum += net.reduction(i) + 5; // a bias, and two ulp of tanh
    }
    return sum;
  }

  /** Roundings on the way of a gradient back, and into a parameter's gradient. */
  private static double roundingsBack(NetworkCase net) {
    double sum = 0;
    for (int i = 0; i < net.layers().size(); i++) {
      LayerCase l = net.layers().get(i);
      Shape y = net.shapes().get(i + 1);
      int channels = y.dim(1);
      int places = y.size() / Math.max(1, channels);
      sum += (double) channels / l.g() * l.k() * l.k() + places + 8;
    }
    return sum;
  }

  private static void gradient(Backend backend, NetworkCase net, Trial trial) {
    NetworkData data = awayFromKinks(net, trial);
    Point at = Point.of(data);
    Point direction = Point.random(data, trial);
    Float64Network network = new Float64Network(net, false);
    double difference =
        Point.dot(data.dy(), network.forward(at.plus(direction, STEP)))
            - Point.dot(data.dy(), network.forward(at.plus(direction, -STEP)));
    Passes passes = data.run(backend);
    double derivative = direction.dot(passes.dx(), passes.gradients());
    double want = difference / (2 * STEP);
    trial.within("(gradient, e)", want, derivative, bound(data, at, direction));
  }

  /** Data at which neither the step nor float32's roundings cross where ReLU or a maximum bends. */
  private static NetworkData awayFromKinks(NetworkCase net, Trial trial) {
    NetworkData data = NetworkData.leaning(net, trial);
    for (int draw = 1; draw < MOST_DRAWS && !isAwayFromKinks(data); draw++) {
      data = NetworkData.leaning(net, trial);
    }
    trial.requireUseful(isAwayFromKinks(data), "kinks lie too near in every draw");
    return data;
  }

  private static boolean isAwayFromKinks(NetworkData data) {
    Float64Network network = new Float64Network(data.net(), false);
    network.forward(Point.of(data));
    return network.gap() > NEAR * network.greatest();
  }

  /**
   * Each term of the derivative is off by its roundings; and where tanh's output is off, so is its
   * slope 1 - y², by up to twice as much, in every tanh layer. The quotient is off by its
   * truncation, and by float64's roundings of the two losses over 2h.
   */
  private static double bound(NetworkData data, Point at, Point direction) {
    NetworkCase net = data.net();
    Point sizes = at.magnitudes();
    Point more = sizes.plus(direction.magnitudes(), MAJORANT_STEP);
    Float64Network majorant = new Float64Network(net, true);
    Tensor dy = Bounds.magnitude(data.dy());
    double here = Point.dot(dy, majorant.forward(sizes));
    double greatest = majorant.greatest();
    double there = Point.dot(dy, majorant.forward(more));
    double derivatives = (there - here) / MAJORANT_STEP; // convex: at least the derivative
    long bends = net.layers().stream().filter(l -> l.kind() == Kind.TANH).count();
    double roundings = roundings(net) * (1 + 2 * bends * greatest) + roundingsBack(net);
    double quotient = (roundings(net) + data.dy().size()) * U64 / STEP * there;
    return SECOND_ORDER * ((roundings * U + TRUNCATION) * derivatives + quotient)
        + Float.MIN_NORMAL;
  }
}
