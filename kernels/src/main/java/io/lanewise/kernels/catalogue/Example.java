package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** An operation on small fixed data: shows that a backend has it, and lets two be compared. */
@FunctionalInterface
public interface Example {
  /**
   * Plans and runs it.
   *
   * @param axes the data's number of axes, one of {@link Operation#axes()}; for operations on
   *     images that of their spatial axes
   * @return everything it wrote; integers as floats
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  List<Tensor> run(Backend backend, int axes);
}
