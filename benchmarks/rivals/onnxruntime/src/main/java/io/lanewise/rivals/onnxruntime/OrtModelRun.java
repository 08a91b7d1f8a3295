package io.lanewise.rivals.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelFile;
import io.lanewise.kernels.tensor.Shape;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model's file with all optimisations; its input and outputs lie in native memory. */
final class OrtModelRun implements Prepared {
  private final Arena arena = Arena.ofConfined();
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, FloatBuffer> results = new LinkedHashMap<>();
  private final Map<String, OnnxValue> outputs = new LinkedHashMap<>();

  OrtModelRun(Task.Model model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      session =
          OrtEnvironment.getEnvironment()
              .createSession(ModelFile.find(model.name()).toString(), options);
    }
    String input = session.getInputNames().iterator().next();
    inputs = Map.of(input, NativeFloats.tensor(arena, Task.uniform(model.x(), Task.SEED_X)));
    bindOutputs();
  }

  /** The first run tells how large the outputs are. */
  private void bindOutputs() throws OrtException {
    try (OrtSession.Result first = session.run(inputs)) {
      for (Map.Entry<String, OnnxValue> e : first) {
        if (e.getValue() instanceof OnnxTensor t && t.getInfo().type == OnnxJavaType.FLOAT) {
          Shape shape =
              Shape.of(Arrays.stream(t.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
          FloatBuffer result = NativeFloats.allocate(arena, shape);
          results.put(e.getKey(), result);
          outputs.put(e.getKey(), NativeFloats.tensor(result, shape));
        }
      }
    }
  }

  @Override
  public void run() {
    try (OrtSession.Result unused = session.run(inputs, Set.of(), outputs)) {
      assert unused.size() == outputs.size();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] output() {
    float[] all = new float[results.values().stream().mapToInt(FloatBuffer::capacity).sum()];
    int at = 0;
    for (FloatBuffer result : results.values()) {
      result.get(0, all, at, result.capacity());
      at += result.capacity();
    }
    return all;
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
