package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.PackedWeights;
import java.util.List;

/**
 * Weights of a convolution, less their zero points, as floats.
 *
 * @param parts how the convolution is cut
 * @param packed of each part
 */
record ConvWeights(String layout, ConvParts parts, List<PackedWeights> packed)
    implements QuantisedWeights {
  /**
   * The weights that came.
   *
   * @throws IllegalArgumentException if another plan packed them
   */
  static ConvWeights require(QuantisedWeights w, String layout) {
    if (w instanceof ConvWeights weights && weights.layout.equals(layout)) {
      return weights;
    }
    throw new IllegalArgumentException(
        "these weights are packed as '"
            + w.layout()
            + "', but the plan reads '"
            + layout
            + "': pack them with the plan that runs them");
  }
}
