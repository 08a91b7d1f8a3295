package io.lanewise.training;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Examples that lie in memory as they go into the network. */
public final class TensorDataset implements Dataset {
  private final Tensor inputs;
  private final int[] labels;
  private final int classes;
  private final int each;

  /**
   * Wraps inputs and labels, which are not copied.
   *
   * @param inputs [size][...]
   * @param labels one class number an input
   * @throws IllegalArgumentException if there are more or fewer labels than inputs, or one is not
   *     in [0, classes)
   */
  public TensorDataset(Tensor inputs, int[] labels, int classes) {
    if (inputs.shape().rank() < 2 || inputs.shape().dim(0) != labels.length) {
      throw new IllegalArgumentException(
          "inputs must have shape ["
              + labels.length
              + ", ...], one for each label, got "
              + inputs.shape());
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of example " + i + " is not in [0, " + classes + ")");
      }
    }
    this.inputs = inputs;
    this.labels = labels;
    this.classes = classes;
    this.each = inputShape().size();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape inputShape() {
    return inputs.shape().dropFirst();
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void fill(int[] indices, int from, Tensor x, int[] to) {
    int n = x.shape().dim(0);
    Tensor.requireShape(x, inputShape().prepend(n), "x");
    for (int i = 0; i < n; i++) {
      int src = inputs.offset() + indices[from + i] * each;
      System.arraycopy(inputs.array(), src, x.array(), x.offset() + i * each, each);
      to[i] = labels[indices[from + i]];
    }
  }
}
