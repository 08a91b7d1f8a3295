package io.lanewise.onnx.stage;

import io.lanewise.layers.graph.Value;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a model's program. */
public final class Programs {
  private Programs() {}

  /**
   * A model's program.
   *
   * @param overridden inputs with defaults that a run gives all the same
   * @throws OnnxUnsupportedException if there are operators that cannot run, naming all of them
   */
  public static Program of(OnnxModel model, Compiling compiling, Set<String> overridden) {
    List<BoundNode> nodes = Inliner.inline(model);
    SupportCheck.check(nodes);
    Map<String, Value> constants = new HashMap<>();
    model.graph().initializers().forEach((name, t) -> constants.put(name, Value.constant(name, t)));
    constants.keySet().removeAll(overridden);
    List<String> inputs =
        model.graph().inputs().stream()
            .map(ValueInfo::name)
            .filter(name -> !constants.containsKey(name))
            .toList();
    List<String> outputs = model.graph().outputs().stream().map(ValueInfo::name).toList();
    return new Program(
        compiling, Constants.folded(nodes, constants), constants, inputs, outputs, Set.of());
  }
}
