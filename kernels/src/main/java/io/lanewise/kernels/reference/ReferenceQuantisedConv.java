package io.lanewise.kernels.reference;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;

/** A convolution of codes, in 32-bit integers. */
record ReferenceQuantisedConv(ConvShape shape, Layout layout, Quantisation x, Quantisation w)
    implements QuantisedConv {
  ReferenceQuantisedConv {
    QuantisedConv.requirePlannable(shape, x, w);
  }

  @Override
  public String algorithm() {
    return "reference";
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
  public void accumulate(
      ByteTensor src,
      QuantisedWeights packed,
      IntTensor bias,
      IntTensor y,
      Workspace ws,
      Parallel par) {
    ByteTensor.requireShape(src, shape.x(), layout, "x");
    IntTensor.requireShape(y, shape.y(), layout, "y");
    if (bias != null) {
      IntTensor.requireVector(bias, shape.oc(), "bias");
      IntTensor.requireDisjoint(y, "y", bias, "bias");
    }
    ReferenceCodes.Weights weights = ReferenceCodes.Weights.require(packed);
    for (int i = 0; i < y.size(); i++) {
      int o = channel(i);
      int start = bias == null ? 0 : bias.array()[bias.offset() + o];
      y.array()[y.offset() + i] = start + sum(src, weights, o, i);
    }
  }

  private int channel(int position) {
    return layout == Layout.CHANNELS_LAST
        ? position % shape.oc()
        : position / shape.yPixels() % shape.oc();
  }

  private int sum(ByteTensor src, ReferenceCodes.Weights weights, int o, int position) {
    int pixels = shape.yPixels();
    int img = position / pixels / shape.oc();
    int pixel = layout == Layout.CHANNELS_LAST ? position / shape.oc() % pixels : position % pixels;
    int sum = 0;
    for (int c = 0; c < shape.icg(); c++) {
      for (int tap = 0; tap < shape.area(); tap++) {
        int weight = weights.value((o * shape.icg() + c) * shape.area() + tap, o);
        sum += weight * at(src, img, o / shape.ocg() * shape.icg() + c, pixel, tap);
      }
    }
    return sum;
  }

  /** {@code x - zeroPoint} under a tap of an output's window; 0 in the padding. */
  private int at(ByteTensor src, int img, int c, int pixel, int tap) {
    int ox = pixel % shape.ow();
    int oy = pixel / shape.ow() % shape.oh();
    int oz = pixel / shape.ow() / shape.oh();
    int kx = tap % shape.kw();
    int ky = tap / shape.kw() % shape.kh();
    int kz = tap / shape.kw() / shape.kh();
    int ix = ox * shape.strideW() - shape.padding().left() + kx * shape.dilationW();
    int iy = oy * shape.strideH() - shape.padding().top() + ky * shape.dilationH();
    int iz = oz * shape.strideD() - shape.padding().front() + kz * shape.dilationD();
    if (ix < 0 || ix >= shape.iw() || iy < 0 || iy >= shape.ih() || iz < 0 || iz >= shape.id()) {
      return 0;
    }
    int in = (iz * shape.ih() + iy) * shape.iw() + ix;
    int element =
        layout == Layout.CHANNELS_LAST
            ? (img * shape.xPixels() + in) * shape.ic() + c
            : (img * shape.ic() + c) * shape.xPixels() + in;
    return x.type().code(src.array()[src.offset() + element]) - x.zeroPoint(0);
  }

  @Override
  public void run(
      ByteTensor src,
      QuantisedWeights packed,
      IntTensor bias,
      Requantisation out,
      ByteTensor y,
      Workspace ws,
      Parallel par) {
    ByteTensor.requireShape(src, shape.x(), layout, "x");
    ByteTensor.requireShape(y, shape.y(), layout, "y");
    ByteTensor.requireDisjoint(y, "y", src, "x");
    out.requireFits(shape.oc());
    IntTensor sums = IntTensor.zeros(shape.y(), layout);
    accumulate(src, packed, bias, sums, ws, par);
    for (int i = 0; i < sums.size(); i++) {
      y.array()[y.offset() + i] = ReferenceCodes.code(sums.array()[i], channel(i), out);
    }
  }
}
