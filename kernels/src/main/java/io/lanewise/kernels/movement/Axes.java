package io.lanewise.kernels.movement;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** Checks of axes, and sizes that follow from them. */
public final class Axes {
  /** Most axes that a tensor of this package may have. */
  public static final int MOST = 8;

  private Axes() {}

  /**
   * The axis from the front.
   *
   * @param axis from 0, or from -1 backwards
   * @throws IllegalArgumentException if the shape does not have it
   */
  public static int of(Shape shape, int axis) {
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "the axis must be in [" + -rank + ", " + rank + ") of shape " + shape + ", got " + axis);
    }
    return axis < 0 ? axis + rank : axis;
  }

  /**
   * The axes from the front, each at most once.
   *
   * @throws IllegalArgumentException if the shape does not have one, or one comes twice
   */
  public static int[] of(Shape shape, int... axes) {
    int[] from0 = new int[axes.length];
    boolean[] seen = new boolean[shape.rank()];
    for (int i = 0; i < axes.length; i++) {
      from0[i] = of(shape, axes[i]);
      if (seen[from0[i]]) {
        throw new IllegalArgumentException(
            "axes must differ, got " + Arrays.toString(axes) + " for shape " + shape);
      }
      seen[from0[i]] = true;
    }
    return from0;
  }

  /**
   * Checks that there is a number for each axis.
   *
   * @throws IllegalArgumentException naming the argument
   */
  public static void requireEach(Shape shape, int[] values, String name) {
    if (values.length != shape.rank()) {
      throw new IllegalArgumentException(
          name
              + " must have a number for each axis of shape "
              + shape
              + ", got "
              + Arrays.toString(values));
    }
  }

  /**
   * Checks that a shape has no more axes than this package moves.
   *
   * @return the shape
   * @throws IllegalArgumentException if it has
   */
  public static Shape requireFew(Shape shape) {
    if (shape.rank() > MOST) {
      throw new IllegalArgumentException(
          "a tensor to move has at most " + MOST + " axes, got shape " + shape);
    }
    return shape;
  }

  /**
   * Checks that a shape can be laid out.
   *
   * @throws IllegalArgumentException if it has no channels to be last
   */
  public static void requireLayout(Shape shape, Layout layout) {
    if (layout == Layout.CHANNELS_LAST && shape.rank() < 2) {
      throw new IllegalArgumentException("shape " + shape + " has no channels to be last");
    }
  }

  /**
   * Checks that an operation's layout is channels first.
   *
   * @throws IllegalArgumentException naming the operation
   */
  public static void requireFirst(Layout layout, String operation) {
    if (layout != Layout.CHANNELS_FIRST) {
      throw new IllegalArgumentException(operation + " must be channels first, got " + layout);
    }
  }

  /**
   * Checks that indices of a gather, channels last, have one axis: with others y has no channels.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireVector(Shape indices) {
    if (indices.rank() != 1) {
      throw new IllegalArgumentException(
          "channels last, indices must have one axis, got shape " + indices);
    }
  }

  /** The sizes in the order in which a tensor whose channels are last is stored. */
  static Shape stored(Shape shape) {
    int[] dims = shape.toArray();
    System.arraycopy(dims, 2, dims, 1, dims.length - 2);
    dims[dims.length - 1] = shape.dim(1);
    return Shape.of(dims);
  }

  /**
   * Checks that a shape is that of images: a batch, channels and 1 to 3 spatial axes.
   *
   * @return how many spatial axes
   * @throws IllegalArgumentException if it is not
   */
  public static int spatial(Shape shape) {
    if (shape.rank() < 3 || shape.rank() > 5) {
      throw new IllegalArgumentException(
          "images have shape [n, c, w], [n, c, h, w] or [n, c, d, h, w], got " + shape);
    }
    return shape.rank() - 2;
  }

  /**
   * A product of sizes.
   *
   * @throws IllegalArgumentException if no tensor is that large
   */
  static int times(int a, int b) {
    long product = (long) a * b;
    if (product > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a tensor holds at most 2^31 - 1 elements, got an axis of " + product);
    }
    return (int) product;
  }

  /** Elements of axes {@code from} (inclusive) to {@code to} (exclusive); 0 of an empty shape. */
  public static int product(Shape shape, int from, int to) {
    int product = shape.size() == 0 ? 0 : 1;
    for (int i = from; i < to; i++) {
      product *= shape.dim(i);
    }
    return product;
  }

  /** A permutation's shape: {@code y.dim(i) = x.dim(order[i])}. */
  public static Shape permuted(Shape x, int... order) {
    requireEach(x, order, "order");
    int[] axes = of(x, order);
    int[] dims = new int[axes.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.dim(axes[i]);
    }
    return Shape.of(dims);
  }

  /**
   * A shape with one size changed.
   *
   * @param axis from 0
   */
  public static Shape with(Shape shape, int axis, int size) {
    int[] dims = shape.toArray();
    dims[axis] = size;
    return Shape.of(dims);
  }

  /**
   * Checks that x can be expanded to y: axes are aligned at the last one, and each of x's is y's or
   * 1.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public static void requireExpands(Shape x, Shape y) {
    int more = y.rank() - x.rank();
    boolean fits = more >= 0;
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = x.dim(i) == 1 || x.dim(i) == y.dim(i + more);
    }
    if (!fits) {
      throw new IllegalArgumentException("cannot expand " + x + " to " + y);
    }
  }
}
