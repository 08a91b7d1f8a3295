package io.lanewise.kernels.shape;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Geometry of a resize of sequences, images or volumes: ONNX's Resize, of which PyTorch's
 * interpolate is a part. Tensors: x [n][c][in...], y [n][c][out...], one to three spatial axes.
 *
 * @param x shape of x
 * @param y shape of y
 * @param interpolation which inputs count
 * @param coordinates where outputs lie
 * @param nearest how {@link Interpolation#NEAREST} rounds
 * @param cubicA the slope of {@link Interpolation#CUBIC}'s kernel at 1: -0.75 in ONNX and PyTorch,
 *     -0.5 in Keys' article
 * @param antialias whether, where the image shrinks, the kernel is widened to the distance between
 *     outputs
 * @param excludeOutside whether inputs outside the image are left out and the weights of the others
 *     then sum to 1; otherwise the outermost input stands for them
 * @param extrapolation of {@link ResizeCoordinates#TF_CROP_AND_RESIZE}: what outputs outside get
 * @param scales outputs an input along each spatial axis
 * @param starts of {@link ResizeCoordinates#TF_CROP_AND_RESIZE}: where the part begins, in image
 *     sizes, along each spatial axis
 * @param ends where it ends
 */
public record ResizeShape(
    Shape x,
    Shape y,
    Interpolation interpolation,
    ResizeCoordinates coordinates,
    NearestRounding nearest,
    double cubicA,
    boolean antialias,
    boolean excludeOutside,
    float extrapolation,
    List<Double> scales,
    List<Double> starts,
    List<Double> ends) {
  private static final int MAX_AXES = 3;
  private static final double TOLERANCE = 1e-5;

  /** Validates; see the messages. */
  public ResizeShape {
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(coordinates, "coordinates");
    Objects.requireNonNull(nearest, "nearest");
    scales = List.copyOf(scales);
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
    requireAxes(x, y);
    requireNumbers(x.rank() - 2, scales, starts, ends);
    requireScales(x, y, scales);
    if (!Double.isFinite(cubicA)) {
      throw new IllegalArgumentException("cubicA must be finite, got " + cubicA);
    }
    if (antialias && interpolation == Interpolation.NEAREST) {
      throw new IllegalArgumentException(
          "antialias needs LINEAR or CUBIC interpolation, got NEAREST, whose kernel has no width");
    }
  }

  private static void requireAxes(Shape x, Shape y) {
    if (x.rank() < 3 || x.rank() > 2 + MAX_AXES) {
      throw new IllegalArgumentException(
          "x must be [n][c] and one to three spatial axes, got " + x);
    }
    if (y.rank() != x.rank() || y.dim(0) != x.dim(0) || y.dim(1) != x.dim(1)) {
      throw new IllegalArgumentException(
          "a resize of " + x + " keeps n, c and the number of axes, got " + y);
    }
    for (int axis = 2; axis < x.rank(); axis++) {
      if (x.dim(axis) < 1 || y.dim(axis) < 1) {
        throw new IllegalArgumentException(
            "spatial sizes must be at least 1, got " + x + " to " + y);
      }
    }
  }

  private static void requireNumbers(
      int axes, List<Double> scales, List<Double> starts, List<Double> ends) {
    if (scales.size() != axes || starts.size() != axes || ends.size() != axes) {
      throw new IllegalArgumentException(
          "scales, starts and ends need one number a spatial axis, that is "
              + axes
              + ", got "
              + scales.size()
              + ", "
              + starts.size()
              + " and "
              + ends.size());
    }
    for (int i = 0; i < axes; i++) {
      if (!(scales.get(i) > 0) || scales.get(i).isInfinite()) {
        throw new IllegalArgumentException(
            "scales must be finite and above 0, got " + scales.get(i) + " of spatial axis " + i);
      }
      if (!Double.isFinite(starts.get(i)) || !Double.isFinite(ends.get(i))) {
        throw new IllegalArgumentException(
            "starts and ends must be finite, got " + starts.get(i) + " and " + ends.get(i));
      }
    }
  }

  /** Sizes are the floor of in · scale; a float's rounding is forgiven. */
  private static void requireScales(Shape x, Shape y, List<Double> scales) {
    for (int i = 0; i < scales.size(); i++) {
      double exact = x.dim(i + 2) * scales.get(i);
      int out = y.dim(i + 2);
      if (exact < out * (1 - TOLERANCE) || exact >= (out + 1) * (1 + TOLERANCE)) {
        throw new IllegalArgumentException(
            "spatial axis %d of %s at scale %s has %d outputs, got %d"
                .formatted(i, x, scales.get(i), (long) exact, out));
      }
    }
  }

  /** Begins with the input: [n][c] and one to three spatial axes. */
  public static Builder of(int... x) {
    return new Builder(Shape.of(x));
  }

  /** Number of spatial axes. */
  public int axes() {
    return x.rank() - 2;
  }

  /** Inputs along spatial axis {@code axis}, from 0. */
  public int in(int axis) {
    return x.dim(axis + 2);
  }

  /** Outputs along spatial axis {@code axis}, from 0. */
  public int out(int axis) {
    return y.dim(axis + 2);
  }

  /**
   * Where output {@code o} lies among the inputs of spatial axis {@code axis}: 0 is the first
   * input's middle, in - 1 the last one's.
   */
  public double position(int axis, int o) {
    int in = in(axis);
    int out = out(axis);
    return switch (coordinates) {
      case HALF_PIXEL -> inputs(axis, o + 0.5) - 0.5;
      case HALF_PIXEL_SYMMETRIC -> {
        double shift = in / 2.0 * (1 - out / (scales.get(axis) * in));
        yield shift + inputs(axis, o + 0.5) - 0.5;
      }
      case PYTORCH_HALF_PIXEL -> out == 1 ? 0 : inputs(axis, o + 0.5) - 0.5;
      case ALIGN_CORNERS -> out == 1 ? 0 : (double) o * (in - 1) / (out - 1);
      case ASYMMETRIC -> inputs(axis, o);
      case TF_CROP_AND_RESIZE -> {
        double start = starts.get(axis);
        double end = ends.get(axis);
        yield out == 1
            ? 0.5 * (start + end) * (in - 1)
            : start * (in - 1) + o * (end - start) * (in - 1) / (out - 1);
      }
    };
  }

  /** How many inputs so many outputs span; rounded once where the scale is the sizes' quotient. */
  private double inputs(int axis, double outputs) {
    boolean quotient = scales.get(axis) == (double) out(axis) / in(axis);
    return quotient ? outputs * in(axis) / out(axis) : outputs / scales.get(axis);
  }

  /** Whether output {@code o} of spatial axis {@code axis} gets the extrapolation value. */
  public boolean isOutside(int axis, int o) {
    if (coordinates != ResizeCoordinates.TF_CROP_AND_RESIZE) {
      return false;
    }
    double position = position(axis, o);
    return position < 0 || position > in(axis) - 1;
  }

  /** By how much the kernel is widened: 1, or less than that, its reciprocal, when it shrinks. */
  public double kernelScale(int axis) {
    return antialias ? Math.min(1, scales.get(axis)) : 1;
  }

  /** Distance from the middle at which the kernel is 0, in inputs, before it is widened. */
  public int kernelReach() {
    return interpolation == Interpolation.CUBIC ? 2 : 1;
  }

  /** The interpolation kernel: the weight at a distance. Not for {@link Interpolation#NEAREST}. */
  public double kernel(double distance) {
    double d = Math.abs(distance);
    if (interpolation == Interpolation.LINEAR) {
      return Math.max(0, 1 - d);
    }
    if (d <= 1) {
      return ((cubicA + 2) * d - (cubicA + 3)) * d * d + 1;
    }
    return d < 2 ? ((d - 5) * d + 8) * d * cubicA - 4 * cubicA : 0;
  }

  /** Collects a resize; all but the sizes have defaults: linear, half-pixel coordinates. */
  public static final class Builder {
    private final Shape x;
    private int[] out = {};
    private double[] scales;
    private double[] starts;
    private double[] ends;
    private Interpolation interpolation = Interpolation.LINEAR;
    private ResizeCoordinates coordinates = ResizeCoordinates.HALF_PIXEL;
    private NearestRounding nearest = NearestRounding.ROUND_PREFER_FLOOR;
    private double cubicA = -0.75;
    private boolean antialias;
    private boolean excludeOutside;
    private float extrapolation;

    private Builder(Shape x) {
      this.x = x;
      int axes = Math.max(0, x.rank() - 2);
      this.starts = new double[axes];
      this.ends = new double[axes];
      Arrays.fill(ends, 1);
    }

    /** Outputs along each spatial axis. */
    public Builder to(int... sizes) {
      this.out = sizes.clone();
      return this;
    }

    /** Outputs an input along each spatial axis; sizes are floor(in · scale) unless given. */
    public Builder scales(double... factors) {
      this.scales = factors.clone();
      return this;
    }

    /** Which inputs count. */
    public Builder by(Interpolation kind) {
      this.interpolation = kind;
      return this;
    }

    /** Where outputs lie. */
    public Builder coordinates(ResizeCoordinates mode) {
      this.coordinates = mode;
      return this;
    }

    /** How the nearest input is found. */
    public Builder nearest(NearestRounding mode) {
      this.nearest = mode;
      return this;
    }

    /** The cubic kernel's slope at 1. */
    public Builder cubicA(double a) {
      this.cubicA = a;
      return this;
    }

    /** Widens the kernel where the image shrinks. */
    public Builder antialias() {
      this.antialias = true;
      return this;
    }

    /** Leaves inputs outside the image out. */
    public Builder excludeOutside() {
      this.excludeOutside = true;
      return this;
    }

    /**
     * Resizes a part: {@link ResizeCoordinates#TF_CROP_AND_RESIZE}.
     *
     * @param from where it begins along each spatial axis, in image sizes
     * @param to where it ends
     * @param outside what outputs outside the image get
     */
    public Builder crop(double[] from, double[] to, float outside) {
      this.coordinates = ResizeCoordinates.TF_CROP_AND_RESIZE;
      this.starts = from.clone();
      this.ends = to.clone();
      this.extrapolation = outside;
      return this;
    }

    /**
     * The resize.
     *
     * @throws IllegalArgumentException if something does not fit; see the message
     */
    public ResizeShape build() {
      int axes = Math.max(0, x.rank() - 2);
      if (scales != null && scales.length != axes) {
        throw new IllegalArgumentException(
            x + " needs " + axes + " scales, got " + Arrays.toString(scales));
      }
      if (out.length == 0 && scales == null) {
        throw new IllegalArgumentException("a resize of " + x + " needs sizes or scales");
      }
      int[] dims = x.toArray();
      Double[] factors = new Double[axes];
      if (out.length != 0 && out.length != axes) {
        throw new IllegalArgumentException(
            x + " needs " + axes + " output sizes, got " + Arrays.toString(out));
      }
      for (int i = 0; i < axes; i++) {
        int in = x.dim(i + 2);
        dims[i + 2] = out.length == 0 ? (int) Math.floor(in * scales[i]) : out[i];
        factors[i] = scales == null ? (double) dims[i + 2] / in : (Double) scales[i];
      }
      return new ResizeShape(
          x,
          Shape.of(dims),
          interpolation,
          coordinates,
          nearest,
          cubicA,
          antialias,
          excludeOutside,
          extrapolation,
          List.of(factors),
          Arrays.stream(starts).boxed().toList(),
          Arrays.stream(ends).boxed().toList());
    }
  }
}
