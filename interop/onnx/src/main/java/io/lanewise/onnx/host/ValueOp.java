package io.lanewise.onnx.host;

import java.util.List;

/** An operator on sequences, optional values or graphs. */
@FunctionalInterface
interface ValueOp {
  List<HostValue> evaluate(ValueCall call);
}
