package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Affine grids in float64. */
record ReferenceAffineGrid(Shape grid, boolean alignCorners) implements AffineGrid {
  ReferenceAffineGrid {
    AffineGrid.requireGrid(grid);
  }

  @Override
  public void forward(Tensor t, Tensor g, Parallel par) {
    requireShape(t, theta(), "theta");
    requireShape(g, grid, "grid");
    requireDisjoint(g, "grid", t, "theta");
    int axes = grid.dim(-1);
    for (int i = 0; i < g.size(); i++) {
      int a = i % axes;
      double sum = t.get(image(i), a, axes);
      for (int b = 0; b < axes; b++) {
        sum += t.get(image(i), a, b) * base(i, b);
      }
      g.array()[g.offset() + i] = (float) sum;
    }
  }

  @Override
  public void backward(Tensor dgrid, Tensor dtheta, Parallel par) {
    requireShape(dgrid, grid, "dgrid");
    requireShape(dtheta, theta(), "dtheta");
    requireDisjoint(dtheta, "dtheta", dgrid, "dgrid");
    int axes = grid.dim(-1);
    for (int img = 0; img < grid.dim(0); img++) {
      for (int a = 0; a < axes; a++) {
        for (int b = 0; b <= axes; b++) {
          double sum = 0;
          for (int i = 0; i < dgrid.size(); i++) {
            if (image(i) == img && i % axes == a) {
              sum += dgrid.array()[dgrid.offset() + i] * (b == axes ? 1 : base(i, b));
            }
          }
          dtheta.set((float) sum, img, a, b);
        }
      }
    }
  }

  private int image(int i) {
    return i / (grid.size() / grid.dim(0));
  }

  /** Coordinate b, width first, of the output that element i belongs to. */
  private double base(int i, int b) {
    int axes = grid.dim(-1);
    int rest = i / axes;
    for (int skipped = 0; skipped < b; skipped++) {
      rest /= grid.dim(axes - skipped);
    }
    int size = grid.dim(axes - b);
    return AffineGrid.position(rest % size, size, alignCorners);
  }
}
