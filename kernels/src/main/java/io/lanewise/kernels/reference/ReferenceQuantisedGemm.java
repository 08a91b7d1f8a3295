package io.lanewise.kernels.reference;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedGemm;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Layout;

/** A matrix product of codes, in 32-bit integers. */
record ReferenceQuantisedGemm(GemmShape shape, Quantisation a, Quantisation b)
    implements QuantisedGemm {
  ReferenceQuantisedGemm {
    QuantisedGemm.requirePlannable(shape, a, b);
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public QuantisedWeights pack(ByteTensor w) {
    ByteTensor.requireShape(w, shape.b(), Layout.CHANNELS_FIRST, "b");
    return new ReferenceCodes.Weights(ReferenceCodes.copy(w), b);
  }

  @Override
  public void accumulate(
      ByteTensor x, QuantisedWeights w, IntTensor bias, IntTensor c, Workspace ws, Parallel par) {
    ByteTensor.requireShape(x, shape.a(), Layout.CHANNELS_FIRST, "a");
    IntTensor.requireShape(c, shape.c(), Layout.CHANNELS_FIRST, "c");
    if (bias != null) {
      IntTensor.requireVector(bias, shape.n(), "bias");
      IntTensor.requireDisjoint(c, "c", bias, "bias");
    }
    ReferenceCodes.Weights weights = ReferenceCodes.Weights.require(w);
    for (int i = 0; i < shape.m(); i++) {
      for (int j = 0; j < shape.n(); j++) {
        int sum = bias == null ? 0 : bias.array()[bias.offset() + j];
        for (int p = 0; p < shape.k(); p++) {
          byte code = x.array()[x.offset() + i * shape.k() + p];
          int element = shape.transposeB() ? j * shape.k() + p : p * shape.n() + j;
          sum += (a.type().code(code) - a.zeroPoint(0)) * weights.value(element, j);
        }
        c.array()[c.offset() + i * shape.n() + j] = sum;
      }
    }
  }

  @Override
  public void run(
      ByteTensor x,
      QuantisedWeights w,
      IntTensor bias,
      Requantisation out,
      ByteTensor c,
      Workspace ws,
      Parallel par) {
    ByteTensor.requireShape(x, shape.a(), Layout.CHANNELS_FIRST, "a");
    ByteTensor.requireShape(c, shape.c(), Layout.CHANNELS_FIRST, "c");
    ByteTensor.requireDisjoint(c, "c", x, "a");
    out.requireFits(shape.n());
    IntTensor sums = IntTensor.zeros(shape.c());
    accumulate(x, w, bias, sums, ws, par);
    for (int i = 0; i < sums.size(); i++) {
      c.array()[c.offset() + i] = ReferenceCodes.code(sums.array()[i], i % shape.n(), out);
    }
  }
}
