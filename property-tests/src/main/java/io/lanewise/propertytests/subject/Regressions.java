package io.lanewise.propertytests.subject;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shapes that once failed, one a line, {@code #} starts a comment. A line starts with the
 * operation's name, as in all of the benchmarks' lists, and goes on with its shape; without a name
 * it is a matrix product if it starts with {@code m}, else a convolution. A gradient's shape is its
 * layer's.
 */
final class Regressions {
  /** The list that this project's benchmarks and tests share. */
  private static final String SHARED = "shapes/regressions.txt";

  private static final Pattern OPERATION =
      Pattern.compile(
          "(gemm|conv-transposed|conv|linear|max-pool|avg-pool|relu|tanh|softmax)"
              + "(-backward(-data|-weights)?|-cross-entropy)?");
  private static final Pattern GEMM = Pattern.compile("m\\d.*");
  private static final Pattern ROWS = Pattern.compile("(\\d{1,9})x(\\d{1,9})");

  /**
   * One line.
   *
   * @param layer the operation, or the one whose gradient it is
   */
  private record Line(String layer, String shape) {
    static Line of(String text) {
      String[] halves = text.split("\\s+", 2);
      Matcher named = OPERATION.matcher(halves[0]);
      if (named.matches()) {
        return new Line(named.group(1), halves.length == 2 ? halves[1] : "");
      }
      return new Line(GEMM.matcher(text).matches() ? "gemm" : "conv", text);
    }
  }

  private final List<Line> lines;

  private Regressions(List<Line> lines) {
    this.lines = lines;
  }

  /** Reads a list. */
  static Regressions of(String text) {
    return new Regressions(
        text.lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(Line::of)
            .toList());
  }

  /** Those of {@code benchmarks/shapes/regressions.txt}. */
  static Regressions shared() {
    try (InputStream in = Regressions.class.getResourceAsStream(SHARED)) {
      if (in == null) {
        throw new IllegalStateException(SHARED + " is not in this jar");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines there are. */
  int size() {
    return lines.size();
  }

  Stream<ConvShape> convs() {
    return of(Set.of("conv"), line -> ConvShape.parse(line.shape));
  }

  Stream<TransposedConvShape> transposedConvs() {
    return of(Set.of("conv-transposed"), line -> TransposedConvShape.parse(line.shape));
  }

  Stream<GemmShape> gemms() {
    return of(Set.of("gemm"), line -> GemmShape.parse(line.shape));
  }

  Stream<LinearShape> linears() {
    return of(Set.of("linear"), line -> LinearShape.parse(line.shape));
  }

  Stream<PoolShape> pools() {
    return of(Set.of("max-pool", "avg-pool"), line -> PoolShape.parse(line.shape));
  }

  Stream<ActivationCase> activations() {
    return of(Set.of("relu", "tanh"), line -> ActivationCase.parse(line.layer + " " + line.shape));
  }

  /** Of softmax, alone or with cross-entropy. */
  Stream<RowsShape> rows() {
    return of(Set.of("softmax"), line -> rows(line.shape));
  }

  private <S> Stream<S> of(Set<String> layers, Function<Line, S> parse) {
    return lines.stream().filter(line -> layers.contains(line.layer)).map(parse);
  }

  private static RowsShape rows(String sizes) {
    Matcher m = ROWS.matcher(sizes);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "softmax takes rows x classes, such as 128x1000, got '" + sizes + "'");
    }
    return new RowsShape(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
  }
}
