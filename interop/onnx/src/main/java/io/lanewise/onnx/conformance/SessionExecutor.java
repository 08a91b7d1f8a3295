package io.lanewise.onnx.conformance;

import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TensorInfo;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs models compiled.
 *
 * @param options of the sessions
 */
public record SessionExecutor(SessionOptions options) implements ModelExecutor {
  @Override
  public Prepared prepare(OnnxModel model) {
    OnnxSession session = OnnxSession.of(ofAnyShape(model), options);
    return new Prepared() {
      @Override
      public Map<String, HostValue> run(Map<String, HostValue> inputs) {
        return SessionExecutor.run(session, inputs);
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  /** Some of the ONNX project's cases have inputs of other shapes than their models declare. */
  private static OnnxModel ofAnyShape(OnnxModel m) {
    OnnxGraph g = m.graph();
    OnnxGraph open =
        new OnnxGraph(
            g.name(),
            g.nodes(),
            g.initializers(),
            g.inputs().stream().map(SessionExecutor::ofAnyShape).toList(),
            g.outputs(),
            g.values());
    return new OnnxModel(
        m.irVersion(),
        m.producer(),
        m.producerVersion(),
        m.opsets(),
        open,
        m.functions(),
        m.metadata());
  }

  private static ValueInfo ofAnyShape(ValueInfo info) {
    return info.type() instanceof ValueType.OfTensor t
        ? new ValueInfo(info.name(), new ValueType.OfTensor(t.element(), Optional.empty()))
        : info;
  }

  private static Map<String, HostValue> run(OnnxSession session, Map<String, HostValue> inputs) {
    OnnxCall call = session.call();
    inputs.forEach((name, value) -> set(call, name, value));
    call.run();
    Map<String, HostValue> outputs = new LinkedHashMap<>();
    for (TensorInfo output : session.outputs()) {
      outputs.put(output.name(), HostValue.of(call.typed(output.name())));
    }
    return outputs;
  }

  private static void set(OnnxCall call, String name, HostValue value) {
    if (value instanceof HostValue.OfTensor t) {
      call.input(name, t.tensor());
    } else {
      throw new OnnxUnsupportedException("input '" + name + "' is not a tensor");
    }
  }
}
