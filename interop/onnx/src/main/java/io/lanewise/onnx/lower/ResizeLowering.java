package io.lanewise.onnx.lower;

import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.NearestRounding;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Resize since opset 10, and Upsample. Kernels resize one to three spatial axes of [n][c][...];
 * tensors of fewer axes get a batch and channels of 1, and what resizes batch or channels is left
 * to the host op.
 */
final class ResizeLowering {
  private final LoweringCall call;
  private final Shape x;
  private final boolean early;
  private final int[] axes;
  private final float[] scales;
  private final int[] sizes;

  private ResizeLowering(LoweringCall call) {
    this.call = call;
    this.x = call.shape(0);
    this.early = call.node().opType().equals("Upsample") || call.opset() < 11;
    this.axes =
        call.node()
            .ints("axes")
            .map(a -> call.axes(a, x.rank()))
            .orElseGet(() -> IntStream.range(0, x.rank()).toArray());
    this.scales = new float[x.rank()];
    this.sizes = x.toArray();
    Arrays.fill(scales, 1);
  }

  static List<Value> lower(LoweringCall call) {
    int given = call.node().opType().equals("Upsample") || call.opset() < 11 ? 1 : 2;
    boolean known = call.isKnown(given) && call.isKnown(3);
    if (!known || call.shape(0).size() == 0) {
      return LoweringCall.DECLINED;
    }
    return new ResizeLowering(call).lower(given);
  }

  private List<Value> lower(int scalesInput) {
    Optional<TypedTensor> factors = call.constant(scalesInput).filter(t -> t.size() > 0);
    if (factors.isPresent()) {
      readScales(factors.get());
    } else if (call.node().has("scales")) {
      List<Float> told = call.node().floats("scales").orElseThrow();
      requireCount("scales", told.size());
      IntStream.range(0, axes.length).forEach(i -> scale(axes[i], told.get(i)));
    } else if (call.has(3)) {
      readSizes(call.longs(3).orElseThrow());
    } else {
      throw call.wrong("neither scales nor sizes are given");
    }
    return resize();
  }

  private void requireCount(String what, int got) {
    if (got != axes.length) {
      throw call.wrong("%d %s are needed for %s, got %d", axes.length, what, x, got);
    }
  }

  private void readScales(TypedTensor factors) {
    requireCount("scales", factors.size());
    for (int i = 0; i < axes.length; i++) {
      scale(axes[i], (float) factors.doubleAt(i));
    }
  }

  private void scale(int axis, float factor) {
    if (!(factor > 0) || Float.isInfinite(factor)) {
      throw call.wrong("scales should be finite and above 0, got %s", factor);
    }
    scales[axis] = factor;
    sizes[axis] = (int) Math.floor(x.dim(axis) * factor);
  }

  private void readSizes(long[] told) {
    requireCount("sizes", told.length);
    int[] wanted = Windows.narrow(call, "a size", told);
    String policy = call.node().textOr("keep_aspect_ratio_policy", "stretch");
    double all = policy.equals("not_larger") ? Double.MAX_VALUE : 0;
    for (int i = 0; i < axes.length; i++) {
      double factor = (double) wanted[i] / x.dim(axes[i]);
      all = policy.equals("not_larger") ? Math.min(all, factor) : Math.max(all, factor);
    }
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i];
      boolean stretches = policy.equals("stretch");
      sizes[axis] = stretches ? wanted[i] : (int) Math.floor(all * x.dim(axis) + 0.5);
      scales[axis] = stretches ? (float) sizes[axis] / x.dim(axis) : (float) all;
    }
  }

  private List<Value> resize() {
    Shape y = call.shapeOf(Arrays.stream(sizes).asLongStream().toArray());
    int spare = firstResized() < 2 ? 2 : 0; // axes to put in front
    int rank = x.rank() + spare;
    String coordinates =
        early ? "asymmetric" : call.node().textOr("coordinate_transformation_mode", "half_pixel");
    boolean crops = coordinates.equals("tf_crop_and_resize");
    if (y.size() == 0 || rank < 3 || rank > 5 || (crops && (!call.has(1) || !call.isKnown(1)))) {
      return LoweringCall.DECLINED;
    }
    Optional<ResizeShape> shape = shape(spare, rank, coordinates);
    if (shape.isEmpty()) {
      return LoweringCall.DECLINED;
    }
    Value in =
        spare == 0 ? call.input(0) : call.add(GraphOps.reshape(shape.get().x()), call.input(0));
    Value out = call.add(GraphOps.resize(shape.get()), in);
    return spare == 0 ? List.of(out) : call.only(GraphOps.reshape(y), out);
  }

  private int firstResized() {
    int first = 0;
    while (first < x.rank() && sizes[first] == x.dim(first) && scales[first] == 1) {
      first++;
    }
    return x.rank() > 2 ? first : 0;
  }

  private Optional<ResizeShape> shape(int spare, int rank, String coordinates) {
    int[] in = new int[rank];
    Arrays.fill(in, 1);
    System.arraycopy(x.toArray(), 0, in, spare, x.rank());
    int[] to = new int[rank - 2];
    double[] factors = new double[rank - 2];
    for (int i = 0; i < to.length; i++) {
      int axis = i + 2 - spare;
      to[i] = sizes[axis];
      boolean quotient = scales[axis] == (float) sizes[axis] / x.dim(axis);
      factors[i] = quotient ? (double) sizes[axis] / x.dim(axis) : scales[axis];
    }
    ResizeShape.Builder shape = ResizeShape.of(in).to(to).scales(factors);
    return configure(shape, coordinates, 2 - spare) ? Optional.of(shape.build()) : Optional.empty();
  }

  /** Modes by name; false for what kernels do not have. */
  private boolean configure(ResizeShape.Builder shape, String coordinates, int firstAxis) {
    String mode = call.node().textOr("mode", "nearest");
    switch (mode) {
      case "nearest" -> shape.by(Interpolation.NEAREST).nearest(nearest());
      case "linear", "bilinear" -> shape.by(Interpolation.LINEAR);
      case "cubic" ->
          shape.by(Interpolation.CUBIC).cubicA(call.node().floatOr("cubic_coeff_a", -0.75f));
      default -> throw call.wrong("mode should be nearest, linear or cubic, got %s", mode);
    }
    if (call.node().intOr("antialias", 0) != 0 && !mode.equals("nearest")) {
      shape.antialias();
    }
    if (call.node().intOr("exclude_outside", 0) != 0) {
      shape.excludeOutside();
    }
    return switch (coordinates) {
      case "half_pixel" -> with(shape, ResizeCoordinates.HALF_PIXEL);
      case "half_pixel_symmetric" -> with(shape, ResizeCoordinates.HALF_PIXEL_SYMMETRIC);
      case "pytorch_half_pixel" -> with(shape, ResizeCoordinates.PYTORCH_HALF_PIXEL);
      case "align_corners" -> areWhole() && with(shape, ResizeCoordinates.ALIGN_CORNERS);
      case "asymmetric" -> with(shape, ResizeCoordinates.ASYMMETRIC);
      case "tf_crop_and_resize" -> crop(shape, firstAxis);
      default -> false;
    };
  }

  private static boolean with(ResizeShape.Builder shape, ResizeCoordinates coordinates) {
    shape.coordinates(coordinates);
    return true;
  }

  /**
   * The standard aligns corners by in · scale as it is, kernels by the number of outputs: the same
   * if that is a whole number.
   */
  private boolean areWhole() {
    return IntStream.range(0, x.rank())
        .allMatch(i -> Math.abs(x.dim(i) * (double) scales[i] - sizes[i]) < 1e-4);
  }

  private NearestRounding nearest() {
    String rounding = early ? "floor" : call.node().textOr("nearest_mode", "round_prefer_floor");
    return switch (rounding) {
      case "floor" -> NearestRounding.FLOOR;
      case "ceil" -> NearestRounding.CEIL;
      case "round_prefer_floor" -> NearestRounding.ROUND_PREFER_FLOOR;
      case "round_prefer_ceil" -> NearestRounding.ROUND_PREFER_CEIL;
      default -> throw call.wrong("unknown nearest_mode %s", rounding);
    };
  }

  /** The region is all starts, then all ends, of the axes that are named. */
  private boolean crop(ResizeShape.Builder shape, int firstAxis) {
    TypedTensor region = call.constant(1).orElseThrow();
    if (region.size() != 2 * axes.length) {
      throw call.wrong("roi should have %d numbers, got %s", 2 * axes.length, region);
    }
    double[] from = new double[x.rank() - firstAxis];
    double[] to = new double[x.rank() - firstAxis];
    Arrays.fill(to, 1);
    for (int i = 0; i < axes.length; i++) {
      double start = region.doubleAt(i);
      double end = region.doubleAt(axes.length + i);
      if (axes[i] >= firstAxis) {
        from[axes[i] - firstAxis] = start;
        to[axes[i] - firstAxis] = end;
      } else if (start != 0 || end != 1) {
        return false;
      }
    }
    shape.crop(from, to, call.node().floatOr("extrapolation_value", 0));
    return true;
  }
}
