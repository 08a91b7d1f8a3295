package io.lanewise.rivals.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A session with its input and output in native memory, so that a run copies nothing. */
final class OrtRun implements Prepared {
  private final Arena arena = Arena.ofConfined();
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final FloatBuffer result;
  private final Map<String, OnnxValue> outputs;

  /**
   * Loads the model.
   *
   * @param level how far the graph is optimised
   */
  OrtRun(OneNodeModel model, OrtSession.SessionOptions.OptLevel level, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model.bytes(), options);
    }
    List<Tensor> operands = model.inputs();
    for (int i = 0; i < operands.size(); i++) {
      Tensor t = operands.get(i);
      inputs.put("x" + i, NativeFloats.tensor(arena, t));
    }
    result = NativeFloats.allocate(arena, model.output());
    outputs = Map.of(OneNodeModel.OUTPUT, NativeFloats.tensor(result, model.output()));
  }

  @Override
  public void run() {
    try (OrtSession.Result unused = session.run(inputs, Set.of(), outputs)) {
      assert unused.size() == 1;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] output() {
    float[] values = new float[result.capacity()];
    result.get(0, values);
    return values;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxValue::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      arena.close();
    }
  }
}
