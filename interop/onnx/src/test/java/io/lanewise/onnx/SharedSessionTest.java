package io.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxModel;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many threads call one session with images of several sizes; bits are those of one thread. */
class SharedSessionTest {
  private static final int CALLERS = 16;
  private static final long NOISE_BYTES = 8 << 20; // of runs that are going on
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(1, 3, 16, 16),
          Shape.of(2, 3, 16, 16),
          Shape.of(1, 3, 9, 14),
          Shape.of(3, 3, 8, 8),
          Shape.of(1, 3, 20, 11));

  private static TypedTensor weights(SplittableRandom random, int... dims) {
    TypedTensor t = TypedTensor.zeros(ElementType.FLOAT, Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.setDouble(i, random.nextDouble(-0.3, 0.3));
    }
    return t;
  }

  /** Convolutions, a residual, pooling, a matrix: what networks of images are made of. */
  private static OnnxModel model() {
    SplittableRandom random = new SplittableRandom(3);
    return TestModel.opset(17)
        .input("x", -1, 3, -2, -3)
        .constant("w1", weights(random, 16, 3, 3, 3))
        .constant("b1", weights(random, 16))
        .constant("w2", weights(random, 16, 16, 3, 3))
        .constant("w3", weights(random, 16, 1, 3, 3))
        .constant("w4", weights(random, 10, 16))
        .node("Conv", "x w1 b1", "c1", "pads", new int[] {1, 1, 1, 1})
        .node("Relu", "c1", "r1")
        .node("Conv", "r1 w2", "c2", "pads", new int[] {1, 1, 1, 1})
        .node("Add", "c2 r1", "a2")
        .node("HardSwish", "a2", "r2")
        .node("Conv", "r2 w3", "c3", "pads", new int[] {1, 1, 1, 1}, "group", 16)
        .node("GlobalAveragePool", "c3", "g")
        .node("Flatten", "g", "f")
        .node("Gemm", "f w4", "y", "transB", 1)
        .outputs("y", "c3")
        .build();
  }

  private static Tensor image(Shape shape) {
    SplittableRandom random = new SplittableRandom(shape.hashCode());
    return weights(random, shape.toArray()).tensor();
  }

  private static List<Map<String, Tensor>> alone() {
    try (OnnxSession s = OnnxSession.of(model(), SessionOptions.defaults().threads(1))) {
      return SHAPES.stream().map(shape -> s.run(Map.of("x", image(shape)))).toList();
    }
  }

  @Test
  void theBitsAreThoseOfOneThread() throws Exception {
    share(Duration.ofMillis(700), false);
  }

  @Test
  @Tag("long")
  void forAMinute() throws Exception {
    share(Duration.ofSeconds(60), true);
  }

  /**
   * Calls a session from many threads.
   *
   * @param flat whether the heap is looked at, too: what lives after a collection must not grow
   */
  private static void share(Duration time, boolean flat) throws Exception {
    List<Map<String, Tensor>> expected = alone();
    AtomicLong runs = new AtomicLong();
    try (OnnxSession session =
            OnnxSession.of(model(), SessionOptions.defaults().threads(2).keptShapes(4));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> done = new ArrayList<>();
      for (int c = 0; c < CALLERS; c++) {
        int caller = c;
        done.add(callers.submit(() -> call(session, expected, caller, end, runs)));
      }
      if (flat) {
        Thread.sleep(time.dividedBy(6));
        long early = liveBytes();
        Thread.sleep(time.dividedBy(2));
        long late = liveBytes();
        assertTrue(late < early + NOISE_BYTES, () -> early + " bytes live, later " + late);
      }
      for (Future<?> f : done) {
        f.get();
      }
    }
    assertTrue(runs.get() >= CALLERS, () -> runs + " runs");
  }

  private static long liveBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static void call(
      OnnxSession session,
      List<Map<String, Tensor>> expected,
      int caller,
      long end,
      AtomicLong runs) {
    for (int i = caller; i == caller || System.nanoTime() < end; i++) {
      int which = i % SHAPES.size();
      Map<String, Tensor> y = session.run(Map.of("x", image(SHAPES.get(which))));
      y.forEach((name, t) -> assertTrue(t.sameBits(expected.get(which).get(name)), name));
      assertEquals(2, y.size());
      runs.incrementAndGet();
    }
  }

  /**
   * Runs that are going on when the session is closed come to their end; later ones are refused.
   */
  @Test
  void closingDuringRunsIsSafe() throws Exception {
    List<Map<String, Tensor>> expected = alone();
    for (int round = 0; round < 20; round++) {
      OnnxSession session = OnnxSession.of(model(), SessionOptions.defaults().threads(3));
      Tensor x = image(SHAPES.getFirst());
      session.run(Map.of("x", x));
      try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
        Future<Integer> runs = caller.submit(() -> untilClosed(session, x, expected.getFirst()));
        Thread.sleep(round);
        session.close();
        assertTrue(runs.get() >= 0);
      }
    }
  }

  private static int untilClosed(OnnxSession session, Tensor x, Map<String, Tensor> expected) {
    int runs = 0;
    try {
      while (true) {
        assertTrue(session.run(Map.of("x", x)).get("y").sameBits(expected.get("y")));
        runs++;
      }
    } catch (IllegalStateException e) {
      assertEquals("the session is closed", e.getMessage());
      return runs;
    }
  }
}
