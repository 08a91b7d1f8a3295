package io.lanewise.benchmarks.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that repeat, shrink and grow, so that images go to and fro between arrays of any size. */
class SequenceRunTest {
  private static final Contender OURS = Contenders.load().named("lanewise");
  private static final int RUNS = 200;

  @TempDir private Path folder;

  private Task task() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("list.txt"),
            """
            ic3 ih20 oc16 kh3 s2 p1
            ic16 ih14 oc16 kh3 p1 # x3
            ic16 ih14 oc40 kh1    # x2
            ic40 ih14 oc40 kh3 p1 g40
            """);
    return Task.of(Op.CONV_SEQUENCE, list + " n2");
  }

  /** Everything stays finite however often it runs: what overflows would show in the check. */
  @Test
  void everyLayerIsRightAlsoAfterManyRuns() throws IOException {
    Expectation expectation = Expectation.of(task());
    assertEquals(List.of("nhwc", "nchw"), OURS.variants(task()));
    for (String variant : OURS.variants(task())) {
      for (int threads = 1; threads <= 2; threads++) {
        try (Prepared prepared = OURS.prepare(task(), variant, threads)) {
          for (int i = 0; i < RUNS; i++) {
            prepared.run();
          }
          assertEquals(Optional.empty(), expectation.check(prepared.output()).problem());
          prepared.run();
          assertEquals(Optional.empty(), expectation.check(prepared.output()).problem());
        }
      }
    }
  }

  @Test
  void otherVariantsAreRefused() throws IOException {
    Task task = task();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OURS.prepare(task, "im2col", 1));
    assertEquals("variant must be one of [nhwc, nchw], got 'im2col'", e.getMessage());
  }
}
