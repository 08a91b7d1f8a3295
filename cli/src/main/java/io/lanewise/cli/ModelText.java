package io.lanewise.cli;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is in a model, in words. */
final class ModelText {
  private static final long THOUSAND = 1000;
  private static final String PREFIXES = "kMGTPE";

  private final OnnxModel model;
  private final int initializers;

  ModelText(OnnxModel model, int initializers) {
    this.model = model;
    this.initializers = initializers;
  }

  void print(Path file, PrintWriter out) {
    OnnxGraph g = model.graph();
    String producer = (model.producer() + " " + model.producerVersion()).strip();
    out.println("model           " + file);
    out.println("format          ONNX, IR version " + model.irVersion());
    out.println("written by      " + (producer.isEmpty() ? "not told" : safe(producer)));
    model
        .opsets()
        .forEach(
            (domain, version) ->
                out.println(
                    "operator set    "
                        + (domain.isEmpty() ? "ai.onnx" : safe(domain))
                        + " "
                        + version));
    g.inputs().stream()
        .filter(v -> !g.initializers().containsKey(v.name()))
        .forEach(v -> out.println("input           " + value(v)));
    g.outputs().forEach(v -> out.println("output          " + value(v)));
    operators(out);
    parameters(out);
  }

  private void operators(PrintWriter out) {
    Map<String, Integer> counts = new TreeMap<>();
    for (OnnxNode n : model.graph().nodes()) {
      counts.merge(
          n.domain().isEmpty() ? n.opType() : n.domain() + "." + n.opType(), 1, Integer::sum);
    }
    out.println();
    out.println("nodes           " + model.graph().nodes().size());
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(e -> out.printf(Locale.ROOT, "%14d  %s%n", e.getValue(), safe(e.getKey())));
    if (!model.functions().isEmpty()) {
      out.println("functions       " + model.functions().size());
    }
  }

  private void parameters(PrintWriter out) {
    Map<String, TypedTensor> all = model.graph().initializers();
    long numbers = all.values().stream().mapToLong(TypedTensor::size).sum();
    long bytes = all.values().stream().mapToLong(ModelText::bytes).sum();
    out.println();
    out.printf(
        Locale.ROOT,
        "parameters      %,d in %d initializers, %s%n",
        numbers,
        all.size(),
        amount(bytes, "B"));
    List<Map.Entry<String, TypedTensor>> largest =
        all.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, TypedTensor> e) -> bytes(e.getValue()))
                    .reversed())
            .limit(initializers)
            .toList();
    for (Map.Entry<String, TypedTensor> e : largest) {
      out.printf(
          Locale.ROOT,
          "%14s  %s: %s%n",
          amount(bytes(e.getValue()), "B"),
          safe(e.getKey()),
          e.getValue());
    }
  }

  private static long bytes(TypedTensor t) {
    return (long) t.size() * t.type().bytes();
  }

  private static String value(ValueInfo v) {
    return safe(v.name()) + ": " + safe(type(v.type()));
  }

  private static String type(ValueType type) {
    if (type instanceof ValueType.OfTensor t) {
      return t.element() + t.dimensions().map(List::toString).orElse("[...]");
    } else if (type instanceof ValueType.OfSequence s) {
      return "sequence of " + type(s.element());
    } else if (type instanceof ValueType.OfOptional o) {
      return "optional " + type(o.element());
    } else if (type instanceof ValueType.OfMap m) {
      ElementType key = m.key();
      return "map of " + key + " to " + type(m.value());
    }
    return "not told";
  }

  /** A number with three digits, such as {@code 4.12 GFLOP}. */
  static String amount(long number, String unit) {
    if (number < THOUSAND) {
      return number + " " + unit;
    }
    double scaled = number;
    int prefix = -1;
    while (scaled >= THOUSAND && prefix < PREFIXES.length() - 1) {
      scaled /= THOUSAND;
      prefix++;
    }
    String digits = scaled < 10 ? "%.2f" : scaled < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits + " %c%s", scaled, PREFIXES.charAt(prefix), unit);
  }

  /** Names come from a file and go to a terminal. */
  private static String safe(String text) {
    StringBuilder s = new StringBuilder();
    text.chars().forEach(c -> s.append(Character.isISOControl(c) ? '?' : (char) c));
    return s.toString();
  }
}
