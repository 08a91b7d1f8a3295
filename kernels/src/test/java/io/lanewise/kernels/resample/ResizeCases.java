package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.NearestRounding;
import io.lanewise.kernels.shape.ResizeCoordinates;
import io.lanewise.kernels.shape.ResizeShape;
import java.util.ArrayList;
import java.util.List;

/** Resizes that bite: every mode, one to three axes, growing and shrinking, sizes of 1. */
final class ResizeCases {
  private ResizeCases() {}

  static List<ResizeShape> all() {
    List<ResizeShape> all = new ArrayList<>();
    for (Interpolation kind : Interpolation.values()) {
      for (ResizeCoordinates mode : ResizeCoordinates.values()) {
        all.add(ResizeShape.of(2, 3, 5, 7).to(11, 17).by(kind).coordinates(mode).build());
        all.add(ResizeShape.of(1, 2, 13, 37).to(5, 16).by(kind).coordinates(mode).build());
      }
      all.add(ResizeShape.of(2, 3, 19).to(41).by(kind).build());
      all.add(ResizeShape.of(1, 17, 4, 5, 3).to(3, 9, 8).by(kind).build());
      all.add(ResizeShape.of(1, 20, 9, 8).to(9, 17).by(kind).build()); // one axis stays
      all.add(ResizeShape.of(1, 20, 8, 9).to(17, 9).by(kind).build());
      all.add(ResizeShape.of(2, 2, 4, 3).to(4, 3).by(kind).build()); // both stay
      all.add(ResizeShape.of(1, 2, 1, 1).to(3, 4).by(kind).build());
      all.add(ResizeShape.of(1, 2, 6, 5).to(1, 1).by(kind).build());
      all.add(ResizeShape.of(1, 1, 2, 3).to(2, 40).by(kind).build()); // many read one
      all.add(ResizeShape.of(1, 33, 12, 10).to(24, 61).by(kind).build()); // several blocks
      all.add(ResizeShape.of(1, 1, 5, 30).to(20, 2100).by(kind).build());
      all.add(ResizeShape.of(0, 3, 4, 5).to(8, 8).by(kind).build());
      all.add(
          ResizeShape.of(1, 2, 6, 8)
              .to(7, 9)
              .by(kind)
              .crop(new double[] {-0.4, 0.2}, new double[] {0.9, 1.7}, 10)
              .build());
      all.add(
          ResizeShape.of(1, 2, 7, 10)
              .scales(0.6, 1.37)
              .by(kind)
              .coordinates(ResizeCoordinates.HALF_PIXEL_SYMMETRIC)
              .build());
    }
    for (NearestRounding rounding : NearestRounding.values()) {
      ResizeShape.Builder b = ResizeShape.of(1, 3, 6, 20).to(9, 50).by(Interpolation.NEAREST);
      all.add(b.nearest(rounding).build());
    }
    for (Interpolation kind : List.of(Interpolation.LINEAR, Interpolation.CUBIC)) {
      all.add(ResizeShape.of(1, 2, 23, 40).to(7, 9).by(kind).antialias().build());
      all.add(ResizeShape.of(1, 2, 23, 40).to(7, 9).by(kind).antialias().excludeOutside().build());
      all.add(ResizeShape.of(1, 2, 5, 40).to(7, 9).by(kind).cubicA(-0.5).antialias().build());
      all.add(ResizeShape.of(1, 2, 5, 6).to(8, 11).by(kind).excludeOutside().build());
    }
    return all;
  }
}
