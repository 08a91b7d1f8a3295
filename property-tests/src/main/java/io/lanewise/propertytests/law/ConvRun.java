package io.lanewise.propertytests.law;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * One algorithm of one pass for one shape.
 *
 * @param workspace what the plan asks for
 * @param kernel packs the weights, if the pass takes any, and runs the plan
 */
record ConvRun(
    ConvPass pass, ConvShape shape, String algorithm, WorkspaceSpec workspace, Kernel kernel) {

  /** Runs a plan. */
  @FunctionalInterface
  interface Kernel {
    void run(Tensor left, Tensor right, Tensor out, Workspace ws, Parallel par);
  }

  /** The result on one thread, in memory of its own. */
  Tensor of(Tensor left, Tensor right) {
    return of(left, right, Parallel.SEQUENTIAL);
  }

  /** The result, in memory of its own. */
  Tensor of(Tensor left, Tensor right, Parallel par) {
    return of(left, right, Workspace.allocate(workspace, par.workers()), par);
  }

  /** The result, in memory of its own, with a given workspace. */
  Tensor of(Tensor left, Tensor right, Workspace ws, Parallel par) {
    Tensor out = pass.blank(shape);
    kernel.run(left, right, out, ws, par);
    return out;
  }

  /** What multiplies the bound of a plain sum's error. */
  double errorConstant() {
    return ErrorConstants.KNOWN.of(algorithm);
  }

  /** The algorithm of the same name among {@code others}. */
  Optional<ConvRun> namesake(List<ConvRun> others) {
    return others.stream().filter(other -> other.algorithm.equals(algorithm)).findFirst();
  }

  /** Algorithm and result, for messages. */
  @Override
  public String toString() {
    return algorithm + " " + pass.function();
  }
}
