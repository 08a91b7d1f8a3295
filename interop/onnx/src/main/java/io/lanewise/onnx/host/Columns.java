package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** Col2Im: adds columns of windows back to an image. */
final class Columns {
  private Columns() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Col2Im", 18, Columns::col2Im);
  }

  /** [n][c · taps][windows] to [n][c][image]. */
  private static List<TypedTensor> col2Im(HostCall call) {
    TypedTensor x = call.ranked(0, 3);
    long[] image = call.longs(1);
    int[] block = Arrays.stream(call.longs(2)).mapToInt(Math::toIntExact).toArray();
    int taps = Arrays.stream(block).reduce(1, Math::multiplyExact);
    if (taps < 1 || x.shape().dim(1) % taps != 0 || image.length != block.length) {
      throw call.wrong("columns %s are no blocks %s", x, Arrays.toString(block));
    }
    long[] dims = new long[image.length + 2];
    dims[0] = x.shape().dim(0);
    dims[1] = x.shape().dim(1) / taps;
    System.arraycopy(image, 0, dims, 2, image.length);
    Shape shape = call.shape(dims);
    Windows windows = Windows.of(call, shape, block);
    int[][] pixels = Windows.indices(windows.out(false));
    int[][] steps = Windows.indices(block);
    if (pixels.length != x.shape().dim(2)) {
      throw call.wrong("expected %d windows, got %s", pixels.length, x);
    }
    int plane = Elements.count(shape, 2, shape.rank());
    double[] y = new double[shape.size()];
    for (int i = 0; i < x.size(); i++) {
      int column = i / pixels.length;
      int to = windows.source(pixels[i % pixels.length], steps[column % taps]);
      if (to >= 0) {
        y[column / taps * plane + to] += x.doubleAt(i);
      }
    }
    return Elements.one(x.type(), shape, y);
  }
}
