package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.rivals.contract.RivalContract;
import java.util.Set;

class OneDnnTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new OneDnn();
  }

  @Override
  protected Set<String> abilities() {
    return Set.of(
        "conv own",
        "conv nchw",
        "conv-sequence own",
        "conv-sequence nchw",
        "conv-backward-data own",
        "conv-backward-data nchw",
        "conv-backward-weights own",
        "conv-backward-weights nchw",
        "gemm packed",
        "gemm matmul",
        "gemm sgemm",
        "linear packed",
        "max-pool nhwc",
        "max-pool nchw",
        "avg-pool nhwc",
        "avg-pool nchw",
        "relu plain",
        "tanh plain",
        "softmax plain");
  }
}
