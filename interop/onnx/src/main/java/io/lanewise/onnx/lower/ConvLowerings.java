package io.lanewise.onnx.lower;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Conv and ConvTranspose. */
final class ConvLowerings {
  private ConvLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("Conv", ConvLowerings::conv);
    table.floats("ConvTranspose", ConvLowerings::transposed);
  }

  private static List<Value> conv(LoweringCall call) {
    Shape x = call.shape(0);
    Shape w = call.shape(1);
    requireRanks(call, x, w);
    if (!Windows.areImages(x)) {
      return LoweringCall.DECLINED;
    }
    Windows windows = Windows.of(call, kernel(call, w));
    int groups = Windows.narrow(call, "group", call.node().intOr("group", 1))[0];
    if (groups < 1 || x.dim(1) % groups != 0 || w.dim(1) != x.dim(1) / groups) {
      throw call.wrong(
          "weights of %s in %d groups should have [oc][%s/groups], got %s", x, groups, x.dim(1), w);
    }
    if (windows.cuts()) {
      return LoweringCall.DECLINED;
    }
    ConvShape shape =
        input(x)
            .filters(w.dim(0), windows.kernel())
            .stride(windows.strides())
            .dilation(windows.dilations())
            .padding(windows.padding())
            .groups(groups)
            .build();
    return List.of(withBias(call, GraphOps.conv(shape)));
  }

  private static Value withBias(LoweringCall call, GraphOp op) {
    return call.has(2)
        ? call.add(op, call.input(0), call.input(1), call.input(2))
        : call.add(op, call.input(0), call.input(1));
  }

  private static void requireRanks(LoweringCall call, Shape x, Shape w) {
    if (x.rank() < 3 || w.rank() != x.rank()) {
      throw call.wrong(
          "expected x [n][c] and axes, and weights of as many axes, got %s and %s", x, w);
    }
  }

  private static int[] kernel(LoweringCall call, Shape w) {
    int[] fromWeights = Arrays.copyOfRange(w.toArray(), 2, w.rank());
    int[] told = Windows.numbers(call, "kernel_shape", fromWeights.length, 0);
    if (call.node().has("kernel_shape") && !Arrays.equals(told, fromWeights)) {
      throw call.wrong("kernel_shape is %s, but weights are %s", Arrays.toString(told), w);
    }
    return fromWeights;
  }

  private static ConvShape.Builder input(Shape x) {
    return switch (x.rank()) {
      case 3 -> ConvShape.input(x.dim(0), x.dim(1), x.dim(2));
      case 4 -> ConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3));
      default -> ConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3), x.dim(4));
    };
  }

  private static TransposedConvShape.Builder transposedInput(Shape x) {
    return switch (x.rank()) {
      case 3 -> TransposedConvShape.input(x.dim(0), x.dim(1), x.dim(2));
      case 4 -> TransposedConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3));
      default -> TransposedConvShape.input(x.dim(0), x.dim(1), x.dim(2), x.dim(3), x.dim(4));
    };
  }

  private static List<Value> transposed(LoweringCall call) {
    Shape x = call.shape(0);
    Shape w = call.shape(1);
    requireRanks(call, x, w);
    int[] kernel = kernel(call, w);
    int groups = Windows.narrow(call, "group", call.node().intOr("group", 1))[0];
    if (groups < 1 || x.dim(1) % groups != 0 || w.dim(0) != x.dim(1)) {
      throw call.wrong("weights of %s should have [%d][oc/groups], got %s", x, x.dim(1), w);
    }
    int axes = kernel.length;
    int[] strides = Windows.numbers(call, "strides", axes, 1);
    int[] dilations = Windows.numbers(call, "dilations", axes, 1);
    int[] more = Windows.numbers(call, "output_padding", axes, 0);
    int[] before = new int[axes];
    int[] after = new int[axes];
    pads(call, x, kernel, strides, dilations, more, before, after);
    if (!Windows.areImages(x) || !fits(strides, more, before, after)) {
      return LoweringCall.DECLINED;
    }
    TransposedConvShape shape =
        transposedInput(x)
            .filters(w.dim(1) * groups, kernel)
            .stride(strides)
            .dilation(dilations)
            .padding(Windows.padding(before, after))
            .outputPadding(more)
            .groups(groups)
            .build();
    return List.of(withBias(call, GraphOps.transposedConv(shape)));
  }

  /**
   * What is cut off at both ends. With {@code output_shape}, or for {@code SAME_*} where the output
   * is input times stride, the standard's formula gives the total; it goes first to the end for
   * SAME_UPPER and to the beginning otherwise.
   */
  private static void pads(
      LoweringCall call,
      Shape x,
      int[] kernel,
      int[] strides,
      int[] dilations,
      int[] more,
      int[] before,
      int[] after) {
    int axes = kernel.length;
    String auto = call.node().textOr("auto_pad", "NOTSET");
    boolean same = auto.startsWith("SAME_");
    if (!same && !call.node().has("output_shape")) {
      if (!auto.equals("VALID")) {
        int[] pads = Windows.numbers(call, "pads", 2 * axes, 0);
        System.arraycopy(pads, 0, before, 0, axes);
        System.arraycopy(pads, axes, after, 0, axes);
      }
      return;
    }
    int[] wanted = outputShape(call, axes);
    for (int i = 0; i < axes; i++) {
      int in = x.dim(i + 2);
      int out = wanted == null ? in * strides[i] : wanted[i];
      int reached = (in - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1;
      int total = reached + more[i] - out;
      if (total < 0) { // the output reaches beyond what the inputs do
        more[i] -= total;
        total = 0;
      }
      before[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
      after[i] = total - before[i];
    }
  }

  /** The attribute, which may begin with the batch and the channels; null if there is none. */
  private static int[] outputShape(LoweringCall call, int axes) {
    if (!call.node().has("output_shape")) {
      return null;
    }
    int[] told =
        Windows.narrow(call, "output_shape", call.node().ints("output_shape").orElseThrow());
    if (told.length != axes && told.length != axes + 2) {
      throw call.wrong("output_shape should have %d numbers, got %s", axes, Arrays.toString(told));
    }
    return Arrays.copyOfRange(told, told.length - axes, told.length);
  }

  private static boolean fits(int[] strides, int[] more, int[] before, int[] after) {
    for (int i = 0; i < strides.length; i++) {
      if (more[i] < 0 || more[i] >= strides[i] || before[i] < 0 || after[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
