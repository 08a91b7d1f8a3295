package io.lanewise.benchmarks;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.result.BoundedText;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of tasks: one a line, {@code #} starts a comment. A line starts with the operation's name,
 * as on the command line, and goes on with its shape ({@link Task}); without a name it is a matrix
 * product if it starts with {@code m}, else a convolution. A comment that starts with {@code x5}
 * says that a network has five such layers.
 *
 * @param name file name, for messages and rows
 * @param lines the tasks, in the order of the file
 */
public record ShapeFile(String name, List<Line> lines) {
  /** The files that come with this module. */
  public static final List<String> BUILT_IN =
      List.of(
          "lenet5",
          "resnet50",
          "resnext50",
          "vgg16",
          "mobilenetv1",
          "mobilenetv2",
          "googlenet",
          "inceptionv3",
          "unet",
          "conv1d",
          "conv3d",
          "gemm",
          "gradients",
          "ranks",
          "ops",
          "models",
          "regressions");

  private static final int MOST_BYTES = 1 << 20; // a network has some hundred lines
  private static final Pattern COUNT = Pattern.compile("x(\\d{1,6})(\\s.*)?");
  private static final Pattern GEMM = Pattern.compile("m\\d.*");

  /**
   * One task of the file.
   *
   * @param number line number, from 1
   * @param task with its shape in the form that the shape prints
   * @param count how many layers are like this
   */
  public record Line(int number, Task task, int count) {}

  /**
   * One shape.
   *
   * @param count how many layers are like this
   */
  public record Entry<S>(S shape, int count) {}

  /** Keeps its own copy of the lines. */
  public ShapeFile {
    lines = List.copyOf(lines);
  }

  /**
   * Opens one of {@link #BUILT_IN} by name, or else a file by path.
   *
   * @throws NoSuchFileException if it is neither
   * @throws ShapeFileException naming file and line of what is not understood
   * @throws java.nio.file.FileSystemException naming the file, if it is above 1 MiB or not UTF-8
   */
  public static ShapeFile open(String nameOrPath) throws IOException {
    if (BUILT_IN.contains(nameOrPath)) {
      return builtIn(nameOrPath);
    }
    Path path = Path.of(nameOrPath);
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(
          nameOrPath, null, "neither a file nor one of " + String.join(", ", BUILT_IN));
    }
    return of(path.toString(), BoundedText.read(path, MOST_BYTES));
  }

  private static ShapeFile builtIn(String name) throws IOException {
    String file = "shapes/" + name + ".txt";
    try (InputStream in = ShapeFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new NoSuchFileException(file, null, "not in this jar");
      }
      return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Reads a file's content; {@code name} goes into messages. */
  public static ShapeFile of(String name, String content) throws ShapeFileException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : content.lines().toList()) {
      number++;
      int hash = raw.indexOf('#');
      String text = (hash < 0 ? raw : raw.substring(0, hash)).strip();
      if (!text.isEmpty()) {
        String comment = hash < 0 ? "" : raw.substring(hash + 1).strip();
        try {
          lines.add(new Line(number, task(text), count(comment)));
        } catch (IllegalArgumentException e) {
          throw new ShapeFileException(name, number, e.getMessage());
        }
      }
    }
    return new ShapeFile(name, lines);
  }

  private static Task task(String text) {
    String[] halves = text.split("\\s+", 2);
    Optional<Op> named = Op.named(halves[0]);
    if (named.isPresent()) {
      return Task.of(named.get(), halves.length == 2 ? halves[1] : "");
    }
    return Task.of(GEMM.matcher(text).matches() ? Op.GEMM : Op.CONV, text);
  }

  private static int count(String comment) {
    Matcher m = COUNT.matcher(comment);
    if (!m.matches()) {
      return 1;
    }
    int count = Integer.parseInt(m.group(1));
    if (count == 0) {
      throw new IllegalArgumentException("a count must be at least 1, got x0");
    }
    return count;
  }

  /**
   * What {@code op} has to do here: lines that name it, and those that name the layer whose
   * gradient it is. All convolutions together, at the first one's batch size, are one sequence.
   */
  public List<Entry<Task>> tasks(Op op) {
    if (op == Op.CONV_SEQUENCE) {
      return convs().stream().limit(1).map(first -> sequence(first.shape().n())).toList();
    }
    return lines.stream()
        .filter(l -> l.task().op() == op || l.task().op() == op.forward())
        .map(l -> new Entry<>(new Task(op, l.task().shape()), l.count()))
        .toList();
  }

  private Entry<Task> sequence(int n) {
    return new Entry<>(new Task(Op.CONV_SEQUENCE, new Task.Sequence(name, n).toString()), 1);
  }

  /** The convolutions. */
  public List<Entry<ConvShape>> convs() {
    return tasks(Op.CONV).stream().map(e -> new Entry<>(e.shape().conv(), e.count())).toList();
  }
}
