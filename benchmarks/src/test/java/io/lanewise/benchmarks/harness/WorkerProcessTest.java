package io.lanewise.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class WorkerProcessTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private Request prepare(int seat, String contender) throws Exception {
    Task task = Task.of(Op.RELU, "1000");
    Path expectation = folder.resolve("expectation");
    Expectation.of(task).write(expectation);
    return new Request.Prepare(
        seat, contender, task.op(), task.shape(), "default", 1, expectation.toString());
  }

  @Test
  void questionsAreAnsweredInTurn() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(Home.ours(), folder.resolve("a \"b\" \\c"))) {
      assertEquals(
          new Reply.Variants(List.of("default")),
          worker.ask(new Request.Variants("lanewise", Op.RELU, "1000"), LONG));
      assertEquals(new Reply.Ready(0, 0, null), worker.ask(prepare(7, "lanewise"), LONG));
      Reply.Timed warm = (Reply.Timed) worker.ask(new Request.WarmUp(7, 50), LONG);
      Reply.Timed timed = (Reply.Timed) worker.ask(new Request.Time(7, 10), LONG);
      assertTrue(warm.runs() > 0 && timed.runs() > 0, warm + " " + timed);
      assertTrue(timed.nanos() > 10 && timed.nanos() < 1e8, timed.toString());
      assertEquals(new Reply.Ready(0, 0, 0L), worker.ask(new Request.Close(7), LONG));
      assertEquals(
          new Reply.Refused("java.lang.IllegalStateException: nothing was prepared as number 7"),
          worker.ask(new Request.Time(7, 10), LONG));
      Reply.Rate peak = (Reply.Rate) worker.ask(new Request.Peak(1, 10), LONG);
      assertTrue(peak.giga() > 1, peak.toString());
      Idle.await(worker.handle());
    }
  }

  @Test
  void whoDoesNotAnswerIsKilled() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(Home.ours(), folder.resolve("w"))) {
      worker.ask(prepare(1, "fake-hang"), LONG);
      WorkerLostException e =
          assertThrows(
              WorkerLostException.class,
              () -> worker.ask(new Request.WarmUp(1, 10), Duration.ofSeconds(1)));
      assertEquals("no answer within 1 s", e.getMessage());
      assertFalse(worker.handle().isAlive());
    }
  }

  @Test
  void whoCannotStartSaysWhy() throws Exception {
    Home nowhere = new Home("nowhere", folder.resolve("none.jar").toString(), List.of());
    try (WorkerProcess worker = WorkerProcess.start(nowhere, folder.resolve("w"))) {
      WorkerLostException e =
          assertThrows(WorkerLostException.class, () -> worker.ask(new Request.Hello(), LONG));
      assertTrue(e.getMessage().startsWith("its process ended with status 1: "), e.getMessage());
      assertTrue(e.getMessage().contains("WorkerMain"), e.getMessage());
    }
  }

  /** However its controller ends, a worker ends with its input. */
  @Test
  void aWorkerEndsWithItsInput() throws Exception {
    List<String> command = JvmCommand.of(Home.ours(), Files.createDirectory(folder.resolve("w")));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
