package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.Value;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.host.HostOps;
import io.lanewise.onnx.model.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What depends on no input is computed once for all shapes. */
final class Constants {
  private Constants() {}

  /**
   * Computes nodes of constants.
   *
   * @param constants by name; those that are computed are added
   * @return the other nodes
   */
  static List<BoundNode> folded(List<BoundNode> nodes, Map<String, Value> constants) {
    List<BoundNode> left = new ArrayList<>();
    for (BoundNode n : nodes) {
      OnnxNode node = n.node();
      boolean known =
          node.inputs().stream().allMatch(name -> name.isEmpty() || constants.containsKey(name));
      boolean computes =
          known
              && Captures.graphs(node).isEmpty()
              && HostOps.find(node.domain(), node.opType(), n.opset()).isPresent();
      if (computes) {
        compute(n, constants);
      } else {
        left.add(n);
      }
    }
    return left;
  }

  private static void compute(BoundNode n, Map<String, Value> constants) {
    List<TypedTensor> inputs = new ArrayList<>();
    for (String name : n.node().inputs()) {
      inputs.add(name.isEmpty() ? null : constants.get(name).typed());
    }
    Growth.require(n.node(), inputs);
    List<TypedTensor> outputs = HostOps.evaluate(n.node(), n.opset(), inputs);
    for (int i = 0; i < n.node().outputs().size(); i++) {
      String name = n.node().outputs().get(i);
      if (!name.isEmpty()) {
        constants.put(name, Value.constant(name, outputs.get(i)));
      }
    }
  }
}
