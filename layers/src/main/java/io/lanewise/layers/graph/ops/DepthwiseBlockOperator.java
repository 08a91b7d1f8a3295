package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.DepthwiseBlock;
import io.lanewise.kernels.conv.DepthwiseBlockShape;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.layers.graph.Binding;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.Kernel;
import io.lanewise.layers.graph.NodeLayouts;
import io.lanewise.layers.graph.PlanRequest;
import io.lanewise.layers.graph.Slot;
import io.lanewise.layers.graph.Step;
import io.lanewise.layers.graph.Value;
import io.lanewise.layers.graph.ValueType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;

/**
 * Convolutions that are computed together: x, for each convolution w and bias, then perhaps a
 * residual of y's shape. Weights are constants. Channels last.
 *
 * @param activations one each
 */
public record DepthwiseBlockOperator(DepthwiseBlockShape shape, List<Activation> activations)
    implements GraphOp {
  /** Copies the list. */
  public DepthwiseBlockOperator {
    activations = List.copyOf(activations);
  }

  @Override
  public String name() {
    return "depthwise block";
  }

  private int residual() {
    return 1 + 2 * activations.size();
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    List<ConvShape> convolutions = shape.convolutions();
    Types.requireCount(inputs, residual(), residual() + 1);
    Types.requireShape(inputs, 0, shape.first().x(), "x");
    for (int i = 0; i < convolutions.size(); i++) {
      Types.requireShape(inputs, 1 + 2 * i, convolutions.get(i).w(), "w of convolution " + i);
      Types.requireShape(inputs, 2 + 2 * i, convolutions.get(i).bias(), "bias of convolution " + i);
    }
    if (inputs.size() > residual()) {
      Types.requireShape(inputs, residual(), shape.last().y(), "the residual");
    }
    return List.of(ValueType.floats(shape.last().y()));
  }

  @Override
  public List<String> backward() {
    return List.of("convolution");
  }

  @Override
  public NodeLayouts layouts(List<ValueType> inputs, List<Layout> lying) {
    List<Layout> layouts =
        new ArrayList<>(Collections.nCopies(inputs.size(), Layout.CHANNELS_FIRST));
    layouts.set(0, Layout.CHANNELS_LAST);
    if (inputs.size() > residual()) {
      layouts.set(residual(), Layout.CHANNELS_LAST);
    }
    return new NodeLayouts(layouts, List.of(Layout.CHANNELS_LAST));
  }

  @Override
  public long flops(List<ValueType> inputs) {
    return shape.flops();
  }

  @Override
  public Kernel plan(PlanRequest request) {
    DepthwiseBlock plan =
        request
            .backend()
            .depthwiseBlock(shape, request.convOptions(Layout.CHANNELS_LAST))
            .orElseThrow(
                () -> new UnsupportedOperationException("the backend does not offer " + this));
    List<PackedWeights> packed = new ArrayList<>();
    Planned kernel = Planned.of(plan.workspace(), memory -> step(plan, packed, memory));
    for (ConvForward conv : plan.convolutions()) {
      int w = 1 + 2 * packed.size();
      Value weights =
          request
              .constant(w)
              .orElseThrow(() -> new IllegalArgumentException("weights must be constant"));
      packed.add(request.pack(weights, ConvOperator.NAME, conv::newWeights, conv::pack));
      kernel = kernel.notReading(w);
    }
    return kernel
        .named(plan.algorithm())
        .warmedBy(warm -> plan.convolutions().forEach(conv -> warm.add(conv)));
  }

  private Step step(DepthwiseBlock plan, List<PackedWeights> packed, Binding memory) {
    Slot x = memory.input(0);
    Slot y = memory.output(0);
    List<Ending> endings = new ArrayList<>();
    for (int i = 0; i < activations.size(); i++) {
      boolean last = i == activations.size() - 1;
      Slot r = last ? memory.inputOrNull(residual()) : null;
      endings.add(new Ending(memory.input(2 + 2 * i), r, activations.get(i)));
    }
    List<Epilogue> epilogues = new Epilogues(endings);
    return (ws, par) -> plan.run(x.tensor(), packed, epilogues, y.tensor(), ws, par);
  }

  /** As they are at the time of asking. */
  private static final class Epilogues extends AbstractList<Epilogue> implements RandomAccess {
    private final List<Ending> endings;

    Epilogues(List<Ending> endings) {
      this.endings = List.copyOf(endings);
    }

    @Override
    public Epilogue get(int i) {
      return endings.get(i).epilogue();
    }

    @Override
    public int size() {
      return endings.size();
    }
  }

  /**
   * Such as {@code convolutions n1 ic16 ih56 oc96 kh1, relu, then n1 ic96 ih56 oc96 kh3 p1 g96}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("convolutions ");
    List<ConvShape> convolutions = shape.convolutions();
    for (int i = 0; i < convolutions.size(); i++) {
      text.append(i == 0 ? "" : ", then ").append(convolutions.get(i));
      text.append(ActivationOperator.behind(activations.get(i)));
    }
    return text.toString();
  }
}
