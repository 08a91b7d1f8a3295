package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.WorkspaceSpec;
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
import java.util.ArrayList;
import java.util.List;

/** Runs of what reads images between their pixels. */
final class ResamplingFamily {
  static final Family FAMILY =
      RegionRuns.addTo(
          new Family("resample")
              .addImages("resize", 3, 5, ResamplingFamily::resize)
              .linear()
              .add("grid-sample", 4, 5, ResamplingFamily::gridSample)
              .linear()
              .add("affine-grid", 4, 5, ResamplingFamily::affineGrid)
              .linear());

  private static final int MOST_TAPS = 4; // of an axis, where the kernel is not widened
  private static final double CUBIC = 2; // no cubic kernel's weights have magnitudes of this sum

  private ResamplingFamily() {}

  private static ResizeShape shape(Draw d) {
    Shape x = d.shape();
    int axes = x.rank() - 2;
    int[] out = d.each(axes, 1, axes == 3 ? 5 : 13);
    for (int i = 0; i < axes; i++) {
      out[i] = d.between(0, 3) == 0 ? 1 : out[i]; // coordinates have a rule for it
    }
    Interpolation kind = d.pick(Interpolation.values());
    ResizeCoordinates[] modes = {
      ResizeCoordinates.HALF_PIXEL,
      ResizeCoordinates.HALF_PIXEL_SYMMETRIC,
      ResizeCoordinates.PYTORCH_HALF_PIXEL,
      ResizeCoordinates.ALIGN_CORNERS,
      ResizeCoordinates.ASYMMETRIC
    };
    ResizeShape.Builder b =
        ResizeShape.of(x.toArray())
            .to(out)
            .by(kind)
            .coordinates(d.pick(modes))
            .nearest(d.pick(NearestRounding.values()));
    boolean wide = d.either();
    boolean inside = d.either();
    b = wide && kind != Interpolation.NEAREST ? b.antialias() : b;
    return (inside && kind == Interpolation.CUBIC ? b.excludeOutside() : b).build();
  }

  /** An output is a sum over its kernel's taps, an input's gradient over the outputs it is in. */
  private static List<Call> resize(Backend backend, Draw d) {
    ResizeShape s = shape(d);
    Resize plan = backend.resampling().resize(s, d.layout());
    double taps = 1;
    double uses = 1;
    double weights = 1;
    for (int axis = 0; axis < s.axes(); axis++) {
      double wide = Math.max(1, s.in(axis) / (double) s.out(axis));
      taps *= MOST_TAPS * wide + 2;
      uses *= Math.min(s.out(axis), MOST_TAPS * (s.out(axis) / (double) s.in(axis) + 1) + 2);
      weights *= s.interpolation() == Interpolation.CUBIC ? CUBIC : 1;
    }
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], ws, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], ws, par);
    return Draw.calls(
        new Call("resize forward", plan.workspace(), forward)
            .reads("x", d.of(s.x(), d.layout()))
            .writes("y", like(s.y(), d.layout()), roundings(taps + 8, weights))
            .apart("y", "x"),
        new Call("resize backward", plan.workspace(), backward)
            .reads("dy", d.of(s.y(), d.layout()))
            .writes("dx", like(s.x(), d.layout()), roundings(uses + 8, uses * weights))
            .apart("dx", "dy"));
  }

  /**
   * Positions are exact, as float64 has them. All values are below 1, an axis' weights sum to at
   * most 1.4 in magnitude, its slopes to 3 pixels' worth.
   */
  private static List<Call> gridSample(Backend backend, Draw d) {
    Shape x = d.shape();
    int axes = x.rank() - 2;
    int[] grid = new int[axes + 2];
    grid[0] = x.dim(0);
    for (int i = 1; i <= axes; i++) {
      grid[i] = d.between(1, 7);
    }
    grid[axes + 1] = axes;
    Interpolation kind =
        axes == 3
            ? d.pick(Interpolation.NEAREST, Interpolation.LINEAR)
            : d.pick(Interpolation.values());
    GridSampleShape s =
        new GridSampleShape(x, Shape.of(grid), kind, d.pick(GridPadding.values()), d.either());
    GridSample plan = backend.resampling().gridSample(s);
    Tensor positions = d.inside(s.grid(), Layout.CHANNELS_FIRST, -1.25, 1.25);
    double slope = 0;
    for (int axis = 0; axis < axes; axis++) {
      slope = Math.max(slope, 3.0 * s.in(axis));
    }
    double taps = axes == 3 ? 8 : kind == Interpolation.CUBIC ? 16 : 4;
    double outputs = s.grid().size() / (double) s.grid().dim(0) / axes;
    int channels = x.dim(1);
    Tensor image = d.of(x);
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], t[2], ws, par);
    Call.Binding back = t -> (ws, par) -> plan.backwardImage(t[0], t[1], t[2], ws, par);
    List<Call> calls = new ArrayList<>();
    calls.add(
        new Call("grid sample forward", plan.workspace(), forward)
            .reads("x", image)
            .reads("grid", positions)
            .writes("y", like(s.y()), roundings(taps + 3, 2))
            .apart("y", "x", "grid"));
    calls.add(
        new Call("grid sample image gradient", plan.workspace(), back)
            .reads("dy", d.of(s.y()))
            .reads("grid", positions)
            .writes("dx", like(x), roundings(outputs + 3, 2 * outputs))
            .apart("dx", "dy", "grid"));
    if (kind != Interpolation.NEAREST) { // whose gradient is 0
      Call.Binding grids = t -> (ws, par) -> plan.backwardGrid(t[0], t[1], t[2], t[3], ws, par);
      calls.add(
          new Call("grid sample grid gradient", plan.workspace(), grids)
              .reads("dy", d.of(s.y()))
              .reads("x", image)
              .reads("grid", positions)
              .writes("dgrid", positions, roundings(taps + channels + 3, slope * channels))
              .apart("dgrid", "dy", "x", "grid"));
    }
    return calls;
  }

  private static List<Call> affineGrid(Backend backend, Draw d) {
    Shape x = d.shape();
    int axes = x.rank() - 2;
    int[] grid = new int[axes + 2];
    grid[0] = x.dim(0);
    System.arraycopy(x.toArray(), 2, grid, 1, axes);
    grid[axes + 1] = axes;
    AffineGrid plan = backend.resampling().affineGrid(Shape.of(grid), d.either());
    double positions = plan.grid().size() / (double) plan.grid().dim(0) / axes;
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], t[1], par);
    return Draw.calls(
        new Call("affine grid forward", WorkspaceSpec.NONE, forward)
            .reads("theta", d.of(plan.theta()))
            .writes("grid", like(plan.grid()), roundings(12, axes + 1))
            .apart("grid", "theta"),
        new Call("affine grid backward", WorkspaceSpec.NONE, backward)
            .reads("dgrid", d.of(plan.grid()))
            .writes("dtheta", like(plan.theta()), roundings(positions + 8, positions))
            .apart("dtheta", "dgrid"));
  }
}
