package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** The windows of the convolution whose input gradient a transposed convolution is. */
final class TransposedWindows {
  private TransposedWindows() {}

  /** Windows whose {@code in} is the transposed convolution's output. */
  static Windows of(HostCall call, Shape x, Shape w) {
    int n = x.rank() - 2;
    int[] kernel = Arrays.copyOfRange(w.toArray(), 2, w.rank());
    int[] stride = Windows.positive(call, "strides", n);
    int[] dilation = Windows.positive(call, "dilations", n);
    long[] extra = call.node().ints("output_padding").orElse(new long[n]);
    long[] wanted = call.node().ints("output_shape").orElse(null);
    long[] pads = call.node().ints("pads").orElse(new long[2 * n]);
    String auto = call.node().textOr("auto_pad", "NOTSET");
    if (extra.length != n || pads.length != 2 * n || (wanted != null && wanted.length < n)) {
      throw call.wrong("expected lists for %d spatial axes", n);
    }
    int[] out = new int[n];
    int[] before = new int[n];
    int[] after = new int[n];
    for (int i = 0; i < n; i++) {
      long full =
          (long) stride[i] * (x.dim(2 + i) - 1L)
              + extra[i]
              + Windows.extent(kernel[i], dilation[i]);
      boolean same = auto.startsWith("SAME");
      if (wanted == null && !same) {
        before[i] = Math.toIntExact(pads[i]);
        after[i] = Math.toIntExact(pads[n + i]);
        if (auto.equals("VALID")) {
          before[i] = 0;
          after[i] = 0;
        }
        out[i] = Math.toIntExact(full - before[i] - after[i]);
      } else {
        out[i] =
            Math.toIntExact(
                wanted == null ? (long) x.dim(2 + i) * stride[i] : wanted[wanted.length - n + i]);
        int total = Math.toIntExact(Math.max(0, full - out[i]));
        before[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
        after[i] = total - before[i];
      }
    }
    return new Windows(out, kernel, stride, dilation, before, after);
  }
}
