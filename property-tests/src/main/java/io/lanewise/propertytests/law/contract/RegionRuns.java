package io.lanewise.propertytests.law.contract;

import static io.lanewise.propertytests.law.contract.Bound.roundings;
import static io.lanewise.propertytests.law.contract.Draw.like;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Runs of what pools regions of images. */
final class RegionRuns {
  private static final int REGIONS = 4;

  private RegionRuns() {}

  static Family addTo(Family family) {
    return family.add("roi-align", 4, 4, RegionRuns::align).add("roi-pool", 4, 4, RegionRuns::pool);
  }

  private static RoiShape shape(Draw d) {
    return new RoiShape(d.shape(), REGIONS, d.between(1, 3), d.between(1, 3), d.pick(1.0, 0.5));
  }

  /** Corners in multiples of 1/4 near the image, some turned round, some outside. */
  private static Tensor regions(Draw d) {
    Tensor regions = Tensor.zeros(REGIONS, 4);
    for (int i = 0; i < regions.size(); i++) {
      int size = d.shape().dim(3 - i % 2);
      regions.array()[i] = d.between(-8, 4 * size + 8) / 4f;
    }
    return regions;
  }

  /** A bin's samples are at most so many as its extent has pixels, twice of each axis. */
  private static List<Call> align(Backend backend, Draw d) {
    RoiShape s = shape(d);
    boolean max = d.between(0, 2) == 0;
    RoiAlignShape shape = new RoiAlignShape(s, d.between(0, 3), max, d.either());
    RoiAlign plan = backend.resampling().roiAlign(shape);
    Tensor regions = regions(d);
    int[] images = d.each(REGIONS, 0, s.x().dim(0) - 1);
    Tensor x = d.of(s.x());
    double samples = 4 * Math.max(9, (s.x().dim(2) + 4) * (s.x().dim(3) + 4));
    double uses = REGIONS * samples * s.ph() * s.pw();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], images, t[2], ws, par);
    Call.Binding backward =
        t -> (ws, par) -> plan.backward(t[0], t[1], t[2], images, t[3], ws, par);
    return Draw.calls(
        new Call("roi align forward", plan.workspace(), forward)
            .reads("x", x)
            .reads("regions", regions)
            .writes("y", like(s.y()), roundings(samples + 8, 1))
            .readsNumbers(images)
            .apart("y", "x", "regions"),
        new Call("roi align backward", plan.workspace(), backward)
            .reads("dy", d.of(s.y()))
            .reads("x", x)
            .reads("regions", regions)
            .writes("dx", like(s.x()), roundings(uses + 8, REGIONS * s.ph() * s.pw()))
            .readsNumbers(images)
            .apart("dx", "dy", "x", "regions"));
  }

  private static List<Call> pool(Backend backend, Draw d) {
    RoiShape s = shape(d);
    RoiPool plan = backend.resampling().roiPool(s);
    Tensor regions = regions(d);
    int[] images = d.each(REGIONS, 0, s.x().dim(0) - 1);
    Tensor x = d.of(s.x());
    Shape y = s.y();
    int[] written = new int[y.size()];
    int[] read = new int[y.size()];
    Draw.REFERENCE
        .resampling()
        .roiPool(s)
        .forward(x, regions, images, like(y), read, Parallel.SEQUENTIAL);
    int uses = REGIONS * s.ph() * s.pw();
    Call.Binding forward = t -> (ws, par) -> plan.forward(t[0], t[1], images, t[2], written, par);
    Call.Binding backward = t -> (ws, par) -> plan.backward(t[0], images, read, t[1], par);
    return Draw.calls(
        new Call("roi pool forward", WorkspaceSpec.NONE, forward)
            .reads("x", x)
            .reads("regions", regions)
            .writes("y", like(y), Bound.EXACT)
            .writesNumbers(written)
            .apart("y", "x", "regions"),
        new Call("roi pool backward", WorkspaceSpec.NONE, backward)
            .reads("dy", d.of(y))
            .writes("dx", like(s.x()), roundings(uses, uses))
            .readsNumbers(read)
            .apart("dx", "dy"));
  }
}
