package io.lanewise.benchmarks.check;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelFile;
import io.lanewise.benchmarks.model.ModelSession;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.onnx.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A whole network, computed node by node as it stands in its file: nothing folded, fused or laid
 * out anew, by scalar loops, and without Winograd's algorithm. What compiling and vectors make of
 * it is held against that, and so is what a rival computes, who shares none of our code.
 *
 * <p>Of several images the first and the last are compared, each computed alone. An element may be
 * off by {@value #PART} of the greatest of its output: rounding leaves about a hundredth of that
 * after the deepest of our networks, a wrong layer leaves nothing alike.
 */
final class ModelExpectation {
  private static final double PART = 1e-3;

  private ModelExpectation() {}

  static Expectation of(Task task) {
    Task.Model model = task.model();
    Tensor x = Task.uniform(model.x(), Task.SEED_X);
    int n = model.x().dim(0);
    if (n > 1 && isBatched(model)) {
      List<Tensor> first = outputs(model, image(x, 0));
      if (first.stream().allMatch(y -> y.shape().rank() > 0 && y.shape().dim(0) == 1)) {
        return ofImages(task, n, first, outputs(model, image(x, n - 1)));
      }
    }
    List<Part> parts = new ArrayList<>();
    int at = 0;
    List<Tensor> outputs = outputs(model, x);
    for (int i = 0; i < outputs.size(); i++) {
      parts.add(part("output " + i, outputs.get(i), at));
      at += outputs.get(i).size();
    }
    return new Expectation(task.toString(), at, parts);
  }

  private static boolean isBatched(Task.Model model) {
    try {
      return ModelFile.isBatched(ModelFile.find(model.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Expectation ofImages(Task task, int n, List<Tensor> first, List<Tensor> last) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < first.size(); i++) {
      int size = first.get(i).size();
      parts.add(part("output " + i + " of the first image", first.get(i), at));
      at += Math.multiplyExact(n, size);
      parts.add(part("output " + i + " of the last image", last.get(i), at - size));
    }
    return new Expectation(task.toString(), at, parts);
  }

  private static Tensor image(Tensor x, int i) {
    int size = x.size() / x.shape().dim(0);
    float[] pixels = Arrays.copyOfRange(x.array(), i * size, (i + 1) * size);
    return Tensor.of(x.shape().withFirst(1), pixels);
  }

  private static List<Tensor> outputs(Task.Model model, Tensor x) {
    SessionOptions options =
        SessionOptions.defaults().backend(CpuBackend.scalar()).plain().strict();
    try (ModelSession session = ModelSession.of(model.name(), x, options)) {
      session.run();
      return session.outputs();
    }
  }

  private static Part part(String where, Tensor y, int offset) {
    float[] want = y.toArray();
    double greatest =
        IntStream.range(0, want.length).mapToDouble(i -> Math.abs(want[i])).max().orElse(0);
    double[] bounds = new double[want.length];
    Arrays.fill(bounds, PART * greatest);
    return new Part(where, offset, 1, want, bounds);
  }
}
