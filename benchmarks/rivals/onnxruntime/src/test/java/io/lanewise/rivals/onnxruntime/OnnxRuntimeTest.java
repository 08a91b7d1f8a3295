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
        "softmax plain",
        "sigmoid plain",
        "gelu plain",
        "add-relu plain",
        "layer-norm plain",
        "sum-rows plain",
        "sum-columns plain",
        "transpose plain",
        "lrn nchw",
        "batch-norm-relu nchw",
        "global-avg-pool nchw",
        "instance-norm nchw",
        "concat nchw",
        "pad nchw",
        "slice nchw",
        "resize-linear nchw",
        "resize-nearest nchw",
        "linear-int8 packed",
        "linear-bfloat16 packed");
  }
}
