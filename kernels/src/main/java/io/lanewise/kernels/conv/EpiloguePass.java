package io.lanewise.kernels.conv;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.micro.ElementwiseKernels;
import io.lanewise.kernels.micro.KernelSet;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;

/** An epilogue over sums that are already stored, for algorithms that cannot do it on the way. */
final class EpiloguePass {
  private static final int TASK_ELEMENTS = 1 << 14;

  private final int n;
  private final int oc;
  private final int pixels;
  private final boolean channelsLast;
  private final int taskPixels; // of all channels, or of one
  private final int imageTasks;
  private final ElementwiseKernels elementwise;
  private final Ending ending;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  EpiloguePass(int n, int oc, int pixels, Layout layout, KernelSet kernels) {
    this.n = n;
    this.oc = oc;
    this.pixels = pixels;
    this.channelsLast = layout == Layout.CHANNELS_LAST;
    this.taskPixels = Math.clamp(TASK_ELEMENTS / (channelsLast ? oc : 1), 1, pixels);
    this.imageTasks = Math.ceilDiv(pixels, taskPixels) * (channelsLast ? 1 : oc);
    this.elementwise = kernels.elementwise();
    this.ending = new Ending(kernels);
  }

  /**
   * {@code y = epilogue(y)}; the residual shares no element with y.
   *
   * @param y [n][oc][pixels] in the layout, read and written
   */
  void run(Epilogue epilogue, Tensor y, Parallel par) {
    boolean identity = epilogue.activation().kind() == Activation.Kind.IDENTITY;
    if (epilogue.bias() == null && epilogue.residual() == null && identity) {
      return;
    }
    try (Call call = calls.take()) {
      call.epilogue = epilogue;
      call.y = y;
      par.forWork(y.size()).forEach(n * imageTasks, call.block);
    }
  }

  private final class Call extends CallFrame {
    private Epilogue epilogue;
    private Tensor y;
    private final TaskBody block = this::block;

    /** Some pixels of an image, of all channels or of one. */
    private void block(int task, int worker) {
      int blocks = Math.ceilDiv(pixels, taskPixels);
      int pixel0 = task % blocks * taskPixels;
      int count = Math.min(taskPixels, pixels - pixel0);
      int plane = task / blocks; // of all images, or channels of all images
      int each = channelsLast ? oc : 1;
      int at = y.offset() + (plane * pixels + pixel0) * each;
      Tensor bias = epilogue.bias();
      if (bias != null && channelsLast) {
        for (int p = 0; p < count; p++) {
          elementwise.add(bias.array(), bias.offset(), y.array(), at + p * oc, oc);
        }
      } else if (bias != null) {
        addConstant(bias.array()[bias.offset() + plane % oc], y.array(), at, count);
      }
      Tensor residual = epilogue.residual();
      int length = count * each;
      ending.run(
          epilogue.activation(),
          1,
          length,
          residual == null ? null : residual.array(),
          residual == null ? 0 : residual.offset() + at - y.offset(),
          y.array(),
          at,
          length,
          y.array(),
          at,
          length);
    }

    @Override
    protected void clear() {
      epilogue = null;
      y = null;
    }
  }

  private static void addConstant(float b, float[] y, int from, int count) {
    for (int i = from; i < from + count; i++) {
      y[i] += b;
    }
  }
}
