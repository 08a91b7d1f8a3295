package io.lanewise.training;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Labelled examples that can be fetched by number. Reading is safe from many threads. */
public interface Dataset {
  /** Number of examples. */
  int size();

  /** Shape of one input, without batch. */
  Shape inputShape();

  /** Number of classes; labels are in [0, classes). */
  int classes();

  /**
   * Fetches the examples {@code indices[from .. from + n)}, n being x's first dimension.
   *
   * @param indices numbers of examples, read
   * @param x [n][inputShape], written
   * @param labels n class numbers, written
   */
  void fill(int[] indices, int from, Tensor x, int[] labels);
}
