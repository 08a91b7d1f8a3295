package io.lanewise.kernels.stack;

import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of a stack of layers, from the input on; see {@link StackBuilder}. Immutable.
 *
 * @param input [c] and the spatial sizes of one image
 * @param layers in order; those of branches one branch after the other, before where they meet
 */
public record Stack(Shape input, List<LayerFacts> layers) {
  private static final long FLOAT_BYTES = 4;

  /** Copies the list. */
  public Stack {
    layers = List.copyOf(layers);
  }

  /** Begins with an input of {@code c} channels and one to three spatial sizes. */
  public static StackBuilder input(int c, int... sizes) {
    return new StackBuilder(c, sizes);
  }

  /** Shape of the last output, [c] and the spatial sizes. */
  public Shape output() {
    return layers.isEmpty() ? input : layers.getLast().output();
  }

  /** What a last output sees of the input, along each spatial axis. */
  public List<ReceptiveField> fields() {
    if (layers.isEmpty()) {
      List<ReceptiveField> fields = new ArrayList<>();
      for (int axis = 1; axis < input.rank(); axis++) {
        fields.add(ReceptiveField.INPUT);
      }
      return fields;
    }
    return layers.getLast().fields();
  }

  /** Floating-point operations of one image, two a multiply-add. */
  public long flops() {
    return layers.stream().mapToLong(LayerFacts::flops).sum();
  }

  /** Parameters that are learned. */
  public long parameters() {
    return layers.stream().mapToLong(LayerFacts::parameters).sum();
  }

  /** Bytes of the parameters in float32. */
  public long parameterBytes() {
    return parameters() * FLOAT_BYTES;
  }

  /** Bytes of the input and all outputs of n images in float32: what training keeps at least. */
  public long activationBytes(int n) {
    long floats = input.size();
    for (LayerFacts layer : layers) {
      floats = Math.addExact(floats, layer.outputFloats());
    }
    return Math.multiplyExact(floats * FLOAT_BYTES, (long) n);
  }

  /**
   * Bytes of the largest layer's inputs and output for n images in float32: what inference needs at
   * least, layer by layer, without what branches keep for later.
   */
  public long peakBytes(int n) {
    long floats = input.size();
    for (LayerFacts layer : layers) {
      floats = Math.max(floats, layer.inputFloats() + layer.outputFloats());
    }
    return Math.multiplyExact(floats * FLOAT_BYTES, (long) n);
  }
}
