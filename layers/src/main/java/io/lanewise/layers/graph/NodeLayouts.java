package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The layouts in which a node reads its inputs and writes its outputs. Of vectors and matrices, and
 * of elements that are no floats, it is channels first: there both are the same.
 */
public record NodeLayouts(List<Layout> inputs, List<Layout> outputs) {
  /** Copies the lists. */
  public NodeLayouts {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Everything channels first. */
  public static NodeLayouts first(int inputs, int outputs) {
    return new NodeLayouts(
        Collections.nCopies(inputs, Layout.CHANNELS_FIRST),
        Collections.nCopies(outputs, Layout.CHANNELS_FIRST));
  }

  /**
   * The first {@code images} inputs and all outputs in {@code layout}, as far as they have pixels.
   */
  public static NodeLayouts images(
      Layout layout, int images, List<ValueType> inputs, List<ValueType> outputs) {
    List<Layout> in = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      in.add(i < images ? of(layout, inputs.get(i)) : Layout.CHANNELS_FIRST);
    }
    return new NodeLayouts(in, outputs.stream().map(t -> of(layout, t)).toList());
  }

  /** Channels last if one of the first {@code images} inputs lies so. */
  public static Layout following(int images, List<Layout> lying) {
    return lying.subList(0, Math.min(images, lying.size())).contains(Layout.CHANNELS_LAST)
        ? Layout.CHANNELS_LAST
        : Layout.CHANNELS_FIRST;
  }

  /** {@code layout}, or channels first for what has no pixels. */
  public static Layout of(Layout layout, ValueType type) {
    return type.isFloat() && type.shape().rank() > 2 ? layout : Layout.CHANNELS_FIRST;
  }
}
