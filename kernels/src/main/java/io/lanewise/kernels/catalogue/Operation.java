package io.lanewise.kernels.catalogue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of the table of operations.
 *
 * @param family which table it is in, such as {@code "pooling"}
 * @param name the field's term, such as {@code "max pooling"}
 * @param axes for which numbers of axes it exists; of spatial axes where it works on images
 * @param forward an example of the operation
 * @param backward an example of its gradient, empty if it has none
 */
public record Operation(
    String family, String name, List<Integer> axes, Example forward, Optional<Example> backward) {
  /** Sequences, images and volumes. */
  public static final List<Integer> SPATIAL = List.of(1, 2, 3);

  /** Tensors of any number of axes; examples are of these. */
  public static final List<Integer> ANY = List.of(0, 1, 2, 3, 4, 5);

  /** Validates. */
  public Operation {
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(forward, "forward");
    Objects.requireNonNull(backward, "backward");
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException(name + " must exist for some number of axes, got none");
    }
  }

  /** One with a gradient. */
  public static Operation of(
      String family, String name, List<Integer> axes, Example forward, Example backward) {
    return new Operation(family, name, axes, forward, Optional.of(backward));
  }

  /** One without a gradient. */
  public static Operation of(String family, String name, List<Integer> axes, Example forward) {
    return new Operation(family, name, axes, forward, Optional.empty());
  }
}
