package io.lanewise.benchmarks;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of problems: one a line, {@code #} starts a comment. A comment that starts with {@code x5}
 * says that a network has five such layers.
 *
 * @param name file name, for messages and headings
 * @param lines the problems as text, not yet parsed
 */
public record ShapeFile(String name, List<Line> lines) {
  /** The files that come with this module, in the order of a full run. */
  public static final List<String> BUILT_IN =
      List.of("lenet5", "resnet50", "vgg16", "mobilenetv1", "gemm", "regressions");

  private static final Pattern COUNT = Pattern.compile("x(\\d{1,6})(\\s.*)?");

  /**
   * One problem as it stands in the file.
   *
   * @param number line number, from 1
   * @param text what stands before the comment
   * @param count how many layers are like this
   */
  public record Line(int number, String text, int count) {}

  /**
   * One parsed problem.
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
    return of(path.toString(), Files.readString(path));
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

  /** Splits a file's content into problems; {@code name} goes into messages. */
  public static ShapeFile of(String name, String content) throws ShapeFileException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String raw : content.lines().toList()) {
      number++;
      int hash = raw.indexOf('#');
      String text = (hash < 0 ? raw : raw.substring(0, hash)).strip();
      if (!text.isEmpty()) {
        String comment = hash < 0 ? "" : raw.substring(hash + 1).strip();
        lines.add(new Line(number, text, count(name, number, comment)));
      }
    }
    return new ShapeFile(name, lines);
  }

  private static int count(String name, int number, String comment) throws ShapeFileException {
    Matcher m = COUNT.matcher(comment);
    if (!m.matches()) {
      return 1;
    }
    int count = Integer.parseInt(m.group(1));
    if (count == 0) {
      throw new ShapeFileException(name, number, "a count must be at least 1, got x0");
    }
    return count;
  }

  /** True if the first problem is a matrix product: three numbers instead of words. */
  public boolean isGemm() {
    return !lines.isEmpty() && Character.isDigit(lines.getFirst().text().charAt(0));
  }

  /**
   * The problems as convolutions.
   *
   * @throws ShapeFileException naming file and line of one that is not
   */
  public List<Entry<ConvShape>> convs() throws ShapeFileException {
    return parse(ConvShape::parse);
  }

  /**
   * The problems as matrix products.
   *
   * @throws ShapeFileException naming file and line of one that is not
   */
  public List<Entry<GemmShape>> gemms() throws ShapeFileException {
    return parse(GemmText::parse);
  }

  private <S> List<Entry<S>> parse(Function<String, S> parser) throws ShapeFileException {
    List<Entry<S>> entries = new ArrayList<>();
    for (Line line : lines) {
      try {
        entries.add(new Entry<>(parser.apply(line.text()), line.count()));
      } catch (IllegalArgumentException e) {
        throw new ShapeFileException(name, line.number(), e.getMessage());
      }
    }
    return entries;
  }
}
