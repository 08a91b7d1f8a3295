package io.lanewise.benchmarks.check;

import static io.lanewise.benchmarks.check.Part.squared;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Matrix products and fully connected layers, row by row or column by column: each is a smaller
 * product of its own.
 */
final class MatrixExpectation {
  private static final int COLUMNS = 16; // of a layer's output, where a column has n elements

  private MatrixExpectation() {}

  /** Of C [m][n]. */
  static Expectation gemm(Task task) {
    GemmShape s = task.gemm();
    Tensor a = Task.uniform(s.a(), Task.SEED_X);
    Tensor b = Task.uniform(s.b(), Task.SEED_W);
    Tensor bSquared = squared(b);
    GemmShape row = GemmShape.of(1, s.n(), s.k());
    List<Part> parts = new ArrayList<>();
    for (int i : Spread.three(s.m(), s.flops())) {
      Tensor aRow = a.slice(i, i + 1);
      Tensor want = Tensor.zeros(row.c());
      Tensor squares = Tensor.zeros(row.c());
      ReferenceMatrix.gemm(row, aRow, b, want);
      ReferenceMatrix.gemm(row, squared(aRow), bSquared, squares);
      parts.add(Part.sums("row " + i, i * s.n(), 1, want, squares, s.k()));
    }
    return new Expectation(task.toString(), s.c().size(), parts);
  }

  /** Of y [n][out], without bias. */
  static Expectation linear(Task task) {
    LinearShape s = task.linear();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor w = task.linearWeights();
    Tensor xSquared = squared(x);
    LinearShape cut = new LinearShape(s.n(), s.in(), 1);
    List<Part> parts = new ArrayList<>();
    for (int o : Spread.over(s.out(), s.flops(), COLUMNS)) {
      Tensor wRow = w.slice(o, o + 1);
      Tensor want = Tensor.zeros(cut.y());
      Tensor squares = Tensor.zeros(cut.y());
      ReferenceMatrix.linear(cut, x, wRow, null, want);
      ReferenceMatrix.linear(cut, xSquared, squared(wRow), null, squares);
      parts.add(Part.sums("output " + o, o, s.out(), want, squares, s.in()));
    }
    return new Expectation(task.toString(), s.y().size(), parts);
  }

  /** Of dx [n][in]. */
  static Expectation linearBackwardData(Task task) {
    LinearShape s = task.linear();
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    Tensor dySquared = squared(dy);
    LinearShape cut = new LinearShape(s.n(), 1, s.out());
    List<Part> parts = new ArrayList<>();
    for (int c : Spread.over(s.in(), s.flops(), COLUMNS)) {
      Tensor wColumn = column(w, c);
      Tensor want = Tensor.zeros(cut.x());
      Tensor squares = Tensor.zeros(cut.x());
      ReferenceMatrix.linearBackwardData(cut, dy, wColumn, want);
      ReferenceMatrix.linearBackwardData(cut, dySquared, squared(wColumn), squares);
      parts.add(Part.sums("input " + c, c, s.in(), want, squares, s.out()));
    }
    return new Expectation(task.toString(), s.x().size(), parts);
  }

  /** Of dw [out][in]. */
  static Expectation linearBackwardWeights(Task task) {
    LinearShape s = task.linear();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor xSquared = squared(x);
    LinearShape cut = new LinearShape(s.n(), s.in(), 1);
    List<Part> parts = new ArrayList<>();
    for (int o : Spread.over(s.out(), s.flops(), COLUMNS)) {
      Tensor dyColumn = column(dy, o);
      Tensor want = Tensor.zeros(cut.w());
      Tensor squares = Tensor.zeros(cut.w());
      ReferenceMatrix.linearBackwardWeights(cut, x, dyColumn, want, null);
      ReferenceMatrix.linearBackwardWeights(cut, xSquared, squared(dyColumn), squares, null);
      parts.add(Part.sums("output " + o, o * s.in(), 1, want, squares, s.n()));
    }
    return new Expectation(task.toString(), s.w().size(), parts);
  }

  /** A copy of column {@code c} of a matrix. */
  private static Tensor column(Tensor matrix, int c) {
    Tensor column = Tensor.zeros(Shape.of(matrix.shape().dim(0), 1));
    for (int i = 0; i < column.size(); i++) {
      column.array()[i] = matrix.get(i, c);
    }
    return column;
  }
}
