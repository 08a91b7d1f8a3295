package io.lanewise.onnx.lower;

import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;

/** Images read between their pixels. */
final class SamplingLowerings {
  private SamplingLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("Resize", ResizeLowering::lower, 0);
    table.floats("Upsample", ResizeLowering::lower, 0);
    table.floats("GridSample", SamplingLowerings::gridSample);
    table.floats("RoiAlign", SamplingLowerings::roiAlign, 0, 1);
  }

  private static List<Value> gridSample(LoweringCall call) {
    Shape x = call.shape(0);
    Shape grid = call.shape(1);
    String mode = call.node().textOr("mode", "bilinear");
    Interpolation interpolation =
        switch (mode) {
          case "bilinear", "linear" -> Interpolation.LINEAR;
          case "nearest" -> Interpolation.NEAREST;
          case "bicubic", "cubic" -> Interpolation.CUBIC;
          default -> throw call.wrong("mode should be linear, nearest or cubic, got %s", mode);
        };
    String outside = call.node().textOr("padding_mode", "zeros");
    GridPadding padding =
        switch (outside) {
          case "zeros" -> GridPadding.ZEROS;
          case "border" -> GridPadding.BORDER;
          case "reflection" -> GridPadding.REFLECTION;
          default ->
              throw call.wrong(
                  "padding_mode should be zeros, border or reflection, got %s", outside);
        };
    boolean volumes = x.rank() == 5 && interpolation == Interpolation.CUBIC;
    if (x.size() == 0 || grid.size() == 0 || x.rank() < 4 || x.rank() > 5 || volumes) {
      return LoweringCall.DECLINED;
    }
    boolean corners = call.node().intOr("align_corners", 0) != 0;
    return call.only(
        GraphOps.gridSample(new GridSampleShape(x, grid, interpolation, padding, corners)),
        call.input(0),
        call.input(1));
  }

  /** The greatest of samples is defined otherwise in the standard, so that is the host op's. */
  private static List<Value> roiAlign(LoweringCall call) {
    Shape x = call.shape(0);
    if (x.rank() != 4 || x.size() == 0 || !call.node().textOr("mode", "avg").equals("avg")) {
      return LoweringCall.DECLINED;
    }
    int ph = Windows.narrow(call, "output_height", call.node().intOr("output_height", 1))[0];
    int pw = Windows.narrow(call, "output_width", call.node().intOr("output_width", 1))[0];
    int samples = Windows.narrow(call, "sampling_ratio", call.node().intOr("sampling_ratio", 0))[0];
    double scale = call.node().floatOr("spatial_scale", 1);
    String usual = call.opset() < 16 ? "output_half_pixel" : "half_pixel";
    String mode = call.node().textOr("coordinate_transformation_mode", usual);
    RoiShape roi = new RoiShape(x, call.shape(1).dim(0), ph, pw, scale);
    return call.only(
        GraphOps.roiAlign(new RoiAlignShape(roi, samples, false, mode.equals("half_pixel"))),
        call.input(0),
        call.input(1),
        call.input(2));
  }
}
