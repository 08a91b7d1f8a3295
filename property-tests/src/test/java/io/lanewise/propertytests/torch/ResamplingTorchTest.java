package io.lanewise.propertytests.torch;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.NearestRounding;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

class ResamplingTorchTest extends TorchAgreement {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  ResamplingTorchTest() {
    super(
        "resampling",
        Map.of(
            "resize", ResamplingTorchTest::resize,
            "grid-sample", ResamplingTorchTest::gridSample,
            "affine-grid", ResamplingTorchTest::affineGrid));
  }

  private static void resize(TorchRun run) {
    Tensor x = run.input("x");
    ResizeShape shape = shape(run, x.shape());
    Tensor dy = run.input("dy");
    for (Layout layout : Layout.values()) {
      Resize op = run.backend().resampling().resize(shape, layout);
      Tensor y = Tensor.zeros(shape.y(), layout).fill(Float.NaN);
      op.forward(x.copy(layout), y, run.workspace(op.workspace()), ONE);
      run.agrees("y", y.copy(Layout.CHANNELS_FIRST));
      Tensor dx = Tensor.zeros(shape.x(), layout).fill(Float.NaN);
      op.backward(dy.copy(layout), dx, run.workspace(op.workspace()), ONE);
      run.agrees("dx", dx.copy(Layout.CHANNELS_FIRST));
    }
  }

  /** PyTorch's words in ours; its antialiasing leaves out what lies outside and has Keys' a. */
  private static ResizeShape shape(TorchRun run, Shape x) {
    ResizeShape.Builder b = ResizeShape.of(x.toArray());
    if (run.has("out")) {
      b.to(Arrays.stream(run.text("out").split(",")).mapToInt(Integer::parseInt).toArray());
    } else {
      b.scales(
          Arrays.stream(run.text("scales").split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    if (run.has("antialias")) {
      b.antialias().excludeOutside().cubicA(-0.5);
    }
    String mode = run.text("mode");
    b.by(interpolation(mode));
    if (mode.equals("nearest")) {
      b.coordinates(ResizeCoordinates.ASYMMETRIC).nearest(NearestRounding.FLOOR);
    } else if (mode.equals("nearest-exact")) {
      b.nearest(NearestRounding.ROUND_PREFER_CEIL);
    } else if (run.flag("aligned")) {
      b.coordinates(ResizeCoordinates.ALIGN_CORNERS);
    }
    return b.build();
  }

  private static Interpolation interpolation(String mode) {
    return switch (mode) {
      case "nearest", "nearest-exact" -> Interpolation.NEAREST;
      case "bicubic" -> Interpolation.CUBIC;
      default -> Interpolation.LINEAR;
    };
  }

  private static void gridSample(TorchRun run) {
    Tensor x = run.input("x");
    Tensor grid = run.input("grid");
    Tensor dy = run.input("dy");
    GridSampleShape shape =
        new GridSampleShape(
            x.shape(),
            grid.shape(),
            interpolation(run.text("mode")),
            GridPadding.valueOf(run.text("padding").toUpperCase(Locale.ROOT)),
            run.flag("aligned"));
    GridSample op = run.backend().resampling().gridSample(shape);
    Tensor y = run.blank(shape.y());
    op.forward(x, grid, y, run.workspace(op.workspace()), ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(x.shape());
    op.backwardImage(dy, grid, dx, run.workspace(op.workspace()), ONE);
    run.agrees("dx", dx);
    Tensor dgrid = run.blank(grid.shape());
    op.backwardGrid(dy, x, grid, dgrid, run.workspace(op.workspace()), ONE);
    run.agrees("dgrid", dgrid);
  }

  private static void affineGrid(TorchRun run) {
    Tensor theta = run.input("x");
    Tensor dgrid = run.input("dy");
    AffineGrid op = run.backend().resampling().affineGrid(dgrid.shape(), run.flag("aligned"));
    Tensor grid = run.blank(dgrid.shape());
    op.forward(theta, grid, ONE);
    run.agrees("y", grid);
    Tensor dtheta = run.blank(theta.shape());
    op.backward(dgrid, dtheta, ONE);
    run.agrees("dx", dtheta);
  }
}
