package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import java.util.List;

/** What one operator computes. Stateless; may be called from many threads. */
@FunctionalInterface
public interface HostOp {
  /**
   * Computes all outputs of one node. Inputs are never written, but an output may share an input's
   * array.
   *
   * @return the outputs in the operator's order: at least as many as the node names
   */
  List<TypedTensor> evaluate(HostCall call);
}
