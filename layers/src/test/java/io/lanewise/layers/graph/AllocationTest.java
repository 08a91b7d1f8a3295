package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run allocates nothing once its code is compiled. */
@Timeout(60)
class AllocationTest {
  private static final int RUNS = 20;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  static Stream<Graph> graphs() {
    return Stream.of(
        Networks.resnet50(1, 32, 8), Networks.mobilenetV2(1, 128), RandomGraph.of(3, 20).graph());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aRunAllocatesNothing(Graph graph) {
    GraphRun run = graph.compile(CompileOptions.of(Backend.best())).newRun();
    graph.inputs().forEach((name, v) -> run.bind(name, Tensor.zeros(v.shape()).fill(1)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long deadline = threads.getCurrentThreadCpuTime() + PATIENCE;
    long bytes;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        run.run(Parallel.SEQUENTIAL);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    } while (bytes != 0 && threads.getCurrentThreadCpuTime() < deadline);
    assertEquals(0, bytes, () -> "bytes in " + RUNS + " runs of " + graph);
  }

  /** New tensors for inputs and outputs cost the objects that show parts of them, and no more. */
  @ParameterizedTest
  @MethodSource("graphs")
  void bindingOtherMemoryCostsLittle(Graph graph) {
    GraphRun run = graph.compile(CompileOptions.of(Backend.best())).newRun();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Shape x = graph.inputs().values().iterator().next().shape();
    Tensor[] images = {Tensor.zeros(x), Tensor.zeros(x)};
    long deadline = threads.getCurrentThreadCpuTime() + PATIENCE;
    long bytes;
    int turn = 0;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        for (String name : graph.inputs().keySet()) {
          run.bind(name, images[turn++ % images.length]);
        }
        run.run(Parallel.SEQUENTIAL);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > RUNS * 1000L && threads.getCurrentThreadCpuTime() < deadline);
    assertEquals(true, bytes <= RUNS * 1000L, () -> "bytes in " + RUNS + " runs of " + graph);
  }
}
