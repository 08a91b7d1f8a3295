package io.lanewise.benchmarks.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker as the controller sees it. For one thread; {@link #close} may come from another. */
final class WorkerProcess implements AutoCloseable {
  private static final int STRAY_LINES = 40;
  private static final long LOG_BYTES = 64 << 10;
  private static final int DYING_SECONDS = 5;

  private final Process process;
  private final Path log;
  private final Writer requests;
  private final BlockingQueue<Optional<Reply>> replies = new LinkedBlockingQueue<>();
  private final Deque<String> stray = new ArrayDeque<>();

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread.ofPlatform().daemon().name("bench-worker-reader").start(this::read);
  }

  /**
   * Starts one.
   *
   * @param folder for its files; made if it is not there
   */
  static WorkerProcess start(Home home, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(JvmCommand.of(home, folder))
            .directory(folder.toFile())
            .redirectError(log.toFile());
    return new WorkerProcess(builder.start(), log);
  }

  /** Sorts what comes: replies for {@link #ask}, the rest for a possible obituary. */
  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Optional<Reply> reply = Wire.reply(line);
        if (reply.isPresent()) {
          replies.add(reply);
        } else {
          keep(line);
        }
      }
    } catch (IOException | IllegalStateException e) {
      keep(e.getMessage());
    } finally {
      replies.add(Optional.empty());
    }
  }

  private synchronized void keep(String line) {
    stray.add(line);
    if (stray.size() > STRAY_LINES) {
      stray.remove();
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @throws WorkerLostException if the worker is dead, dies, or takes longer than {@code limit},
   *     after which it is killed
   */
  Reply ask(Request request, Duration limit) throws WorkerLostException {
    try {
      requests.write(Wire.write(request));
      requests.flush();
      Optional<Reply> reply = replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (reply == null) {
        close();
        throw new WorkerLostException("no answer within " + limit.toSeconds() + " s");
      }
      if (reply.isEmpty()) {
        throw new WorkerLostException(obituary());
      }
      return reply.get();
    } catch (IOException e) { // its end of the pipe is closed
      throw new WorkerLostException(obituary());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new WorkerLostException("interrupted");
    }
  }

  private String obituary() {
    String words = LastWords.of(printed());
    return "its process ended with status " + status() + (words.isEmpty() ? "" : ": " + words);
  }

  private String status() {
    try {
      if (!process.waitFor(DYING_SECONDS, TimeUnit.SECONDS)) {
        close();
        return "unknown";
      }
      return Integer.toString(process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private List<String> printed() {
    List<String> lines = new ArrayList<>();
    try {
      if (Files.size(log) <= LOG_BYTES) {
        lines.addAll(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList());
      }
    } catch (IOException e) {
      lines.add("what it printed cannot be read: " + e);
    }
    synchronized (this) {
      lines.addAll(stray);
    }
    return lines;
  }

  /** For {@link Idle}. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills it, as there is nothing to save, and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(DYING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
