package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.PlaneKernel;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Depthwise convolution of channels-first images, any multiplier, of stride 1 along rows:
 * y[o][oy][ox] = bias[o] + Σ over ky,kx of w[o][ky][kx] · x[o / multiplier][iy][ix]. A plane goes
 * block by block of outputs, from a copy of what they read ({@link PaddedPlanes}) that stays in L1.
 * Small planes are copied some at a time, so that no vector is loaded that is still on its way from
 * two stores. Sums wait in the worker's own memory for a residual, or where the kernel would write
 * past what the task's later blocks write. Computes what {@code ReferenceConv.forward} computes.
 */
final class PlanesForward implements ConvForward {
  static final String NAME = "depthwise-planes";

  private static final int BLOCK_FLOATS = 2560; // of copied inputs: 10 KB
  private static final int BLOCK_COLUMNS = 1024; // of outputs at most
  private static final int TASK_FLOATS = 1 << 13; // outputs of a task
  private static final int ROWS = 4; // that a kernel computes together

  private final ConvShape shape;
  private final ConvArguments arguments;
  private final PlaneKernel kernel;
  private final Ending ending;
  private final PaddedPlanes padded;
  private final String layout;
  private final int multiplier;
  private final int columns; // outputs of a block's row, but the last
  private final int columnBlocks;
  private final int rows; // of outputs of a block, but the last
  private final int rowBlocks;
  private final int together; // blocks, if they are whole planes
  private final int each; // blocks of a task
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  PlanesForward(ConvShape shape, Target target) {
    this.shape = shape;
    this.arguments = new ConvArguments(shape);
    this.kernel = target.kernels().planes();
    this.ending = new Ending(target.kernels());
    this.layout = "conv-planes w" + shape.w();
    this.multiplier = shape.ocg();
    this.columnBlocks = Math.ceilDiv(shape.ow(), BLOCK_COLUMNS);
    this.columns = Math.ceilDiv(shape.ow(), columnBlocks);
    this.rows = rows(shape, new PaddedPlanes(shape, kernel, 1, columns).rowFloats());
    this.rowBlocks = Math.ceilDiv(shape.oh(), rows);
    this.padded = new PaddedPlanes(shape, kernel, rows, columns);
    boolean whole = rowBlocks * columnBlocks == 1;
    int blockFloats = Math.multiplyExact(rows * columns, multiplier);
    int most = Math.max(1, BLOCK_FLOATS / Math.max(padded.floats(), blockFloats));
    this.together = whole ? most : 1;
    int wanted = Math.max(1, TASK_FLOATS / blockFloats);
    this.each = Math.ceilDiv(wanted, together) * together;
    long waiting = (long) together * blockFloats + kernel.lanes();
    this.workspace = new WorkspaceSpec(0, (long) together * padded.floats() + waiting);
  }

  /** Floats that a block of a single row copies, about. */
  static long leastCopy(ConvShape s) {
    return PaddedPlanes.leastFloats(s, Math.min(s.ow(), BLOCK_COLUMNS));
  }

  /** Rows of outputs of a block, if copied rows take so many floats. */
  private static int rows(ConvShape s, int rowFloats) {
    int reach = (s.kh() - 1) * s.dilationH();
    int most = Math.max(1, (BLOCK_FLOATS / rowFloats - reach - 1) / s.strideH() + 1);
    int even = Math.ceilDiv(s.oh(), Math.ceilDiv(s.oh(), most));
    return Math.min(s.oh(), Math.ceilDiv(even, ROWS) * ROWS);
  }

  /** Blocks of the whole batch. */
  private int blocks() {
    return Math.multiplyExact(shape.n() * shape.ic(), rowBlocks * columnBlocks);
  }

  @Override
  public ConvShape shape() {
    return shape;
  }

  @Override
  public String algorithm() {
    return NAME;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(layout, shape.w().size());
  }

  /** packed: [oc][kh][kw], as they are. */
  @Override
  public void pack(Tensor w, PackedWeights packed) {
    arguments.checkWeights(w);
    packed.require(layout);
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }

  @Override
  public void run(
      Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
    arguments.checkForward(x, epilogue, y);
    w.require(layout);
    ws.require(workspace, par.workers());
    try (Call call = calls.take()) {
      call.x = x;
      call.w = w;
      call.epilogue = epilogue;
      call.y = y;
      call.ws = ws;
      par.forWork(shape.flops()).forEach(Math.ceilDiv(blocks(), each), call.blocks);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x;
    private PackedWeights w;
    private Epilogue epilogue;
    private Tensor y;
    private Workspace ws;
    private final TaskBody blocks = this::blocks;

    private void blocks(int task, int worker) {
      int own = ws.workerOffset(worker);
      int copies = together * padded.floats();
      int end = Math.min(PlanesForward.this.blocks(), (task + 1) * each);
      for (int b = task * each; b < end; b += together) {
        if (b == task * each || columnBlocks > 1) {
          Arrays.fill(ws.array(), own, own + copies, 0f);
        }
        int count = Math.min(together, end - b);
        for (int i = 0; i < count; i++) {
          copy(b + i, own + i * padded.floats());
        }
        int n = Math.min(columns, shape.ow() - column(b));
        int outRows = Math.min(rows, shape.oh() - row(b));
        boolean waits = epilogue.residual() != null || (n % kernel.lanes() > 0 && !follows(b, end));
        for (int i = 0; i < count; i++) {
          for (int m = 0; m < multiplier; m++) {
            int to = own + copies + (i * multiplier + m) * outRows * n;
            sums(b + i, m, outRows, n, waits, own + i * padded.floats(), to);
          }
        }
        end(b, count, outRows, n, waits, own + copies);
      }
    }

    /** Whether enough outputs behind some blocks' are those of the task's next ones. */
    private boolean follows(int block, int end) {
      int left = end - block - together;
      if (left <= 0 || columnBlocks > 1 || (rowBlocks > 1 && multiplier > 1)) {
        return false;
      }
      long floats = rowBlocks > 1 ? shape.ow() : (long) left * multiplier * shape.yPixels();
      return floats >= kernel.lanes();
    }

    private int plane(int block) {
      return block / (rowBlocks * columnBlocks);
    }

    /** The first row of a block's outputs. */
    private int row(int block) {
      return block / columnBlocks % rowBlocks * rows;
    }

    /** The first column of a block's outputs. */
    private int column(int block) {
      return block % columnBlocks * columns;
    }

    private void copy(int block, int to) {
      int from = x.offset() + plane(block) * shape.ih() * shape.iw();
      int outRows = Math.min(rows, shape.oh() - row(block));
      padded.copy(x.array(), from, row(block), outRows, column(block), ws.array(), to);
    }

    /** A block's first output of the m-th filter of its channel. */
    private int output(int block, int m) {
      int filter = plane(block) * multiplier + m;
      return (filter * shape.oh() + row(block)) * shape.ow() + column(block);
    }

    private void sums(int block, int m, int outRows, int n, boolean waits, int copy, int waiting) {
      int o = (plane(block) * multiplier + m) % shape.oc();
      Tensor bias = epilogue.bias();
      kernel.run(
          shape.kh(),
          padded.columns(),
          outRows,
          n,
          ws.array(),
          copy + padded.base(),
          shape.dilationH() * padded.rowFloats(),
          shape.strideH() * padded.rowFloats(),
          w.data(),
          o * shape.kh() * shape.kw(),
          bias == null ? 0f : bias.array()[bias.offset() + o],
          waits ? ws.array() : y.array(),
          waits ? waiting : y.offset() + output(block, m),
          waits ? n : shape.ow());
    }

    /** Residual and activation of so many blocks; more than one are whole planes. */
    private void end(int block, int count, int outRows, int n, boolean waits, int waiting) {
      boolean whole = rowBlocks * columnBlocks == 1;
      int filters = whole ? 1 : multiplier;
      int length = whole ? count * multiplier * outRows * n : n;
      for (int m = 0; m < filters; m++) {
        int to = output(block, m);
        Tensor r = epilogue.residual();
        ending.run(
            epilogue.activation(),
            whole ? 1 : outRows,
            length,
            r == null ? null : r.array(),
            r == null ? 0 : r.offset() + to,
            waits ? ws.array() : y.array(),
            waits ? waiting + m * outRows * n : y.offset() + to,
            waits ? n : shape.ow(),
            y.array(),
            y.offset() + to,
            shape.ow());
      }
    }

    @Override
    protected void clear() {
      x = null;
      w = null;
      epilogue = null;
      y = null;
      ws = null;
    }
  }
}
