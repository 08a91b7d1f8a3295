package io.lanewise.onnx.lower;

import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * The attributes that convolutions and poolings share, one number a spatial axis, with {@code
 * auto_pad} resolved for one input.
 */
final class Windows {
  private final int[] kernel;
  private final int[] strides;
  private final int[] dilations;
  private final int[] before;
  private final int[] after;

  private Windows(int[] kernel, int[] strides, int[] dilations, int[] before, int[] after) {
    this.kernel = kernel;
    this.strides = strides;
    this.dilations = dilations;
    this.before = before;
    this.after = after;
  }

  /**
   * Reads the attributes.
   *
   * @param call a node whose input 0 is [n][c][...]
   * @param kernel extent of the window
   */
  static Windows of(LoweringCall call, int[] kernel) {
    Shape x = call.shape(0);
    int axes = x.rank() - 2;
    if (kernel.length != axes) {
      throw call.wrong(
          "the window of %s should have %d sizes, got %s", x, axes, Arrays.toString(kernel));
    }
    int[] strides = numbers(call, "strides", axes, 1);
    int[] dilations = numbers(call, "dilations", axes, 1);
    int[] before = new int[axes];
    int[] after = new int[axes];
    String auto = call.node().textOr("auto_pad", "NOTSET");
    switch (auto) {
      case "NOTSET" -> {
        int[] pads = numbers(call, "pads", 2 * axes, 0);
        System.arraycopy(pads, 0, before, 0, axes);
        System.arraycopy(pads, axes, after, 0, axes);
      }
      case "VALID" -> {}
      case "SAME_UPPER", "SAME_LOWER" -> {
        for (int i = 0; i < axes; i++) {
          int total = sameTotal(x.dim(i + 2), kernel[i], strides[i], dilations[i]);
          before[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
          after[i] = total - before[i];
        }
      }
      default ->
          throw call.wrong(
              "auto_pad should be NOTSET, VALID, SAME_UPPER or SAME_LOWER, got %s", auto);
    }
    return new Windows(kernel, strides, dilations, before, after);
  }

  /** Padding with which there are ceil(in / stride) outputs. */
  private static int sameTotal(int in, int k, int stride, int dilation) {
    long out = (in + (long) stride - 1) / stride;
    return (int) Math.max(0, (out - 1) * stride + (k - 1L) * dilation + 1 - in);
  }

  /** A list attribute of so many integers. */
  static int[] numbers(LoweringCall call, String attribute, int count, int otherwise) {
    long[] given = call.node().ints(attribute).orElse(null);
    if (given == null) {
      int[] all = new int[count];
      Arrays.fill(all, otherwise);
      return all;
    }
    if (given.length != count) {
      throw call.wrong(
          "%s should have %d numbers, got %s", attribute, count, Arrays.toString(given));
    }
    return narrow(call, attribute, given);
  }

  /** Integers from a file as ints. */
  static int[] narrow(LoweringCall call, String what, long... values) {
    int[] narrow = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (int) values[i];
      if (narrow[i] != values[i]) {
        throw call.wrong("%s is too large: %d", what, values[i]);
      }
    }
    return narrow;
  }

  /** Extent of the window. */
  int[] kernel() {
    return kernel;
  }

  int[] strides() {
    return strides;
  }

  int[] dilations() {
    return dilations;
  }

  /** Padding before each axis. */
  int[] before() {
    return before;
  }

  /** Padding after each axis. */
  int[] after() {
    return after;
  }

  /** True if a side takes away instead of adding, which kernels do not do. */
  boolean cuts() {
    return Arrays.stream(before).anyMatch(p -> p < 0) || Arrays.stream(after).anyMatch(p -> p < 0);
  }

  Padding padding() {
    return padding(before, after);
  }

  /** Padding of one to three axes. */
  static Padding padding(int[] before, int[] after) {
    int axes = before.length;
    int[] b = new int[3];
    int[] a = new int[3];
    System.arraycopy(before, 0, b, 3 - axes, axes);
    System.arraycopy(after, 0, a, 3 - axes, axes);
    return new Padding(b[0], a[0], b[1], a[1], b[2], a[2]);
  }

  /** True for images that kernels take: [n][c] and one to three axes, none of them empty. */
  static boolean areImages(Shape x) {
    return x.rank() >= 3 && x.rank() <= 5 && Arrays.stream(x.toArray()).allMatch(d -> d > 0);
  }
}
