package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * One convolution.
 *
 * @param windows its spatial axes
 * @param groups channels are cut in so many independent parts
 * @param x shape of the input: images, channels, spatial axes
 * @param w shape of the weights: output channels, input channels of a group, spatial axes
 * @param y shape of the output
 */
record ConvGeometry(Windows windows, int groups, Shape x, Shape w, Shape y) {
  static ConvGeometry of(HostCall call, Shape x, Shape w) {
    int groups = (int) call.node().intOr("group", 1);
    requireFit(call, x, w, groups);
    int[] kernel = Arrays.copyOfRange(w.toArray(), 2, w.rank());
    long[] told = call.node().ints("kernel_shape").orElse(null);
    if (told != null && !Arrays.equals(told, Arrays.stream(kernel).asLongStream().toArray())) {
      throw call.wrong("kernel_shape %s and weights %s differ", Arrays.toString(told), w);
    }
    Windows windows = Windows.of(call, x, kernel);
    int[] dims = x.toArray();
    dims[1] = w.dim(0);
    System.arraycopy(windows.out(false), 0, dims, 2, windows.axes());
    return new ConvGeometry(windows, groups, x, w, Shape.of(dims));
  }

  private static void requireFit(HostCall call, Shape x, Shape w, int groups) {
    boolean fits =
        x.rank() >= 3
            && w.rank() == x.rank()
            && groups >= 1
            && x.dim(1) == (long) groups * w.dim(1)
            && w.dim(0) % groups == 0;
    if (!fits) {
      throw call.wrong("weights %s do not fit input %s and %d groups", w, x, groups);
    }
  }
}
