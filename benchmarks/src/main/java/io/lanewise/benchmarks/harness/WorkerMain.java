package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Contenders;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.probe.Roofs;
import io.lanewise.benchmarks.result.ContenderInfo;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A contender's process: reads requests from its standard input, a line each, and answers on its
 * standard output. What Java code prints goes to the standard error. Ends with its input, so that
 * it never outlives its controller.
 */
public final class WorkerMain {
  private final Contenders contenders = Contenders.load();
  private final Seats seats = new Seats(contenders);
  private Roofs roofs;
  private int roofThreads;

  private WorkerMain() {}

  /** Serves until the input ends. */
  public static void main(String[] args) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    WorkerMain worker = new WorkerMain();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Optional<Request> request = Wire.request(line);
      if (request.isPresent()) {
        out.print(Wire.write(worker.answer(request.get())));
        out.flush();
      }
    }
    Runtime.getRuntime().halt(0); // native libraries may have threads that do not end
  }

  /** Anything that a contender throws is an answer too: the others go on. */
  @SuppressWarnings("CatchAndPrintStackTrace") // into the log, whose end is shown if we crash
  private Reply answer(Request request) {
    try {
      return answerOrThrow(request);
    } catch (Exception | LinkageError | AssertionError | OutOfMemoryError e) {
      e.printStackTrace();
      return new Reply.Refused(e.toString());
    }
  }

  private Reply answerOrThrow(Request request) throws IOException {
    if (request instanceof Request.Variants r) {
      Contender contender = contenders.named(r.contender());
      return new Reply.Variants(contender.variants(new Task(r.op(), r.shape())));
    }
    if (request instanceof Request.Prepare r) {
      return seats.prepare(r);
    }
    if (request instanceof Request.WarmUp r) {
      return seats.warmUp(r);
    }
    if (request instanceof Request.Time r) {
      return seats.time(r);
    }
    if (request instanceof Request.Close r) {
      return seats.close(r);
    }
    if (request instanceof Request.Peak r) {
      return new Reply.Rate(roofs(r.threads()).peakGflops(r.millis() * 1_000_000L));
    }
    if (request instanceof Request.Copy r) {
      Roofs probe = roofs(r.threads());
      return new Reply.Rate(probe.copyGigabytes(r.bytes(), r.millis() * 1_000_000L));
    }
    return roster();
  }

  private Reply roster() {
    List<ContenderInfo> infos = new ArrayList<>();
    List<String> problems = new ArrayList<>(contenders.problems());
    for (Contender contender : contenders.found()) {
      try {
        infos.add(new ContenderInfo(contender.name(), contender.version()));
      } catch (RuntimeException | LinkageError e) {
        problems.add(contender.name() + ": " + e);
      }
    }
    return new Reply.Roster(infos, problems);
  }

  private Roofs roofs(int threads) {
    if (roofs == null || roofThreads != threads) {
      if (roofs != null) {
        roofs.close();
      }
      roofs = new Roofs(threads);
      roofThreads = threads;
    }
    return roofs;
  }
}
