package io.lanewise.kernels.norm;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import java.util.Objects;

/** {@link Normalisations} by the kernels of a target. */
public final class KernelNormalisations implements Normalisations {
  private final Target target;

  /** Plans for {@code target}. */
  public KernelNormalisations(Target target) {
    this.target = Objects.requireNonNull(target, "target");
  }

  @Override
  public BatchNorm batchNorm(Shape x, Layout layout, double epsilon, Activation activation) {
    Normalisations.requireImages(x, "batch norm");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(activation, "activation");
    NormRule rule = new NormRule(NormRule.Kind.VARIANCE, epsilon);
    NormCore core = core(x, layout, NormCore.BATCH, rule, activation);
    return new KernelBatchNorm(x, layout, epsilon, activation, core);
  }

  private NormCore core(Shape x, Layout layout, int groups, NormRule rule, Activation activation) {
    boolean columns = layout == Layout.CHANNELS_LAST;
    int s = NormShapes.pixels(x);
    return new NormCore(x.dim(0), x.dim(1), s, columns, groups, rule, activation, target);
  }

  private Norm norm(Shape x, Layout layout, int groups, NormRule rule) {
    Objects.requireNonNull(layout, "layout");
    NormCore core = core(x, layout, groups, rule, Activation.identity());
    Shape statistics = groups == NormCore.BATCH ? Shape.of(x.dim(1)) : Shape.of(x.dim(0), groups);
    return new KernelNorm(x, layout, statistics, rule.isCentred(), core);
  }

  @Override
  public Norm groupNorm(Shape x, Layout layout, int groups, double epsilon) {
    Normalisations.requireGroups(x, groups);
    return norm(x, layout, groups, new NormRule(NormRule.Kind.VARIANCE, epsilon));
  }

  @Override
  public Norm instanceNorm(Shape x, Layout layout, double epsilon) {
    Normalisations.requireImages(x, "instance norm");
    return norm(x, layout, x.dim(1), new NormRule(NormRule.Kind.VARIANCE, epsilon));
  }

  @Override
  public Norm layerNorm(Shape x, int axis, double epsilon) {
    return rows(x, axis, new NormRule(NormRule.Kind.VARIANCE, epsilon));
  }

  @Override
  public Norm rmsNorm(Shape x, int axis, double epsilon) {
    return rows(x, axis, new NormRule(NormRule.Kind.MEAN_SQUARE, epsilon));
  }

  private Norm rows(Shape x, int axis, NormRule rule) {
    return new KernelRowNorm(x, Normalisations.axis(x, axis), rule, target);
  }

  @Override
  public Norm meanVarianceNorm(Shape x, Layout layout, NormSpan span, double epsilon) {
    Normalisations.requireImages(x, "mean-variance norm");
    NormRule rule = new NormRule(NormRule.Kind.DEVIATION, epsilon);
    return switch (span) {
      case BATCH -> norm(x, layout, NormCore.BATCH, rule);
      case CHANNEL -> norm(x, layout, x.dim(1), rule);
      case IMAGE -> norm(x, layout, 1, rule);
    };
  }

  @Override
  public LengthNorm lengthNorm(Shape x, Layout layout, int axis, double epsilon) {
    int at = Normalisations.axis(x, axis);
    Objects.requireNonNull(layout, "layout");
    NormRule rule = new NormRule(NormRule.Kind.LENGTH, epsilon);
    return new KernelLengthNorm(x, layout, at, rule, target);
  }

  @Override
  public LocalResponseNorm lrnAcrossChannels(Shape x, Layout layout, Lrn lrn) {
    Normalisations.requireImages(x, "local response norm");
    boolean pixels = layout == Layout.CHANNELS_LAST || NormShapes.pixels(x) == 1;
    return pixels ? new PixelLrn(x, layout, lrn, target) : new PlaneLrn(x, lrn, target);
  }

  @Override
  public LocalResponseNorm lrnWithinChannel(Shape x, Layout layout, Lrn lrn) {
    Normalisations.requireVolumes(x, "local response norm within channels");
    Objects.requireNonNull(layout, "layout");
    return new WithinLrn(x, layout, lrn, target);
  }
}
