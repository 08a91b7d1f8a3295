package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import java.util.List;
import java.util.function.Supplier;

/** A backend of ours. Its variants are algorithms, where it has several. */
abstract class BackendContender implements Contender {
  private final String name;
  private final Supplier<? extends Backend> source;
  private Backend backend;

  BackendContender(String name, Supplier<? extends Backend> source) {
    this.name = name;
    this.source = source;
  }

  /** Not before it is needed: making it throws where it cannot run. */
  private Backend backend() {
    if (backend == null) {
      backend = source.get();
    }
    return backend;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return backend().describe();
  }

  @Override
  public List<String> variants(Task task) {
    return switch (task.op()) {
      case CONV_SEQUENCE -> SequenceRun.variants();
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS, CONV_TRANSPOSED ->
          ConvRuns.variants(backend(), task);
      case GEMM -> MatrixRuns.gemmVariants();
      case MAX_POOL, MAX_POOL_BACKWARD, AVG_POOL, AVG_POOL_BACKWARD -> PoolRuns.variants();
      case LINEAR_INT8, LINEAR_BFLOAT16, CONV_INT8 -> NarrowRuns.variants(task.op());
      case MODEL -> ModelRun.variants();
      default -> PlannedRun.variants(task.op());
    };
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    return switch (task.op()) {
      case GEMM -> MatrixRuns.gemm(backend(), task, variant, threads);
      case CONV -> ConvRuns.forward(backend(), task, variant, threads);
      case CONV_BACKWARD_DATA -> ConvRuns.backwardData(backend(), task, variant, threads);
      case CONV_BACKWARD_WEIGHTS -> ConvRuns.backwardWeights(backend(), task, variant, threads);
      case CONV_SEQUENCE -> SequenceRun.of(backend(), task, variant, threads);
      case CONV_TRANSPOSED -> ConvRuns.transposed(backend(), task, variant, threads);
      case LINEAR -> MatrixRuns.linear(backend(), task, threads);
      case LINEAR_BACKWARD_DATA -> MatrixRuns.linearBackwardData(backend(), task, threads);
      case LINEAR_BACKWARD_WEIGHTS -> MatrixRuns.linearBackwardWeights(backend(), task, threads);
      case MAX_POOL -> PoolRuns.max(backend(), task, variant, threads);
      case MAX_POOL_BACKWARD -> PoolRuns.maxBackward(backend(), task, variant, threads);
      case AVG_POOL -> PoolRuns.average(backend(), task, variant, threads);
      case AVG_POOL_BACKWARD -> PoolRuns.averageBackward(backend(), task, variant, threads);
      case RELU, TANH -> ElementwiseRuns.forward(backend(), task, threads);
      case RELU_BACKWARD, TANH_BACKWARD -> ElementwiseRuns.backward(backend(), task, threads);
      case SOFTMAX -> ElementwiseRuns.softmax(backend(), task, threads);
      case SOFTMAX_BACKWARD -> ElementwiseRuns.softmaxBackward(backend(), task, threads);
      case SOFTMAX_CROSS_ENTROPY -> ElementwiseRuns.crossEntropy(backend(), task, threads);
      case LINEAR_INT8, LINEAR_BFLOAT16, CONV_INT8 ->
          NarrowRuns.of(backend(), task, variant, threads);
      case MODEL -> ModelRun.of(backend(), task, threads);
      default -> PlannedRun.of(backend(), task, variant, threads);
    };
  }
}
