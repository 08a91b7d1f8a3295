package io.lanewise.rivals.djl;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.rivals.contract.RivalContract;
import java.util.Set;

class PyTorchTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new PyTorch();
  }

  @Override
  protected Set<String> abilities() {
    return Set.of(
        "conv nchw",
        "conv nhwc",
        "conv-backward-data nchw",
        "conv-backward-data nhwc",
        "conv-backward-weights nchw",
        "conv-backward-weights nhwc",
        "max-pool nchw",
        "max-pool nhwc",
        "avg-pool nchw",
        "avg-pool nhwc",
        "gemm plain",
        "linear plain",
        "relu plain",
        "tanh plain",
        "softmax plain");
  }
}
