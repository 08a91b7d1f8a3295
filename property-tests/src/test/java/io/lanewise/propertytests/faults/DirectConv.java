package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.DirectConvMistake.*;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolution straight from its definition, in tiles of {@value #FILTERS} filters and {@value
 * #COLUMNS} outputs of a row; a task is a block of filters of one image and group. Right, unless it
 * is told a mistake.
 */
final class DirectConv implements ConvForward {
  private static final int FILTERS = 4;
  private static final int COLUMNS = 16;
  private static final String LAYOUT = "direct";

  private final ConvShape s;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;
  private final int blocks;

  DirectConv(ConvShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
    this.rows = Axis.rows(shape, mistake);
    this.columns = Axis.columns(shape, mistake);
    this.blocks = Math.ceilDiv(s.ocg(), FILTERS);
  }

  @Override
  public ConvShape shape() {
    return s;
  }

  @Override
  public String algorithm() {
    return "seeded-direct";
  }

  @Override
  public WorkspaceSpec workspace() {
    return contract.workspace(new WorkspaceSpec(0, FILTERS * COLUMNS));
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(LAYOUT + s.w(), s.w().size());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    requireShape(w, s.w(), "w");
    packed.require(LAYOUT + s.w());
    if (mistake == REPACK_IGNORED && packed.data()[0] != 0) {
      return;
    }
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }

  @Override
  public void run(Tensor x, PackedWeights w, Epilogue e, Tensor y, Workspace ws, Parallel par) {
    Tensor in = contract.input(x, s.x(), "x");
    contract.output(y, s.y(), "y", x, "x");
    w.require(LAYOUT + s.w());
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), y, ws);
    Ending ending = Ending.of(e, s.bias(), y, s.ocg(), s.icg(), mistake);
    par.forEach(
        s.n() * s.groups() * blocks,
        (task, worker) -> {
          boolean raced = mistake == RACE && par.workers() > 1 && task % 2 == 1;
          int block = task % blocks;
          planes(in, w, ending, y, task / blocks, block, raced, ws, ws.workerOffset(worker));
        });
    contract.end(x, y, par, before);
  }

  /** All rows of a block of filters. */
  private void planes(
      Tensor x,
      PackedWeights w,
      Ending ending,
      Tensor y,
      int imageGroup,
      int block,
      boolean raced,
      Workspace ws,
      int acc) {
    int img = imageGroup / s.groups();
    int g = imageGroup % s.groups();
    int o0 = g * s.ocg() + block * FILTERS;
    int filters = Math.min(FILTERS, s.ocg() - block * FILTERS);
    int channel =
        img * (mistake == IMAGE_BY_OC ? s.oc() : s.ic())
            + g * (mistake == GROUP_BY_OCG ? s.ocg() : s.icg());
    int xOff = x.offset() + channel * s.ih() * s.iw();
    float[] tile = ws.array();
    int oh = mistake == FAR_PIXELS_DROPPED ? Math.min(s.oh(), Math.ceilDiv(512, s.ow())) : s.oh();
    for (int oy = 0; oy < oh; oy++) {
      for (int ox = 0; ox < s.ow(); ox += COLUMNS) {
        int here = Math.min(COLUMNS, s.ow() - ox);
        for (int f = 0; f < filters; f++) {
          int lanes = acc + f * COLUMNS;
          if (mistake != TILE_NOT_RESET || ox == 0) {
            Arrays.fill(tile, lanes, lanes + COLUMNS, ending.start(o0 + f));
          }
          if (raced) {
            tile[lanes] += 1f;
          }
          int wOff = kernel(o0 + f, filters == 3 && f == 2) * s.reduction();
          sum(x.array(), xOff, w.data(), wOff, oy, ox, here, tile, lanes);
        }
        store(ending, tile, acc, y, img * s.oc(), o0, filters, oy, ox, here);
      }
    }
  }

  /** Which filter's weights a filter takes: its own. */
  private int kernel(int o, boolean lastOf3) {
    if (mistake == GROUP_0_WEIGHTS && s.strideW() == 2) {
      return o % s.ocg();
    }
    if (mistake == DEPTHWISE_FROM_32 && s.icg() == 1 && o >= 32) {
      return o - 32;
    }
    return mistake == ODD_FILTER_REPEATED && lastOf3 ? o - 1 : o;
  }

  /** One filter's sums for outputs [ox0, ox0 + here) of a row. */
  private void sum(
      float[] x, int xOff, float[] w, int wOff, int oy, int ox0, int here, float[] acc, int at) {
    int area = s.kh() * s.kw();
    int taps =
        mistake == LAST_CHANNEL_DROPPED && s.icg() > 1 ? s.icg() / 2 * 2 * area : s.reduction();
    boolean even = s.kw() % 2 == 0 && s.dilationW() >= 3;
    int shift = mistake == EVEN_DILATED_KERNEL && even ? 1 : 0;
    boolean tail = here < COLUMNS;
    boolean batch = mistake == BATCH_SUMMED_BACKWARDS && s.n() > 1;
    boolean backwards = batch || (mistake == TAIL_BACKWARDS && tail);
    boolean unfused = mistake == TAIL_UNFUSED && tail;
    for (int t = 0; t < taps; t++) {
      int tap = backwards ? taps - 1 - t : t;
      int c = tap / area;
      int ky = tap % area / s.kw();
      int kx = tap % s.kw();
      int iy = rows.at(oy, ky);
      boolean skipped = mistake == POINTWISE_BY_KW && s.kw() == 1 && ky > 0;
      if (skipped || !rows.holds(iy)) {
        continue;
      }
      float weight = w[wOff + (mistake == TAPS_TRANSPOSED ? c * area + kx * s.kh() + ky : tap)];
      int row = xOff + (c * s.ih() + iy) * s.iw();
      int end = Math.min(columns.end(kx), ox0 + here);
      for (int ox = Math.max(columns.first(kx), ox0); ox < end; ox++) {
        float v = x[row + Math.min(s.iw() - 1, columns.at(ox, kx) + shift)];
        int lane = at + ox - ox0;
        acc[lane] = unfused ? acc[lane] + weight * v : Math.fma(weight, v, acc[lane]);
      }
    }
  }

  private void store(
      Ending ending,
      float[] acc,
      int at,
      Tensor y,
      int plane0,
      int o0,
      int filters,
      int oy,
      int ox,
      int here) {
    if (mistake == TAIL_OF_15_DROPPED && here == COLUMNS - 1) {
      return;
    }
    int stored = mistake == TAIL_AS_WHOLE_TILE ? COLUMNS : here;
    for (int f = 0; f < filters; f++) {
      int to = y.offset() + ((plane0 + o0 + f) * s.oh() + oy) * s.ow() + ox;
      for (int i = 0; i < stored && to + i < y.array().length; i++) {
        y.array()[to + i] = ending.finish(o0 + f, to + i - y.offset(), acc[at + f * COLUMNS + i]);
      }
    }
  }
}
