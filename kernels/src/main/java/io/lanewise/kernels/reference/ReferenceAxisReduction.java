package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reductions: all of a result's elements in a list, in float64. */
final class ReferenceAxisReduction implements AxisReduction {
  private final ReduceOp op;
  private final Shape x;
  private final boolean[] reduced;
  private final boolean keepDims;
  private final Layout layout;

  ReferenceAxisReduction(ReduceOp op, Shape x, boolean[] reduced, boolean keepDims, Layout layout) {
    this.op = op;
    this.x = x;
    this.reduced = reduced;
    this.keepDims = keepDims;
    this.layout = layout;
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape y() {
    return Arithmetic.reduced(x, reduced, keepDims);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  /** The elements that go into each result, in row-major order. */
  static List<List<int[]>> groups(Shape x, boolean[] reduced) {
    Shape y = Arithmetic.reduced(x, reduced, true);
    List<List<int[]>> groups = new ArrayList<>();
    for (int i = 0; i < y.size(); i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < x.size(); i++) {
      int[] at = Index.of(x, i);
      groups.get(Index.number(y, Index.reduced(at, reduced, true))).add(at);
    }
    return groups;
  }

  @Override
  public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, y(), layout, "y");
    requireDisjoint(y, "y", x, "x");
    List<List<int[]>> groups = groups(this.x, reduced);
    for (int i = 0; i < groups.size(); i++) {
      double[] values = groups.get(i).stream().mapToDouble(x::get).toArray();
      y.set((float) reduce(values), Index.of(y.shape(), i));
    }
  }

  private double reduce(double[] values) {
    double sum =
        switch (op) {
          case PROD -> 1;
          case MAX, LOG_SUM_EXP -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
          default -> 0;
        };
    for (double v : values) {
      sum =
          switch (op) {
            case SUM, MEAN -> sum + v;
            case PROD -> sum * v;
            case MAX, LOG_SUM_EXP -> Math.max(sum, v);
            case MIN -> Math.min(sum, v);
            case L1 -> sum + Math.abs(v);
            case L2, SUM_OF_SQUARES -> sum + v * v;
          };
    }
    return switch (op) {
      case MEAN -> sum / values.length;
      case L2 -> Math.sqrt((float) sum);
      case LOG_SUM_EXP -> logSumExp(values, sum);
      default -> sum;
    };
  }

  private static double logSumExp(double[] values, double max) {
    if (Double.isInfinite(max)) {
      return max;
    }
    double sum = 0;
    for (double v : values) {
      sum += StrictMath.exp(v - max);
    }
    return max + StrictMath.log(sum);
  }

  @Override
  public void backward(Tensor x, Tensor y, Tensor dy, Tensor dx, Workspace ws, Parallel par) {
    requireShape(x, this.x, layout, "x");
    requireShape(y, y(), layout, "y");
    requireShape(dy, y(), layout, "dy");
    requireShape(dx, this.x, layout, "dx");
    requireDisjoint(dx, "dx", x, "x");
    requireDisjoint(dx, "dx", y, "y");
    requireDisjoint(dx, "dx", dy, "dy");
    List<List<int[]>> groups = groups(this.x, reduced);
    for (int i = 0; i < groups.size(); i++) {
      int[] at = Index.of(y.shape(), i);
      List<int[]> group = groups.get(i);
      for (int[] element : group) {
        dx.set((float) (dy.get(at) * slope(x, element, group, y.get(at))), element);
      }
    }
  }

  private double slope(Tensor x, int[] element, List<int[]> group, double y) {
    double v = x.get(element);
    return switch (op) {
      case SUM -> 1;
      case MEAN -> 1.0 / group.size();
      case L1 -> Math.signum(v);
      case L2 -> y == 0 ? 0 : v / y;
      case SUM_OF_SQUARES -> 2 * v;
      case LOG_SUM_EXP -> StrictMath.exp(v - y);
      case MAX, MIN -> {
        long equals = group.stream().filter(e -> x.get(e) == y).count();
        yield (v == y ? 1.0 : 0.0) / equals;
      }
      case PROD -> {
        double others = 1;
        for (int[] e : group) {
          others *= Arrays.equals(e, element) ? 1 : x.get(e);
        }
        yield others;
      }
    };
  }
}
