package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/**
 * Geometry of NumPy's matmul.
 *
 * @param aBatch the left operand's axes before its matrices
 * @param bBatch the right operand's
 * @param batch both, broadcast
 * @param y the result
 */
record MatMulShape(int m, int n, int k, Shape aBatch, Shape bBatch, Shape batch, Shape y) {
  /**
   * Of two operands.
   *
   * @throws IllegalArgumentException if one has no dimension, the inner sizes differ or the outer
   *     ones cannot be broadcast together
   */
  static MatMulShape of(Shape a, Shape b) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException(
          "matmul's operands must have at least one dimension, got " + a + " and " + b);
    }
    boolean row = a.rank() == 1;
    boolean column = b.rank() == 1;
    int k = a.dim(-1);
    if (k != b.dim(column ? 0 : -2)) {
      throw new IllegalArgumentException(
          "matmul's inner sizes must be equal, got " + a + " and " + b);
    }
    int m = row ? 1 : a.dim(-2);
    int n = column ? 1 : b.dim(-1);
    Shape aBatch = before(a);
    Shape bBatch = before(b);
    Shape batch = Arithmetic.broadcast(aBatch, bBatch);
    int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + (row ? 0 : 1) + (column ? 0 : 1));
    int at = batch.rank();
    if (!row) {
      dims[at++] = m;
    }
    if (!column) {
      dims[at] = n;
    }
    return new MatMulShape(m, n, k, aBatch, bBatch, batch, Shape.of(dims));
  }

  private static Shape before(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), Math.max(0, shape.rank() - 2)));
  }
}
