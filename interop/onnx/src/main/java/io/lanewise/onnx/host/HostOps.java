package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxNode;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All operators on tensors that run on the host; those on sequences and graphs are the evaluator's.
 */
public final class HostOps {
  private static final OpTable<HostOp> TABLE = table();

  private HostOps() {}

  private static OpTable<HostOp> table() {
    OpTable<HostOp> table = new OpTable<>();
    ShapeOps.addTo(table);
    JoinOps.addTo(table);
    SliceOps.addTo(table);
    PadOp.addTo(table);
    GatherOps.addTo(table);
    ScatterOps.addTo(table);
    BlockOps.addTo(table);
    Makers.addTo(table);
    Casts.addTo(table);
    Unary.addTo(table);
    Binary.addTo(table);
    Variadic.addTo(table);
    Reductions.addTo(table);
    SelectOps.addTo(table);
    Softmaxes.addTo(table);
    Products.addTo(table);
    Einsum.addTo(table);
    Quantisation.addTo(table);
    IntegerProducts.addTo(table);
    Convolutions.addTo(table);
    Pooling.addTo(table);
    BatchNorm.addTo(table);
    Normalisations.addTo(table);
    Resize.addTo(table);
    GridSample.addTo(table);
    Regions.addTo(table);
    Losses.addTo(table);
    Recurrent.addTo(table);
    Columns.addTo(table);
    Signals.addTo(table);
    TextOps.addTo(table);
    return table;
  }

  /**
   * The implementation of an operator.
   *
   * @param domain {@code ""} for the standard's own
   * @param opset version of the domain
   */
  public static Optional<HostOp> find(String domain, String opType, int opset) {
    return TABLE.find(domain, opType, opset);
  }

  /** Names of all operators, in order. */
  public static Set<String> names() {
    return TABLE.names();
  }

  /**
   * Computes all outputs of one node.
   *
   * @param opset version of the node's domain
   * @param inputs in the node's order; null where an optional one is left out
   * @throws OnnxUnsupportedException if there is no such operator
   * @throws OnnxException if inputs or attributes are not what the operator takes, or outputs that
   *     inputs ask for have no room in the JVM's memory
   */
  public static List<TypedTensor> evaluate(OnnxNode node, int opset, List<TypedTensor> inputs) {
    HostCall call = new HostCall(node, opset, inputs);
    HostOp op =
        find(node.domain(), node.opType(), opset)
            .orElseThrow(() -> call.unsupported("the operator"));
    List<TypedTensor> outputs;
    try {
      outputs = op.evaluate(call);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ArithmeticException e) {
      throw new OnnxException(node.describe() + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // of one array, in nearly all cases: nothing of it was taken
      long most = Runtime.getRuntime().maxMemory() >> 20;
      throw new OnnxException(
          "%s: needs more memory than the JVM has, which may take %d MB"
              .formatted(node.describe(), most),
          e);
    }
    if (outputs.size() < node.outputs().size()) {
      throw call.unsupported("output %d".formatted(outputs.size()));
    }
    return outputs;
  }
}
