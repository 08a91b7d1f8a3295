package io.lanewise.layers.graph;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a node's kernel is planned for. */
public final class PlanRequest {
  private final Backend backend;
  private final Node node;
  private final NodeLayouts layouts;
  private final ConvOptions conv;
  private final SharedWeights weights;
  private final List<SharedWeights.Packing> packings;

  /**
   * A request.
   *
   * @param packings takes what has to be finished before the first run
   */
  PlanRequest(
      Backend backend,
      Node node,
      NodeLayouts layouts,
      ConvOptions conv,
      SharedWeights weights,
      List<SharedWeights.Packing> packings) {
    this.backend = backend;
    this.node = node;
    this.layouts = layouts;
    this.conv = conv;
    this.weights = weights;
    this.packings = packings;
  }

  /** What plans. */
  public Backend backend() {
    return backend;
  }

  /** How many inputs there are. */
  public int inputs() {
    return node.inputs().size();
  }

  /** Types of all inputs. */
  public List<ValueType> inputTypes() {
    return node.inputTypes();
  }

  /** Type of an input. */
  public ValueType input(int i) {
    return node.inputs().get(i).type();
  }

  /** Shape of an input. */
  public Shape inputShape(int i) {
    return input(i).shape();
  }

  /** Type of an output. */
  public ValueType output(int i) {
    return node.outputs().get(i).type();
  }

  /** Shape of an output. */
  public Shape outputShape(int i) {
    return output(i).shape();
  }

  /** How many outputs there are. */
  public int outputs() {
    return node.outputs().size();
  }

  /** The layout in which an input lies. */
  public Layout inputLayout(int i) {
    return layouts.inputs().get(i);
  }

  /** The layout in which an output lies. */
  public Layout outputLayout(int i) {
    return layouts.outputs().get(i);
  }

  /** What is asked of convolutions, in a layout. */
  public ConvOptions convOptions(Layout layout) {
    return conv.layout(layout);
  }

  /** An input if it is a constant of floats; empty also if there is no such input. */
  public Optional<Value> constant(int i) {
    return i < inputs() && node.inputs().get(i).isConstant() && input(i).isFloat()
        ? Optional.of(node.inputs().get(i))
        : Optional.empty();
  }

  /**
   * Memory for a constant in a plan's order; packed once for all plans that want the same, when all
   * nodes are planned.
   *
   * @param w a constant input
   * @param operand as what of which operation it is packed; equal where plans with one layout pack
   *     alike
   * @param empty new packed weights of the plan
   * @param pack the plan's packing
   */
  public PackedWeights pack(
      Value w,
      Object operand,
      Supplier<PackedWeights> empty,
      BiConsumer<Tensor, PackedWeights> pack) {
    SharedWeights.Packing packing = weights.packed(w, operand, empty, pack);
    packings.add(packing);
    return packing.weights();
  }

  /**
   * As {@link #pack(Value, Object, Supplier, BiConsumer)}, for plans that make the memory
   * themselves.
   */
  public PackedWeights pack(Value w, Object operand, Function<Tensor, PackedWeights> pack) {
    return weights.packed(w, operand, pack);
  }
}
