package io.lanewise.rivals.contract;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The tasks of {@code tasks.txt}: small shapes with everything that a rival may get wrong. */
final class Tasks {
  private static final List<Op> PASSES =
      List.of(Op.CONV, Op.CONV_BACKWARD_DATA, Op.CONV_BACKWARD_WEIGHTS);

  private Tasks() {}

  static List<Task> all() {
    try (InputStream in = Tasks.class.getResourceAsStream("tasks.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).flatMap(Tasks::tasks).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Task> tasks(String line) {
    int space = line.indexOf(' ');
    String word = line.substring(0, space);
    String shape = line.substring(space + 1);
    Stream<Op> ops = word.equals("passes") ? PASSES.stream() : Op.named(word).stream();
    List<Task> tasks = ops.map(op -> Task.of(op, shape)).toList();
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("no operation is called '" + word + "' in '" + line + "'");
    }
    return tasks.stream();
  }
}
