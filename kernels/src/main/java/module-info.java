/**
 * Tensors, shapes and every CNN operation, forward and backward, on the CPU: a naive reference, a
 * SIMD implementation and a scalar one. Depends on the JDK only; start reading at {@link
 * io.lanewise.kernels}.
 */
module io.lanewise.kernels {
  requires static jdk.incubator.vector; // without it the scalar backend runs
  requires static jdk.management; // tells the JVM's flags; without it a timing probe does

  exports io.lanewise.kernels;
  exports io.lanewise.kernels.activation;
  exports io.lanewise.kernels.catalogue;
  exports io.lanewise.kernels.conv;
  exports io.lanewise.kernels.gemm;
  exports io.lanewise.kernels.linear;
  exports io.lanewise.kernels.loss;
  exports io.lanewise.kernels.memory;
  exports io.lanewise.kernels.micro;
  exports io.lanewise.kernels.parallel;
  exports io.lanewise.kernels.platform;
  exports io.lanewise.kernels.pool;
  exports io.lanewise.kernels.quantised;
  exports io.lanewise.kernels.reference;
  exports io.lanewise.kernels.shape;
  exports io.lanewise.kernels.softmax;
  exports io.lanewise.kernels.tensor;
}
