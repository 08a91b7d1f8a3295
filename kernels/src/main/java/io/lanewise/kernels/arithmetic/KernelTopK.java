package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * {@link TopK} by a heap of the k best so far, the worst of them on top (Williams, Algorithm 232:
 * Heapsort, CACM 7(6), 1964), which is then taken down. The heap holds indices along the axis, as
 * bits of floats, in each worker's scratch memory.
 */
final class KernelTopK implements TopK {
  private static final int TASK = 1 << 13;

  private final Shape x;
  private final Shape y;
  private final int k;
  private final boolean largest;
  private final int length;
  private final int inner;
  private final int lines;
  private final int perTask;
  private final WorkspaceSpec workspace;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  KernelTopK(Shape x, int axis, int k, boolean largest) {
    this.x = x;
    this.y = Arithmetic.topKShape(x, axis, k);
    this.k = k;
    this.largest = largest;
    boolean[] meant = Arithmetic.axes(x, axis);
    int at = 0;
    while (!meant[at]) {
      at++;
    }
    this.length = x.dim(at);
    int behind = 1;
    for (int i = at + 1; x.size() > 0 && i < x.rank(); i++) {
      behind *= x.dim(i);
    }
    this.inner = behind;
    this.lines = x.size() / Math.max(1, length);
    this.perTask = Math.max(1, TASK / Math.max(1, length));
    this.workspace = new WorkspaceSpec(0, k);
  }

  @Override
  public Shape x() {
    return x;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public WorkspaceSpec workspace() {
    return workspace;
  }

  @Override
  public void forward(Tensor x, Tensor values, int[] indices, Workspace ws, Parallel par) {
    requireShape(x, this.x, "x");
    requireShape(values, y, "values");
    requireDisjoint(values, "values", x, "x");
    Arithmetic.requireIndices(indices, y);
    ws.require(workspace, par.workers());
    if (y.size() == 0) {
      return;
    }
    try (Call call = calls.take()) {
      call.x = x;
      call.y = values;
      call.indices = indices;
      call.ws = ws;
      par.forWork(8L * x.size()).forEach(Math.ceilDiv(lines, perTask), call.select);
    }
  }

  @Override
  public void backward(int[] indices, Tensor dy, Tensor dx, Parallel par) {
    requireShape(dy, y, "dy");
    requireShape(dx, x, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
    Arithmetic.requireIndices(indices, y);
    try (Call call = calls.take()) {
      dx.fill(0);
      call.x = dx;
      call.y = dy;
      call.indices = indices;
      par.forWork(2L * x.size()).forEach(Math.ceilDiv(lines, perTask), call.scatter);
    }
  }

  private final class Call extends CallFrame {
    private Tensor x; // dx when backward
    private Tensor y;
    private int[] indices;
    private Workspace ws;
    private final TaskBody select = this::select;
    private final TaskBody scatter = this::scatter;

    private void select(int task, int worker) {
      int end = Math.min(lines, (task + 1) * perTask);
      int heap = ws.workerOffset(worker);
      for (int line = task * perTask; line < end; line++) {
        int from = x.offset() + line / inner * length * inner + line % inner;
        int to = line / inner * k * inner + line % inner;
        fill(from, heap);
        for (int n = k; n > 0; n--) { // the worst goes last
          int worst = get(heap, 0);
          indices[to + (n - 1) * inner] = worst;
          y.array()[y.offset() + to + (n - 1) * inner] = x.array()[from + worst * inner];
          set(heap, 0, get(heap, n - 1));
          sink(from, heap, 0, n - 1);
        }
      }
    }

    /** The k best of a line as a heap. */
    private void fill(int from, int heap) {
      for (int i = 0; i < k; i++) {
        set(heap, i, i);
      }
      for (int i = k / 2 - 1; i >= 0; i--) {
        sink(from, heap, i, k);
      }
      float[] values = x.array();
      float worst = values[from + get(heap, 0) * inner];
      for (int i = k; i < length; i++) {
        float v = values[from + i * inner];
        // An equal one that comes later is no better.
        if (largest ? !(v <= worst) : !(v >= worst)) {
          if (isBetter(from, i, get(heap, 0))) {
            set(heap, 0, i);
            sink(from, heap, 0, k);
            worst = values[from + get(heap, 0) * inner];
          }
        }
      }
    }

    private void sink(int from, int heap, int start, int n) {
      int at = start;
      int index = get(heap, at);
      while (2 * at + 1 < n) {
        int child = 2 * at + 1;
        if (child + 1 < n && isBetter(from, get(heap, child), get(heap, child + 1))) {
          child++;
        }
        if (isBetter(from, get(heap, child), index)) {
          break;
        }
        set(heap, at, get(heap, child));
        at = child;
      }
      set(heap, at, index);
    }

    /** Whether the element with index i comes before that with index j. */
    private boolean isBetter(int from, int i, int j) {
      float a = x.array()[from + i * inner];
      float b = x.array()[from + j * inner];
      boolean aIsNan = Float.isNaN(a);
      boolean bIsNan = Float.isNaN(b);
      if (aIsNan || bIsNan) {
        return (aIsNan && bIsNan) ? i < j : aIsNan == largest;
      }
      return a == b ? i < j : (a > b) == largest;
    }

    private int get(int heap, int i) {
      return Float.floatToRawIntBits(ws.array()[heap + i]);
    }

    private void set(int heap, int i, int index) {
      ws.array()[heap + i] = Float.intBitsToFloat(index);
    }

    private void scatter(int task, int worker) {
      int end = Math.min(lines, (task + 1) * perTask);
      for (int line = task * perTask; line < end && k > 0; line++) {
        int from = line / inner * length * inner + line % inner;
        int to = line / inner * k * inner + line % inner;
        for (int i = 0; i < k; i++) {
          int index = indices[to + i * inner];
          if (index < 0 || index >= length) {
            throw new IllegalArgumentException(
                "indices must be in [0, " + length + "), got " + index);
          }
          x.array()[x.offset() + from + index * inner] = y.array()[y.offset() + to + i * inner];
        }
      }
    }

    @Override
    protected void clear() {
      x = null;
      y = null;
      indices = null;
      ws = null;
    }
  }
}
