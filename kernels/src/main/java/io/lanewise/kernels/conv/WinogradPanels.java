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
 * Winograd's minimal filtering where the transformed weights U are too many for L2. Reading them
 * from L3 or memory takes longer than making them: they are (m + 2)² / 9 times as many as the
 * weights, four times for m = 4. So weights are packed as they are, in panels, and each run
 * transforms them on the way.
 *
 * <p>For a block of tiles the team first transforms all patches to V. Then each task takes some
 * panels of output channels and some tiles: piece by piece along the input channels it transforms
 * weights into its worker's memory, which stay in L2, and adds the products to M, there too; at the
 * end it transforms M back.
 */
final class WinogradPanels implements ForwardCore {
  private static final int MOST_TILES = 64; // of a task
  private static final int MOST_BLOCK = 128; // tiles whose V is there at one time
  private static final int TASK_TILES = 4; // of an input transform
  private static final int LEAST_CHANNELS = 32; // of an input transform
  private static final int COLUMNS = 64; // output channels of a task, about
  private static final double TRANSFORM = 6; // a weight's transform, in products with one tile
  private static final double MORE_PARTS = 0.005; // what each cut of a transform costs

  private final ConvShape shape;
  private final WinogradKernels kernels;
  private final WinogradTiles tiles;
  private final MacroKernel macro;
  private final int products;
  private final int nr;
  private final int panels;
  private final int mostPanels; // of a task
  private final int rows; // tiles of a task at most
  private final int mostBlock; // tiles
  private final int steps; // input channels of a piece
  private final int ldV;
  private final int ldM;
  private final int planeV; // distance between products
  private final int planeM;
  private final int planeU;
  private final int stepG; // distance between taps
  private final int scratch; // floats of a worker besides U and M
  private final float[] zeros;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);
  private volatile Cut cut;

  /** The tiles of a block and the team that they were chosen for. */
  private record Cut(int workers, int block) {}

  WinogradPanels(ConvShape shape, WinogradKernels kernels, Target target) {
    int floatsInL2 = target.machine().l2Bytes() / Float.BYTES;
    this.shape = shape;
    this.kernels = kernels;
    this.tiles = new WinogradTiles(shape, kernels, new Ending(target.kernels()));
    this.macro = MacroKernel.of(target, shape.oc(), 0);
    this.products = tiles.products();
    this.nr = macro.nr();
    this.panels = Math.ceilDiv(shape.oc(), nr);
    this.mostPanels = Math.clamp(COLUMNS / nr, 1, panels);
    int columns = mostPanels * nr;
    int mr = macro.mr();
    int third = floatsInL2 / 3 / products / columns; // of L2 for U, as much for M
    this.rows = Math.clamp(third / (long) mr * mr, mr, MOST_TILES / mr * mr);
    this.mostBlock = Math.min(GemmBlocking.roundUp(tiles.count(), mr), MOST_BLOCK);
    this.steps = pieces(shape.ic(), Math.max(16, third));
    this.ldV = GemmBlocking.roundUp(shape.ic(), 16) + 16;
    this.ldM = columns + 16;
    this.planeV = WinogradConv.planes(mostBlock * ldV);
    this.planeM = WinogradConv.planes(rows * ldM);
    this.planeU = WinogradConv.planes(steps * columns);
    this.stepG = WinogradWeights.step(shape, nr);
    this.zeros = new float[shape.oc()];
    int transforms = tiles.scratchFloats(shape.ic(), columns);
    this.scratch = GemmBlocking.roundUp(macro.scratchFloats() + transforms, 16);
    this.workspace =
        new WorkspaceSpec(products * (long) planeV, scratch + products * ((long) planeU + planeM));
    this.cut = new Cut(1, mostBlock);
  }

  /** Length of equal pieces of {@code n}, as few as are not longer than {@code most}. */
  private static int pieces(int n, int most) {
    return Math.ceilDiv(n, Math.ceilDiv(n, most));
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
    return "conv-3x3-panels nr" + nr + " w" + shape.w();
  }

  @Override
  public long packedFloats() {
    return WinogradWeights.floats(shape, nr);
  }

  /** packed: [ceil(oc / nr)][3][3][ic][nr], lanes past oc are 0. */
  @Override
  public void pack(Tensor w, float[] packed) {
    WinogradWeights.pack(shape, w, nr, packed);
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
    if (cut.workers() != team.workers()) {
      cut = new Cut(team.workers(), block(team.workers()));
    }
    try (Call call = calls.take()) {
      int block = cut.block();
      call.set(x, xOff, w, epilogue, zeros, r, rOff, y, yOff, ws);
      call.blockOff = sharedOff;
      for (int tile0 = 0; tile0 < tiles.count(); tile0 += block) {
        int count = Math.min(block, tiles.count() - tile0);
        call.tile0 = tile0;
        call.count = count;
        call.inCut = inCut(count, team.workers());
        call.outCut = outCut(count, team.workers());
        team.forEach(inTasks(count, call.inCut), call.transformIn);
        team.forEach(outTasks(count, call.outCut), call.multiply);
      }
    }
  }

  /** As many tiles as keep a team evenly busy, at least half of the most. */
  private int block(int workers) {
    int best = mostBlock;
    double least = Double.POSITIVE_INFINITY;
    for (int b = mostBlock; b > mostBlock / 2; b--) {
      double even = outUneven(b, outCut(b, workers), workers);
      double cost = (1 + TRANSFORM / b) * even;
      if (cost < least) {
        least = cost;
        best = b;
      }
    }
    return best;
  }

  /**
   * How many input channels and tiles of a block of {@code count} a task of the first step takes;
   * both in one number, since a run allocates nothing. No bit depends on it.
   */
  private long inCut(int count, int workers) {
    int channels = shape.ic();
    long best = cut(channels, 1);
    double least = Double.POSITIVE_INFINITY;
    for (int c = channels; c >= 1; c = c <= LEAST_CHANNELS ? 0 : halfChannels(c)) {
      for (int t = TASK_TILES; t >= 1; t--) {
        long cut = cut(c, t);
        double parts = Math.ceilDiv(channels, c);
        double cost = (1 + MORE_PARTS * parts) * inUneven(count, cut, workers);
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

  private int inTasks(int count, long cut) {
    return Math.ceilDiv(count, low(cut)) * Math.ceilDiv(shape.ic(), high(cut));
  }

  private double inUneven(int count, long cut, int workers) {
    int tasks = inTasks(count, cut);
    double mean = (double) count * shape.ic() / tasks;
    return low(cut) * (double) high(cut) / mean * TaskGrid.imbalance(tasks, workers);
  }

  /** How many panels and tiles of a block a task of the second step takes, likewise. */
  private long outCut(int count, int workers) {
    long best = cut(1, 1);
    double least = Double.POSITIVE_INFINITY;
    for (int parts = Math.ceilDiv(count, rows); parts <= count; parts++) {
      int each = Math.ceilDiv(count, parts);
      for (int p = mostPanels; p >= 1; p--) {
        long cut = cut(p, each);
        double cost = (1 + TRANSFORM / each) * outUneven(count, cut, workers);
        if (cost < least) {
          least = cost;
          best = cut;
        }
      }
    }
    return best;
  }

  private int outTasks(int count, long cut) {
    return Math.ceilDiv(panels, high(cut)) * Math.ceilDiv(count, low(cut));
  }

  private double outUneven(int count, long cut, int workers) {
    int tasks = outTasks(count, cut);
    double mean = (double) panels * count / tasks;
    return low(cut) * (double) high(cut) / mean * TaskGrid.imbalance(tasks, workers);
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

  /** The busiest worker's work over the mean, of the worse step of the first block. */
  double unevenness(int workers) {
    int count = Math.min(block(workers), tiles.count());
    return Math.max(
        inUneven(count, inCut(count, workers), workers),
        outUneven(count, outCut(count, workers), workers));
  }

  private final class Call extends ForwardFrame {
    private long inCut;
    private long outCut;
    private int tile0;
    private int count;
    private int blockOff;
    private final TaskBody transformIn = this::transformIn;
    private final TaskBody multiply = this::multiply;

    private void transformIn(int task, int worker) {
      int parts = Math.ceilDiv(shape.ic(), high(inCut));
      int c = task % parts * high(inCut);
      int channels = Math.min(high(inCut), shape.ic() - c);
      int first = task / parts * low(inCut);
      int end = Math.min(count, first + low(inCut));
      float[] a = ws.array();
      int own = ws.workerOffset(worker) + macro.scratchFloats();
      for (int t = first; t < end; t++) {
        tiles.input(tile0 + t, c, channels, x, xOff, a, blockOff + t * ldV, planeV, a, own);
      }
    }

    private void multiply(int task, int worker) {
      int columns = high(outCut) * nr;
      int parts = Math.ceilDiv(panels, high(outCut));
      int o = task % parts * columns;
      int channels = Math.min(columns, shape.oc() - o);
      int row = task / parts * low(outCut);
      int here = Math.min(low(outCut), count - row);
      int own = ws.workerOffset(worker);
      int sums = own + scratch + products * planeU;
      for (int c = 0; c < shape.ic(); c += steps) {
        piece(o, channels, row, here, c, sums, own);
      }
      float[] a = ws.array();
      int transform = own + macro.scratchFloats();
      for (int t = 0; t < here; t++) {
        int from = sums + t * ldM;
        tiles.output(
            tile0 + row + t,
            o,
            channels,
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

    /** Output channels [o, o + channels) of some tiles' products, input channels from c on. */
    private void piece(int o, int channels, int row, int here, int c, int sums, int own) {
      float[] a = ws.array();
      int k = Math.min(steps, shape.ic() - c);
      int u = own + scratch;
      int transform = own + macro.scratchFloats();
      for (int j = 0; j < channels; j += nr) {
        int from = (o + j) / nr * WinogradWeights.TAPS * stepG + c * nr;
        kernels.weights(k * nr, w, from, stepG, a, u + j * k, planeU, a, transform);
      }
      boolean first = c == 0;
      for (int p = 0; p < products; p++) {
        int v = blockOff + p * planeV + row * ldV + c;
        int to = sums + p * planeM;
        macro.run(
            here,
            channels,
            k,
            a,
            v,
            ldV,
            a,
            u + p * planeU,
            k * nr,
            first ? zeros : a,
            first ? 0 : to,
            first ? 0 : ldM,
            a,
            to,
            ldM,
            a,
            own);
      }
    }
  }
}
