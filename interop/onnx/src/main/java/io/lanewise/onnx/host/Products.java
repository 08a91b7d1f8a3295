package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;

/** MatMul, Gemm and Det. */
final class Products {
  private Products() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("MatMul", call -> List.of(matMul(call)));
    table.add("Gemm", Products::gemm);
    table.add("Det", 11, Products::det);
  }

  private static TypedTensor matMul(HostCall call) {
    TypedTensor a = call.input(0);
    TypedTensor b = call.input(1);
    if (a.type() != b.type()) {
      throw call.wrong("both inputs should be of one type, got %s and %s", a, b);
    }
    if (a.type().isFloating()) {
      Product p = Product.of(a.shape(), b.shape());
      return Elements.of(a.type(), p.shape(), p.multiply(Elements.doubles(a), Elements.doubles(b)));
    }
    Product p = Product.of(a.shape(), b.shape());
    return Elements.of(a.type(), p.shape(), p.multiply(Elements.longs(a), Elements.longs(b)));
  }

  /**
   * A product of stacks of matrices: [..., m, k] by [..., k, n], the stacks broadcasting; a vector
   * counts as one row on the left, as one column on the right.
   *
   * @param shape of the result
   * @param stack broadcast shape of the stacks
   * @param aStrides for each axis of the stack the step in the left operand
   * @param bStrides for each axis of the stack the step in the right operand
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Product(Shape shape, Shape stack, int[] aStrides, int[] bStrides, int m, int k, int n) {
    static Product of(Shape a, Shape b) {
      if (a.rank() == 0 || b.rank() == 0) {
        throw new IllegalArgumentException("a product of scalars: " + a + " by " + b);
      }
      Shape left = a.rank() == 1 ? a.prepend(1) : a;
      Shape right = b.rank() == 1 ? Shape.of(b.dim(0), 1) : b;
      int m = left.dim(-2);
      int k = left.dim(-1);
      int n = right.dim(-1);
      if (right.dim(-2) != k) {
        throw new IllegalArgumentException("cannot multiply " + a + " by " + b);
      }
      Shape aStack = Shape.of(Arrays.copyOf(left.toArray(), left.rank() - 2));
      Shape bStack = Shape.of(Arrays.copyOf(right.toArray(), right.rank() - 2));
      Shape stack = Broadcast.shape(aStack, bStack);
      int[] dims = Arrays.copyOf(stack.toArray(), stack.rank() + 2);
      int rank = stack.rank();
      if (a.rank() > 1) {
        dims[rank++] = m;
      }
      if (b.rank() > 1) {
        dims[rank++] = n;
      }
      return new Product(
          Shape.of(Arrays.copyOf(dims, rank)),
          stack,
          scaled(IndexWalk.strides(aStack, stack), m * k),
          scaled(IndexWalk.strides(bStack, stack), k * n),
          m,
          k,
          n);
    }

    private static int[] scaled(int[] strides, int by) {
      return Arrays.stream(strides).map(s -> s * by).toArray();
    }

    double[] multiply(double[] a, double[] b) {
      double[] y = new double[shape.size()];
      for (IndexWalk w = new IndexWalk(stack, aStrides, bStrides); w.hasNext(); w.advance()) {
        for (int row = 0; row < m; row++) {
          int yOff = (w.position() * m + row) * n;
          for (int p = 0; p < k; p++) {
            double v = a[w.at(0) + row * k + p];
            int bOff = w.at(1) + p * n;
            for (int column = 0; column < n; column++) {
              y[yOff + column] += v * b[bOff + column];
            }
          }
        }
      }
      return y;
    }

    long[] multiply(long[] a, long[] b) {
      long[] y = new long[shape.size()];
      for (IndexWalk w = new IndexWalk(stack, aStrides, bStrides); w.hasNext(); w.advance()) {
        for (int row = 0; row < m; row++) {
          int yOff = (w.position() * m + row) * n;
          for (int p = 0; p < k; p++) {
            long v = a[w.at(0) + row * k + p];
            int bOff = w.at(1) + p * n;
            for (int column = 0; column < n; column++) {
              y[yOff + column] += v * b[bOff + column];
            }
          }
        }
      }
      return y;
    }
  }

  /** y = alpha · op(a) · op(b) + beta · c; c is left out of a sum scaled by 0. */
  private static List<TypedTensor> gemm(HostCall call) {
    TypedTensor a = transposed(call.ranked(0, 2), call.node().intOr("transA", 0) != 0);
    TypedTensor b = transposed(call.ranked(1, 2), call.node().intOr("transB", 0) != 0);
    double alpha = call.node().floatOr("alpha", 1);
    double beta = call.node().floatOr("beta", 1);
    Product p = Product.of(a.shape(), b.shape());
    double[] y = p.multiply(Elements.doubles(a), Elements.doubles(b));
    Arrays.setAll(y, i -> alpha * y[i]);
    if (call.has(2) && beta != 0) {
      double[] c = Elements.doubles(call.input(2));
      Shape shape = call.input(2).shape();
      if (!Broadcast.shape(shape, p.shape()).equals(p.shape())) {
        throw call.wrong("c %s does not broadcast to %s", shape, p.shape());
      }
      Broadcast.forEach(shape, p.shape(), p.shape(), (i, j, k) -> y[k] += beta * c[i]);
    }
    return Elements.one(call.input(0).type(), p.shape(), y);
  }

  private static TypedTensor transposed(TypedTensor x, boolean transpose) {
    return transpose ? Strided.transpose(x, 1, 0) : x;
  }

  /** The product of the pivots of Gaussian elimination with partial pivoting. */
  private static List<TypedTensor> det(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (rank < 2 || x.shape().dim(-1) != x.shape().dim(-2)) {
      throw call.wrong("expected square matrices, got %s", x);
    }
    int n = x.shape().dim(-1);
    Shape stack = Shape.of(Arrays.copyOf(x.shape().toArray(), rank - 2));
    double[] all = Elements.doubles(Elements.as(ElementType.DOUBLE, x)).clone();
    double[] y = new double[stack.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = det(all, i * n * n, n);
    }
    return Elements.one(x.type(), stack, y);
  }

  private static double det(double[] a, int start, int n) {
    double result = 1;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        if (Math.abs(a[start + row * n + column]) > Math.abs(a[start + pivot * n + column])) {
          pivot = row;
        }
      }
      double p = a[start + pivot * n + column];
      if (p == 0) {
        return 0;
      }
      result *= pivot == column ? p : -p;
      for (int k = 0; k < n; k++) {
        double swapped = a[start + pivot * n + k];
        a[start + pivot * n + k] = a[start + column * n + k];
        a[start + column * n + k] = swapped;
      }
      for (int row = column + 1; row < n; row++) {
        double factor = a[start + row * n + column] / p;
        for (int k = column; k < n; k++) {
          a[start + row * n + k] -= factor * a[start + column * n + k];
        }
      }
    }
    return result;
  }
}
