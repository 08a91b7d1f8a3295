package io.lanewise.propertytests.law;

import static io.lanewise.propertytests.law.Elements.at;
import static io.lanewise.propertytests.law.Elements.dot;
import static io.lanewise.propertytests.law.Elements.minus;
import static io.lanewise.propertytests.law.Elements.plus;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.Pools.Max;
import java.util.List;

/** Laws of max pooling's gradient: each output's goes to the input that was the greatest. */
public final class MaxPoolGradientLaws {
  private static final String DEFINITION = "definition: MaxPool";

  /** All of them. */
  public static final List<Law<PoolShape>> ALL =
      List.of(
          MaxPoolLaws.law(
              "max-backward-exact",
              "dx[i] = Σ of dy over the outputs with index i, exactly for whole numbers",
              DEFINITION,
              MaxPoolGradientLaws::exact),
          MaxPoolLaws.law(
              "max-backward-bounded",
              "|dx - dx̂| <= (kh·kw + 2)·u·Σ|dy|",
              "Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, §4.2",
              MaxPoolGradientLaws::bounded),
          MaxPoolLaws.law(
              "max-backward-sum",
              "Σ dx = Σ dy over the windows that hold an input",
              "each column of a scatter matrix has one 1: " + DEFINITION,
              MaxPoolGradientLaws::sum),
          MaxPoolLaws.law(
              "max-central-differences",
              "(f(x+e) - f(x-e), dy) = 2(e, dx) where no maximum moves: exact, as f is then affine",
              "Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008, §14.1",
              MaxPoolGradientLaws::differences),
          MaxPoolLaws.law(
              "max-indices-length",
              "indices that are not one an output are refused",
              DEFINITION,
              MaxPoolGradientLaws::indicesLength));

  private MaxPoolGradientLaws() {}

  private static void exact(Backend backend, PoolShape s, Trial trial) {
    Max max = Pools.referenceMax(s, trial.integers(s.x()));
    Tensor dy = trial.integers(s.y());
    Tensor want = Tensor.zeros(s.x());
    ReferencePool.maxBackward(s, dy, max.indices(), want);
    trial.requireAlive(max.y());
    trial.equal("dx", want, Pools.maxBackward(backend, s, dy, max.indices()));
  }

  private static void bounded(Backend backend, PoolShape s, Trial trial) {
    Max max = Pools.referenceMax(s, trial.integers(s.x()));
    trial.requireAlive(max.y());
    Tensor dy = trial.wideRange(s.y());
    Tensor want = Tensor.zeros(s.x());
    ReferencePool.maxBackward(s, dy, max.indices(), want);
    Tensor sums = Tensor.zeros(s.x());
    ReferencePool.maxBackward(s, Bounds.magnitude(dy), max.indices(), sums);
    double[] bounds = Bounds.ofSum((long) s.kh() * s.kw(), sums, 1);
    trial.within("dx", want, Pools.maxBackward(backend, s, dy, max.indices()), bounds);
  }

  private static void sum(Backend backend, PoolShape s, Trial trial) {
    Max max = Pools.max(backend, s, trial.floats(s.x()));
    Tensor dy = trial.integers(s.y());
    trial.requireAlive(dy);
    double want = 0;
    for (int i = 0; i < dy.size(); i++) {
      want += Pools.inside(s, i) == 0 ? 0 : at(dy, i);
    }
    Tensor dx = Pools.maxBackward(backend, s, dy, max.indices());
    trial.within("Σ dx", want, Elements.sum(dx), 0);
  }

  /** All inputs of a plane differ by 4 or more, and move by 1 at most. */
  private static void differences(Backend backend, PoolShape s, Trial trial) {
    Tensor x = distinct(s, trial);
    Tensor e = Elements.map(x, v -> trial.random().nextInt(-1, 2));
    Max max = Pools.max(backend, s, x);
    trial.requireAlive(Pools.referenceMax(s, x).y());
    // A window of padding alone gives -Infinity wherever x is: it has no gradient.
    Tensor dy = Tensor.zeros(s.y());
    for (int i = 0; i < dy.size(); i++) {
      dy.array()[i] = Pools.inside(s, i) == 0 ? 0 : trial.random().nextInt(1, 5);
    }
    Tensor up = finite(Pools.max(backend, s, plus(x, e)).y());
    Tensor down = finite(Pools.max(backend, s, minus(x, e)).y());
    Tensor dx = Pools.maxBackward(backend, s, dy, max.indices());
    trial.within("2(e, dx)", dot(up, dy) - dot(down, dy), 2 * dot(e, dx), 0);
  }

  private static Tensor distinct(PoolShape s, Trial trial) {
    Tensor x = Tensor.zeros(s.x());
    int plane = s.ih() * s.iw();
    for (int first = 0; first < x.size(); first += plane) {
      int[] order = Axes.permutation(plane, trial.random());
      for (int i = 0; i < plane; i++) {
        x.array()[first + i] = 4 * (order[i] - plane / 2) + 1; // never 0
      }
    }
    return x;
  }

  private static void indicesLength(Backend backend, PoolShape s, Trial trial) {
    MaxPool plan = backend.maxPool(s);
    Tensor x = trial.floats(s.x());
    Tensor dy = trial.floats(s.y());
    Tensor y = Tensor.zeros(s.y());
    Tensor dx = Tensor.zeros(s.x());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    for (int length : new int[] {y.size() - 1, y.size() + 1}) {
      if (length >= 0) {
        int[] wrong = new int[length];
        trial.refused("forward", () -> plan.forward(x, y, wrong, ws, Parallel.SEQUENTIAL));
        trial.refused("backward", () -> plan.backward(dy, wrong, dx, Parallel.SEQUENTIAL));
      }
    }
  }

  private static Tensor finite(Tensor y) {
    return Elements.map(y, v -> Float.isFinite(v) ? v : 0);
  }
}
