package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.FamilyMistake.mistake;
import static io.lanewise.propertytests.faults.Seam.planning;

import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.NearestRounding;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import java.util.List;
import java.util.function.UnaryOperator;

/** Mistakes in where images are read between their pixels. */
final class SamplingMistakes {
  static final List<FamilyMistake> ALL =
      List.of(
          coordinates(
              "HALF_PIXEL_SHIFT",
              "leaves out the half pixel",
              ResizeCoordinates.HALF_PIXEL,
              ResizeCoordinates.ASYMMETRIC),
          coordinates(
              "CORNERS_NOT_ALIGNED",
              "aligns edges, not corners",
              ResizeCoordinates.ALIGN_CORNERS,
              ResizeCoordinates.HALF_PIXEL),
          coordinates(
              "ONE_PIXEL_IN_THE_MIDDLE",
              "one output lies in the middle, not at the start",
              ResizeCoordinates.PYTORCH_HALF_PIXEL,
              ResizeCoordinates.HALF_PIXEL),
          rounding(
              "HALVES_UP", NearestRounding.ROUND_PREFER_FLOOR, NearestRounding.ROUND_PREFER_CEIL),
          rounding("FLOORED", NearestRounding.CEIL, NearestRounding.FLOOR),
          mistake(
              "CUBIC_BY_HALF",
              "a cubic's a is -0.5",
              planning("resize", a -> a[0] = with((ResizeShape) a[0], -0.5, false, false))),
          mistake(
              "OUTSIDE_COUNTS",
              "weights outside the image count",
              planning("resize", a -> a[0] = with((ResizeShape) a[0], 0, true, false))),
          mistake(
              "ALIASES",
              "the kernel is not widened to shrink",
              planning("resize", a -> a[0] = with((ResizeShape) a[0], 0, false, true))),
          grid(
              "GRID_CORNERS",
              "takes -1 and 1 for the other kind of border",
              s -> grid(s, s.padding(), !s.alignCorners())),
          grid(
              "GRID_BORDER_IS_ZERO",
              "outside is 0",
              s -> grid(s, swap(s, GridPadding.BORDER, GridPadding.ZEROS), s.alignCorners())),
          grid(
              "GRID_REFLECTS_AS_BORDER",
              "reflection stays at the border",
              s -> grid(s, swap(s, GridPadding.REFLECTION, GridPadding.BORDER), s.alignCorners())),
          mistake(
              "AFFINE_CORNERS",
              "an affine grid's corners are the other kind",
              planning("affineGrid", a -> a[1] = !(boolean) a[1])),
          roi(
              "REGION_HALF_PIXEL",
              "regions are half a pixel off",
              s -> new RoiAlignShape(s.roi(), s.samples(), s.max(), !s.halfPixel())),
          roi(
              "REGION_AVERAGED",
              "the greatest of a bin is its average",
              s -> new RoiAlignShape(s.roi(), s.samples(), false, s.halfPixel())),
          roi(
              "REGION_SAMPLES_FIXED",
              "bins of any size have two samples",
              s -> new RoiAlignShape(s.roi(), Math.max(2, s.samples()), s.max(), s.halfPixel())));

  private SamplingMistakes() {}

  private static FamilyMistake coordinates(
      String name, String what, ResizeCoordinates from, ResizeCoordinates to) {
    return mistake(
        name,
        what,
        planning(
            "resize",
            a -> {
              ResizeShape s = (ResizeShape) a[0];
              a[0] = s.coordinates() == from ? with(s, to, s.nearest()) : s;
            }));
  }

  private static FamilyMistake rounding(String name, NearestRounding from, NearestRounding to) {
    return mistake(
        name,
        "rounds to the nearest as " + to,
        planning(
            "resize",
            a -> {
              ResizeShape s = (ResizeShape) a[0];
              a[0] = s.nearest() == from ? with(s, s.coordinates(), to) : s;
            }));
  }

  private static ResizeShape with(ResizeShape s, ResizeCoordinates mode, NearestRounding nearest) {
    return new ResizeShape(
        s.x(),
        s.y(),
        s.interpolation(),
        mode,
        nearest,
        s.cubicA(),
        s.antialias(),
        s.excludeOutside(),
        s.extrapolation(),
        s.scales(),
        s.starts(),
        s.ends());
  }

  /** Another a unless it is 0. */
  private static ResizeShape with(ResizeShape s, double a, boolean outside, boolean alias) {
    return new ResizeShape(
        s.x(),
        s.y(),
        s.interpolation(),
        s.coordinates(),
        s.nearest(),
        a == 0 ? s.cubicA() : a,
        s.antialias() && !alias,
        s.excludeOutside() && !outside,
        s.extrapolation(),
        s.scales(),
        s.starts(),
        s.ends());
  }

  private static FamilyMistake grid(
      String name, String what, UnaryOperator<GridSampleShape> change) {
    return mistake(
        name, what, planning("gridSample", a -> a[0] = change.apply((GridSampleShape) a[0])));
  }

  private static GridPadding swap(GridSampleShape s, GridPadding from, GridPadding to) {
    return s.padding() == from ? to : s.padding();
  }

  private static GridSampleShape grid(GridSampleShape s, GridPadding padding, boolean align) {
    return new GridSampleShape(s.x(), s.grid(), s.interpolation(), padding, align);
  }

  private static FamilyMistake roi(String name, String what, UnaryOperator<RoiAlignShape> change) {
    return mistake(
        name, what, planning("roiAlign", a -> a[0] = change.apply((RoiAlignShape) a[0])));
  }
}
