package io.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Between calls a plan holds frames for the next one, and nothing of the last one. */
final class PlanMemoryTest {
  static List<EveryRun.Run> runs() {
    List<EveryRun.Run> runs = EveryRun.of(CpuBackend.scalar(), Parallel.SEQUENTIAL);
    return runs.stream()
        .filter(r -> !r.name().startsWith("cross-entropy backward"))
        .toList(); // a loop
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aPlanForgetsItsArguments(EveryRun.Run run) throws Exception {
    run.once().run();
    run.once().run();
    List<Object> frames = new ArrayList<>();
    collectFrames(run.plan(), frames);
    assertNotEquals(List.of(), frames);
    for (Object frame : frames) {
      for (Class<?> c = frame.getClass(); !c.equals(CallFrame.class); c = c.getSuperclass()) {
        for (Field f : c.getDeclaredFields()) {
          if (!f.getType().isPrimitive() && !Modifier.isFinal(f.getModifiers())) {
            f.setAccessible(true);
            assertNull(f.get(frame), f::toString);
          }
        }
      }
    }
  }

  private static boolean isPartOfAPlan(Field f) {
    Set<String> packages =
        Stream.of(
                "arithmetic",
                "conv",
                "gemm",
                "loss",
                "movement",
                "norm",
                "pool",
                "quantised",
                "resample")
            .map("io.lanewise.kernels."::concat)
            .collect(Collectors.toSet());
    return packages.contains(f.getType().getPackageName()) && !Modifier.isStatic(f.getModifiers());
  }

  /** The frames in the pools of {@code plan} and of the plans that it is made of. */
  private static void collectFrames(Object plan, List<Object> frames) throws Exception {
    if (plan == null) {
      return;
    }
    for (Field f : plan.getClass().getDeclaredFields()) {
      f.setAccessible(true);
      if (f.get(plan) instanceof FramePool<?> pool) {
        Field free = FramePool.class.getDeclaredField("free");
        free.setAccessible(true);
        Collection<?> made = (Collection<?>) free.get(pool);
        assertTrue(made.size() <= 1, () -> "one frame serves one call after the other: " + made);
        frames.addAll(made);
      } else if (isPartOfAPlan(f)) {
        collectFrames(f.get(plan), frames);
      }
    }
  }
}
