package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.ProductMistake.STEPS_BY_WORKERS;

import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.faults.BlockedProduct.Operand;
import java.util.Arrays;

/**
 * Convolution as a matrix product, the backend's second algorithm: what the inputs of each output
 * are is written down as a matrix [taps][pixels], which {@link BlockedProduct} multiplies; a task
 * is one image and group. Right, unless it is told a mistake.
 */
final class Im2colConv implements ConvForward {
  private static final String LAYOUT = "im2col";

  private final ConvShape s;
  private final Mistake mistake;
  private final Contract contract;
  private final Axis rows;
  private final Axis columns;
  private final int pixels;

  Im2colConv(ConvShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
    this.rows = Axis.rows(shape, mistake);
    this.columns = Axis.columns(shape, mistake);
    this.pixels = s.oh() * s.ow();
  }

  @Override
  public ConvShape shape() {
    return s;
  }

  @Override
  public String algorithm() {
    return "seeded-im2col";
  }

  @Override
  public WorkspaceSpec workspace() {
    long matrix = (long) s.reduction() * pixels;
    return contract.workspace(new WorkspaceSpec(0, matrix + BlockedProduct.SCRATCH));
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
    Tensor in = contract.input(x, s.x(), "x");
    contract.output(y, s.y(), "y", x, "x");
    w.require(LAYOUT + s.w());
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), y, ws);
    Ending ending = Ending.of(e, s.bias(), y, s.ocg(), s.icg(), mistake);
    boolean backwards = mistake == STEPS_BY_WORKERS && par.workers() > 1;
    BlockedProduct product = new BlockedProduct(mistake, backwards);
    par.forEach(
        s.n() * s.groups(),
        (task, worker) ->
            group(in, w, ending, product, y, task, ws.array(), ws.workerOffset(worker)));
    contract.end(x, y, par, before);
  }

  private void group(
      Tensor x,
      PackedWeights w,
      Ending ending,
      BlockedProduct product,
      Tensor y,
      int imageGroup,
      float[] scratch,
      int at) {
    int taps = s.reduction();
    int g = imageGroup % s.groups();
    int xOff = x.offset() + imageGroup * s.icg() * s.ih() * s.iw();
    int yOff = y.offset() + imageGroup * s.ocg() * pixels;
    int matrix = at + BlockedProduct.SCRATCH;
    for (int tap = 0; tap < taps; tap++) {
      unroll(x.array(), xOff, tap, scratch, matrix + tap * pixels);
    }
    for (int o = 0; o < s.ocg(); o++) {
      int plane = yOff + o * pixels;
      Arrays.fill(y.array(), plane, plane + pixels, ending.start(g * s.ocg() + o));
    }
    product.run(
        s.ocg(),
        pixels,
        taps,
        new Operand(w.data(), g * s.ocg() * taps, taps, 1),
        new Operand(scratch, matrix, 1, pixels),
        y.array(),
        yOff,
        pixels,
        scratch,
        at);
    for (int i = 0; i < s.ocg() * pixels; i++) {
      int o = g * s.ocg() + i / pixels;
      y.array()[yOff + i] = ending.finish(o, yOff - y.offset() + i, y.array()[yOff + i]);
    }
  }

  /** One row of the matrix: a tap's input at each output, 0 in the padding. */
  private void unroll(float[] x, int xOff, int tap, float[] dst, int dstOff) {
    int c = tap / (s.kh() * s.kw());
    int ky = tap % (s.kh() * s.kw()) / s.kw();
    int kx = tap % s.kw();
    Arrays.fill(dst, dstOff, dstOff + pixels, 0f);
    for (int oy = 0; oy < s.oh(); oy++) {
      int iy = rows.at(oy, ky);
      if (rows.holds(iy)) {
        int row = xOff + (c * s.ih() + iy) * s.iw();
        for (int ox = columns.first(kx); ox < columns.end(kx); ox++) {
          dst[dstOff + oy * s.ow() + ox] = x[row + columns.at(ox, kx)];
        }
      }
    }
  }
}
