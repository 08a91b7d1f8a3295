package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The runs of one pass of an operation that a subject's shape stands for: one of each algorithm.
 *
 * @param <S> the subject's shapes
 */
interface Calls<S> {
  /** Where arguments come from. */
  record Data(Function<Shape, Tensor> values, SplittableRandom random) {
    Tensor of(Shape shape) {
      return values.apply(shape);
    }
  }

  /**
   * The runs, with data.
   *
   * @throws UnsupportedOperationException if the backend does not offer the pass for this shape
   */
  List<Call> of(Backend backend, S shape, Data data);
}
