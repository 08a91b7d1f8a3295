package io.lanewise.kernels.stack;

import io.lanewise.kernels.shape.Window;
import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Collects the layers of a {@link Stack} and works out each one's facts as it comes. Errors name
 * the layer.
 */
public final class StackBuilder {
  private final Shape input;
  private final int axes;
  private Shape at; // [c] and the spatial sizes
  private List<ReceptiveField> fields = new ArrayList<>();
  private final List<LayerFacts> layers = new ArrayList<>();

  StackBuilder(int c, int... sizes) {
    if (c < 1 || sizes.length < 1 || sizes.length > 3 || Arrays.stream(sizes).min().orElse(0) < 1) {
      throw new IllegalArgumentException(
          "a stack's input has at least one channel and one to three sizes of at least 1, got "
              + c
              + " and "
              + Arrays.toString(sizes));
    }
    this.input = Shape.of(sizes).prepend(c);
    this.axes = sizes.length;
    this.at = input;
    for (int axis = 0; axis < axes; axis++) {
      fields.add(ReceptiveField.INPUT);
    }
  }

  private StackBuilder(StackBuilder from) {
    this.input = from.at;
    this.axes = from.axes;
    this.at = from.at;
    this.fields = from.fields;
  }

  /** A window's numbers along all axes: taps, stride, padding on both sides, dilation. */
  public record WindowSpec(int k, int stride, int padding, int dilation) {
    /** Validates. */
    public WindowSpec {
      if (k < 1 || stride < 1 || padding < 0 || dilation < 1) {
        throw new IllegalArgumentException(
            "a window needs k, stride and dilation of at least 1 and padding of at least 0, got "
                + "k=%d stride=%d padding=%d dilation=%d".formatted(k, stride, padding, dilation));
      }
    }

    /** Without dilation. */
    public static WindowSpec of(int k, int stride, int padding) {
      return new WindowSpec(k, stride, padding, 1);
    }
  }

  /**
   * A window's numbers along one axis.
   *
   * @param k taps
   * @param stride distance between windows
   * @param before padding before the first input
   * @param after padding after the last one
   * @param dilation distance between taps
   */
  public record AxisWindow(int k, int stride, int before, int after, int dilation) {
    /** Validates. */
    public AxisWindow {
      if (k < 1 || stride < 1 || before < 0 || after < 0 || dilation < 1) {
        throw new IllegalArgumentException(
            "a window needs k, stride and dilation of at least 1 and padding of at least 0, got "
                + "k=%d stride=%d before=%d after=%d dilation=%d"
                    .formatted(k, stride, before, after, dilation));
      }
    }

    /**
     * Padded so that there are {@code ceil(in / stride)} outputs: ONNX's SAME_UPPER and SAME_LOWER.
     *
     * @param in inputs along the axis
     * @param upper whether an odd padding's larger half comes after the input, not before it
     * @throws IllegalArgumentException if a number is below 1
     */
    public static AxisWindow same(int in, int k, int stride, int dilation, boolean upper) {
      AxisWindow w = new AxisWindow(k, stride, 0, 0, dilation);
      if (in < 1) {
        throw new IllegalArgumentException("a window needs at least 1 input, got in=" + in);
      }
      long last = (Math.ceilDiv(in, stride) - 1L) * stride;
      int total = Math.toIntExact(Math.max(0, last + (k - 1L) * dilation + 1 - in));
      int less = total / 2;
      int more = total - less;
      return new AxisWindow(w.k, w.stride, upper ? less : more, upper ? more : less, w.dilation);
    }
  }

  private List<AxisWindow> alongAll(WindowSpec w) {
    AxisWindow one = new AxisWindow(w.k(), w.stride(), w.padding(), w.padding(), w.dilation());
    return Collections.nCopies(axes, one);
  }

  /** A convolution with bias, one group. */
  public StackBuilder conv(String name, int oc, int k, int stride, int padding) {
    return conv(name, oc, WindowSpec.of(k, stride, padding), 1, true);
  }

  /**
   * A convolution.
   *
   * @param oc output channels
   * @param groups of channels that do not see each other; must divide both numbers of channels
   * @param bias whether it has one
   */
  public StackBuilder conv(String name, int oc, WindowSpec window, int groups, boolean bias) {
    return conv(name, oc, alongAll(window), groups, bias);
  }

  /**
   * A convolution with a window of its own along each axis.
   *
   * @param oc output channels
   * @param windows one a spatial axis, in the sizes' order
   * @param groups of channels that do not see each other; must divide both numbers of channels
   * @param bias whether it has one
   * @throws IllegalArgumentException if there is not a window an axis, if groups do not divide the
   *     channels or if a window is larger than the padded input
   */
  public StackBuilder conv(
      String name, int oc, List<AxisWindow> windows, int groups, boolean bias) {
    int ic = at.dim(0);
    if (oc < 1 || groups < 1 || ic % groups != 0 || oc % groups != 0) {
      throw new IllegalArgumentException(
          "layer %s: groups must divide ic and oc, got groups=%d ic=%d oc=%d"
              .formatted(name, groups, ic, oc));
    }
    Shape x = at;
    slide(name, oc, windows, false);
    long taps = Math.multiplyExact(area(windows), (long) (ic / groups));
    long flops = 2 * taps * at.size() + (bias ? at.size() : 0);
    return add(name, flops, taps * oc + (bias ? oc : 0), x.size());
  }

  /** A depthwise convolution without bias. */
  public StackBuilder depthwise(String name, WindowSpec window) {
    return conv(name, at.dim(0), window, at.dim(0), false);
  }

  /** Max or average pooling: an operation a tap. */
  public StackBuilder pool(String name, int k, int stride, int padding) {
    return pool(name, alongAll(WindowSpec.of(k, stride, padding)), false);
  }

  /**
   * Max or average pooling with a window of its own along each axis: an operation a tap.
   *
   * @param windows one a spatial axis, in the sizes' order
   * @param ceil whether the number of outputs is rounded up, as {@link Window#outputSize(String,
   *     int, int, int, int, int, int, boolean)} does it; taps beyond the padding count
   * @throws IllegalArgumentException if there is not a window an axis or if a window has no place
   */
  public StackBuilder pool(String name, List<AxisWindow> windows, boolean ceil) {
    Shape x = at;
    slide(name, at.dim(0), windows, ceil);
    return add(name, Math.multiplyExact(area(windows), (long) at.size()), 0, x.size());
  }

  private static long area(List<AxisWindow> windows) {
    long taps = 1;
    for (AxisWindow w : windows) {
      taps = Math.multiplyExact(taps, (long) w.k());
    }
    return taps;
  }

  /** Pooling over whole images. */
  public StackBuilder globalPool(String name) {
    Shape x = at;
    all(at.dim(0));
    return add(name, x.size(), 0, x.size());
  }

  /** A fully connected layer with bias over all that there is. */
  public StackBuilder linear(String name, int out) {
    Shape x = at;
    all(out);
    return add(name, 2L * x.size() * out + out, (long) x.size() * out + out, x.size());
  }

  /** Normalisation in inference: two learned numbers a channel, a multiply-add an element. */
  public StackBuilder norm(String name) {
    return add(name, 2L * at.size(), 2L * at.dim(0), at.size());
  }

  /** An activation or another function of single elements: an operation an element. */
  public StackBuilder activation(String name) {
    return add(name, at.size(), 0, at.size());
  }

  /**
   * Two branches from here whose outputs are added; an empty branch is the identity.
   *
   * @throws IllegalArgumentException if they end in different shapes or strides
   */
  public StackBuilder residual(
      String name, UnaryOperator<StackBuilder> main, UnaryOperator<StackBuilder> shortcut) {
    StackBuilder a = main.apply(new StackBuilder(this));
    StackBuilder b = shortcut.apply(new StackBuilder(this));
    if (!a.at.equals(b.at)) {
      throw new IllegalArgumentException(
          "layer %s adds %s and %s, which differ".formatted(name, a.at, b.at));
    }
    layers.addAll(a.layers);
    layers.addAll(b.layers);
    at = a.at;
    fields = met(name, List.of(a, b));
    return add(name, at.size(), 0, 2L * at.size());
  }

  /**
   * Branches from here whose outputs are added or multiplied element by element: an operation an
   * element for each branch but the first. An empty branch is the identity.
   *
   * @throws IllegalArgumentException if there are fewer than two, or if they end in different
   *     shapes or strides
   */
  public StackBuilder combine(String name, List<UnaryOperator<StackBuilder>> branches) {
    if (branches.size() < 2) {
      throw new IllegalArgumentException(
          "layer " + name + " needs at least two branches, got " + branches.size());
    }
    List<StackBuilder> ends = new ArrayList<>();
    for (UnaryOperator<StackBuilder> branch : branches) {
      StackBuilder end = branch.apply(new StackBuilder(this));
      if (!ends.isEmpty() && !end.at.equals(ends.get(0).at)) {
        throw new IllegalArgumentException(
            "layer %s combines %s and %s, which differ".formatted(name, ends.get(0).at, end.at));
      }
      ends.add(end);
    }
    List<ReceptiveField> met = met(name, ends);
    for (StackBuilder end : ends) {
      layers.addAll(end.layers);
    }
    at = ends.get(0).at;
    fields = met;
    long size = at.size();
    return add(name, (ends.size() - 1) * size, 0, ends.size() * size);
  }

  /**
   * Branches from here whose outputs' channels follow one another.
   *
   * @throws IllegalArgumentException if they end in different sizes or strides
   */
  public StackBuilder concat(String name, List<UnaryOperator<StackBuilder>> branches) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("layer " + name + " needs at least one branch");
    }
    List<StackBuilder> ends = new ArrayList<>();
    int channels = 0;
    for (UnaryOperator<StackBuilder> branch : branches) {
      StackBuilder end = branch.apply(new StackBuilder(this));
      if (!ends.isEmpty() && !end.at.dropFirst().equals(ends.get(0).at.dropFirst())) {
        throw new IllegalArgumentException(
            "layer %s joins %s and %s, whose sizes differ".formatted(name, ends.get(0).at, end.at));
      }
      ends.add(end);
      channels += end.at.dim(0);
      layers.addAll(end.layers);
    }
    at = ends.get(0).at.withFirst(channels);
    fields = met(name, ends);
    return add(name, 0, 0, at.size());
  }

  private List<ReceptiveField> met(String name, List<StackBuilder> ends) {
    List<ReceptiveField> met = new ArrayList<>(ends.get(0).fields);
    for (StackBuilder end : ends) {
      for (int axis = 0; axis < axes; axis++) {
        try {
          met.set(axis, met.get(axis).and(end.fields.get(axis)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
        }
      }
    }
    return met;
  }

  private void slide(String name, int oc, List<AxisWindow> windows, boolean ceil) {
    if (windows.size() != axes) {
      throw new IllegalArgumentException(
          "layer %s needs a window along each of %d axes, got %d"
              .formatted(name, axes, windows.size()));
    }
    int[] dims = at.toArray();
    dims[0] = oc;
    List<ReceptiveField> next = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      String where = "layer " + name + ", axis " + axis;
      AxisWindow w = windows.get(axis);
      int in = at.dim(axis + 1);
      dims[axis + 1] =
          Window.outputSize(
              where, in, w.k(), w.stride(), w.dilation(), w.before(), w.after(), ceil);
      next.add(fields.get(axis).window(w.k(), w.stride(), w.dilation(), w.before()));
    }
    at = Shape.of(dims);
    fields = next;
  }

  /** Every output sees everything that there is. */
  private void all(int channels) {
    List<ReceptiveField> next = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      next.add(fields.get(axis).window(at.dim(axis + 1), 1, 1, 0));
    }
    int[] dims = new int[axes + 1];
    Arrays.fill(dims, 1);
    dims[0] = channels;
    at = Shape.of(dims);
    fields = next;
  }

  private StackBuilder add(String name, long flops, long parameters, long inputFloats) {
    layers.add(new LayerFacts(name, at, fields, flops, parameters, inputFloats));
    return this;
  }

  /** The stack. */
  public Stack build() {
    return new Stack(input, layers);
  }
}
