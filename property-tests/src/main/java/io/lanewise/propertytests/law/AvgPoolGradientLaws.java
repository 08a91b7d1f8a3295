package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Bounds.U;
import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.dot;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import java.util.List;

/** Laws of average pooling's gradient, padding counted or not. */
public final class AvgPoolGradientLaws {
  private static final boolean[] BOTH = {false, true};

  /** All of them. */
  public static final List<Law<PoolShape>> ALL =
      List.of(
          MaxPoolLaws.law(
              "avg-backward-bounded",
              "|dx - dx̂| <= (kh·kw + 2)·u·Σ|dy|/count",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §4.2",
              AvgPoolGradientLaws::bounded),
          MaxPoolLaws.law(
              "avg-adjoint",
              "(f(x), dy) = (x, dx)",
              "f is linear and dx its transpose: Griewank and Walther, Evaluating Derivatives, 2nd"
                  + " ed., 2008, §3.2",
              AvgPoolGradientLaws::adjoint),
          MaxPoolLaws.law(
              "avg-backward-sum",
              "padding not counted: Σ dx = Σ dy over the windows that hold an input",
              "a window's shares add up to 1: definition: AvgPool",
              AvgPoolGradientLaws::sum));

  private AvgPoolGradientLaws() {}

  private static void bounded(Backend backend, PoolShape s, Trial trial) {
    Tensor dy = trial.wideRange(s.y());
    for (boolean counts : BOTH) {
      Tensor want = Tensor.zeros(s.x());
      ReferencePool.averageBackward(s, counts, dy, want);
      trial.requireAlive(want);
      Tensor sums = Tensor.zeros(s.x());
      ReferencePool.averageBackward(s, counts, Bounds.magnitude(dy), sums);
      double[] bounds = Bounds.ofSum((long) s.kh() * s.kw(), sums, 1);
      trial.within("dx", want, Pools.avgBackward(backend, s, counts, dy), bounds);
    }
  }

  /** Both sides are sums of the same products; each side's averages are off by (kh·kw + 2)u. */
  private static void adjoint(Backend backend, PoolShape s, Trial trial) {
    Tensor x = trial.integers(s.x());
    Tensor dy = trial.integers(s.y());
    for (boolean counts : BOTH) {
      trial.requireAlive(Pools.referenceAvg(s, counts, x));
      double y = dot(Pools.avg(backend, s, counts, x), dy);
      double dx = dot(x, Pools.avgBackward(backend, s, counts, dy));
      Tensor sums = Pools.referenceAvg(s, counts, Bounds.magnitude(x));
      double products = dot(sums, Bounds.magnitude(dy));
      trial.within("(x, dx)", y, dx, 2 * (s.kh() * s.kw() + 3) * U * products);
    }
  }

  private static void sum(Backend backend, PoolShape s, Trial trial) {
    Tensor dy = trial.integers(s.y());
    trial.requireAlive(dy);
    double want = 0;
    double magnitudes = 0;
    for (int i = 0; i < dy.size(); i++) {
      want += Pools.inside(s, i) == 0 ? 0 : at(dy, i);
      magnitudes += Math.abs(at(dy, i));
    }
    double got = Elements.sum(Pools.avgBackward(backend, s, false, dy));
    trial.within("Σ dx", want, got, (s.kh() * s.kw() + 3) * U * magnitudes);
  }
}
