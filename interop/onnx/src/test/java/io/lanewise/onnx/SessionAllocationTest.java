package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs into given tensors allocate nothing, once the code is compiled. */
@Timeout(60)
class SessionAllocationTest {
  private static final int RUNS = 20;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private static OnnxSession session() {
    TypedTensor w = TypedTensor.of(Tensor.zeros(8, 3, 3, 3).fill(0.1f));
    TypedTensor last = TypedTensor.of(Tensor.zeros(8, 10).fill(0.1f));
    return OnnxSession.of(
        TestModel.opset(17)
            .input("x", -1, 3, -2, -3)
            .constant("w", w)
            .constant("last", last)
            .node("Conv", "x w", "c", "pads", new int[] {1, 1, 1, 1})
            .node("Relu", "c", "r")
            .node("GlobalAveragePool", "r", "g")
            .node("Flatten", "g", "f")
            .node("MatMul", "f last", "y")
            .outputs("y")
            .build(),
        SessionOptions.defaults().threads(1));
  }

  /** Two sizes in turn: looking for what was compiled costs nothing either. */
  @Test
  void aRunAllocatesNothing() {
    try (OnnxSession session = session()) {
      Map<String, Tensor> small = Map.of("x", Tensor.zeros(1, 3, 8, 8));
      Map<String, Tensor> large = Map.of("x", Tensor.zeros(1, 3, 9, 11));
      Map<String, Tensor> y = Map.of("y", Tensor.zeros(Shape.of(1, 10)));
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long deadline = threads.getCurrentThreadCpuTime() + PATIENCE;
      long bytes;
      do {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
          session.run(small, y);
          session.run(large, y);
        }
        bytes = threads.getCurrentThreadAllocatedBytes() - before;
      } while (bytes != 0 && threads.getCurrentThreadCpuTime() < deadline);
      assertEquals(0, bytes, "bytes in " + 2 * RUNS + " runs");
    }
  }
}
