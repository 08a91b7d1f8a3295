package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * Plans arithmetic. Any dimension may be 0: nothing is computed then, or sums are of nothing.
 * Tensors have at most {@value #MAX_RANK} dimensions.
 */
public interface Arithmetic {
  /** The most dimensions that a tensor of these operations may have. */
  int MAX_RANK = 8;

  /**
   * A function of two tensors, and an activation of its result: a residual's {@code relu(a + b)} is
   * {@code binary(ADD, s, s, Activation.relu(), layout)}.
   *
   * @param layout of all tensors; if channels are last, both operands must have the result's number
   *     of dimensions, since those of another would be ambiguous
   * @throws IllegalArgumentException if the shapes cannot be broadcast together
   */
  Binary binary(BinaryOp op, Shape a, Shape b, Activation after, Layout layout);

  /** A function of two tensors. */
  default Binary binary(BinaryOp op, Shape a, Shape b) {
    return binary(op, a, b, Activation.identity(), Layout.CHANNELS_FIRST);
  }

  /** A function of one tensor. */
  Unary unary(UnaryOp op);

  /**
   * x, but at least min and at most max; the slope is 1 at both, as in PyTorch. NaN stays NaN.
   *
   * @throws IllegalArgumentException if not min &lt;= max
   */
  Unary clip(float min, float max);

  /** One of two tensors, element by element; shapes and layout as for {@link #binary}. */
  Where where(Shape condition, Shape a, Shape b, Layout layout);

  /** One of two tensors, element by element. */
  default Where where(Shape condition, Shape a, Shape b) {
    return where(condition, a, b, Layout.CHANNELS_FIRST);
  }

  /**
   * A reduction.
   *
   * @param keepDims whether reduced axes stay, with size 1
   * @param layout of x and y; channels may be last only if {@code keepDims}
   * @param axes from 0, or from -1 backwards, each once; none for all axes
   */
  AxisReduction reduce(ReduceOp op, Shape x, boolean keepDims, Layout layout, int... axes);

  /** A reduction of tensors whose channels are first. */
  default AxisReduction reduce(ReduceOp op, Shape x, boolean keepDims, int... axes) {
    return reduce(op, x, keepDims, Layout.CHANNELS_FIRST, axes);
  }

  /**
   * Where the greatest elements are.
   *
   * @param keepDims whether reduced axes stay, with size 1
   * @param last whether the last of equal elements is meant, rather than the first
   * @param axes from 0, or from -1 backwards, each once; none for all axes
   * @throws IllegalArgumentException if there is nothing to choose from: a reduced axis is empty
   *     and the result is not
   */
  ArgReduction argMax(Shape x, boolean keepDims, boolean last, int... axes);

  /** Where the least elements are; as {@link #argMax}. */
  ArgReduction argMin(Shape x, boolean keepDims, boolean last, int... axes);

  /**
   * The k greatest or least elements along an axis.
   *
   * @param axis from 0, or from -1 backwards
   * @param k at least 0 and at most the axis' size
   */
  TopK topK(Shape x, int axis, int k, boolean largest);

  /**
   * A cumulative sum.
   *
   * @param axis from 0, or from -1 backwards
   * @param exclusive whether an element is left out of its own sum
   * @param reverse whether sums run from the axis' end
   */
  CumulativeSum cumulativeSum(Shape shape, int axis, boolean exclusive, boolean reverse);

  /**
   * NumPy's matrix product.
   *
   * @throws IllegalArgumentException if an operand has no dimension, the inner sizes differ or the
   *     outer ones cannot be broadcast together
   */
  MatMul matMul(Shape a, Shape b);

  /**
   * The shape that all can be broadcast to: aligned at their last dimensions, sizes are equal or 1.
   *
   * @throws IllegalArgumentException naming the shapes if there is none, or one has more than
   *     {@value #MAX_RANK} dimensions
   */
  static Shape broadcast(Shape... shapes) {
    int rank = 0;
    for (Shape s : shapes) {
      rank = Math.max(rank, requireRank(s).rank());
    }
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    for (Shape s : shapes) {
      for (int i = 0; i < s.rank(); i++) {
        int at = rank - s.rank() + i;
        if (s.dim(i) != 1 && dims[at] != 1 && s.dim(i) != dims[at]) {
          throw new IllegalArgumentException(
              "shapes must be equal or 1 along each axis, counted from the last, got "
                  + Arrays.toString(shapes));
        }
        dims[at] = dims[at] == 1 ? s.dim(i) : dims[at];
      }
    }
    return Shape.of(dims);
  }

  /**
   * The shape that all can be broadcast to in a layout.
   *
   * @throws IllegalArgumentException as {@link #broadcast(Shape...)}; or if channels are last and a
   *     shape has not as many dimensions as the result, or less than 2
   */
  static Shape broadcast(Layout layout, Shape... shapes) {
    Shape result = broadcast(shapes);
    for (Shape s : shapes) {
      if (layout == Layout.CHANNELS_LAST && (s.rank() != result.rank() || s.rank() < 2)) {
        throw new IllegalArgumentException(
            "with channels last all must have the result's number of dimensions, at least 2, got "
                + Arrays.toString(shapes));
      }
    }
    return result;
  }

  /**
   * Which axes are meant.
   *
   * @param axes from 0, or from -1 backwards; none for all
   * @return for each axis of the shape whether it is
   * @throws IllegalArgumentException if the shape lacks one or one is named twice
   */
  static boolean[] axes(Shape shape, int... axes) {
    int rank = requireRank(shape).rank();
    boolean[] meant = new boolean[rank];
    Arrays.fill(meant, axes.length == 0);
    for (int axis : axes) {
      int at = axis < 0 ? axis + rank : axis;
      if (at < 0 || at >= rank || meant[at]) {
        throw new IllegalArgumentException(
            "axes must be different ones of shape "
                + shape
                + ", in ["
                + -rank
                + ", "
                + rank
                + "), got "
                + Arrays.toString(axes));
      }
      meant[at] = true;
    }
    return meant;
  }

  /** The shape without the reduced axes, or with 1 for each. */
  static Shape reduced(Shape shape, boolean[] reduced, boolean keepDims) {
    int[] dims = new int[shape.rank()];
    int rank = 0;
    for (int i = 0; i < dims.length; i++) {
      if (!reduced[i] || keepDims) {
        dims[rank++] = reduced[i] ? 1 : shape.dim(i);
      }
    }
    return Shape.of(Arrays.copyOf(dims, rank));
  }

  /** The shape of {@link #topK}'s result; checks its arguments. */
  static Shape topKShape(Shape x, int axis, int k) {
    boolean[] meant = axes(x, axis);
    int[] dims = x.toArray();
    for (int i = 0; i < dims.length; i++) {
      if (meant[i]) {
        if (k < 0 || k > dims[i]) {
          throw new IllegalArgumentException(
              "k must be in [0, " + dims[i] + "] along axis " + axis + " of " + x + ", got " + k);
        }
        dims[i] = k;
      }
    }
    return Shape.of(dims);
  }

  /** The shape of {@link #matMul}'s result; checks its arguments. */
  static Shape matMulShape(Shape a, Shape b) {
    return MatMulShape.of(a, b).y();
  }

  /** Checks the number of indices that are written or read in the order of {@code y}. */
  static void requireIndices(int[] indices, Shape y) {
    if (indices.length != y.size()) {
      throw new IllegalArgumentException(
          "there must be "
              + y.size()
              + " indices, as many as "
              + y
              + " has elements, got "
              + indices.length);
    }
  }

  /** Checks {@link #clip}'s arguments. */
  static void requireRange(float min, float max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "clip must have min <= max, got [" + min + ", " + max + "]");
    }
  }

  /** Checks {@link #reduce}'s layout. */
  static void requireKept(boolean keepDims, Layout layout) {
    if (layout == Layout.CHANNELS_LAST && !keepDims) {
      throw new IllegalArgumentException(
          "with channels last, reduced axes must be kept: without them channels have no place");
    }
  }

  private static Shape requireRank(Shape shape) {
    if (shape.rank() > MAX_RANK) {
      throw new IllegalArgumentException(
          "a shape must have at most " + MAX_RANK + " dimensions, got " + shape);
    }
    return shape;
  }
}
