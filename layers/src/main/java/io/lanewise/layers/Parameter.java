package io.lanewise.layers;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Graph;
import io.lanewise.layers.graph.Value;

/**
 * A learned tensor and its gradient. Whoever changes the value says so with {@link #changed()}, so
 * that plans pack it anew.
 */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final Tensor grad;
  private long version;

  /** A parameter of zeros. */
  public Parameter(String name, Shape shape) {
    this.name = name;
    this.value = Tensor.zeros(shape);
    this.grad = Tensor.zeros(shape);
  }

  /** Its name within its layer, such as {@code weight}. */
  public String name() {
    return name;
  }

  /** The value; after writing to it call {@link #changed()}. */
  public Tensor value() {
    return value;
  }

  /** The gradient that backward passes add to. */
  public Tensor grad() {
    return grad;
  }

  /** As a constant of a graph, with the value of now. */
  Value addTo(Graph.Builder graph, String layer) {
    return graph.constant(layer + "." + name, value.copy());
  }

  /** Counts changes of the value. */
  public long version() {
    return version;
  }

  /** Tells that the value was written to. */
  public void changed() {
    version++;
  }

  /** Copies {@code src} into the value; shapes must agree. */
  public void set(Tensor src) {
    value.copyFrom(src);
    changed();
  }
}
