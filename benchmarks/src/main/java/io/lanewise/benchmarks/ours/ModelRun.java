package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelSession;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.onnx.SessionOptions;
import java.util.List;

/** A whole network as its users run it: an {@code OnnxSession}, with all that compiling does. */
final class ModelRun implements Prepared {
  private final ModelSession session;

  private ModelRun(ModelSession session) {
    this.session = session;
  }

  static List<String> variants() {
    return List.of("compiled");
  }

  static Prepared of(Backend backend, Task task, int threads) {
    Task.Model model = task.model();
    Tensor x = Task.uniform(model.x(), Task.SEED_X);
    SessionOptions options = SessionOptions.defaults().backend(backend).threads(threads);
    return new ModelRun(ModelSession.of(model.name(), x, options));
  }

  @Override
  public void run() {
    session.run();
  }

  @Override
  public float[] output() {
    List<Tensor> outputs = session.outputs();
    float[] all = new float[outputs.stream().mapToInt(Tensor::size).sum()];
    int at = 0;
    for (Tensor y : outputs) {
      System.arraycopy(y.toArray(), 0, all, at, y.size());
      at += y.size();
    }
    return all;
  }

  @Override
  public void close() {
    session.close();
  }
}
