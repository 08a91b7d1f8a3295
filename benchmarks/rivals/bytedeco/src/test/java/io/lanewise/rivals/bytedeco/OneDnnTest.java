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
        "softmax plain",
        "max-pool blocked",
        "avg-pool blocked",
        "lrn nhwc",
        "lrn blocked",
        "lrn nchw",
        "batch-norm-relu nhwc",
        "batch-norm-relu blocked",
        "batch-norm-relu nchw",
        "global-avg-pool nhwc",
        "global-avg-pool blocked",
        "global-avg-pool nchw",
        "group-norm nhwc",
        "group-norm nchw",
        "instance-norm nhwc",
        "instance-norm nchw",
        "sigmoid plain",
        "silu plain",
        "gelu plain",
        "add-relu plain",
        "layer-norm plain",
        "sum-rows plain",
        "sum-columns plain",
        "linear-int8 packed",
        "linear-bfloat16 packed");
  }
}
