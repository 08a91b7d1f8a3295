package io.lanewise.rivals.dl4j;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.rivals.contract.RivalContract;
import java.util.Set;

class Dl4jTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new Dl4j();
  }

  @Override
  protected Set<String> abilities() {
    return Set.of(
        "conv nchw",
        "max-pool nchw",
        "avg-pool nchw",
        "gemm plain",
        "linear plain",
        "relu plain",
        "tanh plain",
        "softmax plain");
  }
}
