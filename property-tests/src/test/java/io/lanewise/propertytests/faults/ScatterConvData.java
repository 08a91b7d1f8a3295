package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.ConvDataMistake.*;

import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The input gradient by scattering: each output's gradient goes back, tap by tap, to the inputs
 * that it read; a task is a channel of one image. Right, unless it is told a mistake.
 */
final class ScatterConvData implements ConvBackwardData {
  private static final String LAYOUT = "scatter";

  private final ConvShape s;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;

  ScatterConvData(ConvShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
    this.rows = Axis.rows(shape, mistake);
    this.columns = Axis.columns(shape, mistake);
  }

  @Override
  public ConvShape shape() {
    return s;
  }

  @Override
  public String algorithm() {
    return "seeded-scatter";
  }

  @Override
  public WorkspaceSpec workspace() {
    return contract.workspace(WorkspaceSpec.NONE);
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
  public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
    Tensor in = contract.input(dy, s.y(), "dy");
    contract.output(dx, s.x(), "dx", dy, "dy");
    w.require(LAYOUT + s.w());
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), dx, ws);
    par.forEach(
        s.n() * s.ic(), (task, worker) -> plane(in, w.data(), task / s.ic(), task % s.ic(), dx));
    contract.end(dy, dx, par, before);
  }

  private void plane(Tensor dy, float[] w, int img, int channel, Tensor dx) {
    int g = channel / s.icg();
    int c = channel % s.icg();
    int to = dx.offset() + (img * s.ic() + channel) * s.ih() * s.iw();
    clear(dx.array(), to);
    int o0 = g * (mistake == GROUP_BY_ICG ? s.icg() : s.ocg());
    boolean backwards = mistake == FILTERS_BACKWARDS_IN_BATCH && img > 0;
    int filters = filters();
    for (int i = 0; i < filters; i++) {
      int f = backwards ? filters - 1 - i : i;
      boolean turned = mistake == CHANNELS_TRANSPOSED && s.icg() == s.ocg();
      int kernel = turned ? g * s.ocg() + c : g * s.ocg() + f;
      int wOff = (kernel * s.icg() + (turned ? f : c)) * s.kh() * s.kw();
      int from = dy.offset() + (img * s.oc() + o0 + f) * s.oh() * s.ow();
      filter(dy.array(), from, w, wOff, dx.array(), to);
    }
    for (int i = to; i < to + s.ih() * s.iw(); i++) {
      dx.array()[i] = RoundingMistake.apply(mistake, dx.array()[i]);
    }
  }

  private int filters() {
    if (mistake == LAST_FILTER_DROPPED && s.ocg() > 4 && s.ocg() % 4 == 1) {
      return s.ocg() - 1;
    }
    return mistake == LONG_SUM_CUT ? Math.min(s.ocg(), 128) : s.ocg();
  }

  private void clear(float[] dx, int to) {
    if (mistake == NOT_CLEARED) {
      return;
    }
    for (int iy = 0; iy < s.ih(); iy++) {
      if (mistake != UNREACHED_ROWS_LEFT || isReached(iy)) {
        Arrays.fill(dx, to + iy * s.iw(), to + (iy + 1) * s.iw(), 0f);
      }
    }
  }

  private boolean isReached(int iy) {
    for (int oy = 0; oy < s.oh(); oy++) {
      for (int ky = 0; ky < s.kh(); ky++) {
        if (rows.at(oy, ky) == iy) {
          return true;
        }
      }
    }
    return false;
  }

  /** One filter's part of a plane of dx. */
  private void filter(float[] dy, int from, float[] w, int wOff, float[] dx, int to) {
    int area = s.kh() * s.kw();
    int oh = mistake == LAST_OUTPUT_ROW_DROPPED && s.strideH() > 1 ? s.oh() - 1 : s.oh();
    for (int tap = 0; tap < area; tap++) {
      float weight = w[wOff + (mistake == KERNEL_FLIPPED ? area - 1 - tap : tap)];
      int ky = tap / s.kw();
      int kx = tap % s.kw();
      for (int oy = 0; oy < oh; oy++) {
        int iy = rows.at(oy, ky);
        if (!rows.holds(iy)) {
          continue;
        }
        for (int ox = columns.first(kx); ox < columns.end(kx); ox++) {
          int at = to + iy * s.iw() + columns.at(ox, kx);
          float add = mistake == OVERLAP_OVERWRITTEN && tap > 0 ? 0f : dx[at];
          dx[at] = Math.fma(weight, dy[from + oy * s.ow() + ox], add);
        }
      }
    }
  }
}
