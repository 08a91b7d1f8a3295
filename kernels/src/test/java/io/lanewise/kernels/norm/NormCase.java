package io.lanewise.kernels.norm;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A plan of a {@link Norm}, by any backend. */
record NormCase(String name, Shape shape, Function<Normalisations, Norm> plan) {
  static final double EPSILON = 1e-5;

  /** Around the vectors', the blocks' and the units' sizes; one of several units a cell. */
  static final List<Shape> IMAGES =
      List.of(
          Shape.of(1, 1),
          Shape.of(7, 3),
          Shape.of(3, 35),
          Shape.of(2, 4, 17),
          Shape.of(3, 6, 7, 5),
          Shape.of(2, 32, 3, 3),
          Shape.of(2, 4, 2, 3, 5),
          Shape.of(1, 2, 130, 131),
          Shape.of(2, 0, 3),
          Shape.of(0, 2, 3));

  /** Every kind on every shape, in every layout. */
  static List<NormCase> all() {
    List<NormCase> all = new ArrayList<>();
    for (Shape s : IMAGES) {
      for (Layout l : Layout.values()) {
        images(s, l, all);
      }
      for (int axis = 0; axis < s.rank(); axis++) {
        int at = axis;
        all.add(new NormCase("layer from axis " + at, s, n -> n.layerNorm(s, at, EPSILON)));
        all.add(new NormCase("rms from axis " + at, s, n -> n.rmsNorm(s, at - s.rank(), EPSILON)));
      }
    }
    return all;
  }

  private static void images(Shape s, Layout l, List<NormCase> all) {
    for (int groups = 1; groups <= s.dim(1); groups++) {
      int g = groups;
      if (s.dim(1) % groups == 0 && (groups < 5 || groups == s.dim(1))) {
        all.add(new NormCase(l + " groups " + g, s, n -> n.groupNorm(s, l, g, EPSILON)));
      }
    }
    all.add(new NormCase(l + " instance", s, n -> n.instanceNorm(s, l, EPSILON)));
    for (NormSpan span : NormSpan.values()) {
      all.add(new NormCase(l + " " + span, s, n -> n.meanVarianceNorm(s, l, span, 1e-3)));
    }
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
