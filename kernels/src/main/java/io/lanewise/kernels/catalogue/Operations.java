package io.lanewise.kernels.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Every operation of the library. */
public final class Operations {
  private Operations() {}

  /** Family by family. */
  public static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    all.addAll(ActivationOperations.all());
    all.addAll(ConvolutionOperations.all());
    all.addAll(LossOperations.all());
    all.addAll(MatrixOperations.all());
    all.addAll(PlanePoolingOperations.all());
    all.addAll(QuantisedOperations.all());
    all.addAll(SoftmaxOperations.all());
    return List.copyOf(all);
  }
}
