package io.lanewise.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The roofs, measured in a process of their own: what the kernels' code did to a JVM's profiles and
 * heap does not reach them, so that they compare between versions of that code.
 */
final class ProbeDesk implements AutoCloseable {
  private static final int MILLIS = 15;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Desk desk;

  ProbeDesk(Path folder, Processes processes) {
    this.desk = new Desk(Home.ours(), folder, processes);
  }

  /** Both roofs at one time. */
  record Roof(double peakGflops, double copyGBs) {
    /** The middle of this and a later one. */
    Roof mean(Roof later) {
      return new Roof((peakGflops + later.peakGflops) / 2, (copyGBs + later.copyGBs) / 2);
    }
  }

  /** Measures on so many threads, over a working set of so many bytes. */
  Roof measure(int threads, long bytes) throws LabException {
    return new Roof(
        rate(new Request.Peak(threads, MILLIS)), rate(new Request.Copy(threads, bytes, MILLIS)));
  }

  private double rate(Request request) throws LabException {
    String why;
    try {
      Reply reply = desk.ask(request, LIMIT);
      if (reply instanceof Reply.Rate r) {
        return r.giga();
      }
      why = reply.toString();
    } catch (WorkerLostException e) {
      why = e.getMessage();
    }
    throw new LabException(
        "the probes of the machine's peak and bandwidth do not run: " + why, null);
  }

  @Override
  public void close() {
    desk.close();
  }
}
