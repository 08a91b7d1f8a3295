package io.lanewise.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lanewise.kernels.catalogue.Operation;
import io.lanewise.kernels.catalogue.OperationCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The table of operations in each of its forms. */
final class OpsTable {
  private OpsTable() {}

  /** In columns, with the differences measured. */
  static void text(List<OperationCheck> checks, String backend, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("family", "operation", "axes", "forward", "backward"));
    for (OperationCheck c : checks) {
      Operation op = c.operation();
      rows.add(
          List.of(
              op.family(),
              op.name(),
              axes(op),
              c.offered() ? difference(c.forward()) : "not offered",
              c.offered() ? difference(c.backward()) : ""));
    }
    int[] widths = new int[5];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.println();
    out.println(
        checks.size()
            + " operations; forward and backward: greatest difference of "
            + backend
            + " from the reference, relative where results exceed 1");
  }

  private static String difference(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1e", value.getAsDouble());
  }

  /** As a table that is the same on every machine. */
  static void markdown(List<OperationCheck> checks, PrintWriter out) {
    out.println("| family | operation | axes | backward |");
    out.println("|---|---|---|---|");
    for (OperationCheck c : checks) {
      Operation op = c.operation();
      out.println(
          "| %s | %s | %s | %s |"
              .formatted(
                  op.family(), op.name(), axes(op), op.backward().isPresent() ? "yes" : "-"));
    }
  }

  /** For other programs. */
  static void json(List<OperationCheck> checks, String backend, PrintWriter out)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("lanewise", VersionCommand.version());
      json.writeStringField("backend", backend);
      json.writeNumberField("tolerance", OperationCheck.TOLERANCE);
      json.writeArrayFieldStart("operations");
      for (OperationCheck c : checks) {
        operation(json, c);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println(text);
  }

  private static void operation(JsonGenerator json, OperationCheck c) throws IOException {
    Operation op = c.operation();
    json.writeStartObject();
    json.writeStringField("family", op.family());
    json.writeStringField("name", op.name());
    json.writeArrayFieldStart("axes");
    for (int axes : op.axes()) {
      json.writeNumber(axes);
    }
    json.writeEndArray();
    json.writeBooleanField("gradient", op.backward().isPresent());
    json.writeBooleanField("offered", c.offered());
    json.writeBooleanField("agrees", c.agrees());
    if (c.forward().isPresent()) {
      json.writeNumberField("forwardDifference", c.forward().getAsDouble());
    }
    if (c.backward().isPresent()) {
      json.writeNumberField("backwardDifference", c.backward().getAsDouble());
    }
    json.writeEndObject();
  }

  /** {@code "any"}, {@code "2"} or {@code "1-3"}; one by one if there are gaps. */
  static String axes(Operation op) {
    List<Integer> axes = op.axes();
    if (axes.equals(Operation.ANY)) {
      return "any";
    }
    int first = axes.getFirst();
    int last = axes.getLast();
    if (axes.size() > 1 && last - first == axes.size() - 1) {
      return first + "-" + last;
    }
    return axes.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
