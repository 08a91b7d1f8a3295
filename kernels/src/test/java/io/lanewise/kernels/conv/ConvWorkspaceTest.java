package io.lanewise.kernels.conv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tasks are cut so that a worker's scratch memory stays within a cache, however large the shape.
 */
final class ConvWorkspaceTest {
  private static final long MOST_FLOATS_PER_WORKER = 1 << 19; // 2 MB, an L2 of today

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic512 ih28 oc512 kh3 p1",
        "n1 ic64 ih224 oc64 kh3 p1",
        "n1 ic2048 ih7 oc512 kh1",
        "n1 ic3 ih1 iw100000 oc8 kh1 kw5",
        "n8 ic64 ih112 oc64 kh7 s2 p3"
      })
  void aWorkersScratchIsBounded(String text) {
    ConvShape s = ConvShape.parse(text);
    for (Target t : Targets.all()) {
      ConvAlgorithms.plans(ConvAlgorithms.FORWARD, s, ConvOptions.DEFAULT, t)
          .forEach(p -> check(p.algorithm(), p.workspace()));
      ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_DATA, s, ConvOptions.DEFAULT, t)
          .forEach(p -> check(p.algorithm(), p.workspace()));
      ConvAlgorithms.plans(ConvAlgorithms.BACKWARD_WEIGHTS, s, ConvOptions.DEFAULT, t)
          .forEach(p -> check(p.algorithm(), p.workspace()));
    }
  }

  private static void check(String algorithm, WorkspaceSpec spec) {
    assertTrue(
        spec.floatsPerWorker() <= MOST_FLOATS_PER_WORKER,
        () -> algorithm + " needs " + spec.floatsPerWorker() + " floats a worker");
  }
}
