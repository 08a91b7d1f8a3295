package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.Arithmetic;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Where the greatest (sign 1) or the least (-1) element is, one after the other. */
final class ReferenceArgReduction implements ArgReduction {
  private final Shape x;
  private final boolean[] reduced;
  private final boolean keepDims;
  private final boolean last;
  private final int sign;

  ReferenceArgReduction(Shape x, boolean[] reduced, boolean keepDims, boolean last, int sign) {
    this.x = x;
    this.reduced = reduced;
    this.keepDims = keepDims;
    this.last = last;
    this.sign = sign;
    if (x.size() == 0 && y().size() > 0) {
      throw new IllegalArgumentException("nothing to choose from along an empty axis of " + x);
    }
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

  @Override
  public void run(Tensor x, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, this.x, "x");
    Arithmetic.requireIndices(indices, y());
    List<List<int[]>> groups = ReferenceAxisReduction.groups(this.x, reduced);
    for (int i = 0; i < groups.size(); i++) {
      List<int[]> group = groups.get(i);
      int best = 0;
      for (int j = 1; j < group.size(); j++) {
        if (isBetter(x.get(group.get(j)), x.get(group.get(best)))) {
          best = j;
        }
      }
      indices[i] = best;
    }
  }

  private boolean isBetter(float v, float best) {
    if (Float.isNaN(best)) {
      return last && Float.isNaN(v);
    }
    return Float.isNaN(v) || sign * v > sign * best || (last && v == best);
  }
}
