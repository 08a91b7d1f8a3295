package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.ConvWeightsMistake.*;

import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The weight gradient tap by tap: images in chunks of {@value #CHUNK}, each chunk summed in the
 * workspace, the chunks then added to dw in order; a task is a filter of one chunk. Right, unless
 * it is told a mistake.
 */
final class TapConvWeights implements ConvBackwardWeights {
  private static final int CHUNK = 2;
  private static final int MOST_COLUMNS = 32;

  private final ConvShape s;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;

  TapConvWeights(ConvShape shape, Mistake mistake) {
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
    return "seeded-taps";
  }

  @Override
  public WorkspaceSpec workspace() {
    long chunks = Math.ceilDiv(s.n(), CHUNK);
    return contract.workspace(new WorkspaceSpec((chunks + 1) * s.w().size(), 0));
  }

  @Override
  public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
    Tensor in = contract.input(x, s.x(), "x");
    requireShape(dy, s.y(), "dy");
    contract.output(dw, s.w(), "dw", x, "x");
    requireDisjoint(dw, "dw", dy, "dy");
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), dw, ws);
    if (db != null) {
      requireShape(db, s.bias(), "db");
      requireDisjoint(db, "db", x, "x");
      requireDisjoint(db, "db", dy, "dy");
      requireDisjoint(db, "db", dw, "dw");
      addBiasGradient(dy, db);
    }
    int size = chunkSize(par);
    int chunks =
        mistake == LAST_CHUNK_DROPPED && s.n() > CHUNK ? s.n() / size : Math.ceilDiv(s.n(), size);
    par.forEach(
        chunks * s.oc(), (task, worker) -> filter(in, dy, task / s.oc(), size, task % s.oc(), ws));
    if (mistake == DW_OVERWRITTEN) {
      dw.fill(0f);
    }
    for (int i = 0; i < chunks * dw.size(); i++) {
      int at = dw.offset() + i % dw.size();
      float part = ws.array()[ws.sharedOffset() + i];
      dw.array()[at] += mistake == MEAN_OVER_BATCH ? part / s.n() : part;
    }
    for (int i = dw.offset(); i < dw.offset() + dw.size(); i++) {
      dw.array()[i] = RoundingMistake.apply(mistake, dw.array()[i]);
    }
    contract.end(x, dw, par, before);
  }

  private int chunkSize(Parallel par) {
    return mistake == CHUNKS_BY_WORKERS && par.workers() > 1 ? Math.max(CHUNK, s.n()) : CHUNK;
  }

  /** One filter's gradient over a chunk of images. */
  private void filter(Tensor x, Tensor dy, int chunk, int size, int o, Workspace ws) {
    float[] sums = ws.array();
    int to = ws.sharedOffset() + (chunk * s.oc() + o) * s.reduction();
    if (mistake != CHUNKS_NOT_CLEARED) {
      Arrays.fill(sums, to, to + s.reduction(), 0f);
    }
    int c0 = o / s.ocg() * (mistake == GROUP_BY_OCG ? s.ocg() : s.icg());
    for (int img = chunk * size; img < Math.min(s.n(), (chunk + 1) * size); img++) {
      int from = dy.offset() + (img * s.oc() + o) * s.oh() * s.ow();
      for (int tap = 0; tap < s.reduction(); tap++) {
        int c = tap / (s.kh() * s.kw());
        int plane = x.offset() + (img * s.ic() + c0 + c) * s.ih() * s.iw();
        int at = to + (mistake == TAPS_TRANSPOSED ? transposed(tap) : tap);
        sums[at] = tap(x.array(), plane, dy.array(), from, tap, sums[at]);
      }
    }
  }

  private int transposed(int tap) {
    int area = s.kh() * s.kw();
    return tap / area * area + tap % s.kw() * s.kh() + tap % area / s.kw();
  }

  /** Adds one tap's products over one image to {@code sum}. */
  private float tap(float[] x, int plane, float[] dy, int from, int tap, float sum) {
    int ky = tap % (s.kh() * s.kw()) / s.kw();
    int kx = tap % s.kw();
    int end = columns.end(kx);
    for (int oy = 0; oy < s.oh(); oy++) {
      int iy = rows.at(oy, ky);
      if (rows.holds(iy)) {
        int cut = mistake == LONG_ROW_CUT ? Math.min(end, MOST_COLUMNS) : end;
        for (int ox = columns.first(kx); ox < cut; ox++) {
          int ix = columns.at(ox, kx);
          sum = Math.fma(dy[from + oy * s.ow() + ox], x[plane + iy * s.iw() + ix], sum);
        }
      }
    }
    return sum;
  }

  private void addBiasGradient(Tensor dy, Tensor db) {
    if (mistake == DB_NEVER) {
      return;
    }
    int images = mistake == DB_LAST_IMAGE_DROPPED && s.n() > 1 ? s.n() - 1 : s.n();
    int filters = mistake == DB_OF_GROUP_0 ? s.ocg() : s.oc();
    int pixels = s.oh() * s.ow();
    for (int o = 0; o < filters; o++) {
      float sum = 0f;
      for (int img = 0; img < images; img++) {
        int from = dy.offset() + (img * s.oc() + o) * pixels;
        for (int i = from; i < from + pixels; i++) {
          sum += dy.array()[i];
        }
      }
      int at = db.offset() + o;
      db.array()[at] = mistake == DB_OVERWRITTEN ? sum : db.array()[at] + sum;
    }
  }
}
