package io.lanewise.benchmarks.check;

import static io.lanewise.benchmarks.check.Part.magnitudes;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.reference.ReferencePool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Poolings, plane by plane. Max pooling is exact; its gradient and averages are sums. */
final class PoolExpectation {
  private PoolExpectation() {}

  /** Of y [n][c][oh][ow], or of dx [n][c][ih][iw]. */
  static Expectation of(Task task) {
    PoolShape s = task.pool();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    PoolShape plane = s.with(1, 1);
    List<Part> parts = new ArrayList<>();
    for (int p : Spread.three(s.n() * s.c(), s.y().size() * s.area())) {
      parts.add(part(task.op(), plane, plane(x, p, plane.x()), plane(dy, p, plane.y()), p));
    }
    boolean forward = task.op() == task.op().forward();
    return new Expectation(task.toString(), (forward ? s.y() : s.x()).size(), parts);
  }

  private static Part part(Op op, PoolShape s, Tensor x, Tensor dy, int p) {
    boolean forward = op == op.forward();
    Tensor want = Tensor.zeros(forward ? s.y() : s.x());
    Tensor scales = Tensor.zeros(want.shape());
    int[] indices = new int[s.y().size()];
    switch (op) {
      case MAX_POOL -> ReferencePool.max(s, x, want, indices);
      case MAX_POOL_BACKWARD -> {
        ReferencePool.max(s, x, Tensor.zeros(s.y()), indices);
        ReferencePool.maxBackward(s, dy, indices, want);
        ReferencePool.maxBackward(s, magnitudes(dy), indices, scales);
      }
      case AVG_POOL -> {
        ReferencePool.average(s, false, x, want);
        ReferencePool.average(s, false, magnitudes(x), scales);
      }
      case AVG_POOL_BACKWARD -> {
        ReferencePool.averageBackward(s, false, dy, want);
        ReferencePool.averageBackward(s, false, magnitudes(dy), scales);
      }
      default -> throw new AssertionError(op + " is not a pooling");
    }
    return Part.scaled("plane " + p, p * want.size(), want, scales);
  }

  private static Tensor plane(Tensor t, int p, Shape shape) {
    return Tensor.wrap(shape, t.array(), t.offset() + p * shape.size());
  }
}
