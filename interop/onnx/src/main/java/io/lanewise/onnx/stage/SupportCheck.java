package io.lanewise.onnx.stage;

import io.lanewise.onnx.host.HostEvaluator;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import java.util.ArrayList;
import java.util.List;

/** Whether there is an implementation of every operator of a model. */
final class SupportCheck {
  private static final int MOST_NAMED = 50;

  private SupportCheck() {}

  /**
   * Checks all nodes.
   *
   * @throws OnnxUnsupportedException naming each node that cannot run
   */
  static void check(List<BoundNode> nodes) {
    List<String> missing = new ArrayList<>();
    nodes.forEach(n -> check(n.node(), n.opset(), missing));
    if (!missing.isEmpty()) {
      List<String> named = missing.subList(0, Math.min(missing.size(), MOST_NAMED));
      String more =
          missing.size() == named.size()
              ? ""
              : ", and %d more".formatted(missing.size() - MOST_NAMED);
      throw new OnnxUnsupportedException(
          "%d nodes have operators that are not supported: %s%s"
              .formatted(missing.size(), String.join(", ", named), more));
    }
  }

  private static void check(OnnxNode node, int opset, List<String> missing) {
    if (!HostEvaluator.has(node.domain(), node.opType(), opset)) {
      missing.add("%s of domain '%s', opset %d".formatted(node.describe(), node.domain(), opset));
    }
    for (OnnxGraph inner : Captures.graphs(node)) {
      inner.nodes().forEach(n -> check(n, opset, missing));
    }
  }
}
