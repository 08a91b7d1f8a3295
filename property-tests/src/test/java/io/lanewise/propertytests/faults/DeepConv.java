package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.DeepMistake.BACK_FOR_FRONT;
import static io.lanewise.propertytests.faults.DeepMistake.BIAS_IN_FIRST_PLANE;
import static io.lanewise.propertytests.faults.DeepMistake.DILATION_H_FOR_D;
import static io.lanewise.propertytests.faults.DeepMistake.FRONT_NOT_PADDED;
import static io.lanewise.propertytests.faults.DeepMistake.LAST_PLANE_SKIPPED;
import static io.lanewise.propertytests.faults.DeepMistake.PLANES_BY_OH;
import static io.lanewise.propertytests.faults.DeepMistake.STRIDE_H_FOR_D;
import static io.lanewise.propertytests.faults.DeepMistake.TAPS_TRANSPOSED;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * 3-D convolution straight from its definition, an output after the other; a task is a filter of
 * one image. Right, unless it is told a mistake.
 */
final class DeepConv implements ConvForward {
  private static final String LAYOUT = "deep";

  private final ConvShape s;
  private final Mistake mistake;
  private final int front;
  private final int strideD;
  private final int dilationD;

  DeepConv(ConvShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.front = mistake == BACK_FOR_FRONT ? s.padding().back() : s.padding().front();
    this.strideD = mistake == STRIDE_H_FOR_D ? s.strideH() : s.strideD();
    this.dilationD = mistake == DILATION_H_FOR_D ? s.dilationH() : s.dilationD();
  }

  @Override
  public ConvShape shape() {
    return s;
  }

  @Override
  public String algorithm() {
    return "seeded-deep";
  }

  @Override
  public WorkspaceSpec workspace() {
    return WorkspaceSpec.NONE;
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(LAYOUT + s.w(), s.w().size());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    requireShape(w, s.w(), "w");
    packed.require(LAYOUT + s.w());
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }

  @Override
  public void run(Tensor x, PackedWeights w, Epilogue e, Tensor y, Workspace ws, Parallel par) {
    requireShape(x, s.x(), "x");
    requireShape(y, s.y(), "y");
    requireDisjoint(y, "y", x, "x");
    w.require(LAYOUT + s.w());
    Ending ending = Ending.of(e, s.bias(), y, s.ocg(), s.icg(), null);
    par.forEach(
        s.n() * s.oc(),
        (task, worker) -> filter(x, w.data(), ending, y, task / s.oc(), task % s.oc()));
  }

  private void filter(Tensor x, float[] w, Ending ending, Tensor y, int img, int o) {
    int ow = s.ow();
    int to = y.offset() + (img * s.oc() + o) * s.yPixels();
    for (int p = 0; p < s.yPixels(); p++) {
      int row = p / ow;
      int oz = row / (mistake == PLANES_BY_OH ? Math.min(s.ih(), s.oh()) : s.oh());
      boolean first = oz == 0 || mistake != BIAS_IN_FIRST_PLANE;
      float start = first ? ending.start(o) : 0f;
      float sum = output(x, w, img, o, oz, row % s.oh(), p % ow, start);
      y.array()[to + p] = ending.finish(o, to - y.offset() + p, sum);
    }
  }

  private float output(Tensor x, float[] w, int img, int o, int oz, int oy, int ox, float start) {
    float sum = start;
    int channel = img * s.ic() + o / s.ocg() * s.icg();
    for (int tap = 0; tap < s.reduction(); tap++) {
      int c = tap / s.area();
      int kz = tap / s.kw() / s.kh() % s.kd();
      int ky = tap / s.kw() % s.kh();
      int kx = tap % s.kw();
      int iz = oz * strideD + kz * dilationD - front;
      int iy = oy * s.strideH() + ky * s.dilationH() - s.padding().top();
      int ix = ox * s.strideW() + kx * s.dilationW() - s.padding().left();
      if (mistake == FRONT_NOT_PADDED) {
        iz = Math.max(0, iz);
      }
      boolean deep = iz >= 0 && iz < (mistake == LAST_PLANE_SKIPPED ? s.id() - 1 : s.id());
      if (deep && iy >= 0 && iy < s.ih() && ix >= 0 && ix < s.iw()) {
        int turned = ((c * s.kh() + ky) * s.kd() + kz) * s.kw() + kx;
        float weight = w[o * s.reduction() + (mistake == TAPS_TRANSPOSED ? turned : tap)];
        int at = (((channel + c) * s.id() + iz) * s.ih() + iy) * s.iw() + ix;
        sum = Math.fma(weight, x.array()[x.offset() + at], sum);
      }
    }
    return sum;
  }
}
