package io.lanewise.kernels.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class FramePoolTest {
  private final AtomicInteger made = new AtomicInteger();
  private final FramePool<Frame> pool = new FramePool<>(Frame::new);

  private final class Frame extends CallFrame {
    private final AtomicInteger users = new AtomicInteger();
    private Object argument;

    Frame() {
      made.incrementAndGet();
    }

    @Override
    protected void clear() {
      argument = null;
    }
  }

  @Test
  void oneFrameServesOneCallAfterTheOther() {
    Frame first;
    try (Frame frame = pool.take()) {
      first = frame;
      frame.argument = "x";
    }
    assertNull(first.argument);
    try (Frame frame = pool.take()) {
      assertSame(first, frame);
    }
    assertEquals(1, made.get());
  }

  @Test
  void callsAtOneTimeHaveFramesOfTheirOwn() {
    try (Frame outer = pool.take();
        Frame inner = pool.take()) {
      assertNotSame(outer, inner);
    }
    try (Frame outer = pool.take();
        Frame inner = pool.take()) {
      assertNotSame(outer, inner);
    }
    assertEquals(2, made.get());
  }

  @Test
  void aCallThatFailsGivesItsFrameBack() {
    for (int i = 0; i < 3; i++) {
      assertThrows(
          IllegalStateException.class,
          () -> {
            try (Frame frame = pool.take()) {
              frame.argument = "x";
              throw new IllegalStateException("a task failed");
            }
          });
    }
    assertEquals(1, made.get());
  }

  @Test
  void noTwoThreadsMeetInAFrame() throws Exception {
    int threads = 4;
    Callable<Integer> calls =
        () -> {
          int met = 0;
          for (int i = 0; i < 20_000; i++) {
            try (Frame frame = pool.take()) {
              met += frame.users.getAndIncrement();
              frame.users.decrementAndGet();
            }
          }
          return met;
        };
    try (ExecutorService callers = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(calls);
      }
      for (var met : callers.invokeAll(all)) {
        assertEquals(0, met.get());
      }
    }
    assertTrue(made.get() <= threads, () -> made + " frames for " + threads + " threads");
  }
}
