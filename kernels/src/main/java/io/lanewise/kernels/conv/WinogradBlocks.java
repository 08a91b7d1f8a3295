package io.lanewise.kernels.conv;

import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.gemm.MacroKernel;
import io.lanewise.kernels.gemm.TaskGrid;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.micro.WinogradKernels;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Winograd's minimal filtering where all transformed weights U fit into half of L2: they are packed
 * as U, and a task takes a block of tiles, whose V and M lie beside U, through all three steps:
 * patches are transformed, multiplied product by product as (m + 2)² small matrix products
 * M[tiles][oc] = V[tiles][ic] · U[ic][oc], and transformed back.
 */
final class WinogradBlocks implements ForwardCore {
  private static final int MOST_TILES = 64;
  private static final double FEWER_TILES = 0.02;

  private final ConvShape shape;
  private final WinogradKernels kernels;
  private final WinogradTiles tiles;
  private final MacroKernel macro;
  private final int products;
  private final int nr;
  private final int ldV;
  private final int ldM;
  private final int block; // tiles
  private final int planeV; // distance between products
  private final int planeM;
  private final int planeU;
  private final int scratch; // floats of a worker besides V and M
  private final float[] zeros;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  WinogradBlocks(ConvShape shape, WinogradKernels kernels, Target target) {
    int floatsInL2 = target.machine().l2Bytes() / Float.BYTES;
    this.shape = shape;
    this.kernels = kernels;
    this.tiles = new WinogradTiles(shape, kernels, new Ending(target.kernels()));
    this.macro = MacroKernel.of(target, shape.oc(), 4L * shape.w().size());
    this.products = tiles.products();
    this.nr = macro.nr();
    this.ldV = GemmBlocking.roundUp(shape.ic(), 16) + 16;
    this.ldM = GemmBlocking.roundUp(shape.oc(), 16) + 16;
    this.planeU = Math.multiplyExact(GemmBlocking.roundUp(shape.oc(), nr), shape.ic());
    int most = floatsInL2 / 2 / products / (ldV + ldM);
    int mr = macro.mr();
    this.block = Math.clamp(most / (long) mr * mr, mr, MOST_TILES);
    this.planeV = WinogradConv.planes(block * ldV);
    this.planeM = WinogradConv.planes(block * ldM);
    this.zeros = new float[shape.oc()];
    int transforms = tiles.scratchFloats(shape.ic(), shape.oc());
    this.scratch = GemmBlocking.roundUp(macro.scratchFloats() + transforms, 16);
    this.workspace = new WorkspaceSpec(0, scratch + products * ((long) planeV + planeM));
  }

  /** True if the transformed weights take up no more than half of L2. */
  static boolean suits(ConvShape s, int m, Target target) {
    int products = (m + 2) * (m + 2);
    int nr = MacroKernel.of(target, s.oc(), 0).nr();
    long floats = (long) products * s.ic() * GemmBlocking.roundUp(s.oc(), nr);
    return 2 * floats <= target.machine().l2Bytes() / Float.BYTES;
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return WinogradConv.name(kernels.m());
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public String layout() {
    return "conv-winograd m" + kernels.m() + " nr" + nr + " w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return (long) products * planeU;
  }

  /** packed: [products][ceil(oc / nr)][ic][nr], lanes past oc are 0. */
  @Override
  public void pack(Tensor w, float[] packed) {
    int ic = shape.ic();
    int step = WinogradWeights.step(shape, nr);
    float[] g = new float[WinogradWeights.floats(shape, nr)];
    float[] t = new float[kernels.scratchFloats()];
    WinogradWeights.pack(shape, w, nr, g);
    for (int panel = 0; panel * nr < shape.oc(); panel++) {
      int from = panel * WinogradWeights.TAPS * step;
      kernels.weights(ic * nr, g, from, step, packed, panel * nr * ic, planeU, t, 0);
    }
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
      call.set(x, xOff, w, epilogue, zeros, r, rOff, y, yOff, ws);
      call.tilesPerTask = tilesPerTask(team.workers());
      team.forEach(Math.ceilDiv(tiles.count(), call.tilesPerTask), call.block);
    }
  }

  /** At most a block; fewer where that keeps more workers busy. No bit depends on it. */
  private int tilesPerTask(int workers) {
    int best = block;
    double least = Double.POSITIVE_INFINITY;
    for (int t = block; t >= 1; t--) {
      double reread = FEWER_TILES * (block - t) / t; // weights are read for fewer tiles
      double uneven = TaskGrid.imbalance(Math.ceilDiv(tiles.count(), t), workers);
      double cost = (1 + reread) * uneven;
      if (cost < least) {
        least = cost;
        best = t;
      }
    }
    return best;
  }

  /** The busiest worker's work over the mean. */
  double unevenness(int workers) {
    return TaskGrid.imbalance(Math.ceilDiv(tiles.count(), tilesPerTask(workers)), workers);
  }

  private final class Call extends ForwardFrame {
    private int tilesPerTask;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int first = task * tilesPerTask;
      int here = Math.min(tilesPerTask, tiles.count() - first);
      float[] a = ws.array();
      int own = ws.workerOffset(worker);
      int transform = own + macro.scratchFloats();
      int v = own + scratch;
      int sums = v + products * planeV;
      int oc = shape.oc();
      for (int t = 0; t < here; t++) {
        int to = v + t * ldV;
        tiles.input(first + t, 0, shape.ic(), x, xOff, a, to, planeV, a, transform);
      }
      for (int p = 0; p < products; p++) {
        product(p, here, v, sums, own);
      }
      for (int t = 0; t < here; t++) {
        int from = sums + t * ldM;
        tiles.output(
            first + t,
            0,
            oc,
            a,
            from,
            planeM,
            bias,
            biasOff,
            activation,
            r,
            rOff,
            y,
            yOff,
            a,
            transform);
      }
    }

    private void product(int p, int rows, int v, int sums, int own) {
      float[] a = ws.array();
      int ic = shape.ic();
      macro.run(
          rows,
          shape.oc(),
          ic,
          a,
          v + p * planeV,
          ldV,
          w,
          p * planeU,
          ic * nr,
          zeros,
          0,
          0,
          a,
          sums + p * planeM,
          ldM,
          a,
          own);
    }
  }
}
