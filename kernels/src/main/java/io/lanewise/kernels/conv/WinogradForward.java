package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Winograd's minimal filtering F(m x m, 3 x 3) (Lavin and Gray, Fast Algorithms for Convolutional
 * Neural Networks, 2016, §4): patches are transformed, multiplied product by product as (m + 2)²
 * small matrix products M[tiles][oc] = V[tiles][ic] · U[ic][oc], and transformed back.
 *
 * <p>Tiles go in blocks whose V and M stay in L2. If U fits beside them, a task takes a block
 * through all three steps in its worker's own memory. Otherwise the team takes each step together,
 * each worker some of the products, so that U is read once for a block and not once a worker.
 */
final class WinogradForward implements ForwardCore {
  private static final int MOST_TILES = 64;
  private static final int TASK_TILES = 4; // of a transform
  private static final int LEAST_CHANNELS = 32; // of a transform
  private static final double FEWER_TILES = 0.02;
  private static final double MORE_PARTS = 0.005; // what each cut of a product costs

  private final ConvShape shape;
  private final WinogradKernels kernels;
  private final MacroKernel macro;
  private final Ending ending;
  private final int m;
  private final int patch;
  private final int products;
  private final int nr;
  private final int tilesW;
  private final int imageTiles;
  private final int tiles;
  private final int ldV;
  private final int ldM;
  private final int block; // tiles
  private final int planeV; // distance between products
  private final int planeM;
  private final int planeU;
  private final boolean together;
  private final int scratch; // floats of a worker besides V and M
  private final float[] zeros;
  private final float[] noBias;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  WinogradForward(ConvShape shape, int m, Target target) {
    int floatsInL2 = target.machine().l2Bytes() / Float.BYTES;
    this.shape = shape;
    this.kernels = target.kernels().winograd(m);
    this.macro = MacroKernel.of(target, shape.oc(), 4L * shape.w().size());
    this.ending = new Ending(target.kernels());
    this.m = m;
    this.patch = m + 2;
    this.products = patch * patch;
    this.nr = macro.nr();
    this.tilesW = Math.ceilDiv(shape.ow(), m);
    this.imageTiles = Math.ceilDiv(shape.oh(), m) * tilesW;
    this.tiles = Math.multiplyExact(shape.n(), imageTiles);
    this.ldV = GemmBlocking.roundUp(shape.ic(), 16) + 16;
    this.ldM = GemmBlocking.roundUp(shape.oc(), 16) + 16;
    this.planeU = Math.multiplyExact(GemmBlocking.roundUp(shape.oc(), nr), shape.ic());
    this.together = 2L * products * planeU > floatsInL2;
    int most = floatsInL2 / (together ? 1 : 2) / products / (ldV + ldM);
    int mr = macro.mr();
    this.block = Math.clamp(most / (long) mr * mr, mr, MOST_TILES);
    this.planeV = oddLines(block * ldV);
    this.planeM = oddLines(block * ldM);
    this.zeros = new float[shape.oc()];
    this.noBias = zeros;
    this.scratch =
        macro.scratchFloats()
            + kernels.scratchFloats()
            + Math.max(products * shape.ic(), m * m * shape.oc());
    long blockFloats = products * ((long) planeV + planeM);
    this.workspace =
        new WorkspaceSpec(together ? blockFloats : 0, scratch + (together ? 0 : blockFloats));
  }

  /** An odd number of cache lines, so that the products of a tile do not share a set of L1. */
  private static int oddLines(int floats) {
    return (Math.ceilDiv(floats, 16) | 1) * 16;
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return WinogradConv.name(m);
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public String layout() {
    return "conv-winograd m" + m + " nr" + nr + " w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return (long) products * planeU;
  }

  /** packed: [products][ceil(oc / nr)][ic][nr], lanes past oc are 0. */
  @Override
  public void pack(Tensor w, float[] packed) {
    Arrays.fill(packed, 0f);
    WinogradWeights.pack(shape, m, w, nr, planeU, packed);
  }

  @Override
  public void run(
      float[] x,
      int xOff,
      float[] w,
      Epilogue epilogue,
      float[] r,
      int rOff,
      float[] y,
      int yOff,
      Workspace ws,
      int sharedOff,
      Parallel par) {
    Parallel team = par.forWork(shape.flops() / products);
    try (Call call = calls.take()) {
      call.x = x;
      call.xOff = xOff;
      call.w = w;
      call.activation = epilogue.activation();
      call.r = r;
      call.rOff = rOff;
      call.bias = epilogue.bias() == null ? noBias : epilogue.bias().array();
      call.biasOff = epilogue.bias() == null ? 0 : epilogue.bias().offset();
      call.y = y;
      call.yOff = yOff;
      call.ws = ws;
      if (!together) {
        call.tilesPerTask = tilesPerTask(team.workers());
        team.forEach(Math.ceilDiv(tiles, call.tilesPerTask), call.wholeBlock);
        return;
      }
      int workers = team.workers();
      call.blockOff = sharedOff;
      for (int tile0 = 0; tile0 < tiles; tile0 += block) {
        call.tile0 = tile0;
        call.count = Math.min(block, tiles - tile0);
        call.inCut = transformCut(call.count, shape.ic(), workers);
        call.productCut = productCut(call.count, workers);
        call.outCut = transformCut(call.count, shape.oc(), workers);
        team.forEach(transformTasks(call.count, shape.ic(), call.inCut), call.transformIn);
        team.forEach(productTasks(call.count, call.productCut), call.multiply);
        team.forEach(transformTasks(call.count, shape.oc(), call.outCut), call.transformOut);
      }
    }
  }

  /** At most a block; fewer where that keeps more workers busy. No bit depends on it. */
  int tilesPerTask(int workers) {
    int best = block;
    double least = Double.POSITIVE_INFINITY;
    for (int t = block; t >= 1; t--) {
      double reread = FEWER_TILES * (block - t) / t; // weights are read for fewer tiles
      double cost = (1 + reread) * TaskGrid.imbalance(Math.ceilDiv(tiles, t), workers);
      if (cost < least) {
        least = cost;
        best = t;
      }
    }
    return best;
  }

  /**
   * How many tiles and channels of a transform a task takes, of a block of {@code count}; both in
   * one number, since a run allocates nothing.
   */
  private static long transformCut(int count, int channels, int workers) {
    long best = cut(channels, 1);
    double least = Double.POSITIVE_INFINITY;
    for (int c = channels; c >= 1; c = c <= LEAST_CHANNELS ? 0 : halfChannels(c)) {
      for (int t = TASK_TILES; t >= 1; t--) {
        long cut = cut(c, t);
        double parts = Math.ceilDiv(channels, c);
        double cost = (1 + MORE_PARTS * parts) * transformUneven(count, channels, cut, workers);
        if (cost < least) {
          least = cost;
          best = cut;
        }
      }
    }
    return best;
  }

  /** About half of them, in whole vectors. */
  private static int halfChannels(int channels) {
    return GemmBlocking.roundUp(Math.ceilDiv(channels, 2), LEAST_CHANNELS);
  }

  private static int transformTasks(int count, int channels, long cut) {
    return Math.ceilDiv(count, low(cut)) * Math.ceilDiv(channels, high(cut));
  }

  private static double transformUneven(int count, int channels, long cut, int workers) {
    int tasks = transformTasks(count, channels, cut);
    double mean = (double) count * channels / tasks;
    return low(cut) * (double) high(cut) / mean * TaskGrid.imbalance(tasks, workers);
  }

  /**
   * How many panels and rows of a product a task takes, likewise: all of them, fewer where the
   * products alone would leave workers idle.
   */
  private long productCut(int count, int workers) {
    int panels = Math.ceilDiv(shape.oc(), nr);
    long best = cut(panels, count);
    double least = Double.POSITIVE_INFINITY;
    for (int rows = count; rows >= 1; rows = nextRows(count, rows)) {
      for (int each = panels; each >= 1; each--) {
        long cut = cut(each, rows);
        double parts = (double) productTasks(count, cut) / products;
        double cost = (1 + MORE_PARTS * parts) * productUneven(count, cut, workers);
        if (cost < least) {
          least = cost;
          best = cut;
        }
      }
    }
    return best;
  }

  /** Rows of one part more, a multiple of 4 rows; 0 if there is none. */
  private static int nextRows(int count, int rows) {
    int fewer = GemmBlocking.roundUp(Math.ceilDiv(count, Math.ceilDiv(count, rows) + 1), 4);
    return fewer < rows ? fewer : Math.max(0, (rows - 1) / 4 * 4);
  }

  private static long cut(int high, int low) {
    return (long) high << Integer.SIZE | low;
  }

  private static int high(long cut) {
    return (int) (cut >> Integer.SIZE);
  }

  private static int low(long cut) {
    return (int) cut;
  }

  private int productTasks(int count, long cut) {
    int parts = Math.ceilDiv(Math.ceilDiv(shape.oc(), nr), high(cut));
    return products * parts * Math.ceilDiv(count, low(cut));
  }

  private double productUneven(int count, long cut, int workers) {
    int tasks = productTasks(count, cut);
    double panels = Math.ceilDiv(shape.oc(), nr);
    double mean = products * panels * count / tasks; // of a task
    return high(cut) * (double) low(cut) / mean * TaskGrid.imbalance(tasks, workers);
  }

  /** The busiest worker's work over the mean: of blocks, or of the worst of a block's steps. */
  double unevenness(int workers) {
    if (!together) {
      int each = tilesPerTask(workers);
      return TaskGrid.imbalance(Math.ceilDiv(tiles, each), workers);
    }
    int count = Math.min(block, tiles);
    double worst = productUneven(count, productCut(count, workers), workers);
    for (int channels : new int[] {shape.ic(), shape.oc()}) {
      long cut = transformCut(count, channels, workers);
      worst = Math.max(worst, transformUneven(count, channels, cut, workers));
    }
    return worst;
  }

  private final class Call extends CallFrame {
    private float[] x;
    private int xOff;
    private float[] w;
    private Activation activation;
    private float[] r;
    private int rOff;
    private float[] bias;
    private int biasOff;
    private float[] y;
    private int yOff;
    private Workspace ws;
    private int tilesPerTask;
    private long inCut;
    private long productCut;
    private long outCut;
    private int tile0;
    private int count;
    private int blockOff;
    private final TaskBody wholeBlock = this::wholeBlock;
    private final TaskBody transformIn = this::transformIn;
    private final TaskBody multiply = this::multiply;
    private final TaskBody transformOut = this::transformOut;

    /** All three steps of one block, in the worker's own memory. */
    private void wholeBlock(int task, int worker) {
      int first = task * tilesPerTask;
      int here = Math.min(tilesPerTask, tiles - first);
      int own = ws.workerOffset(worker);
      int v = own + scratch;
      int products0 = v + products * planeV;
      for (int t = 0; t < here; t++) {
        input(first + t, 0, shape.ic(), v + t * ldV, own);
      }
      for (int p = 0; p < products; p++) {
        product(p, here, 0, shape.oc(), v, products0, own);
      }
      for (int t = 0; t < here; t++) {
        output(first + t, 0, shape.oc(), products0 + t * ldM, own);
      }
    }

    private void transformIn(int task, int worker) {
      int parts = Math.ceilDiv(shape.ic(), high(inCut));
      int c = task % parts * high(inCut);
      int channels = Math.min(high(inCut), shape.ic() - c);
      int first = task / parts * low(inCut);
      int end = Math.min(count, first + low(inCut));
      for (int t = first; t < end; t++) {
        input(tile0 + t, c, channels, blockOff + t * ldV, ws.workerOffset(worker));
      }
    }

    private void multiply(int task, int worker) {
      int columns = high(productCut) * nr;
      int parts = Math.ceilDiv(shape.oc(), columns);
      int o = task / products % parts * columns;
      int row = task / products / parts * low(productCut);
      int v = blockOff + row * ldV;
      int to = blockOff + products * planeV + row * ldM;
      int rows = Math.min(low(productCut), count - row);
      int own = ws.workerOffset(worker);
      product(task % products, rows, o, Math.min(columns, shape.oc() - o), v, to, own);
    }

    private void transformOut(int task, int worker) {
      int parts = Math.ceilDiv(shape.oc(), high(outCut));
      int o = task % parts * high(outCut);
      int channels = Math.min(high(outCut), shape.oc() - o);
      int first = task / parts * low(outCut);
      int end = Math.min(count, first + low(outCut));
      int from = blockOff + products * planeV;
      for (int t = first; t < end; t++) {
        output(tile0 + t, o, channels, from + t * ldM, ws.workerOffset(worker));
      }
    }

    /** Output channels [o, o + columns) of one product. */
    private void product(int p, int rows, int o, int columns, int v, int products0, int own) {
      float[] a = ws.array();
      int out = products0 + p * planeM + o;
      macro.run(
          rows,
          columns,
          shape.ic(),
          a,
          v + p * planeV,
          ldV,
          w,
          p * planeU + o * shape.ic(),
          shape.ic() * nr,
          zeros,
          0,
          0,
          a,
          out,
          ldM,
          a,
          own);
    }

    /**
     * Transforms channels [c, c + channels) of one tile's patch; a patch that crosses the border is
     * copied first.
     */
    private void input(int tile, int c, int channels, int v, int own) {
      float[] a = ws.array();
      int ic = shape.ic();
      int iy = tile % imageTiles / tilesW * m - shape.padding().top();
      int ix = tile % tilesW * m - shape.padding().left();
      int image = xOff + tile / imageTiles * shape.ih() * shape.iw() * ic + c;
      int transform = own + macro.scratchFloats();
      int to = v + c;
      boolean inside = iy >= 0 && ix >= 0 && iy + patch <= shape.ih() && ix + patch <= shape.iw();
      if (inside) {
        int from = image + (iy * shape.iw() + ix) * ic;
        kernels.input(channels, x, from, shape.iw() * ic, ic, a, to, planeV, a, transform);
      } else {
        int copy = transform + kernels.scratchFloats();
        copyPatch(image, channels, iy, ix, copy);
        int row = patch * channels;
        kernels.input(channels, a, copy, row, channels, a, to, planeV, a, transform);
      }
    }

    private void copyPatch(int image, int channels, int iy, int ix, int to) {
      int first = Math.clamp(-ix, 0, patch);
      int end = Math.clamp(shape.iw() - ix, first, patch);
      float[] a = ws.array();
      Arrays.fill(a, to, to + products * channels, 0f);
      for (int i = 0; i < patch; i++) {
        if (iy + i >= 0 && iy + i < shape.ih()) {
          int from = image + ((iy + i) * shape.iw() + ix) * shape.ic();
          for (int j = first; j < end; j++) {
            int at = to + (i * patch + j) * channels;
            System.arraycopy(x, from + j * shape.ic(), a, at, channels);
          }
        }
      }
    }

    /**
     * Transforms back output channels [o, o + channels) of one tile, in scratch memory if it
     * crosses the border, to be cut to what exists, or waits for a residual.
     */
    private void output(int tile, int o, int channels, int from, int own) {
      float[] a = ws.array();
      int oc = shape.oc();
      int oy = tile % imageTiles / tilesW * m;
      int ox = tile % tilesW * m;
      int rows = Math.min(m, shape.oh() - oy);
      int columns = Math.min(m, shape.ow() - ox);
      int line = shape.ow() * oc;
      int to = yOff + (tile / imageTiles * shape.oh() + oy) * line + ox * oc + o;
      int transform = own + macro.scratchFloats();
      float[] sums = y;
      int at = to;
      int pixel = oc;
      int ld = line;
      if (rows < m || columns < m || r != null) {
        sums = a;
        at = transform + kernels.scratchFloats();
        pixel = channels;
        ld = m * channels;
      }
      int start = biasOff + o;
      kernels.output(channels, a, from + o, planeM, bias, start, sums, at, ld, pixel, a, transform);
      int residual = rOff + to - yOff;
      if (channels == oc) {
        ending.run(activation, rows, columns * oc, r, residual, sums, at, ld, y, to, line);
        return;
      }
      for (int i = 0; i < rows; i++) {
        int s = at + i * ld;
        int d = i * line;
        ending.run(activation, columns, channels, r, residual + d, sums, s, pixel, y, to + d, oc);
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      activation = null;
      r = null;
      bias = null;
      y = null;
      ws = null;
    }
  }
}
