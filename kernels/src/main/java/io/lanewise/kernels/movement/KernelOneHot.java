package io.lanewise.kernels.movement;

import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/** {@link OneHot}: blocks [depth][inner] are filled, then each index puts its element. */
final class KernelOneHot implements OneHot {
  private static final int TASK_ELEMENTS = 1 << 14;

  private final Shape indices;
  private final Shape y;
  private final int depth;
  private final int inner;
  private final int blocks;
  private final int chunk;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /** Plans it; {@code axis} from 0, or from -1 backwards. */
  KernelOneHot(Shape indices, int depth, int axis) {
    this.indices = indices;
    this.y = Axes.requireFew(OneHot.with(indices, depth, axis));
    this.depth = depth;
    int at = Axes.of(y, axis);
    this.inner = Axes.product(indices, at, indices.rank());
    this.blocks = Axes.product(y, 0, at);
    this.chunk = Math.max(1, TASK_ELEMENTS / Math.max(1, depth * inner));
  }

  @Override
  public Shape indices() {
    return indices;
  }

  @Override
  public Shape y() {
    return y;
  }

  @Override
  public void forward(Indices which, float off, float on, Tensor to, Parallel par) {
    requireShape(to, y, "y");
    which.requireSize(indices);
    try (Call call = calls.take()) {
      call.indices = which;
      call.off = off;
      call.on = on;
      call.y = to;
      par.forWork(y.size()).forEach(Math.ceilDiv(blocks, chunk), call.blocks);
    }
  }

  private final class Call extends CallFrame {
    private Indices indices;
    private float off;
    private float on;
    private Tensor y;
    private final TaskBody blocks = this::blocks;

    private void blocks(int task, int worker) {
      int from = task * chunk;
      int end = Math.min(KernelOneHot.this.blocks, from + chunk);
      int size = depth * inner;
      float[] to = y.array();
      Arrays.fill(to, y.offset() + from * size, y.offset() + end * size, off);
      for (int block = from; block < end; block++) {
        for (int i = 0; i < inner; i++) {
          long index = indices.get(block * inner + i);
          long place = index < 0 ? index + depth : index;
          if (place >= 0 && place < depth) {
            to[y.offset() + block * size + (int) place * inner + i] = on;
          }
        }
      }
    }

    @Override
    protected void clear() {
      indices = null;
      y = null;
    }
  }
}
