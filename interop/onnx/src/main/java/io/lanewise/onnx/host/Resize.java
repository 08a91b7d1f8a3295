package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Resize and Upsample: each axis is resampled on its own, one after the other. */
final class Resize {
  private Resize() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("", "Upsample", 7, 9, Resize::upsample);
    table.add("Resize", 10, Resize::resize);
  }

  /** As Resize with coordinates i / scale, rounded down for the nearest. */
  private static List<TypedTensor> upsample(HostCall call) {
    TypedTensor x = call.input(0);
    double[] scales =
        call.has(1)
            ? Elements.doubles(call.input(1))
            : call.node().floats("scales").stream()
                .flatMap(List::stream)
                .mapToDouble(Float::doubleValue)
                .toArray();
    return List.of(resample(x, scales, sizes(call, x, scales), ResizeRule.asymmetric(call), null));
  }

  private static List<TypedTensor> resize(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (call.opset() < 11) {
      double[] scales = Elements.doubles(call.input(1));
      return List.of(
          resample(x, scales, sizes(call, x, scales), ResizeRule.asymmetric(call), null));
    }
    long[] axes = call.node().ints("axes").orElse(LongStream.range(0, rank).toArray());
    double[] scales = new double[rank];
    Arrays.fill(scales, 1);
    long[] sizes = Arrays.stream(x.shape().toArray()).asLongStream().toArray();
    boolean bySize = call.has(3) && call.input(3).size() > 0;
    double[] given = Elements.doubles(call.input(bySize ? 3 : 2));
    if (given.length != axes.length) {
      throw call.wrong("expected %d sizes or scales, got %d", axes.length, given.length);
    }
    double common = bySize ? commonScale(call, x.shape(), axes, given) : 0;
    for (int i = 0; i < axes.length; i++) {
      int axis = call.axisOf(axes[i], rank);
      int size = x.shape().dim(axis);
      if (common > 0) {
        scales[axis] = common;
        sizes[axis] = (long) Math.floor(common * size + 0.5);
      } else {
        scales[axis] = bySize ? given[i] / size : given[i];
        sizes[axis] = bySize ? (long) given[i] : (long) Math.floor(size * given[i]);
      }
    }
    double[][] roi = roi(call, axes, rank);
    return List.of(resample(x, scales, call.shape(sizes), ResizeRule.of(call), roi));
  }

  /** One scale for all axes, so that the result fits in the sizes or covers them; 0 for none. */
  private static double commonScale(HostCall call, Shape x, long[] axes, double[] sizes) {
    String policy = call.node().textOr("keep_aspect_ratio_policy", "stretch");
    if (policy.equals("stretch")) {
      return 0;
    }
    DoubleStream scales =
        IntStream.range(0, axes.length)
            .mapToDouble(i -> sizes[i] / x.dim(call.axisOf(axes[i], x.rank())));
    return (policy.equals("not_smaller") ? scales.max() : scales.min()).orElse(0);
  }

  /** Start and end of the region of each axis, as fractions of it. */
  private static double[][] roi(HostCall call, long[] axes, int rank) {
    if (!call.has(1) || call.input(1).size() == 0) {
      return null;
    }
    TypedTensor given = call.input(1);
    if (given.size() != 2 * axes.length) {
      throw call.wrong("expected a region of %d numbers, got %s", 2 * axes.length, given);
    }
    double[][] roi = new double[rank][];
    Arrays.fill(roi, new double[] {0, 1});
    for (int i = 0; i < axes.length; i++) {
      int axis = call.axisOf(axes[i], rank);
      roi[axis] = new double[] {given.doubleAt(i), given.doubleAt(axes.length + i)};
    }
    return roi;
  }

  private static Shape sizes(HostCall call, TypedTensor x, double[] scales) {
    if (scales.length != x.shape().rank()) {
      throw call.wrong("expected %d scales, got %d", x.shape().rank(), scales.length);
    }
    long[] sizes = new long[scales.length];
    Arrays.setAll(sizes, i -> (long) Math.floor(x.shape().dim(i) * scales[i]));
    return call.shape(sizes);
  }

  private static TypedTensor resample(
      TypedTensor x, double[] scales, Shape shape, ResizeRule rule, double[][] roi) {
    double[] values = Elements.doubles(x);
    int[] dims = x.shape().toArray();
    boolean crop = rule.coordinates().equals("tf_crop_and_resize");
    if (x.size() == 0 && shape.size() > 0) {
      throw new IllegalArgumentException("cannot resize the empty " + x + " to " + shape);
    }
    for (int axis = 0; axis < dims.length; axis++) {
      boolean kept = scales[axis] == 1 && !crop;
      if (!kept) {
        double[] region = roi == null ? new double[] {0, 1} : roi[axis];
        ResizeTaps taps =
            ResizeTaps.of(rule, dims[axis], shape.dim(axis), scales[axis], region[0], region[1]);
        values = taps.apply(values, Shape.of(dims), axis);
        dims[axis] = shape.dim(axis);
      }
    }
    return Elements.of(x.type(), shape, values);
  }
}
