package io.lanewise.kernels.conv;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * The bias gradient of either layout: {@code db[o] += Σ over img and pixels of dy}. A task takes a
 * block of channels and sums blocks of pixels, each on its own, then added in their order: shorter
 * chains of additions lose less, and no bit depends on the team.
 */
final class BiasGradient {
  private static final int BLOCK_CHANNELS = 64;
  private static final int BLOCK_PIXELS = 256;

  private final int n;
  private final int oc;
  private final int pixels;
  private final boolean channelsLast;
  private final ElementwiseKernels elementwise;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  BiasGradient(int n, int oc, int pixels, Layout layout, ElementwiseKernels elementwise) {
    this.n = n;
    this.oc = oc;
    this.pixels = pixels;
    this.channelsLast = layout == Layout.CHANNELS_LAST;
    this.elementwise = elementwise;
  }

  WorkspaceSpec workspace() {
    return new WorkspaceSpec(0, channelsLast ? Math.min(oc, BLOCK_CHANNELS) : 0);
  }

  /**
   * Adds the sums.
   *
   * @param dy [n][oc][pixels] in the layout, read
   * @param db [oc], added to
   */
  void run(Tensor dy, Tensor db, Workspace ws, Parallel par) {
    try (Call call = calls.take()) {
      call.dy = dy;
      call.db = db;
      call.ws = ws;
      par.forWork(dy.size()).forEach(Math.ceilDiv(oc, BLOCK_CHANNELS), call.channels);
    }
  }

  private final class Call extends CallFrame {
    private Tensor dy;
    private Tensor db;
    private Workspace ws;
    private final TaskBody channels = this::channels;

    private void channels(int task, int worker) {
      int first = task * BLOCK_CHANNELS;
      int end = Math.min(oc, first + BLOCK_CHANNELS);
      for (int img = 0; img < n; img++) {
        if (channelsLast) {
          image(img, first, end - first, ws.workerOffset(worker));
          continue;
        }
        for (int o = first; o < end; o++) {
          int plane = dy.offset() + (img * oc + o) * pixels;
          db.array()[db.offset() + o] += elementwise.sum(dy.array(), plane, pixels);
        }
      }
    }

    private void image(int img, int first, int count, int sums) {
      float[] scratch = ws.array();
      for (int p = 0; p < pixels; p += BLOCK_PIXELS) {
        Arrays.fill(scratch, sums, sums + count, 0f);
        int end = Math.min(pixels, p + BLOCK_PIXELS);
        for (int pixel = p; pixel < end; pixel++) {
          int at = dy.offset() + (img * pixels + pixel) * oc + first;
          elementwise.add(dy.array(), at, scratch, sums, count);
        }
        elementwise.add(scratch, sums, db.array(), db.offset() + first, count);
      }
    }

    @Override
    protected void clear() {
      dy = null;
      db = null;
      ws = null;
    }
  }
}
