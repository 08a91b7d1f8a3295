package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.rivals.contract.RivalContract;
import java.util.Set;

class MklTest extends RivalContract {
  @Override
  protected Contender contender() {
    return new Mkl();
  }

  @Override
  protected Set<String> abilities() {
    return Set.of("gemm sgemm", "gemm sgemv", "gemm packed", "linear sgemm", "linear packed");
  }
}
