package io.lanewise.onnx.lower;

import io.lanewise.layers.graph.Value;
import java.util.List;

/** How one operator becomes operations of a graph. Stateless. */
@FunctionalInterface
public interface Lowering {
  /**
   * Adds operations to the graph.
   *
   * @return the outputs in the operator's order, as many as are wanted at least; empty if these
   *     inputs or attributes are left to the operator's host op, in which case nothing was added
   */
  List<Value> lower(LoweringCall call);
}
