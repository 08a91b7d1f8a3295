package io.lanewise.rivals.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lanewise.benchmarks.contender.ModelRunner;
import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.kernels.tensor.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Models by ONNX Runtime, with all optimisations. */
public final class OrtModels implements ModelRunner {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public void runOnce(Path model, Map<String, Shape> inputs, int threads) throws IOException {
    try (OrtSession.SessionOptions options = options(threads);
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(model.toString(), options)) {
      Map<String, OnnxTensor> values = values(session, inputs, false);
      session.run(values).close();
      values.values().forEach(OnnxTensor::close);
    } catch (OrtException e) {
      throw new IOException(e);
    }
  }

  @Override
  public NodeProfile profile(Path model, Map<String, Shape> inputs, int threads, int runs)
      throws IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Path folder = Files.createTempDirectory("onnxruntime-profile");
    Path told = null;
    try (OrtSession.SessionOptions options = options(threads)) {
      options.enableProfiling(folder.resolve("nodes").toString());
      try (OrtSession session = environment.createSession(model.toString(), options)) {
        Map<String, OnnxTensor> values = values(session, inputs, true);
        for (int i = 0; i < 2 * runs; i++) {
          session.run(values).close();
        }
        told = Path.of(session.endProfiling());
        values.values().forEach(OnnxTensor::close);
      }
      return OrtEvents.profile(Files.readString(told), name(), environment.getVersion(), runs);
    } catch (OrtException e) {
      throw new IOException(e);
    } finally {
      if (told != null) {
        Files.deleteIfExists(told);
      }
      Files.deleteIfExists(folder);
    }
  }

  private static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    return options;
  }

  private static Map<String, OnnxTensor> values(
      OrtSession session, Map<String, Shape> inputs, boolean drawn) throws OrtException {
    Map<String, OnnxTensor> values = new LinkedHashMap<>();
    for (NodeInfo info : session.getInputInfo().values()) {
      Shape shape = inputs.get(info.getName());
      if (shape == null) {
        throw new OrtException("no sizes for input '" + info.getName() + "'");
      }
      OnnxJavaType type = info.getInfo() instanceof TensorInfo t ? t.type : OnnxJavaType.UNKNOWN;
      values.put(info.getName(), value(type, shape, drawn));
    }
    return values;
  }

  private static OnnxTensor value(OnnxJavaType type, Shape shape, boolean drawn)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] dims = Arrays.stream(shape.toArray()).asLongStream().toArray();
    if (type == OnnxJavaType.FLOAT) {
      float[] x = new float[shape.size()];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; drawn && i < x.length; i++) {
        x[i] = (float) random.nextDouble();
      }
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), dims);
    }
    return switch (type) {
      case INT64 ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[shape.size()]), dims);
      case INT32 ->
          OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[shape.size()]), dims);
      default -> throw new OrtException("inputs of " + type + " are not made here");
    };
  }
}
