package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * Where windows lie on the spatial axes of an image: size, stride, dilation and padding of each
 * axis, by the attributes that convolutions and pooling share.
 *
 * @param in sizes of the input
 * @param kernel sizes of the window
 * @param stride steps
 * @param dilation steps inside of a window
 * @param before padding in front
 * @param after padding behind
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Windows(int[] in, int[] kernel, int[] stride, int[] dilation, int[] before, int[] after) {
  /**
   * Reads the attributes.
   *
   * @param x shape of the input: images, channels, spatial axes
   */
  static Windows of(HostCall call, Shape x, int[] kernel) {
    if (x.rank() < 3 || kernel.length != x.rank() - 2) {
      throw call.wrong("windows %s do not fit the input %s", Arrays.toString(kernel), x);
    }
    int n = kernel.length;
    int[] in = Arrays.copyOfRange(x.toArray(), 2, x.rank());
    int[] stride = positive(call, "strides", n);
    int[] dilation = positive(call, "dilations", n);
    int[] before = new int[n];
    int[] after = new int[n];
    String auto = call.node().textOr("auto_pad", "NOTSET");
    if (auto.equals("NOTSET") || auto.isEmpty()) {
      long[] pads = call.node().ints("pads").orElse(new long[2 * n]);
      if (pads.length != 2 * n) {
        throw call.wrong("expected %d pads, got %d", 2 * n, pads.length);
      }
      for (int i = 0; i < n; i++) {
        before[i] = Math.toIntExact(pads[i]);
        after[i] = Math.toIntExact(pads[n + i]);
      }
    } else if (auto.startsWith("SAME")) {
      for (int i = 0; i < n; i++) {
        int out = Math.ceilDiv(in[i], stride[i]);
        int total = Math.max(0, (out - 1) * stride[i] + extent(kernel[i], dilation[i]) - in[i]);
        before[i] = auto.equals("SAME_LOWER") ? total - total / 2 : total / 2;
        after[i] = total - before[i];
      }
    } else if (!auto.equals("VALID")) {
      throw call.wrong("unknown auto_pad '%s'", auto);
    }
    return new Windows(in, kernel, stride, dilation, before, after);
  }

  /** A list of numbers of at least 1, one for each axis; ones if it is left out. */
  static int[] positive(HostCall call, String attribute, int n) {
    long[] values = call.node().ints(attribute).orElse(null);
    int[] result = new int[n];
    Arrays.fill(result, 1);
    if (values == null) {
      return result;
    }
    if (values.length != n || Arrays.stream(values).anyMatch(v -> v < 1)) {
      throw call.wrong(
          "%s should be %d positive numbers, got %s", attribute, n, Arrays.toString(values));
    }
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /** What a dilated window spans. */
  static int extent(int kernel, int dilation) {
    return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
  }

  int axes() {
    return in.length;
  }

  /** How many windows fit on each axis; with {@code ceil} one may reach over the padding's end. */
  int[] out(boolean ceil) {
    int[] out = new int[in.length];
    for (int i = 0; i < out.length; i++) {
      int padded = Math.addExact(in[i], Math.addExact(before[i], after[i]));
      int free = padded - extent(kernel[i], dilation[i]);
      if (free < 0) {
        throw new IllegalArgumentException(
            "a window of %d (dilation %d) is larger than the padded input of %d"
                .formatted(kernel[i], dilation[i], padded));
      }
      out[i] = (ceil ? Math.ceilDiv(free, stride[i]) : free / stride[i]) + 1;
      // No window starts behind the input and the padding before it.
      if (ceil && (out[i] - 1) * stride[i] >= in[i] + before[i]) {
        out[i]--;
      }
    }
    return out;
  }

  /** The input's index for an output's and a window's, or -1 outside. */
  int source(int axis, int o, int k) {
    int i = o * stride[axis] - before[axis] + k * dilation[axis];
    return i >= 0 && i < in[axis] ? i : -1;
  }

  /** The flat input offset within a channel for an output's and a window's index, or -1. */
  int source(int[] o, int[] k) {
    int at = 0;
    for (int axis = 0; axis < in.length; axis++) {
      int i = source(axis, o[axis], k[axis]);
      if (i < 0) {
        return -1;
      }
      at = at * in[axis] + i;
    }
    return at;
  }

  /** Offsets of a whole box of indices, in order. */
  static int[][] indices(int[] sizes) {
    Shape shape = Shape.of(sizes);
    int[][] all = new int[shape.size()][sizes.length];
    for (IndexWalk w = new IndexWalk(shape); w.hasNext(); w.advance()) {
      for (int axis = 0; axis < sizes.length; axis++) {
        all[w.position()][axis] = w.index(axis);
      }
    }
    return all;
  }
}
