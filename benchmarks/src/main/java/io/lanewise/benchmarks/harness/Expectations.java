package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.check.Expectation;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What the reference says about each task, asked once and kept in files for the workers. */
final class Expectations {
  private final Path folder;
  private final Function<Task, Expectation> reference;
  private final Map<Task, Path> files = new HashMap<>();

  Expectations(Path folder, Function<Task, Expectation> reference) {
    this.folder = folder;
    this.reference = reference;
  }

  /** Whatever the reference throws comes through. */
  Path of(Task task) throws IOException {
    Path file = files.get(task);
    if (file == null) {
      Files.createDirectories(folder);
      file = folder.resolve("task-" + files.size());
      reference.apply(task).write(file);
      files.put(task, file);
    }
    return file;
  }
}
