package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Layout;
import java.util.List;
import java.util.Locale;

/** A compiled graph in words. */
final class Explanation {
  private static final double MEGA = 1 << 20;

  private Explanation() {}

  static String of(CompiledGraph graph) {
    StringBuilder text = new StringBuilder();
    graph.inputs().forEach((name, type) -> text.append(line("input", name, type.toString())));
    List<CompiledNode> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      node(text, i, nodes.get(i), graph.memory());
    }
    graph.outputs().forEach((name, type) -> text.append(line("output", name, type.toString())));
    return text.append(memory(graph)).toString();
  }

  private static String line(String what, String name, String rest) {
    return "%-7s %-28s %s%n".formatted(what, name, rest);
  }

  private static void node(StringBuilder text, int number, CompiledNode n, MemoryPlan memory) {
    Value y = n.node().outputs().get(0);
    String how = n.kernel().algorithm().isEmpty() ? "" : "  by " + n.kernel().algorithm();
    String layout = n.layouts().outputs().get(0) == Layout.CHANNELS_LAST ? "  channels last" : "";
    text.append(
        line(
            String.valueOf(number),
            n.node().name(),
            n.node().op() + how + inputs(n) + "  -> " + y.type() + layout + place(y, memory)));
  }

  /** What comes from elsewhere than the graph's constants. */
  private static String inputs(CompiledNode n) {
    List<String> names =
        n.readInputs().stream().filter(v -> !v.isConstant()).map(Value::name).toList();
    return names.isEmpty() ? "" : "  of " + String.join(", ", names);
  }

  private static String place(Value y, MemoryPlan memory) {
    MemoryPlan.Place p = memory.place(memory.number(y));
    return switch (p.kind()) {
      case ARENA -> "  at " + p.block().offset();
      case VIEW -> "  a view of " + memory.values().get(p.source()).name();
      case OUTPUT -> "  output";
      default -> "";
    };
  }

  private static String memory(CompiledGraph graph) {
    return String.format(
        Locale.ROOT,
        "memory  values %.2f MB in an arena of %.2f MB, scratch %.2f MB and %.2f MB a worker%n",
        graph.memory().sumOfFloats() * Float.BYTES / MEGA,
        graph.arenaFloats() * Float.BYTES / MEGA,
        graph.workspace().sharedFloats() * Float.BYTES / MEGA,
        graph.workspace().floatsPerWorker() * Float.BYTES / MEGA);
  }
}
