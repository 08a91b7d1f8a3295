package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Operators of object detectors: RoiAlign, MaxRoiPool, NonMaxSuppression. */
final class Regions {
  private Regions() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("RoiAlign", 10, Regions::roiAlign);
    table.add("MaxRoiPool", Regions::maxRoiPool);
    table.add("NonMaxSuppression", 10, Regions::nonMaxSuppression);
  }

  private static int batchIndex(HostCall call, long index, Shape x) {
    if (index < 0 || index >= x.dim(0)) {
      throw call.wrong("a region's image should be from 0 to %d, got %d", x.dim(0) - 1, index);
    }
    return (int) index;
  }

  /** Each bin is the average, or greatest, of bilinear samples on a grid within it. */
  private static List<TypedTensor> roiAlign(HostCall call) {
    TypedTensor x = call.ranked(0, 4);
    TypedTensor rois = call.ranked(1, 2);
    TypedTensor images = call.ranked(2, 1);
    if (rois.shape().dim(1) != 4 || images.size() != rois.shape().dim(0)) {
      throw call.wrong("regions %s and their images %s do not fit", rois, images);
    }
    int channels = x.shape().dim(1);
    int oh = (int) call.node().intOr("output_height", 1);
    int ow = (int) call.node().intOr("output_width", 1);
    Shape shape = call.shape(rois.shape().dim(0), channels, oh, ow);
    double[] xs = Elements.doubles(x);
    double[] y = new double[shape.size()];
    int plane = x.shape().dim(2) * x.shape().dim(3);
    for (int r = 0; r < rois.shape().dim(0); r++) {
      RoiBins bins = RoiBins.of(call, rois, r, oh, ow, x.shape().dim(2), x.shape().dim(3));
      int image = batchIndex(call, images.longAt(r), x.shape());
      for (int i = 0; i < channels * oh * ow; i++) {
        int c = i / (oh * ow);
        y[r * channels * oh * ow + i] =
            bins.value(xs, (image * channels + c) * plane, i / ow % oh, i % ow);
      }
    }
    return Elements.one(x.type(), shape, y);
  }

  /** Bins between rounded coordinates. */
  private static List<TypedTensor> maxRoiPool(HostCall call) {
    TypedTensor x = call.ranked(0, 4);
    TypedTensor rois = call.ranked(1, 2);
    long[] pooled =
        call.node().ints("pooled_shape").orElseThrow(() -> call.wrong("expected pooled_shape"));
    if (pooled.length != 2 || rois.shape().dim(1) != 5) {
      throw call.wrong("regions %s of %d pooled axes", rois, pooled.length);
    }
    double scale = call.node().floatOr("spatial_scale", 1);
    int h = x.shape().dim(2);
    int w = x.shape().dim(3);
    int channels = x.shape().dim(1);
    Shape shape = call.shape(rois.shape().dim(0), channels, pooled[0], pooled[1]);
    TypedTensor y = TypedTensor.zeros(x.type(), shape);
    for (IndexWalk walk = new IndexWalk(shape); walk.hasNext(); walk.advance()) {
      int r = walk.index(0) * 5;
      int plane = (batchIndex(call, rois.longAt(r), x.shape()) * channels + walk.index(1)) * h * w;
      int[] rows =
          bin(rois.doubleAt(r + 2), rois.doubleAt(r + 4), scale, walk.index(2), pooled[0], h);
      int[] columns =
          bin(rois.doubleAt(r + 1), rois.doubleAt(r + 3), scale, walk.index(3), pooled[1], w);
      double max = rows[0] < rows[1] && columns[0] < columns[1] ? Double.NEGATIVE_INFINITY : 0;
      for (int iy = rows[0]; iy < rows[1]; iy++) {
        for (int ix = columns[0]; ix < columns[1]; ix++) {
          max = Math.max(max, x.doubleAt(plane + iy * w + ix));
        }
      }
      y.setDouble(walk.position(), max);
    }
    return List.of(y);
  }

  /** First index and the one behind the last of a bin. */
  private static int[] bin(double start, double end, double scale, int o, long bins, int size) {
    double first = Math.floor(start * scale + 0.5);
    double length = Math.max(1, Math.floor(end * scale + 0.5) - first + 1) / bins;
    return new int[] {
      (int) Math.clamp(Math.floor(o * length) + first, 0, size),
      (int) Math.clamp(Math.ceil((o + 1) * length) + first, 0, size)
    };
  }

  /**
   * Of boxes that overlap more than the threshold, the one with the best score; [image, class,
   * box].
   */
  private static List<TypedTensor> nonMaxSuppression(HostCall call) {
    TypedTensor boxes = call.ranked(0, 3);
    TypedTensor scores = call.ranked(1, 3);
    int count = boxes.shape().dim(1);
    if (boxes.shape().dim(2) != 4
        || scores.shape().dim(2) != count
        || scores.shape().dim(0) != boxes.shape().dim(0)) {
      throw call.wrong("boxes %s and scores %s do not fit", boxes, scores);
    }
    long limit = call.integer(2, 0);
    double overlap = call.number(3, 0);
    double least = call.number(4, Double.NEGATIVE_INFINITY);
    boolean centred = call.node().intOr("center_point_box", 0) != 0;
    List<long[]> selected = new ArrayList<>();
    int classes = scores.shape().dim(1);
    for (int i = 0; i < boxes.shape().dim(0) * classes; i++) {
      int image = i / classes;
      int row = i * count;
      int[] candidates =
          IntStream.range(0, count)
              .filter(b -> !(scores.doubleAt(row + b) <= least))
              .boxed()
              .sorted(Comparator.comparingDouble(b -> -scores.doubleAt(row + b)))
              .mapToInt(Integer::intValue)
              .toArray();
      List<double[]> kept = new ArrayList<>();
      for (int c = 0; c < candidates.length && kept.size() < limit; c++) {
        double[] box = corners(boxes, (image * count + candidates[c]) * 4, centred);
        if (kept.stream().noneMatch(k -> intersectionOverUnion(k, box) > overlap)) {
          kept.add(box);
          selected.add(new long[] {image, i % classes, candidates[c]});
        }
      }
    }
    long[] flat = selected.stream().flatMapToLong(Arrays::stream).toArray();
    return List.of(Elements.of(ElementType.INT64, Shape.of(selected.size(), 3), flat));
  }

  /** Lower and upper ends of both axes, from any two corners or from centre and size. */
  private static double[] corners(TypedTensor boxes, int at, boolean centred) {
    double a = boxes.doubleAt(at);
    double b = boxes.doubleAt(at + 1);
    double c = boxes.doubleAt(at + 2);
    double d = boxes.doubleAt(at + 3);
    return centred
        ? new double[] {a - c / 2, b - d / 2, a + c / 2, b + d / 2}
        : new double[] {Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)};
  }

  private static double intersectionOverUnion(double[] p, double[] q) {
    double height = Math.min(p[2], q[2]) - Math.max(p[0], q[0]);
    double width = Math.min(p[3], q[3]) - Math.max(p[1], q[1]);
    if (height <= 0 || width <= 0) {
      return 0;
    }
    double common = height * width;
    double both = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]);
    return common / (both - common);
  }
}
