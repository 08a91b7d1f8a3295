package io.lanewise.benchmarks.model;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.TensorInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model in a session of ours, with its input and outputs. For one thread. */
public final class ModelSession implements AutoCloseable {
  private final OnnxSession session;
  private final Map<String, Tensor> x;
  private final Map<String, Tensor> y;

  private ModelSession(OnnxSession session, Map<String, Tensor> x, Map<String, Tensor> y) {
    this.session = session;
    this.x = x;
    this.y = y;
  }

  /**
   * Loads a model and runs it once.
   *
   * @param x its input, read by each run
   * @throws IllegalArgumentException if the model has other inputs than one of float32
   */
  public static ModelSession of(String name, Tensor x, SessionOptions options) {
    OnnxSession session = null;
    try {
      session = OnnxSession.load(ModelFile.find(name), options);
      Map<String, Tensor> in = Map.of(input(session, name), x);
      ModelSession made = new ModelSession(session, in, outputs(session, in));
      session = null;
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (session != null) {
        session.close();
      }
    }
  }

  private static String input(OnnxSession session, String name) {
    List<TensorInfo> inputs = session.inputs().stream().filter(i -> !i.isOptional()).toList();
    if (inputs.size() != 1 || inputs.getFirst().type() != ElementType.FLOAT) {
      throw new IllegalArgumentException(
          name + ": models of one float32 input are measured, got " + session.inputs());
    }
    return inputs.getFirst().name();
  }

  /** Those of float32, as large as a first run makes them. */
  private static Map<String, Tensor> outputs(OnnxSession session, Map<String, Tensor> in) {
    OnnxCall call = session.call();
    in.forEach(call::input);
    call.run();
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (TensorInfo out : session.outputs()) {
      if (out.type() == ElementType.FLOAT) {
        outputs.put(out.name(), Tensor.zeros(call.tensor(out.name()).shape()));
      }
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("none of the outputs is float32: " + session.outputs());
    }
    return outputs;
  }

  /** Runs. */
  public void run() {
    session.run(x, y);
  }

  /** The outputs of the last run, each one's elements in order. */
  public List<Tensor> outputs() {
    return List.copyOf(y.values());
  }

  /**
   * What a run takes.
   *
   * @param flops floating-point operations, two a multiply-add, of the nodes that are left when
   *     constants are folded
   * @param bytes of the input, the parameters and the outputs
   */
  public record Cost(long flops, long bytes) {}

  /** Counts a task's operations, in a run on zeros. */
  public static Cost cost(Task task) {
    Task.Model model = task.model();
    SessionOptions options = SessionOptions.defaults();
    try (ModelSession s = of(model.name(), Tensor.zeros(model.x()), options)) {
      OnnxCall call = s.session.call();
      s.x.forEach(call::input);
      long flops = call.profile().nodes().stream().mapToLong(OnnxProfile.NodeTime::flops).sum();
      long bytes = (long) Float.BYTES * model.x().size();
      for (Tensor y : s.y.values()) {
        bytes += (long) Float.BYTES * y.size();
      }
      for (TypedTensor w : s.session.model().graph().initializers().values()) {
        bytes += (long) w.type().bytes() * w.size();
      }
      return new Cost(flops, bytes);
    }
  }

  /** Ends the session's threads. */
  @Override
  public void close() {
    session.close();
  }
}
