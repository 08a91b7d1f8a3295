package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Resizes, grid sampling, regions of interest. */
final class ResamplingOperations {
  private static final String FAMILY = "resampling";
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final Tensor REGIONS =
      Tensor.of(Shape.of(2, 4), 0.5f, 1, 3, 3.5f, -1, 0.2f, 2, 2.4f);
  private static final List<Integer> IMAGES_AND_VOLUMES = List.of(2, 3);
  private static final List<Integer> IMAGES = List.of(2);

  private ResamplingOperations() {}

  static List<Operation> all() {
    return List.of(
        resize("resize, nearest", Interpolation.NEAREST, Layout.CHANNELS_FIRST),
        resize("resize, linear", Interpolation.LINEAR, Layout.CHANNELS_FIRST),
        resize("resize, cubic", Interpolation.CUBIC, Layout.CHANNELS_FIRST),
        resize("resize, linear, channels last", Interpolation.LINEAR, Layout.CHANNELS_LAST),
        Operation.of(
            FAMILY,
            "grid sample",
            IMAGES_AND_VOLUMES,
            (backend, axes) -> gridSample(backend.resampling().gridSample(grid(axes))),
            (backend, axes) -> gridSampleBack(backend.resampling().gridSample(grid(axes)))),
        Operation.of(
            FAMILY,
            "affine grid",
            IMAGES_AND_VOLUMES,
            (backend, axes) -> affine(backend.resampling().affineGrid(grid(axes).grid(), false)),
            (backend, axes) ->
                affineBack(backend.resampling().affineGrid(grid(axes).grid(), false))),
        roiAlign("ROI align, average", false),
        roiAlign("ROI align, max", true),
        Operation.of(
            FAMILY,
            "ROI pool",
            IMAGES,
            (backend, axes) -> roiPool(backend, false),
            (backend, axes) -> roiPool(backend, true)));
  }

  private static Operation resize(String name, Interpolation kind, Layout layout) {
    return Operation.of(
        FAMILY,
        name,
        Operation.SPATIAL,
        (backend, axes) -> resize(backend.resampling().resize(larger(axes, kind), layout)),
        (backend, axes) -> resizeBack(backend.resampling().resize(larger(axes, kind), layout)));
  }

  private static ResizeShape larger(int axes, Interpolation kind) {
    Shape x = ExampleData.shape(axes + 2);
    int[] out = new int[axes];
    for (int i = 0; i < axes; i++) {
      out[i] = 2 * x.dim(i + 2) - 1;
    }
    return ResizeShape.of(x.toArray()).to(out).by(kind).build();
  }

  private static List<Tensor> resize(Resize op) {
    Tensor y = Tensor.zeros(op.shape().y(), op.layout());
    Tensor x = ExampleData.tensor(op.shape().x(), 1).copy(op.layout());
    op.forward(x, y, Workspace.allocate(op.workspace(), 1), ONE);
    return List.of(y);
  }

  private static List<Tensor> resizeBack(Resize op) {
    Tensor dx = Tensor.zeros(op.shape().x(), op.layout());
    Tensor dy = ExampleData.tensor(op.shape().y(), 2).copy(op.layout());
    op.backward(dy, dx, Workspace.allocate(op.workspace(), 1), ONE);
    return List.of(dx);
  }

  private static GridSampleShape grid(int axes) {
    Shape x = ExampleData.shape(axes + 2);
    int[] grid = new int[axes + 2];
    grid[0] = x.dim(0);
    for (int i = 1; i <= axes; i++) {
      grid[i] = 2 + i;
    }
    grid[axes + 1] = axes;
    return new GridSampleShape(x, Shape.of(grid), Interpolation.LINEAR, GridPadding.ZEROS, false);
  }

  private static List<Tensor> gridSample(GridSample op) {
    Tensor y = Tensor.zeros(op.shape().y());
    Tensor x = ExampleData.tensor(op.shape().x(), 1);
    Tensor grid = ExampleData.tensor(op.shape().grid(), 2);
    op.forward(x, grid, y, Workspace.allocate(op.workspace(), 1), ONE);
    return List.of(y);
  }

  private static List<Tensor> gridSampleBack(GridSample op) {
    Tensor x = ExampleData.tensor(op.shape().x(), 1);
    Tensor grid = ExampleData.tensor(op.shape().grid(), 2);
    Tensor dy = ExampleData.tensor(op.shape().y(), 3);
    Tensor dx = Tensor.zeros(x.shape());
    Tensor dgrid = Tensor.zeros(grid.shape());
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.backwardImage(dy, grid, dx, ws, ONE);
    op.backwardGrid(dy, x, grid, dgrid, ws, ONE);
    return List.of(dx, dgrid);
  }

  private static List<Tensor> affine(AffineGrid op) {
    Tensor grid = Tensor.zeros(op.grid());
    op.forward(ExampleData.tensor(op.theta(), 1), grid, ONE);
    return List.of(grid);
  }

  private static List<Tensor> affineBack(AffineGrid op) {
    Tensor dtheta = Tensor.zeros(op.theta());
    op.backward(ExampleData.tensor(op.grid(), 1), dtheta, ONE);
    return List.of(dtheta);
  }

  private static RoiShape regions() {
    return new RoiShape(ExampleData.shape(4), REGIONS.shape().dim(0), 2, 2, 1);
  }

  private static Operation roiAlign(String name, boolean max) {
    RoiAlignShape shape = new RoiAlignShape(regions(), 2, max, true);
    return Operation.of(
        FAMILY,
        name,
        IMAGES,
        (backend, axes) -> roiAlign(backend.resampling().roiAlign(shape), false),
        (backend, axes) -> roiAlign(backend.resampling().roiAlign(shape), true));
  }

  private static List<Tensor> roiAlign(RoiAlign op, boolean back) {
    Tensor x = ExampleData.tensor(op.shape().roi().x(), 1);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    int[] images = {0, 1};
    Tensor result = Tensor.zeros(back ? x.shape() : op.shape().roi().y());
    if (back) {
      Tensor dy = ExampleData.tensor(op.shape().roi().y(), 2);
      op.backward(dy, x, REGIONS, images, result, ws, ONE);
    } else {
      op.forward(x, REGIONS, images, result, ws, ONE);
    }
    return List.of(result);
  }

  private static List<Tensor> roiPool(Backend backend, boolean back) {
    RoiPool op = backend.resampling().roiPool(regions());
    Tensor x = ExampleData.tensor(op.shape().x(), 1);
    Tensor y = Tensor.zeros(op.shape().y());
    int[] indices = new int[y.size()];
    int[] images = {0, 1};
    op.forward(x, REGIONS, images, y, indices, ONE);
    if (!back) {
      return List.of(y);
    }
    Tensor dx = Tensor.zeros(x.shape());
    op.backward(ExampleData.tensor(y.shape(), 2), images, indices, dx, ONE);
    return List.of(dx);
  }
}
