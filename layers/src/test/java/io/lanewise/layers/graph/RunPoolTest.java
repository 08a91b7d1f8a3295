package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many threads on one compiled graph. */
class RunPoolTest {
  private static final int THREADS = 8;
  private static final int RUNS = 40;

  private static CompiledGraph compiled(RandomGraph.Drawn drawn) {
    return drawn.graph().compile(CompileOptions.of(Backend.best()));
  }

  @Test
  void anyNumberOfThreadsGetsWhatOneGets() throws Exception {
    RandomGraph.Drawn drawn = RandomGraph.of(11, 15);
    CompiledGraph graph = compiled(drawn);
    Map<String, Tensor> expected = graph.newRun().run(drawn.inputs(), Parallel.SEQUENTIAL);
    RunPool pool = new RunPool(graph, 2);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < RUNS; i++) {
                    GraphRun run = pool.take();
                    Map<String, Tensor> got = run.run(drawn.inputs(), Parallel.SEQUENTIAL);
                    pool.giveBack(run);
                    expected.forEach(
                        (name, y) -> assertEquals(true, y.sameBits(got.get(name)), name));
                  }
                }));
      }
      for (Future<?> f : all) {
        f.get();
      }
    }
  }

  @Test
  void aRunThatIsGivenBackForgetsWhatWasBound() {
    RandomGraph.Drawn drawn = RandomGraph.of(11, 5);
    CompiledGraph graph = compiled(drawn);
    RunPool pool = new RunPool(graph, 1);
    GraphRun run = pool.take();
    GraphRun other = pool.take();
    assertNotSame(run, other);
    run.run(drawn.inputs(), Parallel.SEQUENTIAL);
    pool.giveBack(run);
    pool.giveBack(other); // one too many
    assertSame(run, pool.take());
    assertThrows(IllegalStateException.class, () -> run.run(Parallel.SEQUENTIAL));
    assertThrows(IllegalStateException.class, () -> run.output("last"));
    assertThrows(IllegalArgumentException.class, () -> pool.giveBack(compiled(drawn).newRun()));
    assertThrows(IllegalArgumentException.class, () -> new RunPool(graph, -1));
  }
}
