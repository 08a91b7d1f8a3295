package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.norm.Norm;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.norm.Normalisations;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.ValueType;
import java.util.Arrays;
import java.util.List;

/**
 * A normalisation by statistics of x itself: x, [gamma, [beta]].
 *
 * @param kind which groups of elements
 * @param parameter the first axis, or the number of groups
 * @param span of a mean-variance norm; otherwise a channel
 */
public record NormOperator(Kind kind, int parameter, NormSpan span, double epsilon)
    implements GraphOp {
  /** Which elements have statistics in common. */
  public enum Kind {
    /** The axes from one on. */
    LAYER("layer norm"),
    /** The axes from one on, the mean being left in. */
    RMS("root mean square norm"),
    /** Groups of channels of an image. */
    GROUP("group norm"),
    /** A channel of an image. */
    INSTANCE("instance norm"),
    /** As a {@link NormSpan} says. */
    MEAN_VARIANCE("mean-variance norm");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** Over the axes from {@code axis} on. */
  public static NormOperator layer(int axis, double epsilon) {
    return new NormOperator(Kind.LAYER, axis, NormSpan.CHANNEL, epsilon);
  }

  /** Over the axes from {@code axis} on, the mean being left in. */
  public static NormOperator rms(int axis, double epsilon) {
    return new NormOperator(Kind.RMS, axis, NormSpan.CHANNEL, epsilon);
  }

  /** Over groups of channels. */
  public static NormOperator group(int groups, double epsilon) {
    return new NormOperator(Kind.GROUP, groups, NormSpan.CHANNEL, epsilon);
  }

  /** Over each channel of each image. */
  public static NormOperator instance(double epsilon) {
    return new NormOperator(Kind.INSTANCE, 0, NormSpan.CHANNEL, epsilon);
  }

  /** Over what {@code span} says. */
  public static NormOperator meanVariance(NormSpan span, double epsilon) {
    return new NormOperator(Kind.MEAN_VARIANCE, 0, span, epsilon);
  }

  @Override
  public String name() {
    return kind.title;
  }

  private boolean isOverAxes() {
    return kind == Kind.LAYER || kind == Kind.RMS;
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    Types.requireCount(inputs, 1, 3);
    Types.requireFloat(inputs, 0, "x");
    Shape x = inputs.get(0).shape();
    Shape parameters = parameters(x);
    for (int i = 1; i < inputs.size(); i++) {
      Types.requireShape(inputs, i, parameters, i == 1 ? "gamma" : "beta");
    }
    Normalisations.requireEpsilon(epsilon, 0);
    return List.of(inputs.get(0));
  }

  private Shape parameters(Shape x) {
    if (isOverAxes()) {
      int[] dims = x.toArray();
      return Shape.of(Arrays.copyOfRange(dims, Types.axis(x, parameter), dims.length));
    }
    Normalisations.requireImages(x, name());
    if (kind == Kind.GROUP) {
      Normalisations.requireGroups(x, parameter);
    }
    return Shape.of(x.dim(1));
  }

  @Override
  public List<String> backward() {
    return List.of(name());
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    Layout layout = isOverAxes() ? Layout.CHANNELS_FIRST : NodeLayouts.following(1, lying);
    return NodeLayouts.images(layout, 1, inputs, outputs(inputs));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return 5L * inputs.get(0).shape().size();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    Norm plan = norm(request);
    return Planned.of(plan.workspace(), memory -> step(plan, memory)).overwriting(0);
  }

  private Norm norm(PlanRequest request) {
    Normalisations norms = request.backend().normalisations();
    Shape x = request.inputShape(0);
    Layout layout = request.inputLayout(0);
    return switch (kind) {
      case LAYER -> norms.layerNorm(x, parameter, epsilon);
      case RMS -> norms.rmsNorm(x, parameter, epsilon);
      case GROUP -> norms.groupNorm(x, layout, parameter, epsilon);
      case INSTANCE -> norms.instanceNorm(x, layout, epsilon);
      case MEAN_VARIANCE -> norms.meanVarianceNorm(x, layout, span, epsilon);
    };
  }

  private static Step step(Norm plan, Binding memory) {
    Slot x = memory.input(0);
    Slot gamma = memory.inputOrNull(1);
    Slot beta = memory.inputOrNull(2);
    Slot y = memory.output(0);
    return (ws, par) ->
        plan.forward(
            x.tensor(),
            gamma == null ? null : gamma.tensor(),
            beta == null ? null : beta.tensor(),
            y.tensor(),
            null,
            null,
            ws,
            par);
  }

  /** Name and parameter. */
  @Override
  public String toString() {
    return switch (kind) {
      case LAYER, RMS -> name() + " from axis " + parameter;
      case GROUP -> name() + " of " + parameter;
      case INSTANCE -> name();
      case MEAN_VARIANCE -> name() + " over " + span;
    };
  }
}
