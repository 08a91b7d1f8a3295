package io.lanewise.onnx.host;

import java.util.Optional;

/** All operators on sequences, optional values and graphs. */
final class ValueOps {
  private static final OpTable<ValueOp> TABLE = table();

  private ValueOps() {}

  private static OpTable<ValueOp> table() {
    OpTable<ValueOp> table = new OpTable<>();
    ControlFlow.addTo(table);
    Sequences.addTo(table);
    Optionals.addTo(table);
    return table;
  }

  static Optional<ValueOp> find(String domain, String opType, int opset) {
    return TABLE.find(domain, opType, opset);
  }
}
