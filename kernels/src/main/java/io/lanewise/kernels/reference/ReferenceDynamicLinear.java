package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.DynamicLinear;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** Quantised row by row in float32, as defined; sums in 32-bit integers, the end in float64. */
record ReferenceDynamicLinear(LinearShape shape, Quantisation w) implements DynamicLinear {
  private static final int CODES = 255;

  ReferenceDynamicLinear {
    DynamicLinear.requirePlannable(shape, w);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public QuantisedWeights pack(ByteTensor weights) {
    ByteTensor.requireShape(weights, shape.w(), Layout.CHANNELS_FIRST, "w");
    return new ReferenceCodes.Weights(ReferenceCodes.copy(weights), w);
  }

  @Override
  public void run(
      Tensor x, QuantisedWeights packed, Tensor bias, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, shape.x(), "x");
    requireShape(y, shape.y(), "y");
    requireDisjoint(y, "y", x, "x");
    if (bias != null) {
      requireShape(bias, shape.bias(), "bias");
      requireDisjoint(y, "y", bias, "bias");
    }
    ReferenceCodes.Weights weights = ReferenceCodes.Weights.require(packed);
    int[] codes = new int[shape.in()];
    for (int img = 0; img < shape.n(); img++) {
      float scale = codes(x, img, codes);
      for (int o = 0; o < shape.out(); o++) {
        int sum = 0;
        for (int c = 0; c < shape.in(); c++) {
          sum += codes[c] * weights.value(o * shape.in() + c, o);
        }
        float factor = scale * w.scale(o);
        float rounded = sum;
        y.set((float) ((double) rounded * factor + (bias == null ? 0 : bias.get(o))), img, o);
      }
    }
  }

  /** A row's codes less their zero point; returns its scale. */
  private float codes(Tensor x, int img, int[] codes) {
    float min = 0;
    float max = 0;
    for (int c = 0; c < codes.length; c++) {
      min = Math.min(min, x.get(img, c));
      max = Math.max(max, x.get(img, c));
    }
    float scale = (max - min) / CODES;
    boolean none = !Float.isFinite(scale) || scale < Float.MIN_NORMAL;
    double zero = none ? 0 : Math.min(Math.rint(-min / scale), CODES);
    for (int c = 0; c < codes.length; c++) {
      double q = none ? 0 : Math.rint(x.get(img, c) / scale) + zero;
      codes[c] = (int) (Math.min(Math.max(q, 0), CODES) - zero);
    }
    return Float.isFinite(scale) ? (none ? 1 : scale) : Float.NaN;
  }
}
