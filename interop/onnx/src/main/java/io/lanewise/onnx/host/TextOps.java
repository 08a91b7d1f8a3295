package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** StringNormalizer, StringConcat, TfIdfVectorizer. */
final class TextOps {
  private TextOps() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("StringNormalizer", 10, TextOps::normalise);
    table.add("StringConcat", 20, TextOps::concat);
    table.add("TfIdfVectorizer", 9, TfIdf::vectorise);
  }

  /** Drops stop words, then changes case; what is left of nothing is one empty text. */
  private static List<TypedTensor> normalise(HostCall call) {
    TypedTensor x = call.input(0);
    int rank = x.shape().rank();
    if (rank < 1 || rank > 2 || (rank == 2 && x.shape().dim(0) != 1)) {
      throw call.wrong("expected texts [n] or [1, n], got %s", x);
    }
    boolean sensitive = call.node().intOr("is_case_sensitive", 0) != 0;
    Set<String> stop = new HashSet<>();
    for (String word : call.node().texts("stopwords").orElse(List.of())) {
      stop.add(sensitive ? word : word.toLowerCase(Locale.ROOT));
    }
    String action = call.node().textOr("case_change_action", "NONE");
    List<String> kept =
        Arrays.stream(x.strings())
            .filter(t -> !stop.contains(sensitive ? t : t.toLowerCase(Locale.ROOT)))
            .map(t -> changed(t, action, call))
            .toList();
    String[] y = kept.isEmpty() ? new String[] {""} : kept.toArray(String[]::new);
    Shape shape = rank == 2 ? Shape.of(1, y.length) : Shape.of(y.length);
    return List.of(TypedTensor.of(ElementType.STRING, shape, y));
  }

  private static String changed(String text, String action, HostCall call) {
    return switch (action) {
      case "LOWER" -> text.toLowerCase(Locale.ROOT);
      case "UPPER" -> text.toUpperCase(Locale.ROOT);
      case "NONE" -> text;
      default -> throw call.wrong("unknown case_change_action '%s'", action);
    };
  }

  private static List<TypedTensor> concat(HostCall call) {
    TypedTensor a = call.input(0);
    TypedTensor b = call.input(1);
    TypedTensor y = Broadcast.result(ElementType.STRING, a, b);
    Broadcast.forEach(
        a.shape(),
        b.shape(),
        y.shape(),
        (i, j, k) -> y.strings()[k] = a.strings()[i] + b.strings()[j]);
    return List.of(y);
  }
}
