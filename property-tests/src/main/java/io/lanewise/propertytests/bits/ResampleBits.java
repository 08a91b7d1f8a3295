package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;

/** Resizes, grid sampling, regions and dropout, forward and backward. */
final class ResampleBits {
  private static final long SEED = 11;

  private ResampleBits() {}

  static Stream<BitCase> cases() {
    Stream<BitCase> resizes =
        Arrays.stream(Interpolation.values())
            .flatMap(kind -> Arrays.stream(Layout.values()).map(layout -> resize(kind, layout)));
    Stream<BitCase> grids =
        Arrays.stream(Interpolation.values())
            .map(
                kind ->
                    new BitCase(
                        "resample", "grid sample " + kind, (b, p, o) -> grid(kind, b, p, o)));
    return Stream.of(
            resizes,
            grids,
            Stream.of(
                new BitCase("resample", "ROI align", ResampleBits::regions),
                new BitCase("dropout", "three kinds and two fills", ResampleBits::dropouts)))
        .flatMap(c -> c);
  }

  private static BitCase resize(Interpolation kind, Layout layout) {
    ResizeShape s = ResizeShape.of(2, 20, 17, 23).to(40, 37).by(kind).build();
    String name = "resize " + kind + " " + layout;
    return new BitCase("resample", name, (b, p, out) -> resize(s, layout, b, p, out));
  }

  private static void resize(
      ResizeShape s, Layout layout, Backend backend, Parallel par, BitCase.Output out) {
    Resize plan = backend.resampling().resize(s, layout);
    BitData data = BitData.of(s + " " + layout);
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    Tensor y = Tensor.zeros(s.y(), layout);
    plan.forward(data.special(s.x()).copy(layout), y, ws, par);
    Tensor dx = Tensor.zeros(s.x(), layout);
    plan.backward(data.floats(s.y()).copy(layout), dx, ws, par);
    out.add("", y, dx);
  }

  private static void grid(Interpolation kind, Backend backend, Parallel par, BitCase.Output out) {
    GridSampleShape s =
        new GridSampleShape(
            Shape.of(2, 5, 13, 9), Shape.of(2, 21, 19, 2), kind, GridPadding.REFLECTION, false);
    GridSample plan = backend.resampling().gridSample(s);
    BitData data = BitData.of("grid " + kind);
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    Tensor x = data.floats(s.x());
    Tensor dy = data.floats(s.y());
    Tensor at = data.special(s.grid());
    Tensor y = Tensor.zeros(s.y());
    Tensor dx = Tensor.zeros(s.x());
    Tensor dgrid = Tensor.zeros(s.grid());
    plan.forward(x, at, y, ws, par);
    plan.backwardImage(dy, at, dx, ws, par);
    plan.backwardGrid(dy, x, at, dgrid, ws, par);
    out.add("", y, dx, dgrid);
  }

  private static void regions(Backend backend, Parallel par, BitCase.Output out) {
    RoiShape roi = new RoiShape(Shape.of(1, 19, 13, 9), 2, 5, 4, 0.5);
    Tensor boxes = Tensor.of(roi.regions(), 1, 2, 17, 19.5f, -3, 4, 9, 30);
    for (boolean max : new boolean[] {false, true}) {
      RoiAlign plan = backend.resampling().roiAlign(new RoiAlignShape(roi, 0, max, true));
      BitData data = BitData.of("regions");
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      Tensor x = data.floats(roi.x());
      Tensor y = Tensor.zeros(roi.y());
      Tensor dx = Tensor.zeros(roi.x());
      plan.forward(x, boxes, new int[2], y, ws, par);
      plan.backward(data.floats(roi.y()), x, boxes, new int[2], dx, ws, par);
      out.add(max ? "greatest" : "mean", y, dx);
    }
  }

  private static void dropouts(Backend backend, Parallel par, BitCase.Output out) {
    Dropouts all = backend.dropouts();
    Shape s = Shape.of(3, 70, 11, 17);
    BitData data = BitData.of("dropout");
    Tensor x = data.special(s);
    Layout first = Layout.CHANNELS_FIRST;
    Dropout[] plans = {
      all.dropout(s, first, 0.3), all.spatialDropout(s, first, 0.3), all.alphaDropout(s, first, 0.3)
    };
    for (int i = 0; i < plans.length; i++) {
      Tensor y = Tensor.zeros(s);
      Tensor dx = Tensor.zeros(s);
      plans[i].forward(x, SEED, 1, y, par);
      plans[i].backward(x, SEED, 1, dx, par);
      out.add("kind " + i, y, dx);
    }
    Tensor uniform = Tensor.zeros(s);
    Tensor normal = Tensor.zeros(s);
    all.randomFill().uniform(-1, 1, SEED, 2, uniform, par);
    all.randomFill().normal(0, 1, SEED, 2, normal, par);
    out.add("fills", uniform, normal);
  }
}
