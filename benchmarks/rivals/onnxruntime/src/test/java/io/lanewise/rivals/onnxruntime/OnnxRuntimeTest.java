package io.lanewise.rivals.onnxruntime;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.rivals.contract.RivalContract;
import java.util.Set;

class OnnxRuntimeTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new OnnxRuntime();
  }

  @Override
  protected Set<String> abilities() {
    return Set.of(
        "conv nchwc",
        "conv nchw",
        "conv-transposed nchw",
        "gemm packed",
        "gemm plain",
        "linear packed",
        "max-pool nchw",
        "avg-pool nchw",
        "relu plain",
        "tanh plain",
        "softmax plain");
  }
}
