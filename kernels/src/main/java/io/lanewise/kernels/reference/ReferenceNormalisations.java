package io.lanewise.kernels.reference;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.norm.BatchNorm;
import io.lanewise.kernels.norm.LengthNorm;
import io.lanewise.kernels.norm.LocalResponseNorm;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.reference.ReferenceNorm.Scale;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Arrays;

/** {@link Normalisations} in float64: which elements share a mean, and which a gamma. */
final class ReferenceNormalisations implements Normalisations {
  @Override
  public BatchNorm batchNorm(Shape x, Layout layout, double epsilon, Activation activation) {
    Normalisations.requireImages(x, "batch norm");
    Normalisations.requireEpsilon(epsilon, 0);
    ReferenceNorm norm = batch(x, layout, Scale.VARIANCE, epsilon);
    return new ReferenceNormPlans.Batch(norm, activation);
  }

  private static ReferenceNorm batch(Shape x, Layout layout, Scale scale, double epsilon) {
    return new ReferenceNorm(
        x, layout, e -> channel(x, e), x.dim(1), e -> channel(x, e), scale, epsilon);
  }

  private static int channel(Shape x, int element) {
    return element / (x.size() / x.dim(0) / x.dim(1)) % x.dim(1);
  }

  private static Norm grouped(Shape x, Layout layout, int groups, Scale scale, double epsilon) {
    int group = groups == 0 ? 1 : Math.max(1, x.size() / Math.max(1, x.dim(0)) / groups);
    ReferenceNorm norm =
        new ReferenceNorm(
            x, layout, e -> e / group, x.dim(0) * groups, e -> channel(x, e), scale, epsilon);
    return new ReferenceNormPlans.Plain(norm, Shape.of(x.dim(1)), Shape.of(x.dim(0), groups));
  }

  @Override
  public Norm groupNorm(Shape x, Layout layout, int groups, double epsilon) {
    Normalisations.requireGroups(x, groups);
    Normalisations.requireEpsilon(epsilon, 0);
    return grouped(x, layout, groups, Scale.VARIANCE, epsilon);
  }

  @Override
  public Norm instanceNorm(Shape x, Layout layout, double epsilon) {
    Normalisations.requireImages(x, "instance norm");
    Normalisations.requireEpsilon(epsilon, 0);
    return grouped(x, layout, x.dim(1), Scale.VARIANCE, epsilon);
  }

  @Override
  public Norm layerNorm(Shape x, int axis, double epsilon) {
    Normalisations.requireEpsilon(epsilon, 0);
    return rows(x, axis, Scale.VARIANCE, epsilon);
  }

  @Override
  public Norm rmsNorm(Shape x, int axis, double epsilon) {
    Normalisations.requireEpsilon(epsilon, 0);
    return rows(x, axis, Scale.MEAN_SQUARE, epsilon);
  }

  private static Norm rows(Shape x, int axis, Scale scale, double epsilon) {
    int at = Normalisations.axis(x, axis);
    int[] dims = x.toArray();
    Shape before = Shape.of(Arrays.copyOf(dims, at));
    Shape after = Shape.of(Arrays.copyOfRange(dims, at, dims.length));
    int length = after.size();
    ReferenceNorm norm =
        new ReferenceNorm(
            x,
            Layout.CHANNELS_FIRST,
            e -> e / length,
            before.size(),
            e -> e % length,
            scale,
            epsilon);
    return new ReferenceNormPlans.Plain(norm, after, before);
  }

  @Override
  public Norm meanVarianceNorm(Shape x, Layout layout, NormSpan span, double epsilon) {
    Normalisations.requireImages(x, "mean-variance norm");
    Normalisations.requireEpsilon(epsilon, Float.MIN_NORMAL);
    return switch (span) {
      case BATCH -> {
        Shape channels = Shape.of(x.dim(1));
        ReferenceNorm norm = batch(x, layout, Scale.DEVIATION, epsilon);
        yield new ReferenceNormPlans.Plain(norm, channels, channels);
      }
      case CHANNEL -> grouped(x, layout, x.dim(1), Scale.DEVIATION, epsilon);
      case IMAGE -> grouped(x, layout, 1, Scale.DEVIATION, epsilon);
    };
  }

  @Override
  public LengthNorm lengthNorm(Shape x, Layout layout, int axis, double epsilon) {
    int at = Normalisations.axis(x, axis);
    Normalisations.requireEpsilon(epsilon, Float.MIN_NORMAL);
    int length = x.dim(at);
    boolean last = layout == Layout.CHANNELS_LAST;
    int inside = last && at > 1 ? x.dim(1) : 1;
    for (int i = at + 1; i < x.rank() && x.size() > 0 && !(last && at == 1); i++) {
      inside *= x.dim(i);
    }
    int inner = inside;
    Shape statistics = without(x, at);
    ReferenceNorm norm =
        new ReferenceNorm(
            x,
            layout,
            e -> vector(ReferenceNorm.position(x, layout, e), length, inner),
            statistics.size(),
            e -> 0,
            Scale.LENGTH,
            epsilon);
    return new ReferenceNormPlans.Length(norm, at, statistics);
  }

  /** The vector's number, in order of memory. */
  private static int vector(int position, int length, int inner) {
    return position / inner / length * inner + position % inner;
  }

  private static Shape without(Shape x, int axis) {
    int[] dims = new int[x.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = x.dim(i < axis ? i : i + 1);
    }
    return Shape.of(dims);
  }

  @Override
  public LocalResponseNorm lrnAcrossChannels(Shape x, Layout layout, Lrn lrn) {
    Normalisations.requireImages(x, "local response norm");
    return new ReferenceLrn(x, layout, lrn, false);
  }

  @Override
  public LocalResponseNorm lrnWithinChannel(Shape x, Layout layout, Lrn lrn) {
    Normalisations.requireVolumes(x, "local response norm within channels");
    return new ReferenceLrn(x, layout, lrn, true);
  }
}
