package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random graphs, compiled with and without optimisation: the same numbers. */
class RandomGraphTest {
  private static final int GRAPHS = 300;

  private static Map<String, Tensor> run(
      RandomGraph.Drawn drawn, CompileOptions options, Parallel par) {
    return drawn.graph().compile(options).newRun().run(drawn.inputs(), par);
  }

  @Test
  void aCompilationChangesNoNumber() {
    CompileOptions options = CompileOptions.of(Backend.best()).strict();
    Random seeds = new Random(7);
    for (int i = 0; i < GRAPHS; i++) {
      long seed = seeds.nextLong();
      RandomGraph.Drawn drawn = RandomGraph.of(seed, 4 + i % 12);
      Map<String, Tensor> expected = run(drawn, options.plain(), Parallel.SEQUENTIAL);
      Map<String, Tensor> got = run(drawn, options, Parallel.SEQUENTIAL);
      expected.forEach((name, t) -> requireEqual(t, got.get(name), seed, name, drawn));
    }
  }

  private static void requireEqual(
      Tensor expected, Tensor got, long seed, String name, RandomGraph.Drawn drawn) {
    assertEquals(expected.shape(), got.shape());
    for (int i = 0; i < expected.size(); i++) {
      if (expected.array()[i] != got.array()[i]) {
        fail(
            "seed %d, output '%s' [%d]: expected %s, got %s%n%s"
                .formatted(seed, name, i, expected.array()[i], got.array()[i], drawn.graph()));
      }
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    CompileOptions options = CompileOptions.of(Backend.best());
    for (int seed = 0; seed < 40; seed++) {
      RandomGraph.Drawn drawn = RandomGraph.of(seed, 10);
      Map<String, Tensor> one = run(drawn, options, Parallel.SEQUENTIAL);
      for (int workers = 2; workers <= 3; workers++) {
        try (ForkJoinTeam team = ForkJoinTeam.of(workers)) {
          Map<String, Tensor> more = run(drawn, options, team);
          one.forEach((name, t) -> assertEquals(true, t.sameBits(more.get(name)), name));
        }
      }
    }
  }
}
