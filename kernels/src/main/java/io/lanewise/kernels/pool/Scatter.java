package io.lanewise.kernels.pool;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * Moves values between the few pixels of poolings' outputs and those of their inputs, by indices. A
 * task is some channels of an image, whose outputs come in order.
 */
final class Scatter {
  private static final int CHANNELS = 64; // of a task, channels last

  /** What becomes of a value. */
  enum Kind {
    /** Added to its place, all others being 0. */
    ADD,
    /** Put to its place, all others being 0. */
    PUT,
    /** Read from its place, 0 without one. */
    READ
  }

  private final Kind kind;
  private final int few;
  private final int many;
  private final int ld;
  private final int width; // channels of a task
  private final int channels; // of an image
  private final int images;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * Plans it.
   *
   * @param few pixels of an image that has indices
   * @param many pixels of an image that they point into
   */
  Scatter(Kind kind, int n, int c, int few, int many, Layout layout) {
    boolean last = layout == Layout.CHANNELS_LAST;
    this.kind = kind;
    this.few = few;
    this.many = many;
    this.ld = last ? c : 1;
    this.images = last ? n : n * c;
    this.channels = ld;
    this.width = Math.min(CHANNELS, channels);
  }

  /** Checks the indices' values alone. */
  void run(Tensor withIndices, int[] indices, Tensor pointedInto, Parallel par) {
    try (Call call = calls.take()) {
      call.few = withIndices;
      call.indices = indices;
      call.many = pointedInto;
      long work = withIndices.size() + (long) pointedInto.size();
      par.forWork(work).forEach(images * Math.ceilDiv(channels, width), call.block);
    }
  }

  private int place(int index, int at) {
    if (index < -1 || index >= many) {
      throw new IllegalArgumentException(
          "indices must lie in [-1, %d), got %d at %d".formatted(many, index, at));
    }
    return index;
  }

  private final class Call extends CallFrame {
    private Tensor few;
    private int[] indices;
    private Tensor many;
    private final TaskBody block = this::block;

    private void block(int task, int worker) {
      int blocks = Math.ceilDiv(channels, width);
      int image = task / blocks;
      int c0 = task % blocks * width;
      int count = Math.min(width, channels - c0);
      int to = image * Scatter.this.many * ld + c0;
      if (kind != Kind.READ) {
        clear(to, count);
      }
      if (kind == Kind.ADD && ld == 1) {
        add(image * Scatter.this.few, to);
        return;
      }
      for (int i = 0; i < Scatter.this.few; i++) {
        move((image * Scatter.this.few + i) * ld + c0, to, count);
      }
    }

    /** Of one channel. */
    private void add(int from, int to) {
      float[] small = few.array();
      float[] large = many.array();
      int s = few.offset() + from;
      int base = many.offset() + to;
      for (int i = 0; i < Scatter.this.few; i++) {
        int index = indices[from + i];
        if (place(index, from + i) >= 0) {
          large[base + index] += small[s + i];
        }
      }
    }

    private void clear(int to, int count) {
      float[] dst = many.array();
      if (ld == 1) {
        Arrays.fill(dst, many.offset() + to, many.offset() + to + Scatter.this.many, 0f);
        return;
      }
      for (int i = 0; i < Scatter.this.many; i++) {
        int at = many.offset() + to + i * ld;
        for (int c = 0; c < count; c++) {
          dst[at + c] = 0f;
        }
      }
    }

    private void move(int from, int to, int count) {
      float[] small = few.array();
      float[] large = many.array();
      int s = few.offset() + from;
      for (int c = 0; c < count; c++) {
        int index = place(indices[from + c], from + c);
        int at = many.offset() + to + index * ld + c;
        if (kind == Kind.READ) {
          small[s + c] = index < 0 ? 0f : large[at];
        } else if (index >= 0) {
          large[at] = kind == Kind.ADD ? large[at] + small[s + c] : small[s + c];
        }
      }
    }

    @Override
    protected void clear() {
      few = null;
      indices = null;
      many = null;
    }
  }
}
