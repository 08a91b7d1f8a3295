package io.lanewise.propertytests.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Runs a model once, in a session of its own. */
final class OrtRun {
  private OrtRun() {}

  /** Computes a float32 output. */
  static void run(OnnxGraph graph, String output, Tensor y, Parallel par) {
    run(graph, output, null, y, null, par);
  }

  /**
   * Computes a float32 output and one of int64.
   *
   * @param y written
   * @param at written; null for no second output
   */
  static void run(
      OnnxGraph graph, String output, String indices, Tensor y, long[] at, Parallel par) {
    OrtEnvironment env = OrtLibrary.environment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = options(par);
        OrtSession session = env.createSession(graph.model(output, indices), options)) {
      for (Map.Entry<String, Tensor> feed : graph.feeds().entrySet()) {
        inputs.put(feed.getKey(), tensor(env, feed.getValue()));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        read(result, output, y);
        if (at != null) {
          ((OnnxTensor) result.get(indices).orElseThrow()).getLongBuffer().get(at);
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OrtSession.SessionOptions options(Parallel par) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(par.workers());
    options.setInterOpNumThreads(1);
    // Idle threads that spin would slow whatever runs next in this process.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private static OnnxTensor tensor(OrtEnvironment env, Tensor t) throws OrtException {
    long[] dims = Arrays.stream(t.shape().toArray()).asLongStream().toArray();
    FloatBuffer data = FloatBuffer.wrap(t.array(), t.offset(), t.size()).slice();
    return OnnxTensor.createTensor(env, data, dims);
  }

  private static void read(OrtSession.Result result, String output, Tensor y) {
    OnnxTensor got = (OnnxTensor) result.get(output).orElseThrow();
    int[] dims = Arrays.stream(got.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    if (!Arrays.equals(dims, y.shape().toArray())) {
      throw new IllegalStateException(
          "ONNX Runtime computed shape " + Arrays.toString(dims) + ", expected " + y.shape());
    }
    got.getFloatBuffer().get(y.array(), y.offset(), y.size());
  }
}
