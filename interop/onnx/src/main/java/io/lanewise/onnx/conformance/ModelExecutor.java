package io.lanewise.onnx.conformance;

import io.lanewise.onnx.host.HostEvaluator;
import io.lanewise.onnx.host.HostValue;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxUnsupportedException;
import java.util.Map;

/** What runs models under test. */
@FunctionalInterface
public interface ModelExecutor {
  /** Node by node, on the host. */
  ModelExecutor HOST = model -> HostEvaluator.of(model)::run;

  /**
   * Prepares a model.
   *
   * @throws OnnxUnsupportedException if it asks for what is not offered
   */
  Prepared prepare(OnnxModel model);

  /** A model that is ready to run. */
  @FunctionalInterface
  interface Prepared extends AutoCloseable {
    /**
     * Computes all outputs, by name.
     *
     * @throws OnnxUnsupportedException if it turns out to ask for what is not offered
     */
    Map<String, HostValue> run(Map<String, HostValue> inputs);

    @Override
    default void close() {}
  }
}
