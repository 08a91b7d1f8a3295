package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Calibration;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Objects;

/** Weights rounded to their format, everything else in float64. */
record ReferenceNarrowLinear(LinearShape shape, WeightFormat format) implements NarrowLinear {
  ReferenceNarrowLinear {
    Objects.requireNonNull(format, "format");
  }

  /** Weights and, of 8 bits, each output's scale; the others' is 1. */
  private record Weights(Tensor w, Tensor scales) implements QuantisedWeights {
    @Override
    public String layout() {
      return "reference, as floats";
    }
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public QuantisedWeights pack(Tensor w) {
    requireShape(w, shape.w(), "w");
    if (format == WeightFormat.INT8) {
      Quantisation q = Calibration.symmetricPerChannel(w, 0, QuantisedType.INT8);
      ByteTensor codes = ByteTensor.zeros(shape.w());
      new ReferenceCodes.Quantising(shape.w(), Layout.CHANNELS_FIRST, q)
          .forward(w, codes, Workspace.NONE, Parallel.SEQUENTIAL);
      return pack(codes, q);
    }
    return new Weights(rounded(w, format), Tensor.zeros(shape.out()).fill(1));
  }

  /** A copy, each number rounded to 16 bits. */
  static Tensor rounded(Tensor w, WeightFormat format) {
    Tensor rounded = w.copy();
    for (int i = 0; i < rounded.size(); i++) {
      float v = rounded.array()[i];
      rounded.array()[i] =
          format == WeightFormat.FLOAT16
              ? round(v, 10, -14, 65504)
              : round(v, 7, -126, 3.3895314e38);
    }
    return rounded;
  }

  /**
   * To the nearest float of so many bits of fraction, halves to even.
   *
   * @param least exponent of the least normal number
   */
  private static float round(float v, int fraction, int least, double greatest) {
    if (!Float.isFinite(v) || v == 0) {
      return v;
    }
    int exponent = Math.max(Math.getExponent(v), least);
    double unit = Math.scalb(1.0, exponent - fraction);
    double rounded = Math.rint(v / unit) * unit;
    return Math.abs(rounded) > greatest
        ? Math.copySign(Float.POSITIVE_INFINITY, v)
        : (float) rounded;
  }

  @Override
  public QuantisedWeights pack(ByteTensor w, Quantisation q) {
    NarrowLinear.requirePackable(this, w, q);
    Tensor values = Tensor.zeros(shape.w());
    Tensor scales = Tensor.zeros(shape.out());
    for (int i = 0; i < w.size(); i++) {
      int o = i / shape.in();
      values.array()[i] = q.type().code(w.array()[w.offset() + i]) - q.zeroPoint(o);
      scales.array()[o] = q.scale(o);
    }
    return new Weights(values, scales);
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
    if (!(packed instanceof Weights weights)) {
      throw new IllegalArgumentException(
          "these weights are packed as '" + packed.layout() + "', but the reference reads its own");
    }
    for (int img = 0; img < shape.n(); img++) {
      for (int o = 0; o < shape.out(); o++) {
        double sum = 0;
        for (int c = 0; c < shape.in(); c++) {
          sum += (double) weights.w().get(o, c) * x.get(img, c);
        }
        double start = bias == null ? 0 : bias.get(o);
        y.set((float) (sum * weights.scales().get(o) + start), img, o);
      }
    }
  }
}
