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
  private static final double FEWER_TILES = 0.02;

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
      call.panelsPerTask = panelsPerTask(team.workers());
      int parts = Math.ceilDiv(Math.ceilDiv(shape.oc(), nr), call.panelsPerTask);
      call.blockOff = sharedOff;
      for (int tile0 = 0; tile0 < tiles; tile0 += block) {
        call.tile0 = tile0;
        call.count = Math.min(block, tiles - tile0);
        int transforms = Math.ceilDiv(call.count, TASK_TILES);
        team.forEach(transforms, call.transformIn);
        team.forEach(products * parts, call.multiply);
        team.forEach(transforms, call.transformOut);
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

  /** All of a product's panels; fewer where the products alone would leave workers idle. */
  int panelsPerTask(int workers) {
    int panels = Math.ceilDiv(shape.oc(), nr);
    int best = panels;
    double least = Double.POSITIVE_INFINITY;
    for (int each = panels; each >= 1; each--) {
      int parts = Math.ceilDiv(panels, each);
      double uneven = (double) parts * each / panels;
      double cost = uneven * TaskGrid.imbalance((long) products * parts, workers);
      if (cost < least) {
        least = cost;
        best = each;
      }
    }
    return best;
  }

  /** The busiest worker's tiles, or panels, over the mean. */
  double unevenness(int workers) {
    if (!together) {
      return TaskGrid.imbalance(Math.ceilDiv(tiles, tilesPerTask(workers)), workers);
    }
    int panels = Math.ceilDiv(shape.oc(), nr);
    int each = panelsPerTask(workers);
    int parts = Math.ceilDiv(panels, each);
    return (double) parts * each / panels * TaskGrid.imbalance((long) products * parts, workers);
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
    private int panelsPerTask;
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
        input(first + t, v + t * ldV, own);
      }
      for (int p = 0; p < products; p++) {
        product(p, here, 0, shape.oc(), v, products0, own);
      }
      for (int t = 0; t < here; t++) {
        output(first + t, products0 + t * ldM, own);
      }
    }

    private void transformIn(int task, int worker) {
      int end = Math.min(count, (task + 1) * TASK_TILES);
      for (int t = task * TASK_TILES; t < end; t++) {
        input(tile0 + t, blockOff + t * ldV, ws.workerOffset(worker));
      }
    }

    private void multiply(int task, int worker) {
      int columns = panelsPerTask * nr;
      int o = task / products * columns;
      int here = Math.min(columns, shape.oc() - o);
      int from = blockOff + products * planeV;
      product(task % products, count, o, here, blockOff, from, ws.workerOffset(worker));
    }

    private void transformOut(int task, int worker) {
      int end = Math.min(count, (task + 1) * TASK_TILES);
      int from = blockOff + products * planeV;
      for (int t = task * TASK_TILES; t < end; t++) {
        output(tile0 + t, from + t * ldM, ws.workerOffset(worker));
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

    /** Transforms the patch of one tile; a patch that crosses the border is copied first. */
    private void input(int tile, int v, int own) {
      float[] a = ws.array();
      int ic = shape.ic();
      int iy = tile % imageTiles / tilesW * m - shape.padding().top();
      int ix = tile % tilesW * m - shape.padding().left();
      int image = xOff + tile / imageTiles * shape.ih() * shape.iw() * ic;
      int transform = own + macro.scratchFloats();
      boolean inside = iy >= 0 && ix >= 0 && iy + patch <= shape.ih() && ix + patch <= shape.iw();
      if (inside) {
        int from = image + (iy * shape.iw() + ix) * ic;
        kernels.input(ic, x, from, shape.iw() * ic, ic, a, v, planeV, a, transform);
      } else {
        int copy = transform + kernels.scratchFloats();
        copyPatch(image, iy, ix, copy);
        kernels.input(ic, a, copy, patch * ic, ic, a, v, planeV, a, transform);
      }
    }

    private void copyPatch(int image, int iy, int ix, int to) {
      int ic = shape.ic();
      int first = Math.clamp(-ix, 0, patch);
      int end = Math.clamp(shape.iw() - ix, first, patch);
      float[] a = ws.array();
      Arrays.fill(a, to, to + products * ic, 0f);
      for (int i = 0; i < patch; i++) {
        if (iy + i >= 0 && iy + i < shape.ih() && first < end) {
          int from = image + ((iy + i) * shape.iw() + ix + first) * ic;
          System.arraycopy(x, from, a, to + (i * patch + first) * ic, (end - first) * ic);
        }
      }
    }

    /**
     * Transforms back one tile, in scratch memory if it crosses the border, to be cut to what
     * exists, or waits for a residual.
     */
    private void output(int tile, int from, int own) {
      float[] a = ws.array();
      int oc = shape.oc();
      int oy = tile % imageTiles / tilesW * m;
      int ox = tile % tilesW * m;
      int rows = Math.min(m, shape.oh() - oy);
      int columns = Math.min(m, shape.ow() - ox);
      int line = shape.ow() * oc;
      int to = yOff + (tile / imageTiles * shape.oh() + oy) * line + ox * oc;
      int transform = own + macro.scratchFloats();
      float[] sums = y;
      int at = to;
      int ld = line;
      if (rows < m || columns < m || r != null) {
        sums = a;
        at = transform + kernels.scratchFloats();
        ld = m * oc;
      }
      kernels.output(oc, a, from, planeM, bias, biasOff, sums, at, ld, oc, a, transform);
      int residual = rOff + to - yOff;
      ending.run(activation, rows, columns * oc, r, residual, sums, at, ld, y, to, line);
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
